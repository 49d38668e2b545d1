"""Whom do we reach, and whom do we miss? Every platform's audience against the population."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.claims.evidence import About
from analytics.claims.from_lake import LakeEvidence
from analytics.model.interval import Interval
from analytics.model.scope import Scope
from analytics.questions.audience import Audience, audiences
from analytics.questions.groups import people_by_group
from analytics.questions.overview import known_since
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.questions.sums import THINGS
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.who import (
    against,
    by_index,
    group_name,
    is_of_no_days,
    missed_section,
    people_section,
    shares_section,
)

QUESTION: Final = "Whom do we reach, and whom do we miss?"


def demographics(sight: Sight) -> Page:
    """Ages and genders by platform, beside the population; then how many people out of how many."""
    split = audiences(sight.facts, sight.population, hide=sight.hide)
    found = reached(sight.facts, sight.uniting)
    groups = people_by_group(sight.facts, sight.uniting, hide=sight.hide)
    return Page(
        slug="demographics",
        question=QUESTION,
        answer=_answer(sight, split),
        compared=_compared(sight, split),
        freshness=said.fresh(sight),
        missing=(*said.missing(sight, found), *_untold(sight, split, found)),
        sections=(
            *shares_section(sight, split, "our audience"),
            *(section for audience in split for section in missed_section(sight, audience)),
            *people_section(sight, groups, "our posts"),
            *_out_of(sight, found),
            *_target(sight),
        ),
    )


def _answer(sight: Sight, split: tuple[Audience, ...]) -> str:
    """Over all platforms: the adults furthest below their share of the population, and who is reached best there."""
    told = [(audience, found) for audience in split if (found := by_index(sight, audience))]
    if not told:
        return (
            "No export of these days tells ages and genders. Import one that does: the Meta video export, Ads Manager "
            "by age and gender, TikTok's audience, or YouTube's viewer age and viewer gender."
        )
    of_these_days = [one for one in told if not is_of_no_days(sight, one[0])]
    told, undated = (
        (of_these_days, "") if of_these_days else (told, " These shares are of a period that nobody states.")
    )
    missed = [(audience, found) for audience, found in told if found[-1][1].high < found[-1][2]]
    audience, found = min(missed or told, key=lambda one: one[1][-1][1].middle / one[1][-1][2])
    of = "the people reached there" if audience.measure == "reach" else f"our {said.measure(audience.measure)} there"
    of_all = ", on all platforms that tell it of these days"
    (least, little, those), (most, much, them) = found[-1], found[0]
    where = said.on(audience.platform)
    best = f"we reach {group_name(most)} best: {against(much, them, of)}."
    if not missed:
        return f"No group of adults is surely missed. {said.upper(where)} {best}{undated}"
    rule = f"Against their share of the population{'' if undated else of_all}"
    return f"{rule}, we miss {group_name(least)} {where} most: {against(little, those, of)}. There {best}{undated}"


def _compared(sight: Sight, split: tuple[Audience, ...]) -> str:
    """The largest shift of one group's part since the window before, where both tell it."""
    earlier = _earlier(sight) if split else ()
    before = {(a.platform, a.measure, s.age, s.gender): s.share for a in earlier for s in a.splits}
    moved = [
        (s.share.middle - was.middle, a, s)
        for a in split
        for s in a.splits
        if s.share and (was := before.get((a.platform, a.measure, s.age, s.gender))) and s.share.meet(was) is None
    ]
    if not before:
        return "No earlier days tell ages and genders, so there is nothing to compare with yet."
    if not moved or max(abs(change) for change, _, _ in moved) < 0.005:
        return "The make-up of the audience is about as in the days before."
    change, audience, group = max(moved, key=lambda item: abs(item[0]))
    points = said.many(round(abs(change) * 100) or 1, "point")
    return (
        f"{said.upper(group_name(group))} {said.on(audience.platform)} are "
        f"{'up' if change > 0 else 'down'} by about {points} since the {said.many(sight.window.days, 'day')} before."
    )


def _earlier(sight: Sight) -> tuple[Audience, ...]:
    """The audiences of the window before, of platforms that are held from its first day on."""
    if not sight.usual:
        return ()
    before = sight.usual[0]
    return tuple(
        audience
        for audience in audiences(before, sight.population, hide=sight.hide)
        if (since := known_since(sight.facts, audience.platform, audience.measure, (*THINGS, "account"))) is not None
        and since <= before.window.first
    )


def _untold(sight: Sight, split: tuple[Audience, ...], found: Reached) -> tuple[str, ...]:
    told = {audience.platform for audience in split}
    silent = sorted({item.platform for item in found.platforms} - told)
    return tuple(f"Ages and genders of what was delivered {said.on(name, sight)}" for name in silent)


def _out_of(sight: Sight, found: Reached) -> tuple[Section, ...]:
    """People out of the platform's users."""
    known = [(item, item.users) for item in found.platforms if item.users is not None and item.users.low > 0]
    if not known:
        return ()
    shares = [(item, users, _share(item.reach.people, users)) for item, users in known]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(item.platform, sight), "People, at least": item.reach.people.low,
                "People, at most": item.reach.people.high, "Users, at least": users.low, "Users, at most": users.high,
                "At least %": share.low, "At most %": share.high,
            }
            for item, users, share in shares
        ]
    )  # fmt: skip
    best, _, share = max(shares, key=lambda one: one[2].low)
    return (
        Section(
            finding=f"Of the people who use {said.platform(best.platform, sight)} here, "
            f"{words.part_of(share)} saw something of ours",
            source=f"{said.exports(sight, *(item.platform for item, _ in known))}; users: published figures, with "
            "their sources in docs/population.md",
            as_of=said.as_of(sight),
            chart=bars([Bar(said.platform(item.platform, sight), part) for item, _, part in shares], "share"),
            alt="People reached out of each platform's users in the country",
            table=said.compact(table),
            note="A platform counts people abroad too, where it doesn't say otherwise.",
        ),
    )


def _share(people: Interval, users: Interval) -> Interval:
    share = people.over(users)
    return Interval(min(share.low, 1.0), min(share.high, 1.0))


def _target(sight: Sight) -> tuple[Section, ...]:
    """People of the target, where one is set: what platforms tell of its groups, never more than its size."""
    target = sight.target
    if target is None or target.size.low <= 0:
        return ()
    scope = Scope(sight.window)
    evidence = LakeEvidence(
        sight.lake, sight.population, sight.uniting, sight.zone, sight.own, (target,), settled={scope: sight.facts}
    )
    asked = [evidence.people(about, "reach") for about in (About(scope, target=target.name), About(scope))]
    if None in asked:
        return ()
    inside, everybody = (reach.people for reach in asked if reach is not None)
    people = Interval(min(inside.low, everybody.high), min(inside.high, everybody.high))
    share = _share(people, target.size)
    rows = [Bar("Reached", people, is_key=True), Bar(f"All of “{target.name}”", target.size)]
    table = pd.DataFrame(
        [
            {"What": name, "At least": it.low, "At most": it.high, "Source": source}
            for name, it, source in (
                ("Reached", people, said.exports(sight)),
                (target.name, target.size, target.source),
            )
        ]
    )
    told = f"{words.part_of(share)} can have been reached"
    if share.low <= 0 and share.high >= 1:
        told = "platforms tell too little to say how many were reached"
    return (
        Section(
            finding=f"Of your target “{target.name}”, {told}",
            source=f"{said.exports(sight)}; {target.source}",
            as_of=said.as_of(sight),
            chart=bars(rows, "people"),
            alt="People of the target that can have been reached, beside the size of the target",
            table=said.compact(table),
            note="No platform tells a target by itself: the upper end is what its ages, genders and places allow.",
        ),
    )
