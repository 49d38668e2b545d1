"""DuckDB as the lake uses it: nothing downloaded, memory bounded, times in UTC, one line for a damaged file."""

# ruff: noqa: S608  the SQL is put together from our own names and quoted addresses

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from analytics.errors import LakeDamaged
from archive.errors import DiskFull
from archive.store import mapped_errors

from .place import Place

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Params = Sequence[object] | Mapping[str, object]  # for ?, or for $name

MEMORY: Final = "1500MB"  # more goes to disk
MOST_THREADS: Final = 8  # each wants its part of the memory
ROOM: Final = "Make room, then run it again."
MEND: Final = "Rebuild it from its history (Lake.rebuild), or restore the history from a backup."
_OF_A_FILE = ("No files found", "No magic bytes", "Failed to read file", "Could not read", "Cannot open file", "TProto")


def connect(place: Place, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection of its own that can read the files of `place`. `spill` takes what outgrows the memory."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "threads": str(min(os.cpu_count() or 1, MOST_THREADS)),
            "temp_directory": str(spill or Path(tempfile.gettempdir()) / f"soundbite-spill-{secrets.token_hex(6)}"),
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    if (files := place.files()) is not None:
        connection.register_filesystem(files)
    return connection


def frame(connection: duckdb.DuckDBPyConnection, sql: str, params: Params = ()) -> pd.DataFrame:
    """The answer as pandas has it; sums of whole numbers as int64, which SQL makes wider."""
    import pyarrow as pa

    given = dict(params) if isinstance(params, Mapping) else list(params)
    table = connection.sql(sql, params=given).to_arrow_table()
    narrowed = [
        table.column(field.name).cast(pa.int64() if field.type.scale == 0 else pa.float64(), safe=False)
        if pa.types.is_decimal(field.type)
        else table.column(field.name)
        for field in table.schema
    ]
    return pa.table(narrowed, names=table.column_names).to_pandas()


def scan(place: Place, keys: Sequence[str], empty: str) -> str:
    """SQL that reads those Parquet files, or the table `empty` where there are none."""
    listed = ", ".join(quoted(place.address(key)) for key in keys)
    return f"SELECT * FROM read_parquet([{listed}])" if keys else f"SELECT * FROM {empty}"


def write_query(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def write_table(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    with mapped_errors(path):
        pq.write_table(table, path, compression="zstd")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def told(place: Place) -> Iterator[None]:
    """LakeDamaged for a file that is missing or not as it was written; the caller's own SQL errors as they are."""
    try:
        yield
    except (duckdb.Error, FileNotFoundError) as error:
        if "No space left" in str(error):
            raise DiskFull(f"The disk is full: the lake at {place.store.root} could not be written", ROOM) from error
        if isinstance(error, FileNotFoundError) or any(words in str(error) for words in _OF_A_FILE):
            what = " ".join(str(error).split("\n")[0].split())
            raise LakeDamaged(
                f"A file of the lake at {place.store.root} is missing or damaged ({what})",
                MEND,
            ) from error
        raise
