"""Who carried it? Partners and audiences, by what their posts were shown."""

from __future__ import annotations

import pandas as pd

from analytics.model.interval import Interval
from analytics.questions.overview import SHOWN
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.questions.sums import totals
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION = "Who carried it: partners and audiences?"
_OURSELVES = "ourselves"
_NOBODY = "no audience noted"


def partners(sight: Sight) -> Page:
    """Posts by who posted them, and by whom they addressed."""
    by_partner, by_audience = _people_by(sight, "partner"), _people_by(sight, "audience")
    sections = (
        *_sections(sight, "partner", by_partner, _OURSELVES),
        *_sections(sight, "audience", by_audience, _NOBODY),
    )
    named = [name for name in {**_shown_by(sight, "partner"), **by_partner} if name]
    return Page(
        slug="partners",
        question=QUESTION,
        answer=_answer(sight, named, by_partner),
        compared="",
        freshness=said.fresh(sight),
        missing=() if named else ("No post is noted with a partner: soundbite post CLIP … --partner NAME",),
        sections=sections,
    )


def _answer(sight: Sight, named: list[str], by_partner: dict[str, Reached]) -> str:
    if not named:
        return "No post of these days is noted as a partner's."
    reached_by = {name: found.together for name, found in by_partner.items() if name and found.together is not None}
    if not reached_by:
        return f"{len(named)} partners posted; no platform says how many people saw that."
    best = max(reached_by, key=lambda name: reached_by[name].people.low)
    return f"{best} carried it furthest of {len(named)} partners: {said.people(reached_by[best])}."


def _names(sight: Sight, column: str) -> list[str]:
    frame = sight.facts.frame(f"SELECT DISTINCT {column} AS name FROM facts WHERE is_ours AND clip <> '' ORDER BY 1")  # noqa: S608  # ours
    return [str(name) for name in frame["name"]]


def _people_by(sight: Sight, column: str) -> dict[str, Reached]:
    found = {}
    for name in _names(sight, column):
        found[name] = reached(sight.facts, sight.uniting, kinds=("post", "ad"), of={column: name})
    return found


def _shown_by(sight: Sight, column: str) -> dict[str, dict[tuple[str, str], Interval]]:
    """Name → (platform, measure) → how often it was shown."""
    told: dict[str, dict[tuple[str, str], Interval]] = {}
    for measure in SHOWN:
        for row in totals(sight.facts, measure, [column, "platform"], kinds=("post", "ad")).itertuples():
            name = str(getattr(row, column))
            mine = told.setdefault(name, {})
            if not any(platform == row.platform for platform, _ in mine):
                mine[str(row.platform), measure] = Interval(row.low, row.high)
    return told


def _sections(sight: Sight, column: str, people: dict[str, Reached], unnamed: str) -> tuple[Section, ...]:
    shown = _shown_by(sight, column)
    if not any(shown) or set(shown) == {""}:
        return ()
    rows = [
        {
            column.capitalize(): name or unnamed, "Platform": said.platform(platform), "Measure": said.measure(measure),
            "At least": count.low, "At most": count.high,
        }
        for name, by in shown.items()
        for (platform, measure), count in by.items()
    ]  # fmt: skip
    drawn = [
        Bar(name or unnamed, found.together.people, bounds=found.together.bounds)
        for name, found in people.items()
        if found.together is not None
    ]
    table = pd.DataFrame(rows).sort_values("At least", ascending=False, ignore_index=True)
    if not drawn:
        best = table.iloc[0]
        finding = (
            f"{best[column.capitalize()]} had {words.whole(best['At least'])} {best['Measure']} on {best['Platform']}"
        )
        return (Section(finding, "Platform exports; posts as noted", said.as_of(sight), table=table),)
    best_bar = max(drawn, key=lambda bar: bar.value.low if bar.value else 0.0)
    return (
        Section(
            finding=f"By {column}, {best_bar.label} reached most: {words.between(best_bar.value)}",
            source="Platform exports; posts as noted",
            as_of=said.as_of(sight),
            chart=bars(drawn, "people"),
            alt=f"People reached by {column}, each counted once within it",
            table=table,
            note="The same people can be in several rows: rows are not added.",
        ),
    )
