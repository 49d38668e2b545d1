"""Whom did this clip reach? One clip across its posts, platforms and audiences."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.questions.audience import Audience, audiences
from analytics.questions.groups import people_by_group
from analytics.questions.overview import SHOWN
from analytics.questions.reached import Reached, reached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.who import Baseline, people_section, shares_section, usual_section

QUESTION: Final = "Whom did this clip reach?"
COUNTS: Final = (
    *SHOWN, "completions", "views_50pct", "engagements", "reactions", "likes", "comments", "shares", "saves",
)  # fmt: skip
WHAT: Final = "this clip"
_EVERYBODY: Final = (
    "is_ours AND basis = 'delivered' AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND high > 0"
)
_NOTED: Final = "Say where clips were posted: soundbite post CLIP --platform NAME --id ID"


def clip(sight: Sight) -> Page:
    """The clip asked for, else the one that was shown most."""
    name = sight.clip or most_shown(sight)
    if not name:
        nothing = "No post of these days is known to be one of our clips."
        return Page("clip", QUESTION, nothing, freshness=said.fresh(sight), missing=(_NOTED,))
    found = reached(sight.facts, sight.uniting, clips=[name])
    split = audiences(sight.facts, sight.population, clips=[name], hide=sight.hide)
    groups = people_by_group(sight.facts, sight.uniting, clips=[name], hide=sight.hide)
    usual = _baseline(sight) if split else {}
    return Page(
        slug="clip",
        question=QUESTION,
        answer=_answer(sight, name, found),
        compared=_compared(sight, name),
        freshness=said.fresh(sight),
        missing=_missing(sight, name, found, split),
        sections=(
            *_people(sight, found),
            *shares_section(sight, split, WHAT),
            *(section for audience in split for section in usual_section(sight, audience, usual, WHAT)),
            *people_section(sight, groups, WHAT),
            *_counts(sight, name),
            *_posts(sight, name),
        ),
    )


def most_shown(sight: Sight) -> str:
    """The clip whose posts were shown most; "" where no post is linked to a clip."""
    frame = sight.facts.frame(
        f"""
        SELECT clip FROM facts WHERE clip <> '' AND {_EVERYBODY} AND list_contains($shown, metric)
        GROUP BY clip ORDER BY sum(high) DESC, clip LIMIT 1
        """,  # noqa: S608  # ours
        {"shown": list(SHOWN)},
    )
    return "" if frame.empty else str(frame["clip"].iloc[0])


def quote_of(sight: Sight, name: str) -> str:
    """The clip's words, or its id where nobody knows them."""
    rows = sight.facts.frame("SELECT quote FROM clips WHERE clip = $clip", {"clip": name})
    quote = "" if rows.empty else str(rows["quote"].iloc[0])
    return f"“{said.title(quote)}”" if quote else f"clip {name}"


def _answer(sight: Sight, name: str, found: Reached) -> str:
    quote = quote_of(sight, name)
    if found.together is not None:
        where = said.where([item.platform for item in found.platforms], sight)
        return f"{said.upper(said.people(found.together))} saw {quote} {where}."
    shown = _shown_by_clip(sight)
    mine = shown[shown["clip"] == name].sort_values("high", ascending=False)
    if mine.empty:
        return f"Nothing is known yet of {quote} in these days."
    told = f"{words.whole(mine['high'].iloc[0])} {said.measure(mine['measure'].iloc[0])}"
    return f"No platform says how many people saw {quote}; {said.platform(mine['platform'].iloc[0])} counted {told}."


def _missing(sight: Sight, name: str, found: Reached, split: tuple[Audience, ...]) -> tuple[str, ...]:
    """Of this clip's own platforms only."""
    frame = sight.facts.frame("SELECT DISTINCT platform FROM facts WHERE clip = $clip ORDER BY 1", {"clip": name})
    mine = [str(platform) for platform in frame["platform"]]
    if not mine:
        return ("Import exports that hold its posts: soundbite metrics import FILE", _NOTED)
    counted, told = {item.platform for item in found.platforms}, {audience.platform for audience in split}
    uncounted = [said.platform(platform) for platform in mine if platform not in counted]
    untold = [said.platform(platform) for platform in mine if platform not in told]
    return (
        *([f"How many people saw it: {words.listed(uncounted)}"] if uncounted else []),
        *([f"Ages and genders of this clip: {words.listed(untold)}"] if untold else []),
    )


def _baseline(sight: Sight) -> Baseline:
    """The page's own average: of everything that is ours."""
    return {
        (audience.platform, audience.measure, split.age, split.gender): split.share
        for audience in audiences(sight.facts, sight.population, kinds=("post",), hide=sight.hide)
        for split in audience.splits
        if split.share is not None
    }


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
        name = f"{said.measure(str(measure))} of a usual clip {said.on(str(platform))}"
        told.append(f"{words.amount(times, 'ratio')} times the {name}")
    return f"It had {words.listed(told)}." if told else "There is no other clip to compare it with."


def _shown_by_clip(sight: Sight) -> pd.DataFrame:
    """platform, measure, clip, low, high: each platform in the first of SHOWN that it tells of clips."""
    return sight.facts.frame(
        f"""
        WITH summed AS (
            SELECT platform, metric AS measure, clip, sum(low) AS low, sum(high) AS high,
                list_position($shown, metric) AS preference
            FROM facts WHERE clip <> '' AND {_EVERYBODY} AND list_contains($shown, metric)
            GROUP BY platform, metric, clip
        )
        SELECT * EXCLUDE (preference) FROM summed
        QUALIFY preference = min(preference) OVER (PARTITION BY platform) ORDER BY platform, clip
        """,  # noqa: S608  # ours
        {"shown": list(SHOWN)},
    )


def _people(sight: Sight, found: Reached) -> tuple[Section, ...]:
    if not found.platforms:
        return ()
    most = found.platforms[0]
    rows = [
        Bar(said.platform(i.platform), i.reach.people, point=i.reach.point, bounds=i.reach.bounds, is_key=i is most)
        for i in found.platforms
    ]
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(i.platform), "At least": i.reach.people.low, "At most": i.reach.people.high,
                "Posts": i.things, "How known": said.HOW[i.reach.how],
            }
            for i in found.platforms
        ]
    )  # fmt: skip
    finding = f"{said.platform(most.platform)} alone: {said.people(most.reach)}"
    if len(found.platforms) > 1:
        finding = f"Most of them on {said.platform(most.platform)}: {said.people(most.reach)}"
    return (
        Section(
            finding=finding,
            source=said.exports(sight, *(i.platform for i in found.platforms)),
            as_of=said.as_of(sight),
            chart=bars(rows, "people"),
            alt="People the clip reached on each platform",
            table=said.compact(table),
        ),
    )


def _counts(sight: Sight, name: str) -> tuple[Section, ...]:
    frame = sight.facts.frame(
        f"""
        SELECT platform, metric, sum(low) AS low, sum(high) AS high FROM facts
        WHERE clip = $clip AND {_EVERYBODY} AND list_contains($counts, metric)
        GROUP BY platform, metric ORDER BY platform, list_position($counts, metric)
        """,  # noqa: S608  # ours
        {"clip": name, "counts": list(COUNTS)},
    )
    if frame.empty:
        return ()
    platforms = [said.platform(platform) for platform in frame["platform"].unique()]
    table = pd.DataFrame(
        {
            "Platform": frame["platform"].map(said.platform),
            "Measure": frame["metric"].map(said.measure),
            "At least": frame["low"],
            "At most": frame["high"],
        }
    )
    top = frame[frame["metric"].isin(SHOWN)].sort_values("high", ascending=False).head(1)
    finding = f"What {words.listed(platforms)} counted"
    for row in top.itertuples():
        finding = f"{said.platform(row.platform)} counted {words.whole(row.high)} {said.measure(row.metric)} of it"
    return (
        Section(
            finding=finding,
            source=said.exports(sight, *frame["platform"].unique()),
            as_of=said.as_of(sight),
            table=said.compact(table),
            note="Each platform in its own measures: these are not added up." if len(platforms) > 1 else "",
        ),
    )


def _posts(sight: Sight, name: str) -> tuple[Section, ...]:
    frame = sight.facts.frame(
        """
        SELECT l.platform, l.object, l.seat, l.partner, l.audience, l.payment, l.recipe, l.posted_at,
            coalesce(o.title, '') AS title
        FROM links l LEFT JOIN (SELECT platform, object, any_value(title) AS title FROM objects
            WHERE object_kind = 'post' GROUP BY platform, object) o ON o.platform = l.platform AND o.object = l.object
        WHERE l.clip = $clip ORDER BY l.posted_at, l.platform, l.object
        """,
        {"clip": name},
    )
    if frame.empty:
        return ()
    table = pd.DataFrame(
        {
            "Post": [said.title(row.title, f"post {row.object}") for row in frame.itertuples()],
            "Platform": frame["platform"].map(said.platform),
            "Posted": pd.to_datetime(frame["posted_at"], utc=True).dt.tz_convert(sight.zone).dt.date,
            "Made for": frame["seat"].map(lambda code: said.place(code) if code else ""),
            "Partner": frame["partner"],
            "Audience": frame["audience"],
            "Shape": frame["recipe"],
            "Paid": frame["payment"].map({"paid": "paid", "organic": "not paid"}).fillna(""),
        }
    )
    told = f"{said.many(len(table), 'post')} of this clip {'is' if len(table) == 1 else 'are'} known"
    source = "What was noted, or found in the posts' own words"
    return (Section(told, source, said.as_of(sight), table=said.compact(table)),)
