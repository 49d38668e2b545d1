"""Bytes → text. UTF-8 and UTF-16 are certain; an old eight-bit file is read as Windows wrote it, and that is said."""

from __future__ import annotations

import re
from typing import Final

from analytics.errors import ExportRefused
from analytics.model.extract import Repair

# The order matters: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE: Final = 4096
_DENSE: Final = 0.3  # a UTF-16 text in Latin letters has a NUL in nearly every second byte
_CYRILLIC: Final = re.compile(rb"[\xc0-\xff]{3,}")  # in Windows-1252 three accented letters in a row are no word
_AGAIN: Final = "Download it again from the platform and import that file as it is."


def decode(data: bytes, name: str) -> tuple[str, tuple[Repair, ...]]:
    """The text of a file, without its byte order mark.

    Raises:
        ExportRefused: nothing in it, damaged characters, NUL characters.
    """
    encoding = _encoding(data)
    repairs: tuple[Repair, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _damaged(data, name, error.start, encoding) from error
        text, repairs = _eight_bit(data, name, error)
    text = text.lstrip("\ufeff")
    if not text.strip("\x00 \t\r\n"):
        raise ExportRefused(f"{name} is empty", _AGAIN)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ExportRefused(f"{name} has NUL characters: part of it is missing", _AGAIN, line=line, value="\\x00")
    return text, repairs


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    half = len(sample) / 2
    if sample[1::2].count(0) > _DENSE * half and sample[::2].count(0) < sample[1::2].count(0) / 4:
        return "utf-16-le"
    if sample[::2].count(0) > _DENSE * half and sample[1::2].count(0) < sample[::2].count(0) / 4:
        return "utf-16-be"
    return "utf-8"


def _eight_bit(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, tuple[Repair, ...]]:
    """Windows-1251 where runs of high bytes are words, else Windows-1252; refused where it is damaged UTF-8."""
    survivors = sum(char > "\x7f" for char in data.decode("utf-8", "ignore"))
    high = sum(byte > 0x7F for byte in data[: 1 << 20])
    if survivors > high / 8 or b"\x00" in data:
        raise _damaged(data, name, error.start, "utf-8") from error
    in_runs = sum(len(run) for run in _CYRILLIC.findall(data[: 1 << 20]))
    encoding, called = ("cp1251", "Windows-1251") if in_runs > high / 2 else ("cp1252", "Windows-1252")
    try:
        return data.decode(encoding), (Repair(0, f"is not Unicode: read as {called}"),)
    except UnicodeDecodeError as again:
        raise _damaged(data, name, again.start, encoding) from again


def _damaged(data: bytes, name: str, at: int, encoding: str) -> ExportRefused:
    line = data.count(b"\n", 0, at) + 1
    return ExportRefused(
        f"{name} is no {encoding} text: the bytes in line {line} are damaged or cut off",
        _AGAIN,
        line=line,
        value=data[at : at + 4].hex(" "),
    )
