"""What somebody can work out who has this edition, the one before, and knows that every number is a count.

Every hidden cell is an unknown ≥ 0; rows and columns add up to their totals, in both editions; and where people are
only ever added, no cell has shrunk. The most that a cell can be is a linear programme (Fischetti and Salazar 2001, on
auditing suppressed tables).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack

from .edition import TOTAL, Edition

_SLACK = 1e-6


@dataclass(frozen=True)
class Known:
    """Unknowns are numbered edition after edition, row by row. a·x = 0, `grown`·x ≥ 0, low ≤ x ≤ high."""

    sums: csr_array
    grown: csr_array
    low: np.ndarray
    high: np.ndarray
    starts: tuple[int, ...]  # of each edition
    widths: tuple[int, ...]

    def number(self, edition: int, place: tuple[int, int]) -> int:
        return self.starts[edition] + place[0] * self.widths[edition] + place[1]


def known_from(editions: Sequence[Edition], *, only_grows: bool) -> Known:
    """What the `editions`, oldest first, tell together."""
    sizes = [edition.counts.size for edition in editions]
    starts = tuple(int(start) for start in np.cumsum([0, *sizes[:-1]]))
    shown = np.concatenate([edition.shown.ravel() for edition in editions])
    counts = np.concatenate([edition.counts.ravel() for edition in editions]).astype(float)
    return Known(
        _stack(
            [_sums(edition, start, sum(sizes)) for edition, start in zip(editions, starts, strict=True)], sum(sizes)
        ),
        _grown(editions, starts, sum(sizes)) if only_grows else csr_array((0, sum(sizes))),
        np.where(shown, counts, 0.0),
        np.where(shown, counts, np.inf),
        starts,
        tuple(len(edition.columns) for edition in editions),
    )


def can_be_large(known: Known, cells: Sequence[int], threshold: int, less: Sequence[int] = ()) -> np.ndarray:
    """For each unknown of `cells`, less that of `less` where it is given: whether it may be `threshold` or more, for
    all that is known; shape (cells,).

    One programme lifts as many of them as it can at once; those that stay below are then lifted alone.
    """
    large = _lifted(known, _aims(known, cells, less), threshold) >= threshold - _SLACK
    for k in map(int, np.flatnonzero(~large)):
        large[k] = _most(known, _aims(known, cells[k : k + 1], less[k : k + 1])) >= threshold - _SLACK
    return np.asarray(large)


def _aims(known: Known, cells: Sequence[int], less: Sequence[int]) -> csr_array:
    """What is asked about, a line each: 1 at the cell, −1 at what is taken from it."""
    signs = np.concatenate([np.ones(len(cells)), -np.ones(len(less))])
    lines = np.concatenate([np.arange(len(cells)), np.arange(len(less))])
    places = np.array([*cells, *less])
    return coo_array((signs, (lines, places)), shape=(len(cells), len(known.low))).tocsr()


def _most(known: Known, aim: csr_array) -> float:
    """The most that one aim can be; infinite where nothing holds it."""
    found = _solve(-aim.toarray()[0], known.sums, known.grown, known.low, known.high)
    return float("inf") if found is None else float((aim @ found)[0])


def _lifted(known: Known, aims: csr_array, threshold: int) -> np.ndarray:
    """The aims in one table that has as much as possible in them, counting each up to the threshold only."""
    more, size = aims.shape
    counted = coo_array((-np.ones(more), (np.arange(more), np.arange(more))), shape=(more, more))
    sums = hstack([known.sums, csr_array((known.sums.shape[0], more))]).tocsr()
    grown = vstack([hstack([known.grown, csr_array((known.grown.shape[0], more))]), hstack([aims, counted])]).tocsr()
    low = np.append(known.low, np.full(more, -np.inf))
    high = np.append(known.high, np.full(more, float(threshold)))
    found = _solve(np.append(np.zeros(size), -np.ones(more)), sums, grown, low, high)
    return np.zeros(more) if found is None else np.asarray(aims @ found[:size])


def _solve(aim: np.ndarray, sums: csr_array, grown: csr_array, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
    """The best x; None where it is unbounded. RuntimeError if there is none: the true table always is one."""
    found = linprog(
        aim,
        A_eq=sums,
        b_eq=np.zeros(sums.shape[0]),
        A_ub=-grown if grown.shape[0] else None,
        b_ub=np.zeros(grown.shape[0]) if grown.shape[0] else None,
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    if found.status == 3:
        return None
    if found.status != 0:
        raise RuntimeError(f"no table fits what was published: {found.message}")
    return np.asarray(found.x)


def _sums(edition: Edition, start: int, size: int) -> csr_array:
    """A line for each row and each column that has a total."""
    numbers = start + np.arange(edition.counts.size).reshape(edition.counts.shape)
    lines = [(row, edition.column_signs) for row in numbers] if TOTAL in edition.columns else []
    lines += [(column, edition.row_signs) for column in numbers.T] if TOTAL in edition.rows else []
    return _matrix([(list(cells), list(signs)) for cells, signs in lines], size)


def _grown(editions: Sequence[Edition], starts: Sequence[int], size: int) -> csr_array:
    """Later less earlier, for each cell that is in two editions that follow each other."""
    lines = []
    for k, (before, after) in enumerate(pairwise(editions)):
        for i, j in after.inner():
            place = before.place(after.rows[i], after.columns[j])
            if place is not None:
                later = starts[k + 1] + i * len(after.columns) + j
                lines.append(([later, starts[k] + place[0] * len(before.columns) + place[1]], [1, -1]))
    return _matrix(lines, size)


def _matrix(lines: Sequence[tuple[list[int], list[int]]], size: int) -> csr_array:
    number = [k for k, (cells, _) in enumerate(lines) for _ in cells]
    cells = [cell for line, _ in lines for cell in line]
    signs = [float(sign) for _, line in lines for sign in line]
    return coo_array((signs, (number, cells)), shape=(len(lines), size)).tocsr()


def _stack(matrices: Sequence[csr_array], size: int) -> csr_array:
    return vstack([csr_array((0, size)), *matrices]).tocsr()
