"""Whom do we reach, and whom do we miss? Every platform's audience against the population."""

from __future__ import annotations

import pandas as pd

from analytics.questions.audience import Audience, audiences
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.who import group_name, index_of, who_sections

QUESTION = "Whom do we reach, and whom do we miss?"


def demographics(sight: Sight) -> Page:
    """Ages and genders by platform, beside the population; then how many people out of how many."""
    split = audiences(sight.facts, sight.population, hide=sight.hide)
    found = reached(sight.facts, sight.uniting)
    return Page(
        slug="demographics",
        question=QUESTION,
        answer=_answer(sight, split),
        compared=_compared(sight, split),
        freshness=said.fresh(sight),
        missing=(*said.missing(sight, found), *_untold(split, found)),
        sections=(*who_sections(sight, split, "our audience"), *_out_of(sight, found)),
    )


def _answer(sight: Sight, split: tuple[Audience, ...]) -> str:
    told = []
    for audience in split[:2]:
        found = [(s, i) for s in audience.splits if (i := index_of(sight, audience, s)) is not None]
        if not found:
            continue
        most, least = max(found, key=lambda p: p[1].middle), min(found, key=lambda p: p[1].middle)
        told.append(
            f"on {said.platform(audience.platform)} we reach {group_name(most[0])} most "
            f"({words.label(most[1], 'ratio')} times their part of the population) and {group_name(least[0])} least "
            f"({words.label(least[1], 'ratio')} times)"
        )
    if not told:
        return "No platform's export of these days tells ages and genders."
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _compared(sight: Sight, split: tuple[Audience, ...]) -> str:
    """The largest shift of one group's part since the window before, where both tell it."""
    if not sight.usual or not split:
        return ""
    before = {
        (a.platform, s.age, s.gender): s.share for a in audiences(sight.usual[0], sight.population) for s in a.splits
    }
    moved = [
        (s.share.middle - was.middle, a, s)
        for a in split
        for s in a.splits
        if s.share and (was := before.get((a.platform, s.age, s.gender))) is not None and s.share.meet(was) is None
    ]
    if not moved:
        return "The make-up of the audience is about as in the window before."
    change, audience, split_ = max(moved, key=lambda item: abs(item[0]))
    way = "up" if change > 0 else "down"
    where = said.platform(audience.platform)
    who = group_name(split_)
    return f"{who[0].upper()}{who[1:]} on {where} are {way} by {abs(change) * 100:.0f} points since the window before."


def _untold(split: tuple[Audience, ...], found: Reached) -> tuple[str, ...]:
    told = {audience.platform for audience in split}
    silent = sorted({item.platform for item in found.platforms} - told)
    return tuple(f"{said.platform(name)} tells no ages or genders of what it delivered" for name in silent)


def _out_of(sight: Sight, found: Reached) -> tuple[Section, ...]:
    """People out of the platform's users; out of the target, where one is set, as what is possible at most."""
    known = [item for item in found.platforms if item.users is not None and item.users.low > 0]
    if not known:
        return ()
    rows, lines = [], []
    for item in known:
        share = item.reach.people.over(item.users)  # type: ignore[arg-type]  # known above
        rows.append(Bar(said.platform(item.platform), share))
        lines.append(
            {
                "Platform": said.platform(item.platform), "People, at least": item.reach.people.low,
                "People, at most": item.reach.people.high, "Users, at least": item.users.low,  # type: ignore[union-attr]
                "Users, at most": item.users.high, "At least %": share.low, "At most %": share.high,  # type: ignore[union-attr]
            }
        )  # fmt: skip
    best = known[0]
    share = best.reach.people.over(best.users)  # type: ignore[arg-type]
    return (
        Section(
            finding=f"Of {said.platform(best.platform)}'s users here, {words.part_of(share)} saw something of ours",
            source="Platform exports; users: published figures (docs/population.md)",
            as_of=said.as_of(sight),
            chart=bars(rows, "share"),
            alt="People reached out of each platform's users in the country",
            table=pd.DataFrame(lines),
            note="A platform counts people abroad too, where it doesn't say otherwise.",
        ),
    )
