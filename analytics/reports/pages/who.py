"""Sections on who saw something: small multiples of age and gender against the population, and who is missed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.model.interval import Interval
from analytics.questions.audience import Audience, Split, population_share
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import AgeGender, Pair, Panel, age_gender, comparison
from analytics.reports.page import Section
from analytics.reports.pages import said

COUNTRY = "GB"
_WHO = {"female": "women", "male": "men"}


def who_sections(sight: Sight, split: Sequence[Audience], what: str) -> tuple[Section, ...]:
    """One section for all platforms that tell ages and genders, one on who is over- and under-reached; none without."""
    if not split:
        return ()
    return (_shares(sight, split, what), *(_against(sight, audience, what) for audience in split))


def group_name(split: Split) -> str:
    """ "women 55+" """
    return f"{_WHO.get(split.gender, split.gender)} {split.age.replace('-', '–')}"


def index_of(sight: Sight, audience: Audience, split: Split) -> Interval | None:
    """The group's part of what was delivered over its part of the population, 1 for the same."""
    theirs = population_share(sight.population, split.age, split.gender, audience.splits, COUNTRY)
    return split.share.scaled(1 / theirs) if theirs and split.share is not None else None


def _shares(sight: Sight, split: Sequence[Audience], what: str) -> Section:
    panels = [_panel(sight, audience) for audience in split]
    rows = [
        {
            "Platform": said.platform(audience.platform), "Of": said.measure(audience.measure), "Age": item.age,
            "Gender": item.gender, "At least %": item.share.low if item.share else None,
            "At most %": item.share.high if item.share else None,
            "Population %": population_share(sight.population, item.age, item.gender, audience.splits, COUNTRY),
            "Known as": item.state,
        }
        for audience in split
        for item in audience.splits
    ]  # fmt: skip
    top = max(((a, s) for a in split for s in a.splits), key=lambda pair: pair[1].share.low if pair[1].share else 0.0)
    finding = (
        f"{group_name(top[1])[0].upper()}{group_name(top[1])[1:]} are the largest group of {what} on "
        f"{said.platform(top[0].platform)}: {words.label(top[1].share, 'share')} of its {said.measure(top[0].measure)}"
    )
    notes = [f"{said.platform(a.platform)}: {a.note}" for a in split if a.note]
    return Section(
        finding=finding,
        source="Platform exports; population: ONS mid-2024 estimates",
        as_of=said.as_of(sight),
        chart=age_gender(panels),
        alt="Share of each age and gender on each platform, beside its share of the population",
        table=pd.DataFrame(rows),
        note=". ".join(notes),
    )


def _panel(sight: Sight, audience: Audience) -> Panel:
    cells = tuple(
        AgeGender(
            split.age,
            split.gender,
            split.share,
            population_share(sight.population, split.age, split.gender, audience.splits, COUNTRY),
            split.state,
        )
        for split in sorted(audience.splits, key=lambda s: int(s.age.rstrip("+").split("-")[0]))
    )
    rest = f"{words.label(audience.unknown, 'share')} of unknown age or gender" if audience.unknown.high > 0 else ""
    return Panel(f"{said.platform(audience.platform)}, {said.measure(audience.measure)}", cells, rest)


def _against(sight: Sight, audience: Audience, what: str) -> Section:
    found = [(split, index_of(sight, audience, split)) for split in audience.splits]
    known = sorted(((s, i) for s, i in found if i is not None), key=lambda pair: -pair[1].middle)
    rows = [Pair(group_name(split), index, Interval.exactly(1.0)) for split, index in known]
    table = pd.DataFrame(
        [{"Group": group_name(s), "At least": round(i.low, 2), "At most": round(i.high, 2)} for s, i in known]
    )
    return Section(
        finding=_missed(known, said.platform(audience.platform)),
        source="Platform export; population: ONS mid-2024 estimates",
        as_of=said.as_of(sight),
        chart=comparison(rows, what, "as in the population", "ratio"),
        alt=f"Each group's part of {what} on {said.platform(audience.platform)} over its part of the population",
        table=table,
        note="1 is as many as in the population; 2 is twice as many.",
    )


def _missed(known: Sequence[tuple[Split, Interval]], where: str) -> str:
    least = known[-1] if known else None
    if least is None:
        return f"{where} can't be held against the population"
    split, index = least
    if index.high >= 1:
        return f"On {where} no group is surely missed"
    times = words.label(index, "ratio")
    return f"On {where} {group_name(split)} are missed most: {times} times their part of the population"
