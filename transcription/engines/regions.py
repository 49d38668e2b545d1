"""Which stretches a recogniser is given: voiced ones, and a second look where the detector may have been too
strict.

Silero keeps only 38 % of radio speech (FIELD-NOTES §6), so silences over five seconds are judged again with a
low threshold; what is found there is doubtful and must pass stricter guards.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from transcription.engines.engine import Region
from transcription.voice import Span, voiced_between

_JOIN = Fraction(2)  # silences shorter than this stay inside a region
_LONGEST = Fraction(300)
_MARGIN = Fraction(3, 10)
_SECOND_LOOK = Fraction(5)  # rejected stretches longer than this
_SHORTEST_DOUBTFUL = Fraction(1)


def regions(voiced: Sequence[Span], faint: Sequence[Span], duration: Fraction) -> tuple[Region, ...]:
    """Regions in order. `faint` are the spans found with a low threshold; they count only inside long
    silences.
    """
    sure = _joined(voiced)
    edges = [Fraction(0), *(edge for span in sure for edge in span), duration]
    silences = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > _SECOND_LOOK]
    doubtful = [
        span
        for silence in silences
        for span in _joined(voiced_between(faint, *silence))
        if span[1] - span[0] >= _SHORTEST_DOUBTFUL
    ]
    found = [Region(*_widened(span, duration)) for span in sure]
    found += [Region(*_widened(span, duration), is_doubtful=True) for span in doubtful]
    return tuple(sorted(found, key=lambda region: region.start))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin - joined[-1][1] < _JOIN and end - joined[-1][0] <= _LONGEST:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _widened(span: Span, duration: Fraction) -> Span:
    return max(Fraction(0), span[0] - _MARGIN), min(duration, span[1] + _MARGIN)
