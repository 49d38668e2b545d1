"""Where did it land? The 650 seats by what was delivered there, per elector, and by what was made for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from analytics.model.interval import Interval
from analytics.questions.facts import Facts
from analytics.questions.seats import Group, by_group, delivered_in, made_for, people_in
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars, hexes
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "Where did it land?"
MEASURES: Final = ("impressions", "views", "views_3s")
MOST_LISTED: Final = 20
_ELECTORS: Final = "electorate: House of Commons Library, 4 July 2024"
_LEAST_ON_MAP: Final = 3  # a map of one or two seats says less than a line
_ADVICE: Final = (
    "Seats come from exports with a breakdown by place, or from an export of one seat: metrics import FILE --seat NAME",
    "Posts made for a seat can be noted: soundbite post CLIP --platform NAME --id ID --seat NAME",
)


def seats(sight: Sight) -> Page:
    """Hex maps of what the platforms say was delivered in each seat, and of what we made for it; groups of seats."""
    delivered, measure = _first(sight.facts, delivered_in)
    made, made_measure = _first(sight.facts, made_for)
    people = people_in(sight.facts, sight.population, sight.hide)
    name = said.measure(measure)
    sections = (
        *_map(sight, delivered, name, f"{name} in it"),
        *_people(sight, people),
        *_map(sight, made, said.measure(made_measure), f"{said.measure(made_measure)} of posts made for it, anywhere"),
        *_groups(sight, by_group(delivered, sight.groups), name),
        *_people_of_groups(sight, by_group(people, sight.groups)),
    )
    return Page(
        slug="seats",
        question=QUESTION,
        answer=_answer(sight, delivered, name, made, said.measure(made_measure)),
        compared=_compared(sight, delivered, measure),
        freshness=said.fresh(sight),
        missing=_missing(delivered, made),
        sections=sections,
    )


def _first(facts: Facts, table: Callable[[Facts, str], pd.DataFrame]) -> tuple[pd.DataFrame, str]:
    """The first measure that any seat has; an empty map of the first where none has."""
    for measure in MEASURES:
        frame = table(facts, measure)
        if frame["high"].notna().any():
            return frame, measure
    return table(facts, MEASURES[0]), MEASURES[0]


def _exports(sight: Sight) -> str:
    """Those of the platforms that tell of seats, or that have posts made for one."""
    frame = sight.facts.frame("SELECT DISTINCT platform FROM facts WHERE place_kind = 'seat' OR for_seat <> ''")
    return said.exports(sight, *map(str, frame["platform"]))


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["high"].notna()].sort_values("per_elector_low", ascending=False)


def _rate(row: pd.Series) -> str:
    return words.label(Interval(row["per_elector_low"], row["per_elector_high"]), "ratio")


def _answer(sight: Sight, delivered: pd.DataFrame, measure: str, made: pd.DataFrame, made_measure: str) -> str:
    there = _known(delivered)
    if not there.empty:
        best = there.iloc[0]
        told = words.between(Interval(best["low"], best["high"]), measure)
        return (
            f"{best['name']} saw most of it for its size: {told}, {_rate(best)} for each of its "
            f"{words.whole(best['electorate'])} electors."
        )
    ours = _known(made)
    if not ours.empty:
        best = ours.sort_values("low", ascending=False).iloc[0]
        told = words.between(Interval(best["low"], best["high"]), made_measure)
        whose = "posts made for it" if len(ours) == 1 else f"posts made for {len(ours)} seats: most those for it"
        return f"No platform says where it was seen. {best['name']} had {told}, of {whose}."
    return "No platform says in which seats anything was seen, and no post is noted as made for one."


def _compared(sight: Sight, delivered: pd.DataFrame, measure: str) -> str:
    """The best seat against itself in the window before."""
    there = _known(delivered)
    if there.empty:
        return ""
    best = there.iloc[0]
    if sight.usual:
        before = delivered_in(sight.usual[0], measure).set_index("code").loc[best["code"]]
        if pd.notna(before["high"]):
            against = said.against_usual(Interval(best["low"], best["high"]), Interval(before["low"], before["high"]))
            return f"{best['name']}: {against}, against the {said.many(sight.window.days, 'day')} before."
    return "The days before tell no seats, so there is nothing to compare with yet."


def _missing(delivered: pd.DataFrame, made: pd.DataFrame) -> tuple[str, ...]:
    told, is_made = len(_known(delivered)), not _known(made).empty
    lines = [f"{650 - told} of 650 seats: no platform tells what was delivered there"] if told < 650 else []
    if is_made:
        lines.append("A post made for a seat is seen elsewhere too, and nobody tells how much")
    return (*lines, *(() if told or is_made else _ADVICE))


def _map(sight: Sight, frame: pd.DataFrame, measure: str, what: str) -> tuple[Section, ...]:
    ranked = _known(frame)
    if ranked.empty:
        return ()
    best = ranked.iloc[0]
    finding = f"{best['name']} had {_rate(best)} {what}, per elector"
    if len(ranked) > 1:
        middle = words.amount(float(ranked["per_elector_low"].median()), "ratio")
        finding += f"; the middle one of {len(ranked)} seats had {middle}"
    on_map = frame.assign(
        value=(frame["per_elector_low"] + frame["per_elector_high"]) / 2,
        state=["observed" if known else "unavailable" for known in frame["high"].notna()],
    )[["code", "name", "region", "q", "r", "value", "state"]]
    has_map = len(ranked) >= _LEAST_ON_MAP
    return (
        Section(
            finding=finding,
            source=f"{_exports(sight)}; {_ELECTORS}",
            as_of=said.as_of(sight),
            chart=hexes(on_map, "ratio", f"{measure} per elector") if has_map else None,
            alt=f"The 650 seats as hexagons of one size, darker for more {what}, per elector" if has_map else "",
            table=_table(ranked),
            note="This is how often, not how many: the same person can be counted many times.",
        ),
    )


def _table(ranked: pd.DataFrame) -> pd.DataFrame:
    return said.compact(
        pd.DataFrame(
            {
                "Seat": ranked["name"],
                "Region": ranked["region"],
                "Electorate": ranked["electorate"],
                "At least": ranked["low"],
                "At most": ranked["high"],
                "Per elector, at least": ranked["per_elector_low"].round(3),
                "Per elector, at most": ranked["per_elector_high"].round(3),
                "Code": ranked["code"],
            }
        )
    )


def _people(sight: Sight, frame: pd.DataFrame) -> tuple[Section, ...]:
    """People over the electorate, seat by seat; too few are named, and no more."""
    told = frame[frame["state"] != "unavailable"].sort_values("per_elector_low", ascending=False)
    known = told[told["high"].notna()]
    if known.empty:
        return ()
    best = known.iloc[0]
    shares = {row.code: _share(row.per_elector_low, row.per_elector_high) for row in known.itertuples()}
    rows = [
        Bar(row.name_, shares.get(row.code), "observed" if row.code in shares else "suppressed")
        for row in told.head(MOST_LISTED).rename(columns={"name": "name_"}).itertuples()
    ]
    whom = words.between(Interval(best["low"], best["high"]))
    table = _table(told).assign(**{"Known as": list(told["state"])})
    return (
        Section(
            finding=f"In {best['name']} {whom} were reached: as many as {words.part_of(shares[best['code']])} "
            "of its electors",
            source=f"{_exports(sight)}; {_ELECTORS}",
            as_of=said.as_of(sight),
            chart=bars(rows, "share"),
            alt="People reached in each seat over its electorate",
            table=table,
            note="Reached people need not be electors. Fewer than 10 are not shown, nor what would give them away.",
        ),
    )


def _share(low: float, high: float) -> Interval:
    return Interval(min(1.0, low), min(1.0, high))


def _groups(sight: Sight, groups: list[Group], measure: str) -> tuple[Section, ...]:
    """Seat groups of the team: the same numbers cut by its own list."""
    if not groups:
        return ()
    rates = [(group, group.amount.scaled(1 / group.electorate)) for group in groups]
    best, rate = max(rates, key=lambda item: item[1].low)
    table = pd.DataFrame(
        [
            {
                "Group": group.name, "Seats told": group.told, "Seats": group.seats, "Electors there": group.electorate,
                "At least": group.amount.low, "At most": group.amount.high,
                "Per elector, at least": round(rate.low, 3), "Per elector, at most": round(rate.high, 3),
            }
            for group, rate in rates
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"Of your groups of seats, “{best.name}” had most: {words.label(rate, 'ratio')} {measure} "
            "per elector",
            source=f"{_exports(sight)}; your own lists of seats; {_ELECTORS}",
            as_of=said.as_of(sight),
            chart=bars([Bar(group.name, rate, is_key=group is best) for group, rate in rates], "ratio"),
            alt="Delivered per elector in each of your groups of seats",
            table=said.compact(table),
            note="Only seats that a platform tells of are counted, and their electors.",
        ),
    )


def _people_of_groups(sight: Sight, groups: list[Group]) -> tuple[Section, ...]:
    if not groups:
        return ()
    best = max(groups, key=lambda group: group.amount.low)
    table = pd.DataFrame(
        [
            {
                "Group": g.name,
                "Seats told": g.told,
                "Seats": g.seats,
                "At least": g.amount.low,
                "At most": g.amount.high,
            }
            for g in groups
        ]
    )
    return (
        Section(
            finding=f"In “{best.name}” {words.between(best.amount)} were reached",
            source=f"{_exports(sight)}; your own lists of seats",
            as_of=said.as_of(sight),
            chart=bars([Bar(group.name, group.amount, is_key=group is best) for group in groups], "people"),
            alt="People reached in each of your groups of seats",
            table=said.compact(table),
            note="People of different seats are different people, so seats are added; platforms are not told apart.",
        ),
    )
