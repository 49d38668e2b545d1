"""TikTok's and YouTube's tables, as they are downloaded or answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .audience import AGES
from .postings import CHANNEL, FIRST, HANDLE, LAST
from .showing import Counts, Showing, Shown
from .tables import Cell, as_csv, as_json, with_bom

_SINCE = FIRST - timedelta(days=42)  # three fortnights before
_PULLED = "2026-12-04T07:31:00+00:00"
LOGIN_PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Log in</title></head>
<body><h1>Your session has ended</h1><p>Log in again to download your followers.</p>
<form action="/login" method="post"><input name="email"><input name="password" type="password"></form></body></html>
"""


def _days(first: date = _SINCE) -> list[date]:
    return [first + timedelta(days=number) for number in range((LAST - first).days + 1)]


def tiktok_overview(tiktok: Shown) -> bytes:
    head = ("Date", "Video views", "Reached audience", "Profile views", "Likes", "Shares", "Comments", "New followers",
            "Lost followers")  # fmt: skip
    rows = [_tiktok_day(tiktok, day) for day in _days()]
    return with_bom(as_csv([head, *rows]))


def _tiktok_day(tiktok: Shown, day: date) -> list[Cell]:
    def all_posts(name: str) -> int:
        return sum(showing.daily.get(day, {}).get(name, 0) for showing in tiktok.posts.values())

    likes, many = all_posts("reactions"), tiktok.people_of_day[day]
    return [
        f"{day:%Y/%m/%d}", all_posts("impressions"), many, likes // 4, likes, all_posts("shares"),
        all_posts("comments"), likes // 18, likes // 150,
    ]  # fmt: skip


def tiktok_videos(tiktok: Shown) -> bytes:
    """Every video since October, newest first."""
    head = ("Video title", "Video link", "Post time", "Video views", "Likes", "Comments", "Shares", "Add to Favorites")
    listed = sorted((s for s in tiktok.posts.values() if s.post.at.date() >= _SINCE), key=lambda s: s.post.at)
    rows = [
        (
            s.post.title, f"https://www.tiktok.com/@{HANDLE}/video/{s.post.id}", f"{s.post.at:%Y/%m/%d %H:%M:%S}",
            s.total("impressions"), *(s.total(name) for name in ("reactions", "comments", "shares", "saves")),
        )
        for s in reversed(listed)
    ]  # fmt: skip
    return with_bom(as_csv([head, *rows]))


def tiktok_ages(tiktok: Shown) -> bytes:
    """People reached in the two weeks, by age."""
    by_age = tiktok.people_by_cell.sum(axis=1)
    return with_bom(as_csv([("Age", "Reached audience"), *zip(AGES, map(int, by_age), strict=True)]))


def tiktok_genders(tiktok: Shown) -> bytes:
    """The same people by gender."""
    by_gender = tiktok.people_by_cell.sum(axis=0)
    names = ("Female", "Male", "Other")
    return with_bom(as_csv([("Gender", "Reached audience"), *zip(names, map(int, by_gender), strict=True)]))


def youtube_days(youtube: Shown) -> bytes:
    """The Analytics API's answer by day and video, in the envelope in which a pull keeps it."""
    metrics = ("views", "engagedViews", "estimatedMinutesWatched", "averageViewDuration", "likes", "comments", "shares")
    rows = [
        [day.isoformat(), showing.post.id, *_youtube_counts(showing, day)]
        for day in _days()
        for showing in youtube.posts.values()
        if showing.daily.get(day, {}).get("impressions")
    ]
    return _answer(("day", "video"), metrics, rows, _SINCE, LAST)


def _youtube_counts(showing: Showing, day: date) -> list[Cell]:
    counted, seconds = showing.daily[day], 5 + showing.post.seconds * 0.4
    minutes = round(counted["plays"] * seconds / 60)
    average = round(minutes * 60 / counted["impressions"])
    return [counted["impressions"], counted["plays"], minutes, average,
            *(counted[name] for name in ("reactions", "comments", "shares"))]  # fmt: skip


def youtube_ages_before(youtube: Shown) -> bytes:
    """Ages and genders together, of the fortnight before the broadcast."""
    first, last = FIRST - timedelta(days=14), FIRST - timedelta(days=1)
    counts = _views_by_cell(youtube, first, last)
    rows: list[list[Cell]] = [
        [f"age{AGES[age].replace('+', '-')}", name, round(100 * int(counts[age, gender]) / int(counts.sum()), 1)]
        for age in range(len(AGES))
        for gender, name in enumerate(("female", "male", "user_specified"))
        if counts[age, gender]
    ]
    return _answer(("ageGroup", "gender"), ("viewerPercentage",), rows, first, last)


def _answer(
    dimensions: Sequence[str], metrics: Sequence[str], rows: Sequence[Sequence[Cell]], first: date, last: date
) -> bytes:
    columns = [{"name": name, "columnType": "DIMENSION", "dataType": "STRING"} for name in dimensions]
    columns += [
        {"name": name, "columnType": "METRIC", "dataType": "FLOAT" if name == "viewerPercentage" else "INTEGER"}
        for name in metrics
    ]
    request = {
        "ids": f"channel=={CHANNEL}", "startDate": first.isoformat(), "endDate": last.isoformat(),
        "dimensions": ",".join(dimensions), "metrics": ",".join(metrics),
    }  # fmt: skip
    page = {"kind": "youtubeAnalytics#resultTable", "columnHeaders": columns, "rows": list(rows)}
    return as_json({"source": "youtube.analytics_api", "pulled_at": _PULLED, "request": request, "pages": [page]})


def _views_by_cell(youtube: Shown, first: date, last: date) -> Counts:
    """Views of the videos that went up in these days, ages × genders."""
    chosen = [s for s in youtube.posts.values() if first <= s.post.at.date() <= last]
    total: Counts = sum((s.cells["impressions"] for s in chosen[1:]), start=chosen[0].cells["impressions"])
    return total


def youtube_content(youtube: Shown) -> bytes:
    """Studio's table of the two weeks' videos, with its total on top."""
    head = ("Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)", "Subscribers")
    days = _days(FIRST)
    chosen = [s for s in youtube.posts.values() if s.total("impressions", days)]
    chosen.sort(key=lambda s: -s.total("impressions", days))
    counted = [(s.total("impressions", days), _hours(s, days), s.total("shares", days) // 3) for s in chosen]
    total = ("Total", "", "", "", *(round(sum(column), 4) for column in zip(*counted, strict=True)))
    rows = [
        (s.post.id, s.post.title, f"{s.post.at:%b} {s.post.at.day}, {s.post.at:%Y}", s.post.seconds, *numbers)
        for s, numbers in zip(chosen, counted, strict=True)
    ]
    return with_bom(as_csv([head, total, *rows]))


def _hours(showing: Showing, days: Sequence[date]) -> float:
    return round(sum(_youtube_counts(showing, day)[2] for day in days if day in showing.daily) / 60, 4)  # type: ignore[misc]


def youtube_studio(youtube: Shown) -> tuple[bytes, bytes]:
    """Viewer age and viewer gender of the two weeks, which Studio gives apart, in per cent of the views."""
    counts = _views_by_cell(youtube, FIRST, LAST)
    total = int(counts.sum())
    ages = [
        (f"{_studio_age(name)} years", _percent(int(n), total)) for name, n in zip(AGES, counts.sum(1), strict=True)
    ]
    genders = [
        (name, _percent(int(n), total))
        for name, n in zip(("Female", "Male", "User-specified"), counts.sum(0), strict=True)
    ]
    return (
        with_bom(as_csv([("Viewer age", "Views (%)"), *ages])),
        with_bom(as_csv([("Viewer gender", "Views (%)"), *genders])),
    )


def _studio_age(name: str) -> str:
    return name.replace("-", "–")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}"
