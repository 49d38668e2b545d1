"""Which heard token is which caption token: one alignment in order, with absurd delays ruled out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz.distance import Levenshtein

from transcription.align.decode import HeardToken
from transcription.align.stretches import EARLIEST, LATEST

_GAP = -0.35
_NEIGHBOURS = 8
_STRAY = 6.0  # seconds from its neighbours' delay: a chance match
_LONELY = 4  # tokens on either side in which another anchor must stand up for a short word
_LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class CaptionToken:
    """A spoken token with the caption word it belongs to and when its caption says (seconds)."""

    token: str
    word: int
    shown: float  # spread over the cue
    cue_start: float
    cue_end: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Caption token `index` was said from `start` to `end`."""

    index: int
    start: float
    end: float
    is_exact: bool


def match(captions: Sequence[CaptionToken], heard: Sequence[HeardToken]) -> list[Anchor]:
    """Anchors in order, chance matches taken out."""
    pairs = _align(captions, heard)
    anchors = [Anchor(i, heard[j].start, heard[j].end, captions[i].token == heard[j].token) for i, j in pairs]
    return _sociable(_consistent(anchors, captions), captions)


def _worth(caption: str, heard: str) -> float:
    """Long words tell more than short ones; near misses (won, one's) tell less."""
    if caption == heard:
        return 0.6 + 0.2 * min(len(caption), 7)
    if min(len(caption), len(heard)) >= 4 and Levenshtein.normalized_similarity(caption, heard) >= 0.75:
        return 0.5
    return -1.0


def _align(captions: Sequence[CaptionToken], heard: Sequence[HeardToken]) -> list[tuple[int, int]]:
    """Global alignment (Needleman and Wunsch, 1970) inside the band of possible delays."""
    starts = [item.start for item in heard]
    bands: list[tuple[int, int]] = []
    rows: list[bytearray] = []
    before: list[float] = []
    low = high = 0
    for index, caption in enumerate(captions):
        new_low = max(low, bisect_left(starts, caption.cue_start - LATEST))
        new_high = max(high, new_low, bisect_left(starts, caption.cue_end - EARLIEST))
        row, moves = _row(caption.token, heard, (new_low, new_high), before, (low, high), index == 0)
        bands.append((new_low, new_high))
        rows.append(moves)
        before, low, high = row, new_low, new_high
    return _trace(rows, bands)


def _row(
    token: str,
    heard: Sequence[HeardToken],
    band: tuple[int, int],
    before: list[float],
    before_band: tuple[int, int],
    is_first: bool,
) -> tuple[list[float], bytearray]:
    """Best score with this caption token used, for each count of heard tokens used in the band."""
    low, high = band
    row: list[float] = []
    moves = bytearray(high - low + 1)
    for column in range(low, high + 1):
        up = _score(before, before_band, column, is_first) + _GAP
        best, move = up, 1
        if column > 0:
            diagonal = _score(before, before_band, column - 1, is_first)
            worth = _worth(token, heard[column - 1].token)
            if worth > 0 and diagonal + worth > best:
                best, move = diagonal + worth, 2
        if column > low and row[-1] + _GAP > best:
            best, move = row[-1] + _GAP, 3
        row.append(best)
        moves[column - low] = move
    return row, moves


def _score(before: list[float], band: tuple[int, int], column: int, is_first: bool) -> float:
    if is_first:
        return _GAP * column
    low, high = band
    if column < low:
        return -1e9
    return before[min(column, high) - low] + _GAP * max(0, column - high)


def _trace(rows: Sequence[bytearray], bands: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    index = len(rows) - 1
    column = bands[-1][1] if bands else 0
    while index >= 0:
        low, high = bands[index]
        column = min(column, high)
        if column < low:
            break
        move = rows[index][column - low]
        if move == 3:
            column -= 1
            continue
        if move == 2:
            column -= 1
            pairs.append((index, column))
        index -= 1
    return pairs[::-1]


def _consistent(anchors: list[Anchor], captions: Sequence[CaptionToken]) -> list[Anchor]:
    """Without anchors whose delay is far from their neighbours' or beyond what captions can have."""
    delays = [captions[anchor.index].shown - anchor.start for anchor in anchors]
    kept: list[Anchor] = []
    for place, anchor in enumerate(anchors):
        around = delays[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
        caption = captions[anchor.index]
        is_possible = caption.cue_start - LATEST <= anchor.start <= caption.cue_end - EARLIEST
        if is_possible and abs(delays[place] - median(around)) <= _STRAY:
            kept.append(anchor)
    return kept


def _sociable(anchors: list[Anchor], captions: Sequence[CaptionToken]) -> list[Anchor]:
    """Without short words that stand alone: biased decoding hears `the` everywhere."""

    def is_near(one: Anchor, other: Anchor) -> bool:
        tokens = abs(one.index - other.index)
        return tokens <= _LONELY and abs(one.start - other.start) <= 0.3 + 0.7 * tokens

    kept: list[Anchor] = []
    for place, anchor in enumerate(anchors):
        sides = [anchors[k] for k in (place - 1, place + 1) if 0 <= k < len(anchors)]
        is_long = anchor.is_exact and len(captions[anchor.index].token) >= _LONG_WORD
        if is_long or any(is_near(anchor, side) for side in sides):
            kept.append(anchor)
    return kept
