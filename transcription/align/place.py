"""A time for every caption token: the anchors', and between them what the voiced time allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcription.align.match import Anchor, CaptionToken
from transcription.transcript import TimedBy

_PHONE = 0.085  # seconds a letter-and-a-bit takes at 170 words a minute
_ROOMY = 1.8  # voiced time beyond this multiple of what the words need holds other people's words too
_EDGE = 0.4  # seconds an accurate caption may differ from the sound


@dataclass(frozen=True, slots=True)
class Placed:
    """When a token was said, seconds, how that is known, and how sure it is (0…1)."""

    start: float
    end: float
    timed_by: TimedBy
    confidence: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the tokens [first, last) must lie, and the delay of the captions around them."""

    first: int
    last: int
    start: float
    end: float
    delay: float


def natural_seconds(tokens: Sequence[CaptionToken]) -> float:
    return sum(_weight(token) for token in tokens) * _PHONE


def _weight(token: CaptionToken) -> float:
    return 0.6 + 0.75 * len(token.token) if token.token else 0.05


def gaps(tokens: Sequence[CaptionToken], anchors: Sequence[Anchor], duration: float) -> list[Bounds]:
    """The runs of tokens between anchors."""
    found: list[Bounds] = []
    edges: list[Anchor | None] = [None, *anchors, None]
    for before, after in pairwise(edges):
        first = before.index + 1 if before else 0
        last = after.index if after else len(tokens)
        if first < last:
            found.append(_bounds(tokens, first, last, before, after, duration))
    return found


def _bounds(
    tokens: Sequence[CaptionToken],
    first: int,
    last: int,
    before: Anchor | None,
    after: Anchor | None,
    duration: float,
) -> Bounds:
    known = [anchor for anchor in (before, after) if anchor]
    delay = sum(tokens[a.index].shown - a.start for a in known) / len(known) if known else 0.0
    room = 2 * natural_seconds(tokens[first:last]) + 1
    start = before.end if before else max(0.0, (after.start if after else duration) - room)
    end = after.start if after else min(duration, start + room)
    return Bounds(first, last, start, max(end, start), delay)


def within_cues(tokens: Sequence[CaptionToken], bounds: Bounds) -> list[Bounds]:
    """The same run split by cue and held to each cue's own time: for captions that are right already."""
    parts: list[Bounds] = []
    first = bounds.first
    for index in range(bounds.first, bounds.last):
        is_last = index + 1 == bounds.last or tokens[index + 1].cue_start != tokens[index].cue_start
        if not is_last:
            continue
        low = max(bounds.start if first == bounds.first else 0.0, tokens[index].cue_start - _EDGE / 2)
        high = min(bounds.end if index + 1 == bounds.last else 1e9, tokens[index].cue_end + _EDGE / 2)
        parts.append(Bounds(first, index + 1, low, max(low, high), 0.0))
        first = index + 1
    return parts


def is_in_cue(token: CaptionToken, anchor: Anchor) -> bool:
    return token.cue_start - _EDGE <= anchor.start <= token.cue_end + _EDGE


def spread(tokens: Sequence[CaptionToken], bounds: Bounds, spans: Sequence[tuple[float, float]]) -> list[Placed]:
    """Tokens over the voiced time inside the bounds, by length; where there is far too much of it, near the
    delay.
    """
    run = tokens[bounds.first : bounds.last]
    need = natural_seconds(run)
    pieces = [(max(a, bounds.start), min(b, bounds.end)) for a, b in spans if b > bounds.start and a < bounds.end]
    pieces = [(a, b) for a, b in pieces if b - a > 0.02]
    if sum(b - a for a, b in pieces) < 0.4 * need:
        pieces = [(bounds.start, bounds.end)]
    total = sum(b - a for a, b in pieces)
    begin, length = 0.0, total
    if total > _ROOMY * need + 0.5:
        length = min(total, 1.2 * need)
        begin = min(max(_voiced_before(pieces, run[0].shown - bounds.delay), 0.0), total - length)
    is_tight = total <= _ROOMY * need + 0.5
    confidence = (0.75 if bounds.end - bounds.start < 3 else 0.55) if is_tight else 0.3
    return _along(run, pieces, begin, length, confidence)


def _along(
    run: Sequence[CaptionToken],
    pieces: list[tuple[float, float]],
    begin: float,
    length: float,
    confidence: float,
) -> list[Placed]:
    weights = [_weight(token) for token in run]
    scale = length / sum(weights)
    placed: list[Placed] = []
    at = begin
    for weight in weights:
        start = _clock(pieces, at)
        at += weight * scale
        placed.append(Placed(start, max(start, _clock(pieces, at, is_end=True)), TimedBy.BETWEEN, confidence))
    return placed


def _voiced_before(pieces: list[tuple[float, float]], clock: float) -> float:
    return sum(min(b, clock) - a for a, b in pieces if a < clock)


def _clock(pieces: list[tuple[float, float]], voiced: float, is_end: bool = False) -> float:
    """The time at which `voiced` seconds of the pieces have passed; an end stays in the earlier piece."""
    for a, b in pieces:
        inside = voiced <= b - a + 1e-9 if is_end else voiced < b - a - 1e-9
        if inside:
            return a + max(voiced, 0.0)
        voiced -= b - a
    return pieces[-1][1]
