"""What came of it so far? The page to read first in the morning."""

from __future__ import annotations

import pandas as pd

from analytics.questions.held import freshness
from analytics.questions.overview import Shown, by_day, posts, shown, shown_on
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.questions.usual import usual
from analytics.reports import words
from analytics.reports.charts import Bar, bars, timeline
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

MOST_POSTS = 12


def overnight(sight: Sight) -> Page:
    """How many people, how often shown, which posts, how it compares, and what was wrong with the files."""
    found, counted = reached(sight.facts, sight.uniting), shown(sight.facts)
    sections = (*_people(sight, found), *_shown(sight, counted), *_days(sight, counted), *_posts(sight), *_files(sight))
    return Page(
        slug="overnight",
        question="What came of it so far?",
        answer=_answer(sight, found, counted),
        compared=_compared(sight, counted),
        freshness=said.fresh(sight),
        missing=said.missing(sight, found),
        sections=sections,
    )


def _answer(sight: Sight, found: Reached, counted: tuple[Shown, ...]) -> str:
    where = words.listed([said.platform(item.platform) for item in found.platforms])
    if found.together is not None:
        people = said.people(found.together)
        return f"{people[0].upper()}{people[1:]} saw something of ours on {where}, {said.days(sight)}."
    if counted:
        most = counted[0]
        told = words.between(most.count, said.measure(most.measure))
        return f"No platform says how many people; {said.platform(most.platform)} counted {told}, {said.days(sight)}."
    return f"Nothing of ours was delivered from {said.days(sight)}."


def _compared(sight: Sight, counted: tuple[Shown, ...]) -> str:
    told = []
    for item in counted:
        before = usual(sight.usual, lambda facts, i=item: shown_on(facts, i.platform, i.measure))  # type: ignore[misc]
        if before is not None:
            told.append(f"{said.platform(item.platform)} {said.against_usual(item.count, before)}")
    since = "the window before" if len(sight.usual) == 1 else f"the {len(sight.usual)} windows before"
    return f"{'; '.join(told)} ({since})." if told else "There is no earlier window to compare with yet."


def _people(sight: Sight, found: Reached) -> tuple[Section, ...]:
    if not found.platforms:
        return ()
    most = found.platforms[0]
    rows = [
        Bar(said.platform(item.platform), item.reach.people, point=item.reach.point, bounds=item.reach.bounds)
        for item in found.platforms
    ]
    if found.together is not None and len(found.platforms) > 1:
        how = "modelled" if found.together.how == "modelled" else "observed"
        rows.append(Bar("All together", found.together.people, how, bounds=found.together.bounds, is_key=True))  # type: ignore[arg-type]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(item.platform), "At least": item.reach.people.low,
                "At most": item.reach.people.high, "Best estimate": item.reach.point,
                "How known": said.HOW[item.reach.how], "Model": item.reach.model, "Counted over": item.things,
            }
            for item in found.platforms
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"{said.platform(most.platform)} reached most: {said.people(most.reach)}",
            source="Platform exports; people on several platforms are counted once in “All together”",
            as_of=said.as_of(sight),
            chart=bars(rows, "people"),
            alt="People reached on each platform, as the range that is certain",
            table=table,
            note="People are never added: the same person can see two posts.",
        ),
    )


def _shown(sight: Sight, counted: tuple[Shown, ...]) -> tuple[Section, ...]:
    if not counted:
        return ()
    rows = [Bar(f"{said.platform(i.platform)}, {said.measure(i.measure)}", i.count) for i in counted]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(i.platform), "Measure": said.measure(i.measure), "At least": i.count.low,
                "At most": i.count.high, "Posts": i.things, "Definition": i.definition,
            }
            for i in counted
        ]
    )  # fmt: skip
    most = counted[0]
    return (
        Section(
            finding=f"{said.platform(most.platform)} counted {words.between(most.count, said.measure(most.measure))}",
            source="Platform exports",
            as_of=said.as_of(sight),
            chart=bars(rows, "count"),
            alt="How often each platform showed or played what is ours, in its own measure",
            table=table,
            note="Platforms count differently; these are not added up.",
        ),
    )


def _days(sight: Sight, counted: tuple[Shown, ...]) -> tuple[Section, ...]:
    for item in counted:
        daily = by_day(sight.facts, item.platform, item.measure)
        if daily["high"].notna().sum() < 2:
            continue
        best = daily.loc[daily["high"].idxmax()]
        name = f"{said.measure(item.measure)} on {said.platform(item.platform)}"
        return (
            Section(
                finding=f"{words.day(best['day'])} was the strongest day: {words.whole(best['high'])} {name}",
                source=f"{said.platform(item.platform)} export, daily",
                as_of=said.as_of(sight),
                chart=timeline(daily),
                alt=f"{name[0].upper()}{name[1:]}, day by day",
                table=daily.rename(columns={"day": "Day", "low": "At least", "high": "At most"}),
            ),
        )
    return ()


def _posts(sight: Sight) -> tuple[Section, ...]:
    frame = posts(sight.facts, MOST_POSTS)
    if frame.empty:
        return ()
    table = pd.DataFrame(
        {
            "Post": frame["title"].where(frame["title"] != "", frame["object"]).str.slice(0, 90),
            "Platform": frame["platform"].map(said.platform),
            "Clip": frame["clip"],
            "Made for": frame["for_seat"],
            "Partner": frame["partner"],
            "Posted": pd.to_datetime(frame["published_at"], utc=True).dt.date,
            "Measure": frame["measure"].map(said.measure),
            "At least": frame["low"],
            "At most": frame["high"],
        }
    )
    return (
        Section(
            finding=f"“{table['Post'].iloc[0]}” was shown most",
            source="Platform exports",
            as_of=said.as_of(sight),
            table=table,
        ),
    )


def _files(sight: Sight) -> tuple[Section, ...]:
    told = freshness(sight.facts)
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
    finding = f"{len(told)} sources: {mended} things mended and {left_out} rows left out on the way in"
    return (Section(finding=finding, source="The import receipts", as_of=said.as_of(sight), table=table),)
