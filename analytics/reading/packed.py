"""A zip as platforms give it, opened within bounds: a small file may unpack to more than a machine holds."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from analytics.errors import ExportRefused

MEMBERS_MOST: Final = 200
UNPACKED_MOST: Final = 1 << 30
_READ: Final = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx")
# RuntimeError: a password, or a way of packing that zipfile does not know.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The zip in `data`, once its stated sizes are within bounds; zipfile never unpacks more than is stated.

    Raises:
        ExportRefused: broken, too large when unpacked, too many files, encrypted.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise _broken(name, error) from error
    members = archive.infolist()
    if len(members) > MEMBERS_MOST or sum(member.file_size for member in members) > UNPACKED_MOST:
        raise ExportRefused(
            f"{name} would unpack to more than {UNPACKED_MOST >> 20} MiB or {MEMBERS_MOST} files",
            "Unpack it yourself and import the tables in it.",
        )
    if any(member.flag_bits & 1 for member in members):
        raise ExportRefused(f"{name} is locked with a password", "Unpack it yourself and import the tables in it.")
    return archive


def files_in(data: bytes, name: str) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """The tables and documents within a zip, by name, and the names of what is passed over.

    Folders, empty files and a Mac's hidden files are passed over in silence.

    Raises:
        ExportRefused: as `opened`, or nothing in it that can be read.
    """
    with opened(data, name) as archive:
        there = [member for member in archive.infolist() if _is_there(member)]
        wanted = [member for member in there if _suffix(member) in _READ]
        others = tuple(member.filename for member in there if member not in wanted)
        if not wanted and any(_suffix(member) == ".zip" for member in there):
            raise ExportRefused(f"{name} holds a zip within a zip", "Unpack it yourself and import the zips in it.")
        if not wanted:
            raise ExportRefused(f"{name} has no table in it", "Import the zip as the platform gave it.")
        try:
            return tuple((f"{name}/{member.filename}", archive.read(member)) for member in wanted), others
        except _BROKEN as error:
            raise _broken(name, error) from error


def _is_there(member: zipfile.ZipInfo) -> bool:
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(member.filename).parts)
    return not member.is_dir() and not is_hidden and member.file_size > 0


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _broken(name: str, error: Exception) -> ExportRefused:
    return ExportRefused(f"{name} is a broken zip ({error})", "Download it again and import that file as it is.")
