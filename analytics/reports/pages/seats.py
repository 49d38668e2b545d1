"""Where did it land? The 650 seats by what was delivered there, per elector, and by what was made for them."""

from __future__ import annotations

import pandas as pd

from analytics.model.interval import Interval
from analytics.questions.seats import delivered_in, made_for
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars, hexes
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION = "Where did it land?"
MEASURES = ("impressions", "views", "views_3s")
MOST_LISTED = 20


def seats(sight: Sight) -> Page:
    """Hex maps of what the platforms say was delivered in each seat, and of what we made for it; groups of seats."""
    delivered, measure = _first(sight, delivered_in)
    made, made_measure = _first(sight, made_for)
    people = delivered_in(sight.facts, "reach")
    sections = (
        *_map(sight, delivered, measure, "delivered in"),
        *_people(sight, people),
        *_map(sight, made, made_measure, "shown anywhere of posts made for"),
        *_groups(sight, delivered, measure),
    )
    return Page(
        slug="seats",
        question=QUESTION,
        answer=_answer(sight, delivered, measure, made, made_measure),
        compared=_compared(sight, delivered, measure),
        freshness=said.fresh(sight),
        missing=_missing(delivered, made),
        sections=sections,
    )


def _first(sight: Sight, table: object) -> tuple[pd.DataFrame, str]:
    """The first measure that any seat has; an empty map of the first where none has."""
    for measure in MEASURES:
        frame: pd.DataFrame = table(sight.facts, measure)  # type: ignore[operator]
        if frame["high"].notna().any():
            return frame, measure
    return table(sight.facts, MEASURES[0]), MEASURES[0]  # type: ignore[operator]


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["high"].notna()]


def _answer(sight: Sight, delivered: pd.DataFrame, measure: str, made: pd.DataFrame, made_measure: str) -> str:
    there = _known(delivered)
    if not there.empty:
        best = there.sort_values("per_elector_low", ascending=False).iloc[0]
        rate = words.label(Interval(best["per_elector_low"], best["per_elector_high"]), "ratio")
        return (
            f"{len(there)} of 650 seats are told by the platforms; {best['name']} saw most of it: {rate} "
            f"{said.measure(measure)} per elector, {said.days(sight)}."
        )
    ours = _known(made)
    if not ours.empty:
        best = ours.sort_values("low", ascending=False).iloc[0]
        told = words.between(Interval(best["low"], best["high"]), said.measure(made_measure))
        return f"No platform says where; of posts made for {len(ours)} seats, those for {best['name']} had {told}."
    return "No platform says in which seats anything was seen, and no post is noted as made for one."


def _compared(sight: Sight, delivered: pd.DataFrame, measure: str) -> str:
    if not sight.usual or _known(delivered).empty:
        return ""
    before = len(_known(delivered_in(sight.usual[0], measure)))
    return f"The window before told of {before} seats."


def _missing(delivered: pd.DataFrame, made: pd.DataFrame) -> tuple[str, ...]:
    untold = 650 - len(_known(delivered))
    told = [f"{untold} seats: no platform tells what was delivered there"] if untold else []
    if not _known(made).empty:
        told.append("A post made for a seat is seen elsewhere too, and nobody tells how much")
    return tuple(told)


def _map(sight: Sight, frame: pd.DataFrame, measure: str, what: str) -> tuple[Section, ...]:
    there = _known(frame)
    if there.empty:
        return ()
    ranked = there.sort_values("per_elector_low", ascending=False)
    best, named = ranked.iloc[0], f"{said.measure(measure)} {what}"
    middle = float(ranked["per_elector_low"].median())
    shown = frame.assign(
        value=(frame["per_elector_low"] + frame["per_elector_high"]) / 2,
        state=["observed" if known else "unavailable" for known in frame["high"].notna()],
    )[["code", "name", "region", "q", "r", "value", "state"]]
    return (
        Section(
            finding=f"{best['name']} had {words.amount(best['per_elector_low'], 'ratio')} {named} it per elector; "
            f"half of the {len(ranked)} seats had {words.amount(middle, 'ratio')} or more",
            source="Platform exports; electorate: House of Commons Library, 4 July 2024",
            as_of=said.as_of(sight),
            chart=hexes(shown, "ratio", f"{said.measure(measure)} per elector"),
            alt=f"The 650 seats as hexagons of one size, darker for more {named} the seat, per elector",
            table=_table(ranked),
            note="The same person can be counted in many of these: this is how often, not how many.",
        ),
    )


def _table(ranked: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Seat": ranked["name"],
            "Code": ranked["code"],
            "Region": ranked["region"],
            "Electorate": ranked["electorate"],
            "At least": ranked["low"],
            "At most": ranked["high"],
            "Per elector, at least": ranked["per_elector_low"].round(3),
            "Per elector, at most": ranked["per_elector_high"].round(3),
        }
    )


def _people(sight: Sight, frame: pd.DataFrame) -> tuple[Section, ...]:
    there = _known(frame).sort_values("per_elector_low", ascending=False)
    if there.empty:
        return ()
    best = there.iloc[0]
    share = Interval(min(1.0, best["per_elector_low"]), min(1.0, best["per_elector_high"]))
    rows = [
        Bar(str(row.name_), Interval(min(1.0, row.low_), min(1.0, row.high_)))
        for row in there.head(MOST_LISTED)
        .rename(columns={"name": "name_", "per_elector_low": "low_", "per_elector_high": "high_"})
        .itertuples()
    ]
    return (
        Section(
            finding=f"In {best['name']} as many people were reached as {words.part_of(share)} of its electors",
            source="Platform exports; electorate: House of Commons Library, 4 July 2024",
            as_of=said.as_of(sight),
            chart=bars(rows, "share"),
            alt="People reached in each seat over its electorate",
            table=_table(there),
            note="Reached people need not be electors; nobody is counted above the electorate.",
        ),
    )


def _groups(sight: Sight, frame: pd.DataFrame, measure: str) -> tuple[Section, ...]:
    """Seat groups of the team: the same numbers cut by its own list."""
    rows = []
    for name, codes in sight.groups.items():
        part = frame[frame["code"].isin(list(codes))]
        there = _known(part)
        if there.empty:
            continue
        electors = int(part["electorate"].sum())
        rows.append(
            (name, Interval(float(there["low"].sum()), float(there["high"].sum())), electors, len(there), len(part))
        )
    if not rows:
        return ()
    rates = [(name, total.scaled(1 / electors)) for name, total, electors, _, _ in rows]
    best = max(rates, key=lambda item: item[1].low)
    table = pd.DataFrame(
        [
            {
                "Group": name, "Seats told": told, "Seats": many, "Electorate": electors, "At least": total.low,
                "At most": total.high, "Per elector, at least": round(total.low / electors, 3),
            }
            for name, total, electors, told, many in rows
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"Of your groups of seats, {best[0]} had most: {words.label(best[1], 'ratio')} "
            f"{said.measure(measure)} per elector",
            source="Platform exports; your own list of seats",
            as_of=said.as_of(sight),
            chart=bars([Bar(name, rate) for name, rate in rates], "ratio"),
            alt="Delivered per elector in each of your groups of seats",
            table=table,
        ),
    )
