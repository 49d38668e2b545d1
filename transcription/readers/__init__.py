"""One registry of caption readers, in plain sight.

A new format (teletext, 608, TTML) is one function `bytes or text → RawCues` and one line in READERS.
Embedded streams come from `archive.media.extract_captions` as SRT text, so `mov_text` and `subrip` are SRT
here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from transcription.cues import CaptionInput, Captions
from transcription.errors import CaptionsUnreadable
from transcription.readers.finish import finish
from transcription.readers.payload import text_of_input
from transcription.readers.raw import NotThisFormat, RawCues
from transcription.readers.srt_reader import read_srt
from transcription.readers.webvtt_reader import read_webvtt

Reader = Callable[[str], RawCues]

READERS: Mapping[str, Reader] = {
    "srt": read_srt,
    "webvtt": read_webvtt,
}

ALIASES: Mapping[str, str] = {
    "subrip": "srt",
    "mov_text": "srt",  # through the archive's door
    "vtt": "webvtt",
}


def read_captions(source: str | bytes, format: str | None = None, *, name: str = "captions") -> Captions:
    """Read caption text of `format` (None: look at it). Bad cues are dropped and counted in `notes`.

    Never raises anything but CaptionsUnreadable, whatever the input: it comes from strangers.
    """
    text = text_of_input(source, name)
    kind = _kind(text, format, name)
    try:
        return finish(READERS[kind](text), kind)
    except NotThisFormat as error:
        raise _unreadable(name, kind, str(error)) from error
    except (ValueError, OverflowError, ArithmeticError, LookupError, RecursionError) as error:
        raise _unreadable(name, kind, f"its reader gave up ({type(error).__name__})") from error


def read_input(captions: CaptionInput) -> Captions:
    """As `read_captions`, from a CaptionInput; a missing or unreadable file is CaptionsUnreadable."""
    source = captions.source
    if isinstance(source, str | bytes):
        return read_captions(source, captions.format, name=captions.name)
    try:
        data = source.read_bytes()
    except OSError as error:
        raise CaptionsUnreadable(
            f"the captions {source.name} can't be opened ({error.strerror})",
            "check the path and its permissions",
            name=source.name,
            format=captions.format or "",
        ) from error
    suffix = source.suffix.lstrip(".").lower()
    known = suffix if suffix in READERS or suffix in ALIASES else None
    name = captions.name if captions.name != "captions" else source.name
    return read_captions(data, captions.format or known, name=name)


def _kind(text: str, format: str | None, name: str) -> str:
    if text.startswith("WEBVTT"):  # a .srt that is really WebVTT is common
        return "webvtt"
    wanted = (format or "srt").lower()
    kind = ALIASES.get(wanted, wanted)
    if kind not in READERS:
        raise CaptionsUnreadable(
            f"the captions {name} are in the format {wanted!r}, which is not read yet",
            f"convert them to one of: {', '.join(sorted(READERS))}",
            name=name,
            format=wanted,
        )
    return kind


def _unreadable(name: str, kind: str, why: str) -> CaptionsUnreadable:
    return CaptionsUnreadable(
        f"{name} is not {kind} captions: {why}",
        "give an SRT or WebVTT file, or leave the captions out",
        name=name,
        format=kind,
    )


__all__ = ["ALIASES", "READERS", "Reader", "read_captions", "read_input"]
