"""A team's fortnight, made up: three clips on three platforms, paid and unpaid, seats, partners, and the ad library.

9 to 22 November 2026, with six weeks of days before it. Every number is a rule of this file, so that a test can work
out by hand what a page must say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

import analytics
from analytics.disclosure.keeping import Keeper
from analytics.lake import Lake
from analytics.model.scope import Window
from analytics.people.population import Population
from analytics.questions.audience import Hide
from analytics.questions.sight import Sight, look
from tests.analytics.rows import extract, objects

FORTNIGHT: Final = Window(date(2026, 11, 9), date(2026, 11, 22))
SEEN: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)
OPENS, CLOSES = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
AGES: Final = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
BOLSOVER, DERBYSHIRE_DALES, AMBER_VALLEY = "E14001109", "E14001195", "E14001066"
PEOPLE_IN: Final = {BOLSOVER: 9_000, DERBYSHIRE_DALES: 4_000, AMBER_VALLEY: 6}
SHOWN_IN: Final = {BOLSOVER: 260_000, DERBYSHIRE_DALES: 30_000, AMBER_VALLEY: 12}
COUNTED_ONCE: Final = 52_000  # Facebook's own count of the fortnight
PEOPLE_65: Final = 6  # women of 65 and over on the third clip: too few to be shown
Row = dict[str, object]


@dataclass(frozen=True)
class Clip:
    """`acts`: engagements an impression, and plays to the end a play. `old`: the part that is 55 and over."""

    id: str
    quote: str
    topic: str
    kind: str
    duration_s: float
    acts: float
    old: float


CLIPS: Final = (
    Clip("c_00000000000a", "Nobody should wait nine months", "health", "rebuttal", 24.0, 0.08, 0.6),
    Clip("c_00000000000b", "Twelve thousand homes, and not one built", "housing", "attack", 48.0, 0.04, 0.2),
    Clip("c_00000000000c", "I am a nurse and I am tired", "health", "real voices", 75.0, 0.04, 0.2),
)


@dataclass(frozen=True)
class Post:
    """One post of clip number `clip`, the `number`th on its platform."""

    platform: str
    clip: int
    number: int

    @property
    def id(self) -> str:
        return f"{self.platform}-{self.clip}-{self.number}"

    @property
    def shown(self) -> int:
        return {"facebook": 10_000, "tiktok": 6_000, "youtube": 3_000}[self.platform] * (self.clip + 1) + self.number

    @property
    def acts(self) -> int:
        return round(self.shown * CLIPS[self.clip].acts * (1 + 0.02 * (self.number - 1)))

    @property
    def people(self) -> int:
        return self.shown * 6 // 10

    @property
    def published_at(self) -> datetime:
        return datetime(2026, 11, 10 + 2 * self.number, 7 if self.clip else 20, tzinfo=UTC)


POSTS: Final = tuple(
    Post(platform, clip, number)
    for platform, many in (("facebook", 4), ("tiktok", 4), ("youtube", 3))
    for clip in range(3)
    for number in range(many)
)


def cells_of(post: Post, whole: int) -> dict[tuple[str, str], int]:
    """Age and gender → count: women three fifths; the old part on 55-64 and 65+, the rest evenly."""
    old = CLIPS[post.clip].old
    parts = {age: old / 2 if age in AGES[-2:] else (1 - old) / 4 for age in AGES}
    return {
        (age, gender): round(whole * part * (0.6 if gender == "female" else 0.4))
        for age, part in parts.items()
        for gender in ("female", "male")
    }


def rich_lake(folder: Path) -> Lake:
    lake = analytics.open(folder)
    for number, (source, rows, described) in enumerate(_exports()):
        held = extract(*rows, described=objects(*described) if described else None, source=source, snapshot_at=SEEN)
        lake.add(held, import_id=f"file-{number}", name=f"{source}.csv", options={})
    for number, ads in ((8, ("x1", "x2", "o1")), (15, ("x1", "x2", "x3", "o1")), (21, ("x1", "x3", "o1"))):
        _library(lake, number, ads)
    lake.put_links(pd.DataFrame(_links()), pd.DataFrame([c.__dict__ for c in CLIPS]).rename(columns={"id": "clip"}))
    return lake


def sight_of(lake: Lake, window: Window = FORTNIGHT, **asked: object) -> Sight:
    keeper = Keeper()
    hide: Hide = lambda name, window, table: keeper.protect(name, window, table).shown  # noqa: E731
    given: dict[str, object] = {"population": Population.load(), "own": ("The Commons Party",), "hide": hide, **asked}
    return look(lake, window, **given)  # type: ignore[arg-type]


def _exports() -> Iterable[tuple[str, list[Row], list[Row]]]:
    yield "meta.video_export", [*_facebook(), _counted_once()], _described("facebook")
    yield "tiktok.videos", [row for post in _on("tiktok") for row in _tiktok(post)], _described("tiktok")
    yield "tiktok.overview", [row for day in range(-42, 14) for row in _tiktok_day(day)], []
    youtube = [_row(post, "views", post.shown) for post in _on("youtube")]
    yield "youtube.studio_content", [*youtube, *_youtube_shares()], _described("youtube")
    yield "youtube.studio_days", _across_the_change(), []
    yield "meta.ads_manager", list(_paid()), []


def _on(platform: str) -> list[Post]:
    return [post for post in POSTS if post.platform == platform]


def _row(post: Post, metric: str, low: float, **more: object) -> Row:
    return {"platform": post.platform, "object": post.id, "metric": metric, "low": float(low),
            "payment": "organic", "snapshot_at": SEEN, **more}  # fmt: skip


def _facebook() -> Iterable[Row]:
    for post in _on("facebook"):
        yield _row(post, "impressions", post.shown)
        yield _row(post, "engagements", post.acts)
        yield _row(post, "reach", post.people)
        for (age, gender), count in cells_of(post, post.shown).items():
            yield _row(post, "impressions", count, age=age, gender=gender)
        for (age, gender), count in cells_of(post, post.people).items():
            few = post.clip == 2 and (age, gender) == ("65+", "female")
            yield _row(post, "reach", PEOPLE_65 if few else count, age=age, gender=gender)


def _counted_once() -> Row:
    return {"platform": "facebook", "object_kind": "account", "object": "", "metric": "reach", "grain": "period",
            "start": OPENS, "end": CLOSES, "low": float(COUNTED_ONCE), "snapshot_at": SEEN}  # fmt: skip


def _tiktok(post: Post) -> Iterable[Row]:
    yield _row(post, "views", post.shown)
    yield _row(post, "completions", post.acts)
    for (age, gender), count in cells_of(post, post.shown).items():
        if age not in AGES[-2:]:
            yield _row(post, "views", count, age=age, gender=gender)
    for gender in ("female", "male"):  # TikTok's ages end at 55
        old = sum(cells_of(post, post.shown)[age, gender] for age in AGES[-2:])
        yield _row(post, "views", old, age="55+", gender=gender)


def _tiktok_day(day: int) -> Iterable[Row]:
    """1,000 views and 400 people a day, 3,000 and 900 in the fortnight; on its last day 7,000."""
    views, people = (1_000 + 10 * (day % 7), 400) if day < 0 else (7_000 if day == 13 else 3_000, 900)
    for metric, low in (("views", views), ("reach", people)):
        yield {"platform": "tiktok", "object_kind": "account", "object": "", "metric": metric, "grain": "day",
               "start": OPENS + timedelta(days=day), "low": float(low), "snapshot_at": SEEN}  # fmt: skip


def _youtube_shares() -> list[Row]:
    about: Row = {"platform": "youtube", "object_kind": "account", "object": "", "metric": "views_share",
                  "snapshot_at": SEEN, "grain": "unstated"}  # fmt: skip
    ages = {"13-17": 0.02, "18-24": 0.28, "25-34": 0.3, "35-44": 0.2, "45-54": 0.1, "55-64": 0.06, "65+": 0.04}
    genders = {"female": 0.3, "male": 0.65, "other": 0.05}
    return [
        *(about | {"age": age, "low": share} for age, share in ages.items()),
        *(about | {"gender": gender, "low": share} for gender, share in genders.items()),
    ]


def _across_the_change() -> list[Row]:
    """YouTube's days around 27 August 2026, when its views changed their meaning."""
    days = pd.date_range("2026-08-20", "2026-09-02", tz=UTC)
    return [
        {"platform": "youtube", "object_kind": "account", "object": "", "metric": "views", "start": day,
         "definition": "2026-08-27" if day >= pd.Timestamp("2026-08-27", tz=UTC) else "2025-03-31",
         "low": 500.0 + 10 * day.day, "snapshot_at": SEEN}
        for day in days
    ]  # fmt: skip


def _paid() -> Iterable[Row]:
    about: Row = {"platform": "facebook", "object_kind": "ad", "object": "ad-1", "payment": "paid", "grain": "period",
                  "start": OPENS, "end": CLOSES, "snapshot_at": SEEN}  # fmt: skip
    yield about | {"metric": "spend", "currency": "GBP", "low": 1_250.0}
    yield about | {"metric": "impressions", "low": 300_000.0}
    yield about | {"metric": "reach", "low": 14_000.0}
    for code in PEOPLE_IN:
        place: Row = {"place": code, "place_kind": "seat"}
        yield about | place | {"metric": "impressions", "low": float(SHOWN_IN[code])}
        yield about | place | {"metric": "reach", "low": float(PEOPLE_IN[code])}


def _described(platform: str) -> list[Row]:
    return [
        {"platform": platform, "object": post.id, "title": f"{CLIPS[post.clip].quote} ({post.number + 1})",
         "published_at": post.published_at, "snapshot_at": SEEN}
        for post in _on(platform)
    ]  # fmt: skip


def _links() -> list[Row]:
    partners = {("facebook", 2): "Town Nurses", ("tiktok", 1): "Tenants Together"}
    return [
        {
            "platform": post.platform, "object": post.id, "clip": CLIPS[post.clip].id, "payment": "organic",
            "partner": partners.get((post.platform, post.clip), ""), "posted_at": post.published_at,
            "audience": "Younger renters" if post.clip == 1 else "",
            "seat": BOLSOVER if (post.platform, post.clip, post.number) == ("facebook", 0, 0) else "",
            "recipe": "vertical" if post.platform == "tiktok" else "square",
        }
        for post in POSTS
    ]  # fmt: skip


def _library(lake: Lake, number: int, ads: tuple[str, ...]) -> None:
    """A look at two pages, whole: x1 to x3 are another's and o1 is ours. Each cost £100 to £199 for 1,000 to 1,999."""
    seen = datetime(2026, 11, number, 5, tzinfo=UTC)
    rows: list[Row] = []
    described: list[Row] = []
    for ad in ads:
        page = "page-ours" if ad == "o1" else "page-theirs"
        what: Row = {"platform": "meta", "object_kind": "ad", "object": ad, "account": page, "snapshot_at": seen,
                     "payment": "paid"}  # fmt: skip
        rows += [
            what | {"metric": "spend", "currency": "GBP", "low": 100.0, "high": 199.0},
            what | {"metric": "impressions", "low": 1_000.0, "high": 1_999.0},
            what | {"metric": "impressions", "age": "65+", "gender": "female", "low": 600.0, "high": 1_199.4},
            what | {"metric": "impressions", "age": "18-24", "gender": "male", "low": 400.0, "high": 799.6},
            what | {"metric": "impressions", "place": "W92000004", "place_kind": "nation", "low": 1e3, "high": 1999.0},
        ]
        described.append(
            {
                **{key: what[key] for key in ("platform", "object_kind", "object", "account", "snapshot_at")},
                "title": f"Advert {ad}", "account_name": "The Commons Party" if ad == "o1" else "",
                "funder": "Citizens of Nowhere Ltd", "started_at": seen,
            }
        )  # fmt: skip
    held = extract(
        *rows, described=objects(*described), source="meta.ad_library_api", snapshot_at=seen,
        covers=("page-ours", "page-theirs"),
    )  # fmt: skip
    lake.add(held, import_id=f"library-{number}", name=f"library-{number}.json", options={})
