"""Hard bounds on the people in a union of audiences. They assume nothing about who overlaps with whom.

    max of the parts ≤ people ≤ min(population, sum of the parts)                (Fréchet 1935, Boole)

and tighter where more is known: overlaps of pairs (see overlaps.py), a period that contains all parts, things
that are contained in their union. The figures themselves are taken at their word: where they contradict each
other there is no union at all, and that is an error, never an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.model.interval import Interval

from .overlaps import Pairs, union_by_overlaps

_ROUNDING = 1e-9  # relative: what floating point may be off by


class FiguresContradict(ValueError):
    """No audience fits these figures, for instance a post that reached more people than there are."""


@dataclass(frozen=True, slots=True)
class Containing:
    """A period or an account whose people include everybody in the union: its reach, and its parts that are not in
    the union. With `rest` complete (every other part of it is listed), whoever is in neither is in nothing."""

    people: Interval
    rest: tuple[Interval, ...] = ()
    is_rest_complete: bool = False


def bounds(
    parts: Sequence[Interval],
    population: Interval | float | None = None,
    *,
    pairs: Pairs | None = None,
    containing: Sequence[Containing] = (),
    contained: Sequence[Interval] = (),
) -> Interval:
    """People in at least one of `parts`, given how many are in each. All in people.

    `population`: everybody who could be reached. `pairs`: people in both part i and part j, by (i, j).
    `contained`: audiences that lie within the union, such as a day of it. ValueError without parts.

    Raises:
        FiguresContradict: the figures can't all be true.
    """
    if not parts:
        raise ValueError("a union of no parts")
    people = union_by_overlaps(parts, _most(population), pairs or {}) if pairs else _frechet(parts, population)
    if people is None:
        raise FiguresContradict("the overlaps do not fit the parts they are overlaps of")
    low = max([people.low, *(inner.low for inner in contained), *map(_least_left, containing)])
    high = min([people.high, *(outer.people.high for outer in containing)])
    if low > high * (1 + _ROUNDING):
        raise FiguresContradict(f"at least {low:,.0f} people were reached, but no more than {high:,.0f} can have been")
    return Interval(min(low, high), high)


def bounds_over_cells(cells: Mapping[object, Interval], whole: Interval | None = None) -> Interval:
    """The sum over cells that nobody is in twice (one platform, one query), met with what is known of all together.

    Raises:
        FiguresContradict: the cells add up to something else than the whole.
    """
    total = Interval.total(cells.values())
    if whole is None:
        return total
    met = total.meet(whole)
    if met is None:
        raise FiguresContradict(f"the cells hold {total.low:,.0f}–{total.high:,.0f} people, the whole does not")
    return met


def _frechet(parts: Sequence[Interval], population: Interval | float | None) -> Interval:
    low = max(part.low for part in parts)
    high = min(_most(population), Interval.total(parts).high)
    if low > high * (1 + _ROUNDING):
        raise FiguresContradict(f"one part alone reached {low:,.0f} people, of {high:,.0f} that there are")
    return Interval(min(low, high), high)


def _most(population: Interval | float | None) -> float:
    if population is None:
        return float("inf")
    return population.high if isinstance(population, Interval) else population


def _least_left(outer: Containing) -> float:
    """Whoever is in `outer` and in none of its other parts is in the union."""
    return outer.people.low - Interval.total(outer.rest).high if outer.is_rest_complete else 0.0
