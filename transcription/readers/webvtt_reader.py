"""WebVTT, through webvtt-py: the most faithful reader of the conformance files, and it never raised on
mutated ones.
"""

from __future__ import annotations

import io
import re
from fractions import Fraction

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from transcription.readers.raw import NotThisFormat, RawCue, RawCues, clock_to_seconds

_CLOCK = re.compile(r"(?:(\d{1,10}):)?(\d{1,2}):(\d{1,2})\.(\d{1,3})")
_SIGNATURE = re.compile(r"WEBVTT(?=[ \t\n]|\Z)")
_BLANK = re.compile(r"\n{2,}")


def read_webvtt(text: str) -> RawCues:
    """Cues of a WebVTT file; malformed ones are dropped and counted. Raises NotThisFormat without the
    signature.
    """
    if not text.strip():
        return RawCues((), "webvtt")
    if not _SIGNATURE.match(text):
        raise NotThisFormat("its first line is not WEBVTT")
    wanted = sum("-->" in line for line in text.split("\n"))
    cues = [cue for cue in _parse(text) if cue.end > cue.start]
    if not cues and wanted == 0 and len(text) > 2_000:
        raise NotThisFormat("there is no cue in it")
    return RawCues(tuple(cues), "webvtt", max(wanted - len(cues), 0))


def _parse(text: str) -> list[RawCue]:
    try:
        return _captions(text)
    except (MalformedFileError, MalformedCaptionError, ValueError):
        blocks = _BLANK.split(text)[1:]
        return [cue for block in blocks for cue in _parse_block(block)]


def _parse_block(block: str) -> list[RawCue]:
    try:
        return _captions(f"WEBVTT\n\n{block}\n")
    except (MalformedFileError, MalformedCaptionError, ValueError):
        return []


def _captions(text: str) -> list[RawCue]:
    found = webvtt.from_buffer(io.StringIO(text))
    return [RawCue(_exact(item.start), _exact(item.end), item.raw_text) for item in found.captions]


def _exact(clock: str) -> Fraction:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise ValueError(clock)
    hours, minutes, seconds, fraction = match.groups()
    return clock_to_seconds(int(hours or 0), int(minutes), int(seconds), int(fraction.ljust(3, "0")))
