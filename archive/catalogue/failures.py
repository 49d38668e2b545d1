"""Database errors, said in our own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from archive.errors import ArchiveError, CatalogueBusy, CatalogueError, DiskFull, NotWritable

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_FULL = frozenset({sqlite3.SQLITE_FULL})
_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# An I/O error while writing is what SQLite says when a quota or a file size limit is reached.
_WRITE_FAILED = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_FSYNC,
    }
)


@contextmanager
def mapped(where: str) -> Iterator[None]:
    """Turn the driver's errors into CatalogueBusy, DiskFull, NotWritable or CatalogueError."""
    try:
        yield
    except DBAPIError as error:
        raise _mapped(error, where) from error


def _mapped(error: DBAPIError, where: str) -> ArchiveError:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    if code & 0xFF in _BUSY:
        return CatalogueBusy(f"The catalogue {where} is busy", "Others are writing; try again in a moment.")
    if code & 0xFF in _FULL or code in _WRITE_FAILED:
        return DiskFull(f"The disk is full: the catalogue {where} could not be written", "Make room, then go on.")
    if code & 0xFF in _FORBIDDEN:
        return NotWritable(
            f"The catalogue {where} may not be written ({error.orig})",
            "Give yourself write permission on it and on its folder, or choose another home with --home.",
        )
    if code & 0xFF in _DAMAGED:
        return CatalogueError(f"{where} is no catalogue, or a damaged one", "Restore it from a backup.")
    if isinstance(error, IntegrityError):
        return CatalogueError(f"The catalogue refused a row ({error.orig})")
    return CatalogueError(f"The catalogue {where} failed ({error.orig})")
