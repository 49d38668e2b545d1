"""The metrics lake: exports go in once, each as a whole, and the newest of every value is read fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from analytics.errors import LakeDamaged
from analytics.model.extract import Extract
from analytics.model.links import as_clips, as_links

from . import engine
from .engine import Params
from .generation import Generation, commit, current
from .place import Place
from .receipts import Receipt, from_json, receipt_of
from .totals import totals_of
from .views import show
from .writing import Writer, as_arrow, writing

_IMPORT_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class Lake:
    """A lake in a folder or at an fsspec URL ("s3://bucket/lake"); made on first use.

    What writes is all or nothing, and raises LakeBusy (somebody else is writing), DiskFull, NotWritable or
    StoreError. What reads raises LakeDamaged where a file is missing or changed.
    """

    def __init__(self, place: str | Path) -> None:
        self._place = Place(place)

    def add(self, extract: Extract, *, import_id: str, name: str, options: Mapping[str, str]) -> Receipt:
        """Take in one export; its receipt, with its totals. The same `import_id` again changes nothing.

        `import_id` becomes a file's name: ValueError unless it is letters, digits, ".", "_", "-".
        `name` and `options` tell people where it came from.
        """
        if not _IMPORT_ID.fullmatch(import_id):
            raise ValueError(f"no import id: {import_id!r}")
        with writing(self._place) as writer:
            known = {receipt.import_id: receipt for receipt in self._receipts(writer.before)}
            if import_id in known:
                return known[import_id]
            values, objects = (as_arrow(f.assign(import_id=import_id)) for f in (extract.values, extract.objects))
            writer.note({**{r.import_id: r.source for r in known.values()}, import_id: extract.source})
            writer.arrive(values)
            receipt = receipt_of(extract, import_id, name, options, datetime.now(UTC), totals_of(writer.connection))
            writer.keep(receipt, values, objects)
            described, known_objects = writer.merged_objects(objects)
            after = replace(
                writer.before,
                imports=(*writer.before.imports, import_id),
                values=writer.merged_values(),
                described=described,
                objects=known_objects,
                receipts=writer.put_receipts((*known.values(), receipt)),
            )
            commit(self._place, writer.work, writer.before, after)
        return receipt

    def receipts(self) -> tuple[Receipt, ...]:
        """Every import, in the order they came in."""
        return self._receipts(self._generation())

    def put_links(self, links: pd.DataFrame, clips: pd.DataFrame) -> None:
        """Replace what is known of posts and clips (model/links.py); the same again changes nothing."""
        posts, described = as_links(links).drop_duplicates(), as_clips(clips).drop_duplicates("clip", keep="last")
        with writing(self._place) as writer:
            before = writer.before
            after = replace(
                before,
                links=writer.put_frame(posts, "links", before.links),
                clips=writer.put_frame(described, "clips", before.clips),
            )
            if after != before:
                commit(self._place, writer.work, before, after)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection with the lake as it is now; close it, or use it in a `with`.

        Views: current_values, history, objects, object_history, links, clips, receipts, and tidy (values with
        what their post and clip are; docs/lake.md). Its files stay for five minutes after the lake has changed.
        """
        generation = self._generation()
        with engine.told(self._place):
            connection = engine.connect(self._place)
            show(connection, self._place, generation)
        return connection

    def frame(self, sql: str, params: Params = ()) -> pd.DataFrame:
        """What the SQL answers over the views of `connect`; `params` fill each `?`, or `$name` by name."""
        with self.connect() as connection, engine.told(self._place):
            return engine.frame(connection, sql, params)

    def rebuild(self) -> None:
        """Make everything that is derived again from history alone, even where the pointer is lost.

        Links and clips are kept where the pointer still names them; whoever put them can put them again.
        """
        with writing(self._place, anew=True) as writer:
            self._made_again(writer, writer.kept())

    def withdraw(self, import_ids: Iterable[str]) -> None:
        """Take imports out: what counts is made again from the history of the others. Unknown ids change nothing.

        Their history files stay, and `add` takes them in again. A `rebuild` where the pointer is lost finds them in
        history and brings them back: withdraw them again.
        """
        gone = frozenset(import_ids)
        with writing(self._place) as writer:
            held = self._receipts(writer.before)
            rest = tuple(receipt for receipt in held if receipt.import_id not in gone)
            if len(rest) < len(held):
                self._made_again(writer, rest)

    def _made_again(self, writer: Writer, receipts: Sequence[Receipt]) -> None:
        """A generation of those imports and no others, from their history."""
        writer.note({receipt.import_id: receipt.source for receipt in receipts})
        imports = tuple(receipt.import_id for receipt in receipts)
        described, known_objects = writer.rebuilt_objects(imports)
        after = replace(
            writer.before,
            imports=imports,
            values=writer.rebuilt_values(imports),
            described=described,
            objects=known_objects,
            receipts=writer.put_receipts(receipts),
        )
        commit(self._place, writer.work, writer.before, after)

    def _generation(self) -> Generation:
        return current(self._place) or Generation()

    def _receipts(self, generation: Generation) -> tuple[Receipt, ...]:
        data = self._place.read(generation.receipts) if generation.receipts else b""
        if data is None:
            raise LakeDamaged(f"{self._place.address(generation.receipts)} is gone", engine.MEND)
        try:
            return tuple(map(from_json, data.decode().split("\n")[:-1]))
        except (ValueError, KeyError, TypeError) as error:
            raise LakeDamaged(
                f"{self._place.address(generation.receipts)} can't be read ({error})", engine.MEND
            ) from error
