"""SubRip, through the `srt` library."""

from __future__ import annotations

import re
from fractions import Fraction

import srt

from transcription.readers.raw import NotThisFormat, RawCue, RawCues

_ARROW_LINE = re.compile(r"^.*-->.*$", re.MULTILINE)
_NEXT_CUE = re.compile(r"\n\d+[ \t]*\n(?=\s*-?\d+:\d)")
_TIMING = re.compile(r"^\s*-?\d+:\d+:\d+[,.:]\d+[ \t]*-->", re.MULTILINE)
_LONGEST_LINE = 20_000  # the library's patterns are not linear on absurd lines


def read_srt(text: str) -> RawCues:
    """Cues of SubRip text; those whose times make no sense are counted as dropped. Raises NotThisFormat."""
    if not text.strip():
        return RawCues((), "srt")
    if not _TIMING.search(text):
        raise NotThisFormat("there is no line like 00:00:01,000 --> 00:00:02,000 in it")
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise NotThisFormat("it has a line of absurd length")
    text = _NEXT_CUE.sub(lambda m: "\n" + m.group(), text)  # a missing blank line between cues
    cues, failed = _parse(text)
    good = tuple(cue for cue in cues if cue.start >= 0 and cue.end > cue.start)
    wanted = len(_ARROW_LINE.findall(text))
    if failed and not good:
        raise NotThisFormat("none of its times can be read")
    return RawCues(good, "srt", max(wanted - len(good), 0))


def _parse(text: str) -> tuple[list[RawCue], bool]:
    cues: list[RawCue] = []
    try:
        for item in srt.parse(text, ignore_errors=True):
            cues.append(RawCue(_exact(item.start), _exact(item.end), item.content))
    except (srt.SRTParseError, OverflowError, ValueError):
        blocks = re.split(r"\n\s*\n", text)
        return ([cue for block in blocks for cue in _parse_block(block)], True)
    return cues, False


def _parse_block(block: str) -> list[RawCue]:
    """One cue by itself, so that one absurd time does not take the rest of the file with it."""
    try:
        found = list(srt.parse(block + "\n\n", ignore_errors=True))
    except (srt.SRTParseError, OverflowError, ValueError):
        return []
    return [RawCue(_exact(item.start), _exact(item.end), item.content) for item in found]


def _exact(delta: object) -> Fraction:
    days, seconds, micros = (int(getattr(delta, part)) for part in ("days", "seconds", "microseconds"))
    return Fraction((days * 86_400 + seconds) * 1_000_000 + micros, 1_000_000)
