"""Where: what was delivered in each seat, as the platforms say, and what was made for it, as we say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.model.interval import Interval
from analytics.people.places import seats
from analytics.people.population import Population
from analytics.questions.audience import Hide, few_hidden
from analytics.questions.facts import Facts
from analytics.questions.sums import Whose

_SEATS = """
SELECT place AS code, {agg}(low) AS low, sum(high) AS high, count(DISTINCT object) AS things FROM facts
WHERE metric = $metric AND basis = 'delivered' AND place_kind = 'seat' AND age = 'all' AND gender = 'all' AND {whose}
GROUP BY place
"""
_MADE_FOR = """
SELECT for_seat AS code, sum(low) AS low, sum(high) AS high, count(DISTINCT (platform, object)) AS things FROM facts
WHERE metric = $metric AND basis = 'delivered' AND for_seat <> '' AND is_ours AND age = 'all' AND gender = 'all'
    AND place_kind = 'all' GROUP BY for_seat
"""
_WHOSE = {"ours": "is_ours", "others": "NOT is_ours", "everybody": "TRUE"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of seats: how many of its seats are told, what they came to, and the electorate of those told."""

    name: str
    seats: int
    told: int
    amount: Interval
    electorate: int


def delivered_in(facts: Facts, metric: str = "impressions", whose: Whose = "ours") -> pd.DataFrame:
    """All 650 seats: code, name, region, electorate, q, r; low, high (NaN where nothing is reported), things,
    per_elector_low, per_elector_high. Counts only: people are `people_in`."""
    rows = facts.frame(_SEATS.format(agg="sum", whose=_WHOSE[whose]), {"metric": metric})
    return _per_elector(_on_map(rows))


def people_in(facts: Facts, population: Population, hide: Hide | None = None) -> pd.DataFrame:
    """As `delivered_in`, of people: from the largest thing to the sum, and never more than live there.

    Column `state`: "suppressed" where they are too few to be shown, "unavailable" where nobody tells.
    """
    rows = facts.frame(_SEATS.format(agg="max", whose="is_ours"), {"metric": "reach"})
    living = [population.people(place=code).high for code in rows["code"]]
    capped = rows.assign(
        low=rows["low"].clip(upper=pd.Series(living, index=rows.index, dtype=float)),
        high=rows["high"].clip(upper=pd.Series(living, index=rows.index, dtype=float)),
        column="people",
    )
    if len(capped):
        capped = few_hidden(capped, "seats people", facts.window, hide, "code", "column")
    frame = _per_elector(_on_map(capped.drop(columns="column")))
    state = pd.Series("unavailable", index=frame.index).where(~frame["code"].isin(rows["code"]), "suppressed")
    return frame.assign(state=state.where(frame["high"].isna(), "observed"))


def made_for(facts: Facts, metric: str = "impressions") -> pd.DataFrame:
    """As `delivered_in`, of posts that were made for a seat: wherever they were seen, which nobody tells."""
    return _per_elector(_on_map(facts.frame(_MADE_FOR, {"metric": metric})))


def by_group(frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> list[Group]:
    """Each group's sum over its seats that are told: what was delivered in one seat was not delivered in another.
    Groups without any are left out."""
    found = []
    for name, codes in groups.items():
        part = frame[frame["code"].isin(list(codes))]
        told = part[part["high"].notna()]
        if len(told):
            amount = Interval(float(told["low"].sum()), float(told["high"].sum()))
            found.append(Group(name, len(part), len(told), amount, int(told["electorate"].sum())))
    return found


def _on_map(rows: pd.DataFrame) -> pd.DataFrame:
    listed = pd.DataFrame(
        [
            {"code": s.code, "name": s.name, "region": s.region, "electorate": s.electorate, "q": s.hex_q, "r": s.hex_r}
            for s in seats()
        ]
    )
    return listed.merge(rows, on="code", how="left")


def _per_elector(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        per_elector_low=frame["low"] / frame["electorate"], per_elector_high=frame["high"] / frame["electorate"]
    )
