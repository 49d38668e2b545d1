"""Making the files of the next generation: only what an import touches is made again."""

# ruff: noqa: S608  the SQL is put together from our own names and quoted addresses

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
from duckdb import DuckDBPyConnection

from . import engine, newest
from .engine import quoted, scan
from .generation import OBJECTS, VALUES, Generation, begin, last_known
from .place import Place
from .receipts import Receipt, from_json, lines, to_json

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 122_880  # rows, as many as DuckDB has in a row group
RECEIPT: Final = b"soundbite.receipt"  # in the Parquet file's own metadata: history explains itself


@dataclass(frozen=True, slots=True)
class Writer:
    """The one who writes, with a work folder, a connection to the files, and the generation it goes on from."""

    place: Place
    work: Path
    connection: DuckDBPyConnection
    before: Generation

    def note(self, sources: Mapping[str, str]) -> None:
        """Say which imports there are, oldest first, and from which source each is."""
        newest.note_order(self.connection, sources)

    def arrive(self, values: pa.Table) -> None:
        """The table `arrived`: of those values the one a KEY that counts, and their month."""
        self.connection.register("given", values)
        rows = newest.packed("SELECT * FROM given")
        self.connection.execute(
            f"CREATE TEMP TABLE arrived AS SELECT *, {newest.MONTH} AS month FROM ({newest.hashed(rows)})"
        )
        # Most exports have each value once, and nothing is left to choose.
        [(again,)] = self.connection.sql("SELECT count(*) > count(DISTINCT h) FROM arrived").fetchall()
        self.connection.execute("ALTER TABLE arrived DROP COLUMN h")
        if again:
            counting = newest.newest_values("FROM arrived")
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE arrived AS {counting}")

    def keep(self, receipt: Receipt, values: pa.Table, objects: pa.Table) -> None:
        """Put an import into history. It counts once a generation names it."""
        said = {RECEIPT: to_json(receipt).encode()}
        for folder, table in ((OBJECTS, objects), (VALUES, values)):
            path = self.work / "history.parquet"
            engine.write_table(table.replace_schema_metadata(said), path)
            self.place.store.publish(path, f"{folder}/{receipt.import_id}.parquet")

    def merged_values(self) -> dict[str, str]:
        """The files of current values, those that `arrived` touches made anew."""
        made = dict(self.before.values)
        for platform, month in self._partitions():
            name, rows = f"{platform}/{month}", _arrived_in(platform, month)
            if name in made:
                both = f"{rows} UNION ALL BY NAME {newest.packed(scan(self.place, [made[name]], ''))}"
                rows = newest.newest_values(both)
            made[name] = self._put_values(rows, name)
        return made

    def merged_objects(self, objects: pa.Table) -> tuple[str, str]:
        """(descriptions by source, what is known of each object), made anew if the import describes any."""
        if not objects.num_rows:
            return self.before.described, self.before.objects
        self.connection.register("given_objects", objects)
        both = "SELECT * FROM given_objects"
        if self.before.described:
            both += f" UNION ALL BY NAME {scan(self.place, [self.before.described], '')}"
        return self._put_objects(both)

    def kept(self) -> tuple[Receipt, ...]:
        """The receipts in history itself: those that the pointer names, or all where it names none."""
        named = self.before.history(VALUES) or self.place.store.listing(VALUES)
        if not named:
            return ()
        files = ", ".join(quoted(self.place.address(key)) for key in named)
        said = f"SELECT decode(value) FROM parquet_kv_metadata([{files}]) WHERE decode(key) = '{RECEIPT.decode()}'"
        found = {receipt.import_id: receipt for receipt in map(_read, self.connection.sql(said).fetchall())}
        by_time = sorted(found, key=lambda name: found[name].imported_at)
        return tuple(found[name] for name in self.before.imports or by_time)

    def rebuilt_values(self, imports: Iterable[str]) -> dict[str, str]:
        """The same files from nothing but history, month by month."""
        history = self._history(VALUES, imports)
        if not history:
            return {}
        self.connection.execute(f"CREATE TEMP VIEW arrived AS SELECT *, {newest.MONTH} AS month FROM ({history})")
        made = {}
        for platform, month in self._partitions():
            rows = (
                f"SELECT * EXCLUDE (month) FROM arrived WHERE platform = {quoted(platform)} AND {newest.during(month)}"
            )
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS {newest.packed(rows)}")
            made[f"{platform}/{month}"] = self._put_values(newest.newest_values("FROM part"), f"{platform}/{month}")
        return made

    def rebuilt_objects(self, imports: Iterable[str]) -> tuple[str, str]:
        history = self._history(OBJECTS, imports)
        return self._put_objects(history) if history else ("", "")

    def put_receipts(self, receipts: Iterable[Receipt]) -> str:
        path = self.work / "receipts.jsonl"
        path.write_text(lines(receipts), encoding="utf-8")
        return self._publish(path, "receipts", "jsonl")

    def put_frame(self, frame: pd.DataFrame, kind: str, held: str) -> str:
        """A whole small table, such as the links; `held` where that says the same."""
        path = self.work / f"{kind}.parquet"
        engine.write_table(as_arrow(frame), path)
        if held and self.place.read(held) == path.read_bytes():
            return held
        return self._publish(path, kind)

    def _partitions(self) -> list[tuple[str, str]]:
        return self.connection.sql("SELECT DISTINCT platform, month FROM arrived ORDER BY ALL").fetchall()

    def _history(self, folder: str, imports: Iterable[str]) -> str:
        keys = [f"{folder}/{name}.parquet" for name in imports]
        return scan(self.place, keys, "") if keys else ""

    def _put_values(self, rows: str, name: str) -> str:
        return self._put(newest.in_order(rows), f"values/{name}")

    def _put_objects(self, descriptions: str) -> tuple[str, str]:
        described = self._put(newest.newest_descriptions(descriptions), "described")
        known = newest.known_of_objects(scan(self.place, [described], ""))
        return described, self._put(f"SELECT * FROM ({known}) ORDER BY platform, object", "objects")

    def _put(self, query: str, kind: str) -> str:
        path = self.work / "current.parquet"
        engine.write_query(self.connection, query, path)
        return self._publish(path, kind)

    def _publish(self, path: Path, kind: str, suffix: str = "parquet") -> str:
        key = self.before.new_key(kind, suffix)
        self.place.store.publish(path, key)
        return key


@contextmanager
def writing(place: Place, *, anew: bool = False) -> Iterator[Writer]:
    """The lake's one writer. `anew` goes on where the pointer is lost, to make everything from history.

    Raises LakeBusy, LakeDamaged, DiskFull, NotWritable, StoreError.
    """
    with place.writing() as work, engine.told(place):
        before = last_known(place) if anew else begin(place, work)
        with engine.connect(place, work / "spill") as connection:
            yield Writer(place, work, connection, before)


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """In batches, so that DuckDB reads them with more than one thread."""
    import pyarrow as pa

    table = pa.Table.from_pandas(frame, preserve_index=False)
    return pa.Table.from_batches(table.to_batches(max_chunksize=_BATCH), table.schema)


def _read(row: tuple[str]) -> Receipt:
    return from_json(row[0])


def _arrived_in(platform: str, month: str) -> str:
    return f"SELECT * EXCLUDE (month) FROM arrived WHERE platform = {quoted(platform)} AND month = {quoted(month)}"
