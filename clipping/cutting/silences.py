"""Where exactly a cut falls between two words: in the silence, with a little air, never inside a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from transcription.transcript import TimedBy, Word

Span = tuple[Fraction, Fraction]

AIR_BEFORE = Fraction(1, 4)  # seconds kept before the first word; a breath, not a wait
AIR_AFTER = Fraction(3, 10)
MOST_AIR = Fraction(7, 20)  # where the words' own times are uncertain
FURTHEST = Fraction(1)  # a voice that runs on for longer past a word is not that word
SHORTEST_SILENCE = Fraction(1, 25)  # one frame: shorter gaps in the voice are consonants


@dataclass(frozen=True, slots=True)
class Places:
    """The words' own stretches, made to follow each other, the voiced spans, and the recording's end."""

    starts: tuple[Fraction, ...]
    ends: tuple[Fraction, ...]
    timed_by: tuple[TimedBy, ...]
    voiced: tuple[Span, ...]
    duration: Fraction

    def start_before(self, word: int) -> Fraction:
        """The in-point for a clip that begins with this word."""
        floor = self.ends[word - 1] if word else Fraction(0)
        first = self.starts[word]
        silence = self._silence(floor, first, last=True)
        if silence is None or first - silence[1] > FURTHEST:
            return max(floor, first - AIR_BEFORE) if first - floor >= 2 * AIR_BEFORE else (floor + first) / 2
        air = MOST_AIR if self._is_uncertain(word) else AIR_BEFORE
        return max(silence[0], silence[1] - air)

    def end_after(self, word: int) -> Fraction:
        """The out-point for a clip that ends with this word."""
        last = self.ends[word]
        ceiling = self.starts[word + 1] if word + 1 < len(self.starts) else self.duration
        silence = self._silence(last, ceiling, last=False)
        if silence is None or silence[0] - last > FURTHEST:
            return min(ceiling, last + AIR_AFTER) if ceiling - last >= 2 * AIR_AFTER else (last + ceiling) / 2
        air = MOST_AIR if self._is_uncertain(word) else AIR_AFTER
        return min(silence[1], silence[0] + air)

    def word_around(self, at: Fraction) -> int | None:
        """The word inside which a time lies, if it does."""
        inside = (i for i, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) if a < at < b)
        return next(inside, None)

    def _is_uncertain(self, word: int) -> bool:
        return self.timed_by[word] in {TimedBy.BETWEEN, TimedBy.CUE}

    def _silence(self, start: Fraction, end: Fraction, *, last: bool) -> Span | None:
        """The last (first) stretch without voice in a gap, or None where there is none worth cutting in."""
        quiet = [(a, b) for a, b in unvoiced(self.voiced, start, end) if b - a >= SHORTEST_SILENCE]
        return quiet[-1 if last else 0] if quiet else None


def places_of(words: Sequence[Word], voiced: Sequence[Span], duration: Fraction) -> Places:
    """Overlapping words meet in the middle of their overlap; nothing lies outside the recording."""
    starts = [_inside(word.start, duration) for word in words]
    ends = [max(_inside(word.end, duration), start) for word, start in zip(words, starts, strict=True)]
    for index in range(1, len(words)):
        starts[index] = max(starts[index], starts[index - 1])
        if starts[index] < ends[index - 1]:
            starts[index] = ends[index - 1] = (starts[index] + ends[index - 1]) / 2
        ends[index] = max(ends[index], starts[index])
    spans = tuple(sorted((_inside(a, duration), _inside(b, duration)) for a, b in voiced if a < b))
    return Places(tuple(starts), tuple(ends), tuple(word.timed_by for word in words), spans, duration)


def unvoiced(voiced: Sequence[Span], start: Fraction, end: Fraction) -> list[Span]:
    """What is left of a stretch when the voiced spans (sorted by start) are taken out."""
    left: list[Span] = []
    at = start
    for begin, finish in voiced:
        if finish <= at:
            continue
        if begin >= end:
            break
        if begin > at:
            left.append((at, begin))
        at = max(at, finish)
    if at < end:
        left.append((at, end))
    return left


def _inside(at: Fraction, duration: Fraction) -> Fraction:
    return min(max(at, Fraction(0)), duration)
