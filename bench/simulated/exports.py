"""The simulated weeks as the platforms' own exports, written as text and read back through the importer.

Facebook and Instagram: Ads Manager, each ad and the account by week, platform, age and gender (rows without
impressions left out). YouTube: Studio's table of a week's videos with their unique viewers and a Total row, and of
the whole time the zip with ages and genders as rounded percentages of views. TikTok: the overview by day, thousands
as "1.2K", and the Business API's report of campaigns, one a week. The history that the reach models learn from is
made of what was read, never of the truth.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.importing import read_export
from analytics.model.extract import Ask
from bench.simulated.people import AGES, CELLS, DAYS, GENDERS, PlatformWeek, Week

FIRST_MONDAY = date(2026, 6, 22)
_SEEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_META = ("facebook", "instagram")
_CELL_COLUMNS = ("Platform", "Age", "Gender", "Reach", "Impressions")


def monday(week: int) -> date:
    return FIRST_MONDAY + timedelta(days=DAYS * week)


def write_exports(weeks: Sequence[Week], folder: Path) -> None:
    """ads.csv, account.csv, youtube_NN.csv for each week, youtube.zip, tiktok.csv, tiktok.json."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_ads(weeks, folder / "ads.csv")
    _write_account(weeks, folder / "account.csv")
    for week in weeks:
        _write_videos(week, folder / f"youtube_{week.number:02}.csv")
    _write_audience(weeks, folder / "youtube.zip")
    _write_overview(weeks, folder / "tiktok.csv")
    _write_campaigns(weeks, folder / "tiktok.json")


def read_exports(folder: Path) -> pd.DataFrame:
    """Every value that was read: the long table of analytics.model.values, with `week` beside it."""
    paths = sorted(path for path in folder.iterdir() if not path.stem[-1].isdigit())
    frames = [_values(path, Ask(as_of=_SEEN_AT)) for path in paths]
    for path in sorted(folder.glob("youtube_*.csv")):
        first = monday(int(path.stem[-2:]))
        frames.append(_values(path, Ask(as_of=_SEEN_AT, first=first, last=first + timedelta(days=DAYS - 1))))
    every = pd.concat(frames, ignore_index=True)
    started = pd.Timestamp(FIRST_MONDAY, tz="UTC")
    noon = every["start"] + pd.Timedelta(hours=12)  # whichever zone the platform's day begins in
    by_campaign = pd.to_numeric(every["object"].where(every["object_kind"] == "campaign"))
    return every.assign(week=((noon - started).dt.days // DAYS).fillna(by_campaign % 100))


def total_viewers(folder: Path, week: int) -> float:
    """The unique viewers of all videos together, from Studio's Total row: the importer leaves totals out."""
    with (folder / f"youtube_{week:02}.csv").open() as lines:
        return float(next(row["Unique viewers"] for row in csv.DictReader(lines) if row["Content"] == "Total"))


def _values(path: Path, ask: Ask) -> pd.DataFrame:
    return pd.concat([extract.values for extract in read_export(path, ask)], ignore_index=True)


def _csv(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _span(week: Week) -> tuple[str, str]:
    first = monday(week.number)
    return first.isoformat(), (first + timedelta(days=DAYS - 1)).isoformat()


def _cells(platform: str, reach: np.ndarray, impressions: np.ndarray) -> list[tuple[object, ...]]:
    """Nothing is said of a cell that nothing was shown to."""
    return [
        (platform.title(), age, gender, int(reach[k]), int(impressions[k]))
        for k, (age, gender) in enumerate(CELLS)
        if impressions[k]
    ]


def _write_ads(weeks: Sequence[Week], path: Path) -> None:
    rows = [
        (*_span(week), f"Clip {week.number}.{post}", _ad_id(name, week, post), *cell)
        for week in weeks
        for name in _META
        for post, (reach, shown) in enumerate(
            zip(week.platforms[name].reach, week.platforms[name].impressions, strict=True)
        )
        for cell in _cells(name, reach, shown)
    ]
    path.write_text(_csv(rows, ("Reporting starts", "Reporting ends", "Ad name", "Ad ID", *_CELL_COLUMNS)))


def _ad_id(name: str, week: Week, post: int) -> str:
    return f"1202{_META.index(name)}{week.number:04}{post:04}0001"


def _write_account(weeks: Sequence[Week], path: Path) -> None:
    rows = [
        (*_span(week), "The campaign", "100200300400500", *cell)
        for week in weeks
        for name in _META
        for cell in _cells(name, week.platforms[name].people, week.platforms[name].impressions.sum(axis=0))
    ]
    path.write_text(_csv(rows, ("Reporting starts", "Reporting ends", "Account name", "Account ID", *_CELL_COLUMNS)))


def _write_videos(week: Week, path: Path) -> None:
    path.write_text(_csv(_videos(week), ("Content", "Video title", "Video publish time", "Views", "Unique viewers")))


def _write_audience(weeks: Sequence[Week], path: Path) -> None:
    views = sum(week.platforms["youtube"].impressions.sum(axis=0) for week in weeks)
    by_cell = np.asarray(views).reshape(len(AGES), len(GENDERS))
    ages = _shares([f"{age.replace('-', '–')} years" for age in AGES], by_cell.sum(axis=1))
    genders = _shares([name.title() for name in GENDERS], by_cell.sum(axis=0))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Viewer age.csv", _csv(ages, ("Viewer age", "Views (%)")))
        packed.writestr("Viewer gender.csv", _csv(genders, ("Viewer gender", "Views (%)")))


def _videos(week: Week) -> list[tuple[object, ...]]:
    found = week.platforms["youtube"]
    total = ("Total", "", "", int(found.impressions.sum()), int(found.people.sum()))
    videos = [
        (
            f"v{week.number:05}{post:05}",
            f"Clip {week.number}.{post}",
            _published(week, found, post),
            int(s.sum()),
            int(r.sum()),
        )
        for post, (r, s) in enumerate(zip(found.reach, found.impressions, strict=True))
    ]
    return [total, *videos]


def _published(week: Week, found: PlatformWeek, post: int) -> str:
    day = monday(week.number) + timedelta(days=int(found.day[post]))
    return f"{day:%b} {day.day}, {day.year}"


def _shares(names: Sequence[str], views: np.ndarray) -> list[tuple[str, str]]:
    return [(name, f"{100 * count / views.sum():.2f}") for name, count in zip(names, views, strict=True)]


def _write_overview(weeks: Sequence[Week], path: Path) -> None:
    rows = [
        (
            f"{monday(week.number) + timedelta(days=day):%Y/%m/%d}",
            int(shown.sum()),
            _short(int(reach.sum())),
            0,
            0,
            0,
            0,
        )
        for week in weeks
        for day, (reach, shown) in enumerate(
            zip(week.platforms["tiktok"].daily_reach, week.platforms["tiktok"].daily_impressions, strict=True)
        )
    ]
    header = ("Date", "Video views", "Reached audience", "Profile views", "Likes", "Shares", "Comments")
    path.write_text(_csv(rows, header), encoding="utf-8-sig")


def _short(count: int) -> str:
    """As an app shows it: 950, 1.2K, 12.3K."""
    return str(count) if count < 1_000 else f"{count / 1_000:.1f}K"


def _write_campaigns(weeks: Sequence[Week], path: Path) -> None:
    rows = [
        {
            "dimensions": {"campaign_id": f"17285453825362{week.number:02}"},
            "metrics": {
                "reach": int(week.platforms["tiktok"].people.sum()),
                "impressions": int(week.platforms["tiktok"].impressions.sum()),
            },
        }
        for week in weeks
    ]
    path.write_text(json.dumps({"data": {"list": rows}}))
