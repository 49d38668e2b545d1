"""What came of it so far? The page to read first in the morning."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.model.definitions import FIRST
from analytics.questions.held import freshness
from analytics.questions.overview import (
    Shown,
    by_day,
    changes_in,
    known_since,
    posts,
    shown,
    shown_on,
    usual_days,
)
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.questions.usual import usual
from analytics.reports import words
from analytics.reports.charts import Bar, Change, bars, timeline
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

MOST_POSTS: Final = 12
MOST_TIMELINES: Final = 3


def overnight(sight: Sight) -> Page:
    """How many people, how often shown, which posts, how it compares, and what was wrong with the files."""
    found, counted = reached(sight.facts, sight.uniting), shown(sight.facts)
    daily = _days(sight, counted)
    sections = (
        *_people(sight, found),
        *_shown(sight, counted),
        *_timelines(sight, daily),
        *_posts(sight),
        *_files(sight),
    )
    return Page(
        slug="overnight",
        question="What came of it so far?",
        answer=_answer(sight, found, counted),
        compared=_compared(sight, counted),
        freshness=said.fresh(sight),
        missing=(*said.missing(sight, found), *_broken_off(sight, daily)),
        sections=sections,
    )


def _answer(sight: Sight, found: Reached, counted: tuple[Shown, ...]) -> str:
    where = said.where([item.platform for item in found.platforms], sight)
    if found.together is not None and found.together.people.high > 0:
        return f"{said.upper(said.people(found.together))} saw something of ours {where}, {said.days(sight)}."
    if counted:
        most = counted[0]
        told = words.between(most.count, said.measure(most.measure))
        where = said.platform(most.platform, sight)
        return f"No platform says how many people; {where} counted {told}, {said.days(sight)}."
    return f"Nothing that was imported says that anything of ours was seen, {said.days(sight)}."


def _compared(sight: Sight, counted: tuple[Shown, ...]) -> str:
    """Each platform against itself in the windows just before, where those are held whole."""
    told = []
    for item in counted:
        against = _against_usual(sight, item, item.kinds) or _against_usual(sight, item, ("account",))
        if against:
            told.append(f"{said.measure(item.measure)} {said.on(item.platform, sight)} are {against}")
    if not told:
        return "No earlier days of the same length are held whole, so there is nothing to compare with yet."
    stretches = f"the stretches of {said.many(sight.window.days, 'day')} just before these, at most three of them"
    return f"{said.upper('; '.join(told))}. “Usual” is the range over {stretches}."


def _against_usual(sight: Sight, item: Shown, kinds: tuple[str, ...]) -> str:
    """The same things of the same platform now and in windows that are held whole; "" where either is not known."""
    now = shown_on(sight.facts, item.platform, item.measure, kinds)
    since = known_since(sight.facts, item.platform, item.measure, kinds)
    whole = [facts for facts in sight.usual if since is not None and since <= facts.window.first]
    before = usual(whole, lambda facts: shown_on(facts, item.platform, item.measure, kinds))
    return "" if now is None or before is None else said.against_usual(now, before)


def _people(sight: Sight, found: Reached) -> tuple[Section, ...]:
    if not found.platforms:
        return ()
    most = found.platforms[0]
    each = [(said.platform(item.platform, sight), item.reach, item.things) for item in found.platforms]
    rows = [Bar(name, reach.people, point=reach.point, bounds=reach.bounds) for name, reach, _ in each]
    if found.together is not None and len(each) > 1:
        how = "modelled" if found.together.how == "modelled" else "observed"
        rows.append(Bar("All together", found.together.people, how, bounds=found.together.bounds, is_key=True))  # type: ignore[arg-type]
        each.append(("All together", found.together, len(found.platforms)))
    table = pd.DataFrame(
        [
            {
                "Platform": name, "At least": reach.people.low, "At most": reach.people.high,
                "Best estimate": reach.point, "How known": said.HOW[reach.how], "Model": reach.model,
                "Posts, ads, days or platforms united": things,
            }
            for name, reach, things in each
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"{said.platform(most.platform, sight)} reached most: {said.people(most.reach)}",
            source=said.exports(sight, *(item.platform for item in found.platforms)),
            as_of=said.as_of(sight),
            chart=bars(rows, "people"),
            alt="People reached on each platform, as the range that is certain",
            table=said.compact(table),
            note="People are never added: the same person can see two posts, on two platforms.",
        ),
    )


def _shown(sight: Sight, counted: tuple[Shown, ...]) -> tuple[Section, ...]:
    if not counted:
        return ()
    rows = [Bar(f"{said.platform(i.platform, sight)}, {said.measure(i.measure)}", i.count) for i in counted]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(i.platform, sight), "Measure": said.measure(i.measure),
                "At least": i.count.low, "At most": i.count.high,
                "Counted over": "the account" if i.kinds == ("account",) else
                said.many(i.things, "post or ad", "posts and ads"), "Counted as since": _meaning(i.definition),
            }
            for i in counted
        ]
    )  # fmt: skip
    most = counted[0]
    return (
        Section(
            finding=f"{said.platform(most.platform, sight)} counted "
            f"{words.between(most.count, said.measure(most.measure))}",
            source=said.exports(sight, *(item.platform for item in counted)),
            as_of=said.as_of(sight),
            chart=bars(rows, "count"),
            alt="How often each platform showed or played what is ours, in its own measure",
            table=said.compact(table),
            note="Platforms count differently, so these are not added up. What was paid for is included.",
        ),
    )


def _meaning(definition: str) -> str:
    return {FIRST: "", "undated": "not known: a lifetime across a change"}.get(definition, definition)


def _days(sight: Sight, counted: tuple[Shown, ...]) -> list[tuple[Shown, pd.DataFrame]]:
    """What was counted, with its days, where there are days."""
    daily = ((item, by_day(sight.facts, item.platform, item.measure)) for item in counted)
    return [(item, days) for item, days in daily if days["high"].notna().sum() >= 2]


def _broken_off(sight: Sight, daily: list[tuple[Shown, pd.DataFrame]]) -> tuple[str, ...]:
    """Up to which day each platform's days go, where that is not the last one."""
    ends = [(item, days[days["high"].notna()]["day"].iloc[-1]) for item, days in daily]
    return tuple(
        f"{said.upper(said.measure(item.measure))} {said.on(item.platform, sight)} by day after {words.day(end)}"
        for item, end in ends
        if end < sight.window.last
    )


def _timelines(sight: Sight, daily: list[tuple[Shown, pd.DataFrame]]) -> tuple[Section, ...]:
    return tuple(_timeline(sight, item, days) for item, days in daily[:MOST_TIMELINES])


def _timeline(sight: Sight, item: Shown, days: pd.DataFrame) -> Section:
    band = usual_days(sight.facts, item.platform, item.measure)
    changed = changes_in(sight.facts, item.platform, item.measure)
    name = f"{said.measure(item.measure)} {said.on(item.platform, sight)}"
    table = days.rename(columns={"day": "Day", "low": "At least", "high": "At most"})
    if band is not None:
        table = table.assign(**{"Usual, from": band["low"], "Usual, to": band["high"]})
    return Section(
        finding=_day_finding(days, band, name),
        source=said.exports(sight, item.platform),
        as_of=said.as_of(sight),
        chart=timeline(
            days, band, "count", [Change(change.since, "counted otherwise from here") for change in changed]
        ),
        alt=f"{said.upper(name)}, day by day",
        table=said.compact(table),
        note=" ".join(f"From {words.day(c.since)}: {c.meaning} ({c.source})." for c in changed),
    )


def _day_finding(days: pd.DataFrame, band: pd.DataFrame | None, name: str) -> str:
    """The last day that is known against its like; without a past, the strongest day."""
    if band is None:
        best = days.loc[days["high"].idxmax()]
        return f"{words.day(best['day'])} was the strongest day: {words.whole(best['high'])} {name}"
    last = days[days["high"].notna()].iloc[-1]
    usually = band.loc[last.name]
    against = "as many as usual"
    if last["low"] > usually["high"]:
        against = f"more than on any {last['day']:%A} of the weeks before"
    elif last["high"] < usually["low"]:
        against = f"fewer than on any {last['day']:%A} of the weeks before"
    return f"{words.day(last['day'])} had {words.whole(last['high'])} {name}, {against}"


def _posts(sight: Sight) -> tuple[Section, ...]:
    frame = posts(sight.facts, MOST_POSTS)
    if frame.empty:
        return ()
    names = [said.title(r.title, f"post {r.object}") for r in frame.itertuples()]
    table = pd.DataFrame(
        {
            "Post": names,
            "Platform": frame["platform"].map(said.platform),
            "Posted": pd.to_datetime(frame["published_at"], utc=True).dt.tz_convert(sight.zone).dt.date,
            "Made for": frame["for_seat"].map(lambda code: said.place(code) if code else ""),
            "Partner": frame["partner"],
            "Measure": frame["measure"].map(said.measure),
            "At least": frame["low"],
            "At most": frame["high"],
        }
    )
    first = frame.iloc[0]
    told = f"{words.whole(first['high'])} {said.measure(first['measure'])} on {said.platform(first['platform'])}"
    return (
        Section(
            finding=f"“{names[0]}” was shown most: {told}",
            source=said.exports(sight, *frame["platform"].unique()),
            as_of=said.as_of(sight),
            table=said.compact(table),
        ),
    )


def _files(sight: Sight) -> tuple[Section, ...]:
    told = freshness(sight.facts)
    if not told:
        return ()
    left_out, mended = sum(item.refused for item in told), sum(item.repaired for item in told)
    table = pd.DataFrame(
        [
            {
                "Source": said.source(i.source), "Newest download": i.newest.date(), "Files": i.files,
                "Mended": i.repaired, "Rows left out": i.refused,
            }
            for i in told
        ]
    )  # fmt: skip
    left = said.many(left_out, "row") + " left out" if left_out else "no row left out"
    what = f"{said.many(mended, 'repair')} made" if mended else "nothing had to be mended"
    finding = f"{said.many(len(told), 'kind')} of export stand behind this: {what}, {left}"
    return (Section(finding=finding, source="The import receipts", as_of=said.as_of(sight), table=table),)
