"""Sections on who saw something: small multiples of age and gender against the population, and who is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from analytics.model.cells import AgeBand
from analytics.model.interval import Interval
from analytics.questions.audience import (
    ADULT,
    Audience,
    Split,
    on_common_grid,
    population_share,
    tells_all_adults,
)
from analytics.questions.groups import GroupReached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import AgeGender, Bar, Pair, Panel, age_gender, bars, comparison
from analytics.reports.page import Section
from analytics.reports.pages import said

COUNTRY: Final = "GB"
POPULATION: Final = "population: ONS mid-2024 estimates"
_APART: Final = 1.2  # times as large: less is not worth a headline
Baseline = Mapping[tuple[str, str, str, str], Interval]  # platform, measure, age, gender → the share it is held against


def group_name(split: Split | GroupReached) -> str:
    """ "women 55+" """
    return said.group(split.age, split.gender)


def by_index(sight: Sight, audience: Audience) -> list[tuple[Split, Interval, float]]:
    """Groups of adults with their share and the population's, the most over-reached first; () where only some groups
    are told."""
    if not tells_all_adults(audience):
        return []
    told = [
        (split, split.share, theirs)
        for split in audience.splits
        if split.share is not None
        and _lowest(split.age) >= ADULT
        and (theirs := population_share(sight.population, split.age, split.gender, audience.splits, COUNTRY))
    ]
    return sorted(told, key=lambda item: -item[1].middle / item[2])


def against(share: Interval, theirs: float, of: str) -> str:
    """ "3.1% of its views, 6.5% of people" """
    return f"{words.label(share, 'share')} of {of}, {words.percent(theirs)} of people"


def shares_section(sight: Sight, split: Sequence[Audience], what: str) -> tuple[Section, ...]:
    """Small multiples, a platform each, on the finest ages that all of them tell."""
    partly, split = [a for a in split if not tells_all_adults(a)], [a for a in split if tells_all_adults(a)]
    if not split:
        return ()
    common = on_common_grid(split)
    rows = [
        {
            "Platform": said.platform(audience.platform), "Of": said.measure(audience.measure), "Age": item.age,
            "Gender": said.WHO[item.gender], "At least %": item.share.low if item.share else None,
            "At most %": item.share.high if item.share else None,
            "Population %": _population(sight, item, audience), "Known as": item.state,
        }
        for audience in common
        for item in audience.splits
    ]  # fmt: skip
    told = [f"{said.platform(a.platform)}: {a.note}." for a in split if a.note]
    told += [_of_no_days(a) for a in split if is_of_no_days(sight, a)]
    told += [f"{said.platform(a.platform)} tells some groups only, and is left out." for a in partly]
    if len(split) > 1:
        told.append("Ages are on the finest bands that all these platforms tell.")
        told += [line for whole, one in zip(split, common, strict=True) if (line := _outside(whole, one))]
    return (
        Section(
            finding=_largest(common, what),
            source=f"{said.exports(sight, *(a.platform for a in split))}; {POPULATION}",
            as_of=said.as_of(sight),
            chart=age_gender([_panel(sight, audience) for audience in common]),
            alt="Share of each age and gender on each platform, beside its share of the population",
            table=said.compact(pd.DataFrame(rows)),
            note=" ".join(told),
        ),
    )


def is_of_no_days(sight: Sight, audience: Audience) -> bool:
    """Whether the shares are of a period that nobody stated (questions/facts.py, the eighth way)."""
    found = sight.facts.frame(
        "SELECT 1 FROM facts WHERE platform = $platform AND metric = $measure AND way = 8 LIMIT 1",
        {"platform": audience.platform, "measure": audience.measure},
    )
    return not found.empty


def _of_no_days(audience: Audience) -> str:
    return f"{said.platform(audience.platform)}: shares of a period that the export does not say."


def _largest(split: Sequence[Audience], what: str) -> str:
    pairs = [(audience, item) for audience in split for item in audience.splits if item.share is not None]
    if not pairs:
        return f"Every group of {what} is too small to be shown"
    audience, item = max(pairs, key=lambda pair: pair[1].share.low if pair[1].share else 0.0)
    return (
        f"{said.upper(group_name(item))} are the largest group of {what} {said.on(audience.platform)}: "
        f"{words.label(item.share, 'share')} of its {said.measure(audience.measure)}"
    )


def _panel(sight: Sight, audience: Audience) -> Panel:
    cells = tuple(
        AgeGender(split.age, split.gender, split.share, _population(sight, split, audience), split.state)
        for split in sorted(audience.splits, key=lambda s: _lowest(s.age))
    )
    name = f"{said.platform(audience.platform)}, {said.measure(audience.measure)}"
    unknown = f"{words.label(audience.unknown, 'share')} of unknown age or gender" if audience.unknown.high > 0 else ""
    return Panel(name, cells, unknown)


def _outside(whole: Audience, common: Audience) -> str:
    """Ages of a platform that are on no common band, in words; "" for none."""
    held = [AgeBand.from_label(split.age) for split in common.splits]
    outside: dict[str, list[Interval]] = {}
    for split in whole.splits:
        band = AgeBand.from_label(split.age)
        if split.share is not None and band and not any(wide and wide.contains(band) for wide in held):
            outside.setdefault(split.age, []).append(split.share)
    told = [
        f"{words.label(Interval.total(parts), 'share')} are {age.replace('-', '–')}" for age, parts in outside.items()
    ]
    return f"{said.platform(whole.platform)}: {words.listed(told)}, in no common band." if told else ""


def missed_section(sight: Sight, audience: Audience) -> tuple[Section, ...]:
    """Each group's share beside its share of the population, the most over-reached first."""
    told = by_index(sight, audience)
    if not told:
        return ()
    where, of = said.on(audience.platform), said.measure(audience.measure)
    least, share, theirs = told[-1]
    finding = f"{said.upper(where)} no group of adults is surely missed"
    if share.high < theirs:
        finding = f"{said.upper(where)} {group_name(least)} are missed most: {against(share, theirs, of)}"
    rows = [
        Pair(group_name(split), ours, Interval.exactly(people), is_key=split == least and share.high < theirs)
        for split, ours, people in told
    ]
    return (
        Section(
            finding=finding,
            source=f"{said.exports(sight, audience.platform)}; {POPULATION}",
            as_of=said.as_of(sight),
            chart=comparison(rows, f"share of our {of}", "share of the population"),
            alt=f"Each group's share of our {of} {where} beside its share of the population",
            table=_pairs_table(told, "Population %"),
            note="Most over-reached first. Under 18s are in the picture above and no gap here."
            + (f" {_of_no_days(audience)}" if is_of_no_days(sight, audience) else ""),
        ),
    )


def usual_section(sight: Sight, audience: Audience, baseline: Baseline, what: str) -> tuple[Section, ...]:
    """Each group's share of a clip beside the page's own average: who takes to it more than to everything else."""
    told = [
        (split, split.share, average.middle)
        for split in audience.splits
        if split.share is not None
        and (average := baseline.get((audience.platform, audience.measure, split.age, split.gender))) is not None
        and average.middle > 0
    ]
    if not told:
        return ()
    told.sort(key=lambda item: -item[1].middle / item[2])
    where, of = said.on(audience.platform), said.measure(audience.measure)
    best, share, theirs = told[0]
    finding = f"{said.upper(where)} {what} went to about the same people as the page on average"
    if share.low > theirs * _APART:
        finding = (
            f"{said.upper(where)} {what} went to {group_name(best)} more than the page does: "
            f"{words.label(share, 'share')} of {of} against {words.percent(theirs)}"
        )
    rows = [Pair(group_name(split), ours, Interval.exactly(usual), is_key=split == best) for split, ours, usual in told]
    return (
        Section(
            finding=finding,
            source=said.exports(sight, audience.platform),
            as_of=said.as_of(sight),
            chart=comparison(rows, f"share of {what}", "the page's own average"),
            alt=f"Each group's share of {of} of {what} {where} beside the page's own average",
            table=_pairs_table(told, "Page's average %"),
        ),
    )


def people_section(sight: Sight, found: Sequence[GroupReached], what: str) -> tuple[Section, ...]:
    """People of each age and gender, each counted once, where a platform tells them so."""
    shown = [item for item in found if item.people is not None]
    if not shown:
        return ()
    best = max(shown, key=_certain)
    found = sorted(found, key=lambda item: (item.platform, -_certain(item)))
    rows = [
        Bar(group_name(i), i.people, "observed" if i.people else "suppressed", group=said.platform(i.platform),
            is_key=i == best)
        for i in found
    ]  # fmt: skip
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(i.platform), "Age": i.age, "Gender": said.WHO[i.gender],
                "At least": i.people.low if i.people else None, "At most": i.people.high if i.people else None,
                "Known as": "observed" if i.people else "suppressed",
            }
            for i in found
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"{said.upper(what)} reached {group_name(best)} most {said.on(best.platform)}: "
            f"{words.between(best.people)}",
            source=said.exports(sight, *{i.platform for i in found}),
            as_of=said.as_of(sight),
            chart=bars(rows, "people"),
            alt=f"People of each age and gender that {what} reached, from the least to the most",
            table=said.compact(table),
            note="Each counted once within a platform: at least its largest post, at most all posts together. "
            "Fewer than 10 are not shown.",
        ),
    )


def _certain(item: GroupReached) -> float:
    return item.people.low if item.people else -1.0


def _pairs_table(told: Sequence[tuple[Split, Interval, float]], theirs: str) -> pd.DataFrame:
    rows = [
        {
            "Group": said.upper(group_name(split)), "At least %": share.low, "At most %": share.high, theirs: other,
            "Times as many": round(share.middle / other, 2), "Known as": split.state,
        }
        for split, share, other in told
    ]  # fmt: skip
    return said.compact(pd.DataFrame(rows))


def _population(sight: Sight, split: Split, audience: Audience) -> float | None:
    return population_share(sight.population, split.age, split.gender, audience.splits, COUNTRY)


def _lowest(age: str) -> int:
    band = AgeBand.from_label(age)
    return band.low if band else 0
