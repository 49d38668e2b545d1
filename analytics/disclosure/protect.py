"""Which numbers of a table may be shown, so that no group under the threshold can be worked out.

1. A cell that has moved by less than the threshold since the last edition keeps its old number ("held"): otherwise
   the difference of two editions is a small group of people. Totals are the sums of the numbers so kept.
2. A count from 1 to 9 is hidden, a total as well as a cell. Zero hides nobody and is shown.
3. Others are hidden with it, the cheapest rectangle (the hypercube method: Repsilber 1994; Giessing 2004), until an
   outsider with both editions can't tell that it is under the threshold (outsider.py). Nothing says which of the
   hidden ones were small.
4. So is a number that is 1 to 9 away from that of an edition of other days that overlap with these: the difference
   would be a small group. What an outsider can work out is tried with each of those editions in turn.
5. What can't be protected that way is not published: rows and columns are hidden whole, and at last the edition
   before is repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from .edition import TOTAL, Edition, edition_of, with_totals
from .outsider import can_be_large, known_from

THRESHOLD: Final = 10
_ROUNDS: Final = 60
Place = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Protected:
    """`shown`: row, column, count, state, totals included; a hidden count is NaN and "suppressed", for whatever reason.

    `held`: the cells that keep their old number. `is_repeated`: the whole edition is the last one again. `edition`
    holds the exact counts, for the next one; it is not for readers.
    """

    shown: pd.DataFrame
    held: frozenset[tuple[str, str]]
    is_repeated: bool
    edition: Edition


def protect(
    table: pd.DataFrame,
    threshold: int = THRESHOLD,
    previous: Protected | None = None,
    beside: Sequence[Edition] = (),
) -> Protected:
    """A table of people (columns row, column, count; each cell once, no totals) as it may be published.

    `previous`: what `protect` gave for the edition before. `beside`: editions of other days, some of them the same:
    nobody who has this edition and any one of those can tell that a number differs by less than the threshold, which
    would be the people of the days that are in one of them only.

    ValueError for a table that is not complete, or not whole people.
    """
    fresh = edition_of(table)
    before = previous.edition if previous else None
    edition, held = _hold(fresh, before, threshold)
    hidden = _hide(replace(edition, shown=~_is_small(edition.counts, threshold)), before, threshold, beside)
    if hidden is None and previous is not None:
        return replace(previous, is_repeated=True)
    published = hidden or replace(edition, shown=np.zeros_like(edition.shown))
    return Protected(as_shown(published), held, False, published)


def sensitive(edition: Edition, threshold: int = THRESHOLD) -> list[Place]:
    """Places of the counts, cells or totals, that nobody may work out."""
    return [(int(i), int(j)) for i, j in np.argwhere(_is_small(edition.counts, threshold))]


def unsafe(edition: Edition, before: Edition | None, threshold: int) -> list[tuple[int, Place]]:
    """What an outsider could tell to be under the threshold: (0, place) in the edition before, (1, place) in this.

    Tried with and without the knowledge that people are only ever added, where the counts bear that out.
    """
    editions = [before, edition] if before is not None else [edition]
    asked = [(k, place) for k, each in enumerate(editions) for place in sensitive(each, threshold)]
    found: dict[tuple[int, Place], None] = {}
    for only_grows in {False, _has_grown(editions)}:
        known = known_from(editions, only_grows=only_grows)
        if asked:
            large = can_be_large(known, [known.number(k, place) for k, place in asked], threshold)
            found |= dict.fromkeys(one for one, safe in zip(asked, large, strict=True) if not safe)
    return [(k + 2 - len(editions), place) for k, place in found]


def close(edition: Edition, other: Edition, threshold: int) -> list[Place]:
    """Places whose number an outsider could tell to be less than the threshold away from that of `other`, not equal.

    Tried with and without the knowledge that the days of one are among those of the other, where the counts bear that
    out.
    """
    places = [
        (here, other.place(edition.rows[here[0]], edition.columns[here[1]]))
        for here in np.ndindex(edition.counts.shape)
    ]
    asked = [
        (here, there)
        for here, there in places
        if there is not None and 0 < abs(int(edition.counts[here]) - int(other.counts[there])) < threshold
    ]
    if not asked:
        return []
    found: dict[Place, None] = {}
    for pair, only_grows in (([other, edition], False), ([other, edition], True), ([edition, other], True)):
        if only_grows and not _has_grown(pair):
            continue
        known = known_from(pair, only_grows=only_grows)
        ours = [known.number(pair.index(edition), here) for here, _ in asked]
        theirs = [known.number(pair.index(other), there) for _, there in asked]
        far = can_be_large(known, ours, threshold, theirs) | can_be_large(known, theirs, threshold, ours)
        found |= dict.fromkeys(here for (here, _), is_far in zip(asked, far, strict=True) if not is_far)
    return list(found)


def _hide(edition: Edition, before: Edition | None, threshold: int, beside: Sequence[Edition] = ()) -> Edition | None:
    """Hide others until nothing is unsafe; None if that can't be had."""
    for round_number in range(_ROUNDS):
        exposed = unsafe(edition, before, threshold)
        exposed += [(1, place) for other in beside for place in close(edition, other, threshold)]
        if not exposed:
            return edition
        shown = edition.shown.copy()
        for place in _places_here(exposed, edition, before):
            for also in _company(replace(edition, shown=shown), place, threshold, round_number):
                shown[also] = False
        if (shown == edition.shown).all():
            shown = _hide_a_line(edition, shown)
        if (shown == edition.shown).all():
            return None
        edition = replace(edition, shown=shown)
    return None


def _places_here(exposed: Iterable[tuple[int, Place]], edition: Edition, before: Edition | None) -> list[Place]:
    """Where in this edition to hide something for each exposed cell of either."""
    places: dict[Place, None] = {}
    for which, (i, j) in exposed:
        if which == 1:
            places[i, j] = None
        elif before is not None and (place := edition.place(before.rows[i], before.columns[j])) is not None:
            places[place] = None
    return list(places)


def _company(edition: Edition, place: Place, threshold: int, round_number: int) -> list[Place]:
    """The places to hide with `place`: the cheapest rectangle, by people hidden anew, that lets it be `threshold`."""
    i, j = place
    lift = max(threshold - int(edition.counts[i, j]), 1) + round_number // 4
    columns = _partners(edition.counts[i], edition.column_signs, j, lift)
    rows = _partners(edition.counts[:, j], edition.row_signs, i, lift)
    if TOTAL not in edition.rows or TOTAL not in edition.columns:
        line = [(i, k) for k in columns] or [(k, j) for k in rows]
        return [place, *sorted(line, key=lambda other: _cost(edition, other))[:1]]
    corners = [
        [place, (i, c), (r, j), (r, c)] for r in rows for c in columns if _can_follow(edition, place, (r, c), lift)
    ]
    hidden_anew = [sum(_cost(edition, corner) for corner in four) for four in corners]
    return corners[int(np.argmin(hidden_anew))] if corners else [place]


def _partners(counts: np.ndarray, signs: np.ndarray, own: int, lift: int) -> list[int]:
    """Who can make room in the same line: a cell by falling, which takes people, the total by rising."""
    return [k for k in range(len(counts)) if k != own and (signs[k] != signs[own] or counts[k] >= lift)]


def _can_follow(edition: Edition, place: Place, corner: Place, lift: int) -> bool:
    signs = edition.row_signs[[place[0], corner[0]]].prod() * edition.column_signs[[place[1], corner[1]]].prod()
    return bool(edition.counts[corner] + signs * lift >= 0)


def _cost(edition: Edition, place: Place) -> float:
    """People in a number that would be hidden anew; totals are missed more than cells."""
    if not edition.shown[place]:
        return 0.0
    is_total = edition.rows[place[0]] == TOTAL or edition.columns[place[1]] == TOTAL
    return (float(edition.counts[place]) + 1) * (3 if is_total else 1)


def _hide_a_line(edition: Edition, shown: np.ndarray) -> np.ndarray:
    """The row, column or total line with something hidden that costs least to hide whole."""
    lines = [[(i, j) for j in range(shown.shape[1])] for i in range(shown.shape[0])]
    lines += [[(i, j) for i in range(shown.shape[0])] for j in range(shown.shape[1])]
    open_lines = [line for line in lines if any(shown[place] for place in line)]
    touched = [line for line in open_lines if any(not shown[place] for place in line)] or open_lines
    for place in min(touched, key=lambda line: sum(_cost(edition, place) for place in line), default=[]):
        shown[place] = False
    return shown


def _hold(fresh: Edition, before: Edition | None, threshold: int) -> tuple[Edition, frozenset[tuple[str, str]]]:
    """`fresh` with the old count in each cell that moved by less than the threshold; and which those are."""
    if before is None:
        return fresh, frozenset()
    counts, held = fresh.counts.copy(), set()
    for i, j in fresh.inner():
        place = before.place(fresh.rows[i], fresh.columns[j])
        if place is not None and 0 < abs(counts[i, j] - before.counts[place]) < threshold:
            counts[i, j] = before.counts[place]
            held.add((fresh.rows[i], fresh.columns[j]))
    rows = tuple(name for name in fresh.rows if name != TOTAL)
    columns = tuple(name for name in fresh.columns if name != TOTAL)
    return with_totals(rows, columns, counts[: len(rows), : len(columns)]), frozenset(held)


def _is_small(counts: np.ndarray, threshold: int) -> np.ndarray:
    return (counts > 0) & (counts < threshold)


def _has_grown(editions: list[Edition]) -> bool:
    """Whether no cell shrank, so that an outsider may take it for a running total."""
    if len(editions) < 2:
        return False
    before, after = editions
    places = [(place, before.place(after.rows[place[0]], after.columns[place[1]])) for place in after.inner()]
    return all(after.counts[place] >= before.counts[old] for place, old in places if old is not None)


def as_shown(edition: Edition) -> pd.DataFrame:
    """What readers see of it: row, column, count (NaN where it is hidden), state."""
    shown, counts = edition.shown.ravel(), edition.counts.ravel()
    words = np.where(counts == 0, "zero", "observed")
    return pd.DataFrame(
        {
            "row": np.repeat(edition.rows, len(edition.columns)),
            "column": np.tile(edition.columns, len(edition.rows)),
            "count": np.where(shown, counts, np.nan),
            "state": np.where(shown, words, "suppressed"),
        }
    )
