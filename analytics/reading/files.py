"""One door: a file of any kind that platforms give → its tables or its document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from typing import Final

from analytics.errors import ExportRefused
from archive.errors import SourceMissing

from .documents import document_of
from .encoding import decode
from .packed import files_in, opened
from .table import Document, Table
from .tabular import tables_of
from .workbook import tables_of_workbook

LARGEST: Final = 1 << 30
_FEW: Final = 8  # files passed over that are named
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "Save it as .xlsx or CSV."),
    (b"\x1f\x8b", "a gzip file", "Unpack it and import what is in it."),
    (b"%PDF", "a PDF", "Export a table (CSV or Excel), not a printed page."),
    (b"\x89PNG", "a picture", "Export a table (CSV or Excel), not a screenshot."),
    (b"\xff\xd8\xff", "a picture", "Export a table (CSV or Excel), not a screenshot."),
    (b"PAR1", "a Parquet file", "Export it as CSV."),
)


def read_tables(path: Path, locale: str = "") -> tuple[Table | Document, ...]:
    """What is in the file: one table or document; several for a zip, a workbook, or stacked tables.

    What it is, is decided by its bytes, never by its name. Numbers of a workbook, which are in no locale, come out as
    `locale` writes them. The first item's notes say what of a zip or workbook was not read.

    Raises:
        SourceMissing: nothing at that path.
        ExportRefused: no table and no document, or damaged beyond certain repair.
    """
    refuse_unreadable(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{path} can't be read ({error.strerror})", "Check the path.") from error
    return tables_in(data, path.name, locale)


def refuse_unreadable(path: Path) -> None:
    """Before a byte of it is read: nothing there, no file, too large. Raises SourceMissing, ExportRefused."""
    try:
        status = path.stat()
    except OSError as error:
        raise SourceMissing(f"{path} can't be read ({error.strerror})", "Check the path.") from error
    if not S_ISREG(status.st_mode):
        raise ExportRefused(f"{path.name} is no file", "Import the files in it, or a copy.")
    if status.st_size > LARGEST:
        raise ExportRefused(f"{path.name} is larger than {LARGEST >> 20} MiB", "Export shorter periods.")


def tables_in(data: bytes, name: str, locale: str = "") -> tuple[Table | Document, ...]:
    """`read_tables` of bytes that are called `name`."""
    if not data.startswith(b"PK\x03\x04"):
        return _unpacked(data, name)
    if _is_workbook(data, name):
        return tables_of_workbook(data, name, locale)
    members, others = files_in(data, name)
    first, *rest = (item for inner, content in members for item in _member(content, inner, locale))
    return replace(first, notes=(*first.notes, *_not_read(name, others))), *rest


def _not_read(name: str, others: tuple[str, ...]) -> tuple[str, ...]:
    more = f" and {len(others) - _FEW} more" if len(others) > _FEW else ""
    return (f"{name}: these in it were not read: {', '.join(others[:_FEW])}{more}",) if others else ()


def _member(data: bytes, name: str, locale: str) -> tuple[Table | Document, ...]:
    if not data.startswith(b"PK\x03\x04"):
        return _unpacked(data, name)
    if _is_workbook(data, name):
        return tables_of_workbook(data, name, locale)
    raise ExportRefused(f"{name} is a zip within a zip", "Unpack it yourself and import the tables in it.")


def _is_workbook(data: bytes, name: str) -> bool:
    with opened(data, name) as archive:
        return "[Content_Types].xml" in archive.namelist()


def _unpacked(data: bytes, name: str) -> tuple[Table | Document, ...]:
    for mark, what, mend in _OTHERS:
        if data.startswith(mark):
            raise ExportRefused(f"{name} is {what}", mend)
    text, repairs = decode(data, name)
    if text.lstrip()[:1] in ("{", "["):
        document = document_of(text, name)
        return (Document(name, document.data, repairs),)
    return tuple(table.with_repairs(repairs) for table in tables_of(text, name))
