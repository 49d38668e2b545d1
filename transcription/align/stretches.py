"""Cutting a recording into stretches that the decoder can take, and grouping them with the captions that may
fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 15.0  # seconds in one utterance: beyond it the decoder's search drifts
_JOIN = 0.45  # silences shorter than this stay inside a stretch
_MARGIN = 0.15  # sound kept before and after
_WINDOW = 60.0  # seconds of stretches that share one language model
EARLIEST, LATEST = -1.0, 25.0  # seconds a live caption can come after its words (Ofcom: up to 21 s)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds from the start of the PCM."""

    start: float
    end: float


def stretches(spans: Sequence[tuple[float, float]], duration: float) -> list[Stretch]:
    """Voiced spans joined over short silences into stretches of at most LONGEST seconds plus margins."""
    found: list[Stretch] = []
    for begin, end in (piece for span in spans for piece in _pieces(*span)):
        last = found[-1] if found else None
        if last and begin - last.end < _JOIN and end - last.start <= LONGEST:
            found[-1] = Stretch(last.start, end)
        else:
            found.append(Stretch(begin, end))
    return [Stretch(max(0.0, s.start - _MARGIN), min(duration, s.end + _MARGIN)) for s in found]


def _pieces(begin: float, end: float) -> list[tuple[float, float]]:
    count = max(1, int(-(-(end - begin) // LONGEST)))
    size = (end - begin) / count
    return [(begin + k * size, begin + (k + 1) * size) for k in range(count)]


def windows(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches in groups of about a minute."""
    groups: list[list[Stretch]] = []
    for stretch in found:
        if groups and stretch.end - groups[-1][0].start <= _WINDOW:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups
