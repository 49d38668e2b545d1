"""What a recording says: words with exact times, where each came from and how its time is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Origin(StrEnum):
    """Where a word's text came from."""

    CAPTIONS = "captions"
    WHISPER = "whisper"


class TimedBy(StrEnum):
    """How a word's time is known, best first."""

    ALIGNED = "aligned"  # put back where it was said, by acoustic match
    ENGINE = "engine"  # as the recogniser gave it
    BETWEEN = "between"  # between two aligned neighbours
    CUE = "cue"  # spread over its caption cue: as late as the captions are


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as shown, punctuation attached. Times are seconds of media time, exact."""

    text: str
    start: Fraction
    end: Fraction
    confidence: float  # 0…1
    origin: Origin
    timed_by: TimedBy
    speaker_change: bool = False  # the first word of another speaker
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """All words of a recording in spoken order. `notes` say in plain words what is uncertain."""

    words: tuple[Word, ...]
    language: str  # BCP 47, "en-GB"
    engine: str  # "captions:webvtt", "whisper:base.en"
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def between(self, start: Fraction, end: Fraction) -> tuple[Word, ...]:
        """Words whose middle lies in [start, end)."""
        return tuple(w for w in self.words if start <= (w.start + w.end) / 2 < end)

    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def shifted(self, by: Fraction) -> Transcript:
        """The same words on a clock that starts `-by` seconds away."""
        return replace(self, words=tuple(replace(w, start=w.start + by, end=w.end + by) for w in self.words))
