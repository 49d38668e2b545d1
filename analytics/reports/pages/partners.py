"""Who carried it? Partners and audiences, by what their posts were shown."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.questions.overview import SHOWN
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.questions.sums import totals
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "Who carried it: partners and audiences?"
UNNAMED: Final = {"partner": "Ourselves", "audience": "No audience noted"}
_OTHER: Final = "Posts that are no clips are left out. "


def partners(sight: Sight) -> Page:
    """Posts by who posted them, and by whom they addressed."""
    by_partner, by_audience = _people_by(sight, "partner"), _people_by(sight, "audience")
    named = sorted(name for name in by_partner if name)
    return Page(
        slug="partners",
        question=QUESTION,
        answer=_answer(named, by_partner),
        compared=_compared(by_partner),
        freshness=said.fresh(sight),
        missing=_missing(sight, named, by_partner, by_audience),
        sections=(*_sections(sight, "partner", by_partner), *_sections(sight, "audience", by_audience)),
    )


def _together(by: dict[str, Reached]) -> dict[str, Reach]:
    return {name: found.together for name, found in by.items() if found.together is not None}


def _answer(named: list[str], by_partner: dict[str, Reached]) -> str:
    if not named:
        return "No post of these days is noted as a partner's."
    reached_by = {name: people for name, people in _together(by_partner).items() if name}
    if not reached_by:
        return f"{words.listed(named)} posted for us; no platform says how many people saw that."
    best = max(reached_by, key=lambda name: reached_by[name].people.low)
    people = f"{said.people(reached_by[best])} saw {'its' if len(named) > 1 else 'the'} posts"
    return f"{best} carried it furthest of {len(named)} partners: {people}." if len(named) > 1 else f"{best}: {people}."


def _compared(by_partner: dict[str, Reached]) -> str:
    """With what we reached ourselves."""
    known = _together(by_partner)
    if "" not in known or len(known) < 2:
        return ""
    return f"Our own posts of clips reached {said.people(known[''])}."


def _missing(
    sight: Sight, named: list[str], by_partner: dict[str, Reached], by_audience: dict[str, Reached]
) -> tuple[str, ...]:
    told = [] if named else ["Partners are noted with their posts: soundbite post CLIP … --partner NAME"]
    if not any(by_audience):
        told.append("Audiences are noted with posts: soundbite post CLIP … --audience NAME")
    uncounted = [name for name, found in by_partner.items() if name and found.together is None]
    if uncounted:
        told.append(f"How many people saw the posts of {words.listed(uncounted)}: their platform does not count people")
    return tuple(told)


def _people_by(sight: Sight, column: str) -> dict[str, Reached]:
    """Name → whom posts of clips reached; "" for those without a name."""
    frame = sight.facts.frame(
        f"SELECT DISTINCT {column} AS name, clip FROM facts WHERE is_ours AND clip <> '' ORDER BY 1"  # noqa: S608
    )
    clips = sorted(frame["clip"].unique())
    return {
        name: reached(sight.facts, sight.uniting, clips=clips, of={column: name}, kinds=("post", "ad"))
        for name in dict.fromkeys(map(str, frame["name"]))
    }


def _shown_by(sight: Sight, column: str, names: set[str]) -> pd.DataFrame:
    """name, platform, measure, low, high, things: each platform in the first of SHOWN that it tells."""
    found: dict[tuple[str, str], tuple[str, float, float, int]] = {}
    for measure in SHOWN:
        for row in totals(sight.facts, measure, [column, "platform", "clip"], kinds=("post", "ad")).itertuples():
            key = (str(getattr(row, column)), str(row.platform))
            if row.clip and key[0] in names and found.get(key, (measure,))[0] == measure:
                _, low, high, things = found.get(key, (measure, 0.0, 0.0, 0))
                found[key] = (measure, low + row.low, high + row.high, things + int(row.things))
    rows = [(*key, *told) for key, told in found.items()]
    return pd.DataFrame(rows, columns=["name", "platform", "measure", "low", "high", "things"])


def _sections(sight: Sight, column: str, people: dict[str, Reached]) -> tuple[Section, ...]:
    shown = _shown_by(sight, column, set(people))
    if not any(people) or shown.empty:
        return ()
    shown = shown.sort_values(["platform", "high"], ascending=[True, False])
    table = pd.DataFrame(
        {
            column.capitalize(): [name or UNNAMED[column] for name in shown["name"]],
            "Platform": shown["platform"].map(said.platform),
            "Posts": shown["things"],
            "Measure": shown["measure"].map(said.measure),
            "At least": shown["low"],
            "At most": shown["high"],
        }
    )
    return (*_people_section(sight, column, people), _shown_section(sight, column, shown, said.compact(table)))


def _people_section(sight: Sight, column: str, people: dict[str, Reached]) -> tuple[Section, ...]:
    known = _together(people)
    if not known:
        return ()
    named = {name: reach for name, reach in known.items() if name} or known
    best = max(named, key=lambda name: named[name].people.low)
    drawn = [
        Bar(name or UNNAMED[column], reach.people, bounds=reach.bounds, is_key=name == best,
            state="modelled" if reach.how == "modelled" else "observed")
        for name, reach in sorted(known.items(), key=lambda item: -item[1].people.low)
    ]  # fmt: skip
    table = pd.DataFrame(
        [
            {
                column.capitalize(): name or UNNAMED[column], "At least": reach.people.low,
                "At most": reach.people.high, "How known": said.HOW[reach.how],
            }
            for name, reach in known.items()
        ]
    )  # fmt: skip
    return (
        Section(
            finding=_furthest(column, best, named),
            source=f"{said.exports(sight)}; posts as noted",
            as_of=said.as_of(sight),
            chart=bars(drawn, "people"),
            alt=f"People reached by {column}, each counted once within it",
            table=said.compact(table),
            note=f"{_OTHER}The same people can be in several rows: rows are not added.",
        ),
    )


def _furthest(column: str, best: str, named: dict[str, Reach]) -> str:
    """Who of those with a name; ourselves and posts without one are in the picture to compare."""
    people = said.people(named[best])
    whose = "" if column == "partner" else "posts for "
    if len(named) > 1:
        return f"Of the {column}s noted, {whose}{best} reached most: {people}"
    return f"{said.upper(whose)}{best or UNNAMED[column]} reached {people}"


def _shown_section(sight: Sight, column: str, shown: pd.DataFrame, table: pd.DataFrame) -> Section:
    named = shown[shown["name"] != ""].sort_values("high", ascending=False)
    best = named.iloc[0] if not named.empty else shown.sort_values("high", ascending=False).iloc[0]
    name = best["name"] or UNNAMED[column]
    return Section(
        finding=f"{name}: {words.between(Interval(best['low'], best['high']), said.measure(best['measure']))} "
        f"{said.on(best['platform'])}, over {said.many(int(best['things']), 'post')}",
        source=f"{said.exports(sight)}; posts as noted",
        as_of=said.as_of(sight),
        table=table,
        note=_OTHER.strip(),
    )
