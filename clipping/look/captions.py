"""The words of a cut as captions on the frames of the clip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from clipping.look.lettering import clean, width
from clipping.look.phrasing import Lines, Rule, Spoken, part
from clipping.look.recipe import CaptionRule
from transcription.transcript import Word

WEIGHT = "extrabold"
LEAST_SHOWN = Fraction(4, 5)  # seconds
HELD = Fraction(2, 5)  # seconds that a caption stays after its last word, before a longer silence
BRIDGED = Fraction(3, 2)  # a shorter gap than this is closed: it would only flicker (BBC guidance)


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption. `lit[i]` is the frame at which the i-th word, counted over the lines, is spoken."""

    lines: tuple[tuple[str, ...], ...]  # words
    lit: tuple[int, ...]
    first_frame: int
    last_frame: int

    @property
    def text(self) -> str:
        return " ".join(word for line in self.lines for word in line)


def cues(
    words: Iterable[Word], start: Fraction, body_frames: int, rate: Fraction, rule: CaptionRule
) -> tuple[Cue, ...]:
    """Captions of the words said in the body, in order, never overlapping, inside [0, body_frames)."""
    duration = body_frames / rate
    spoken = [piece for word in words for piece in _spoken(word, start, duration, rule)]
    if not spoken:
        return ()
    spoken = _in_order(spoken)
    parted = part(spoken, Rule(rule.words_per_line, rule.max_lines, lambda text: _share(text, rule)))
    return _timed(parted, body_frames, rate)


def _share(text: str, rule: CaptionRule) -> float:
    return width(text, WEIGHT, rule.size) / rule.width


def _spoken(word: Word, start: Fraction, duration: Fraction, rule: CaptionRule) -> list[Spoken]:
    """The word on the clip's clock; none where its middle lies outside; parts where it is too wide."""
    begin, end = word.start - start, word.end - start
    if not 0 <= (begin + end) / 2 < duration:
        return []
    begin, end = max(begin, Fraction(0)), min(end, duration)
    pieces = [piece for text in clean(word.text).split() for piece in _narrow(text, rule)]
    each = (end - begin) / max(1, len(pieces))
    return [
        Spoken(piece, begin + i * each, begin + (i + 1) * each, opens_turn=word.speaker_change and i == 0)
        for i, piece in enumerate(pieces)
    ]


def _narrow(text: str, rule: CaptionRule) -> list[str]:
    """The word itself, or the longest pieces of it that fit on a line."""
    pieces = [""]
    for char in text if _share(text, rule) > 1 else ():
        if pieces[-1] and _share(pieces[-1] + char, rule) > 1:
            pieces.append("")
        pieces[-1] += char
    return pieces if pieces != [""] else [text]


def _in_order(words: Sequence[Spoken]) -> list[Spoken]:
    """Starts never fall: a transcript with a time out of order must not turn the captions around."""
    ordered: list[Spoken] = []
    for word in words:
        earliest = ordered[-1].start if ordered else Fraction(0)
        begin = max(word.start, earliest)
        ordered.append(replace(word, start=begin, end=max(word.end, begin)))
    return ordered


def _timed(parted: Sequence[Lines], body_frames: int, rate: Fraction) -> tuple[Cue, ...]:
    firsts = _first_frames(parted, body_frames, rate)
    timed = []
    for i, (lines, first) in enumerate(zip(parted, firsts, strict=True)):
        limit = firsts[i + 1] if i + 1 < len(firsts) else body_frames
        end = _end_frame(lines, first, limit, rate, is_last=i + 1 == len(firsts))
        if end > first:
            timed.append(_cue(lines, first, end - 1, rate))
    return tuple(timed)


def _first_frames(parted: Sequence[Lines], body_frames: int, rate: Fraction) -> list[int]:
    """Frame of each caption's first word; brought forward a little where it would be gone too soon."""
    starts = [floor(lines[0][0].start * rate) for lines in parted]
    if starts[0] < rate * Fraction(2, 5):
        starts[0] = 0
    least, lead = floor(LEAST_SHOWN * rate), floor(rate * Fraction(3, 10))
    following = body_frames
    for i in reversed(range(len(starts))):
        earliest = starts[i - 1] + least if i else 0
        wanted = max(following - least, earliest, starts[i] - lead)
        starts[i] = min(starts[i], max(wanted, 0))
        following = starts[i]
    for i in range(1, len(starts)):  # words at one and the same time: each caption keeps a frame
        starts[i] = max(starts[i], starts[i - 1] + 1)
    return starts


def _end_frame(lines: Lines, first: int, limit: int, rate: Fraction, *, is_last: bool) -> int:
    said = floor(lines[-1][-1].end * rate) + 1
    if not is_last and limit - said < BRIDGED * rate:
        return limit
    return min(limit, max(said + floor(HELD * rate), first + floor(LEAST_SHOWN * rate)))


def _cue(lines: Lines, first: int, last: int, rate: Fraction) -> Cue:
    words = [word for line in lines for word in line]
    lit = tuple(min(max(floor(word.start * rate), first), last) for word in words)
    return Cue(tuple(tuple(word.text for word in line) for line in lines), lit, first, last)
