"""Whom did this clip reach? One clip across its posts, platforms and audiences."""

from __future__ import annotations

import pandas as pd

from analytics.questions.audience import audiences
from analytics.questions.overview import SHOWN
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.who import who_sections

QUESTION = "Whom did this clip reach?"
COUNTS = (*SHOWN, "completions", "views_50pct", "engagements", "reactions", "likes", "comments", "shares", "saves")


def clip(sight: Sight) -> Page:
    """The clip asked for, else the one that was shown most."""
    name = sight.clip or most_shown(sight)
    if not name:
        return Page("clip", QUESTION, "No post of these days is known to be one of our clips.",
                    missing=("Say where clips were posted: soundbite post CLIP --platform … --id …",))  # fmt: skip
    found = reached(sight.facts, sight.uniting, clips=[name])
    split = audiences(sight.facts, sight.population, clips=[name], hide=sight.hide)
    return Page(
        slug="clip",
        question=QUESTION,
        answer=_answer(sight, name, found),
        compared=_compared(sight, name),
        freshness=said.fresh(sight),
        missing=said.missing(sight, found),
        sections=(
            *_people(sight, found),
            *who_sections(sight, split, "this clip"),
            *_counts(sight, name),
            *_posts(sight, name),
        ),
    )


def most_shown(sight: Sight) -> str:
    """The clip whose posts were shown most; "" where no post is linked to a clip."""
    frame = sight.facts.frame(
        """
        SELECT clip FROM facts
        WHERE clip <> '' AND is_ours AND basis = 'delivered' AND list_contains($shown, metric) AND age = 'all'
            AND gender = 'all' AND place_kind = 'all'
        GROUP BY clip ORDER BY sum(high) DESC, clip LIMIT 1
        """,
        {"shown": list(SHOWN)},
    )
    return "" if frame.empty else str(frame["clip"].iloc[0])


def quote_of(sight: Sight, name: str) -> str:
    """The clip's words, or its id where nobody knows them."""
    rows = sight.facts.frame("SELECT quote FROM clips WHERE clip = $clip", {"clip": name})
    quote = "" if rows.empty else str(rows["quote"].iloc[0])
    return f"“{quote[:120]}”" if quote else name


def _answer(sight: Sight, name: str, found: Reached) -> str:
    where = words.listed([said.platform(item.platform) for item in found.platforms])
    if found.together is None:
        return f"No platform says how many people saw {quote_of(sight, name)}."
    people = said.people(found.together)
    return f"{people[0].upper()}{people[1:]} saw {quote_of(sight, name)} on {where}."


def _compared(sight: Sight, name: str) -> str:
    """Against the other clips of the window, platform by platform."""
    frame = _shown_by_clip(sight)
    told = []
    for (platform, measure), group in frame.groupby(["platform", "measure"]):
        mine, others = group[group["clip"] == name], group[group["clip"] != name]
        if mine.empty or others.empty:
            continue
        middle = float(others["high"].median())
        times = float(mine["high"].iloc[0]) / middle if middle else 0.0
        told.append(
            f"{times:.1f} times the {said.measure(str(measure))} of a usual clip on {said.platform(str(platform))}"
        )
    return f"It had {words.listed(told)}." if told else "There is no other clip to compare it with."


def _shown_by_clip(sight: Sight) -> pd.DataFrame:
    return sight.facts.frame(
        """
        SELECT platform, metric AS measure, clip, sum(low) AS low, sum(high) AS high FROM facts
        WHERE clip <> '' AND is_ours AND basis = 'delivered' AND list_contains($shown, metric) AND age = 'all'
            AND gender = 'all' AND place_kind = 'all'
        GROUP BY ALL
        QUALIFY list_position($shown, measure) = min(list_position($shown, measure)) OVER (PARTITION BY platform)
        """,
        {"shown": list(SHOWN)},
    )


def _people(sight: Sight, found: Reached) -> tuple[Section, ...]:
    if not found.platforms:
        return ()
    most = found.platforms[0]
    rows = [Bar(said.platform(i.platform), i.reach.people, point=i.reach.point) for i in found.platforms]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(i.platform), "At least": i.reach.people.low, "At most": i.reach.people.high,
                "Posts": i.things, "How known": said.HOW[i.reach.how],
            }
            for i in found.platforms
        ]
    )  # fmt: skip
    finding = f"Most of them on {said.platform(most.platform)}: {said.people(most.reach)}"
    return (
        Section(finding, "Platform exports", said.as_of(sight), bars(rows, "people"),
                "People the clip reached on each platform", table),
    )  # fmt: skip


def _counts(sight: Sight, name: str) -> tuple[Section, ...]:
    frame = sight.facts.frame(
        """
        SELECT platform, metric, sum(low) AS low, sum(high) AS high FROM facts
        WHERE clip = $clip AND is_ours AND basis = 'delivered' AND list_contains($counts, metric) AND age = 'all'
            AND gender = 'all' AND place_kind = 'all'
        GROUP BY ALL ORDER BY platform, list_position($counts, metric)
        """,
        {"clip": name, "counts": list(COUNTS)},
    )
    if frame.empty:
        return ()
    table = pd.DataFrame(
        {
            "Platform": frame["platform"].map(said.platform),
            "Measure": frame["metric"].map(said.measure),
            "At least": frame["low"],
            "At most": frame["high"],
        }
    )
    finding = f"What {frame['platform'].nunique()} platforms counted, each in its own measure"
    return (Section(finding, "Platform exports", said.as_of(sight), table=table),)


def _posts(sight: Sight, name: str) -> tuple[Section, ...]:
    frame = sight.facts.frame(
        "SELECT platform, object, seat, partner, payment, recipe, posted_at FROM links WHERE clip = $clip ORDER BY ALL",
        {"clip": name},
    )
    table = pd.DataFrame(
        {
            "Platform": frame["platform"].map(said.platform),
            "Post": frame["object"],
            "Made for": frame["seat"],
            "Partner": frame["partner"],
            "Paid": frame["payment"],
            "Shape": frame["recipe"],
            "Posted": pd.to_datetime(frame["posted_at"], utc=True).dt.date,
        }
    )
    many = f"{len(table)} posts" if len(table) != 1 else "One post"
    return (Section(f"{many} of this clip are known", "What was noted, or found in the posts' own words", table=table),)
