"""What the evidence says of a claim: the interval it may lean on, the hard one, and the denominator."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from analytics.model.cells import ALL, Cell
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Window
from analytics.people.population import Denominator

from .claim import Claim
from .evidence import About, DenominatorKind, Evidence

_SHOWN: Final = ("impressions", "views")  # each of these is at least one person's, and no person is in none


@dataclass(frozen=True, slots=True)
class Finding:
    """In people or counts. `known` proves; `limit` is what can't be exceeded whatever is measured.

    `known` None: nothing is held. `is_measured`: the limit is itself what was counted, not a bound on it.
    """

    known: Interval | None
    limit: Interval | None
    denominator: Interval | None = None
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def find(claim: Claim, evidence: Evidence, window: Window) -> Finding:
    """What is known of the claim's numerator, and of its denominator where it has one."""
    if claim.whole is not None:
        return _part(claim, evidence, window)
    return _count(claim, evidence, window) if claim.of == "count" else _people(claim, evidence, window)


def _count(claim: Claim, evidence: Evidence, window: Window) -> Finding:
    """Counts are as they were exported: nothing but the exports limits them."""
    about = claim.about(window)
    known = evidence.count(about, claim.metric)
    lines = (f"{claim.metric.replace('_', ' ')}: {words(known)}",) if known else ()
    notes: tuple[str, ...] = ()
    if known and claim.cell.place_kind == "seat" and (electors := evidence.population(about, "voters")):
        rate = known.over(electors.people)
        lines = (*lines, f"{electors.what}: {words(electors.people)}", f"{words(rate)} each")
    if known and claim.metric in _SHOWN:
        notes = (f"{claim.metric.capitalize()} are not people: the same person can be shown it many times.",)
    return Finding(known, None, lines=lines, notes=notes)


def _people(claim: Claim, evidence: Evidence, window: Window) -> Finding:
    about = claim.about(window)
    kind: DenominatorKind = "people" if claim.of == "count" else claim.of
    population = evidence.population(about, kind)
    at_most = population or evidence.population(about, "people")
    reach = evidence.people(about, claim.metric)
    known: Interval | None
    notes: tuple[str, ...]
    if reach is not None:
        (known, limit, lines), notes = _reached(reach), ()
    else:
        known, lines, notes = _from_elsewhere(claim, evidence, about)
        limit = known
    if claim.of == "voters" and known:
        notes = (*notes, "Platforms don't know who is registered: people of 18 and over are counted as voters.")
    lines = (*lines, *_population_lines(population))
    if kind == "people" and claim.cell.place == ALL:
        cap, abroad = _room(known, at_most)
        notes = (*notes, *abroad)
    else:
        cap = at_most.people.high if at_most else math.inf
    hard = Interval(min(limit.low, cap), min(limit.high, cap)) if limit else Interval(0.0, cap)
    capped = Interval(min(known.low, cap), min(known.high, cap)) if known else None
    return Finding(capped, hard, population.people if population else None, lines, notes)


def _room(known: Interval | None, there_are: Denominator | None) -> tuple[float, tuple[str, ...]]:
    """How many people there can be: as many as live here, unless more were counted already: nobody said where."""
    if there_are is None:
        return math.inf, ()
    if known is None or known.low <= there_are.people.high:
        return there_are.people.high, ()
    return math.inf, ("More than live there: platforms count people abroad too, and accounts rather than people.",)


def _reached(reach: Reach) -> tuple[Interval, Interval | None, tuple[str, ...]]:
    """A model without calibration proves nothing: its hard bounds stand. A reported number is no limit but itself."""
    said = f"people reached, {reach.how}{f' ({reach.model})' if reach.model else ''}: {words(reach.people)}"
    bounds = f"always between {words(reach.bounds)}"
    if reach.how == "reported":
        return reach.people, None, (said,)
    return (reach.bounds if reach.how == "modelled" else reach.people), reach.bounds, (said, bounds)


def _from_elsewhere(
    claim: Claim, evidence: Evidence, about: About
) -> tuple[Interval | None, tuple[str, ...], tuple[str, ...]]:
    """Bounds on people whom nobody counted, from the narrowest group that holds them and of which something is known.

    Showings are impressions and views together: a platform may report either, so neither alone covers all posts.
    """
    if claim.metric == "followers":
        return None, (), ()
    times = int(claim.metric[6]) if claim.metric.endswith("plus") else 1  # "reach_3plus" took three showings each
    for cell in (claim.cell, *_wider(claim.cell)):
        asked = replace(about, cell=cell)
        wide = evidence.people(asked, claim.metric) if cell != claim.cell else None
        shown = [count for metric in _SHOWN if (count := evidence.count(asked, metric))]
        if wide and math.isfinite(wide.bounds.high):
            low = _left_over(evidence, about, cell, wide) if cell.place == claim.cell.place else 0.0
            return _bounded(low, wide.bounds.high, f"{wide.bounds.high:,.0f} people in a wider group")
        if shown:
            showings = Interval.total(shown)
            if math.isinf(showings.high):
                continue
            low = float(cell == claim.cell and claim.metric == "reach" and showings.low >= 1)
            return _bounded(low, showings.high / times, f"{showings.high:,.0f} impressions and views")
    return None, (), ()


def _bounded(low: float, high: float, what: str) -> tuple[Interval, tuple[str, ...], tuple[str, ...]]:
    note = "People were not counted for this: only bounds are known."
    return Interval(min(low, high), high), (f"at most {high:,.0f} people, from {what}",), (note,)


def _wider(cell: Cell) -> list[Cell]:
    same_place = Cell(place=cell.place, place_kind=cell.place_kind)
    return [wider for wider in (same_place, Cell()) if wider != cell]


def _left_over(evidence: Evidence, about: About, wide_cell: Cell, wide: Reach) -> float:
    """Of those reached in the wider group, as many as can't all be outside the narrow one (Fréchet's lower bound)."""
    everybody = evidence.population(replace(about, cell=wide_cell, target=""), "people")
    narrow = evidence.population(replace(about, target=""), "people")
    if everybody is None or narrow is None:
        return 0.0
    return max(0.0, wide.bounds.low - (everybody.people.high - narrow.people.low))


def _part(claim: Claim, evidence: Evidence, window: Window) -> Finding:
    """A part of those reached, or of what was counted. Disjoint from the rest, so part ≤ whole."""
    part, whole = (_measured(claim, evidence, about) for about in (claim.about(window), claim.about_whole(window)))
    if part is None or whole is None or whole.high <= 0:
        return Finding(None, None)
    lines = (f"the part: {words(part)}", f"the whole: {words(whole)}")
    return Finding(Interval(min(part.low, whole.high), min(part.high, whole.high)), None, whole, lines)


def _measured(claim: Claim, evidence: Evidence, about: About) -> Interval | None:
    if claim.of == "count":
        return evidence.count(about, claim.metric)
    reach = evidence.people(about, claim.metric)
    return _reached(reach)[0] if reach else None


def _population_lines(population: Denominator | None) -> tuple[str, ...]:
    if population is None:
        return ()
    dated = ", ".join(part for part in (population.source, population.date) if part)
    return (f"{population.what}: {words(population.people)} ({dated})",)


def words(interval: Interval) -> str:
    low, high = _figure(interval.low), _figure(interval.high)
    return low if low == high else f"{low} to {high}"


def _figure(number: float) -> str:
    if math.isinf(number):
        return "no upper end"
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:,.2g}"
