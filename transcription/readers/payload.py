"""Bytes of unknown encoding to text with plain line breaks."""

from __future__ import annotations

import codecs
import re

from transcription.errors import CaptionsUnreadable

MAX_BYTES = 20_000_000  # a day of live captions is about 3 MB

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_BREAK = re.compile(r"\r\n|\r|\u2028|\u0085")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of_input(source: str | bytes, name: str) -> str:
    """Decoded text without BOM and control characters, `\\n` line breaks. Raises CaptionsUnreadable if huge
    or binary.
    """
    if len(source) > MAX_BYTES:
        raise CaptionsUnreadable(
            f"{name} is {len(source) // 1_000_000} MB, too large for captions",
            f"captions may have up to {MAX_BYTES // 1_000_000} MB",
            name=name,
        )
    text = source if isinstance(source, str) else _decode(source, name)
    text = _LINE_BREAK.sub("\n", text.removeprefix("\ufeff")).replace("\x00", "\ufffd")
    return _CONTROL.sub("", text)


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    if data.count(0) * 20 > len(data):
        raise CaptionsUnreadable(
            f"{name} is not text", "give an SRT or WebVTT file, or leave the captions out", name=name
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # the usual encoding of old SRT files
