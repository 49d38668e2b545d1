"""What a reader gives: cues with their payload as written, and how many were beyond help."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Markup = Literal["srt", "webvtt"]


class NotThisFormat(ValueError):
    """The text is not in the reader's format at all."""


@dataclass(frozen=True, slots=True)
class RawCue:
    """`payload` still holds tags, entities and line breaks."""

    start: Fraction
    end: Fraction
    payload: str


@dataclass(frozen=True, slots=True)
class RawCues:
    cues: tuple[RawCue, ...]
    markup: Markup
    dropped: int = 0


def clock_to_seconds(hours: int, minutes: int, seconds: int, milliseconds: int) -> Fraction:
    return Fraction(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds, 1000)
