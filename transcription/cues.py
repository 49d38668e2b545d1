"""Captions as they were read: cues, and the words in them, before anybody asks when they were spoken."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CueWord:
    """One word of a cue, verbatim, punctuation attached. `at` is its own time where the format gives one."""

    text: str
    at: Fraction | None = None
    speaker: str | None = None
    speaker_change: bool = False
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption on screen from `start` to `end`, seconds of media time; `text` keeps its line breaks.

    `words` leaves out sound labels such as [APPLAUSE], which nobody speaks.
    """

    start: Fraction
    end: Fraction
    text: str
    words: tuple[CueWord, ...]

    @property
    def speaker(self) -> str | None:
        return self.words[0].speaker if self.words else None

    @property
    def has_word_times(self) -> bool:
        return any(word.at is not None for word in self.words)


@dataclass(frozen=True, slots=True)
class Captions:
    """Everything one caption file or stream holds, in order of start. `notes` say what was dropped."""

    cues: tuple[Cue, ...]
    format: str
    notes: tuple[str, ...] = ()

    @property
    def has_word_times(self) -> bool:
        """Most words carry a time of their own, as in captions made by a recogniser."""
        words = [word for cue in self.cues for word in cue.words]
        return sum(word.at is not None for word in words) * 2 > len(words)


@dataclass(frozen=True, slots=True)
class CaptionInput:
    """Captions to read: a file, or the text itself (an embedded stream arrives as SRT text).

    `live` says how they were made where that is known: True during the broadcast and so seconds late,
    False beforehand or afterwards; None lets the recording decide.
    """

    source: Path | str | bytes
    format: str | None = None
    name: str = "captions"
    live: bool | None = None
