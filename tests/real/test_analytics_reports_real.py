"""Reports from real exports: their numbers are those of an independent sum over the files as they lie there."""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import analytics
from analytics.importing import import_file
from analytics.lake import Lake
from analytics.model.extract import Ask
from analytics.model.scope import Window
from analytics.people.population import Population
from analytics.questions.sight import Sight, look
from analytics.reports.edition import write_edition
from analytics.reports.page import Page
from analytics.reports.pages import PAGES

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real")).resolve()
EXPORTS = REAL / "analytics"
LONDON = ZoneInfo("Europe/London")
SEASON = Window(date(2025, 11, 1), date(2025, 12, 29))
CAMPAIGN = Window(date(2019, 11, 1), date(2019, 12, 12))
SEEN = datetime(2026, 1, 2, tzinfo=UTC)
FILES = (
    "tiktok_business_video.csv", "tiktok_business_overview.csv", "meta_business_suite_ig_reach_utf16.csv",
    "meta_business_suite_video_export_double_quoted.csv", "youtube_studio_viewer_age.csv",
    "youtube_studio_viewer_gender.csv", "youtube_studio_content_head150.csv", "x_account_overview_analytics.csv",
    "x_account_analytics_content_header.csv", "wfa_origin_uk_pilot_campaigns.csv",
    "fivetran_facebook_pages_lifetime_post_metrics.csv",
)  # fmt: skip

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason=f"no real exports at {EXPORTS}"),
]


def pages_of(sight: Sight) -> dict[str, Page]:
    return {page.slug: page for page in (build(sight) for build in PAGES)}


def look_at(lake: Lake, window: Window, **asked: object) -> Sight:
    return look(lake, window, population=Population.load(), **asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    lake = analytics.open(tmp_path_factory.mktemp("season"))
    for name in FILES:
        assert import_file(lake, EXPORTS / name, Ask(as_of=SEEN)).status == "imported", name
    return pages_of(look_at(lake, SEASON))


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    lake = analytics.open(tmp_path_factory.mktemp("campaign"))
    asked = Ask(as_of=SEEN, seat="E14001109")
    taken = import_file(lake, EXPORTS / "ge2019_bolsover_ads_derived.json", asked)
    assert any("309,485 impressions and £3,127" in note for note in taken.notes)
    claims = (
        "more than a quarter of a million impressions in Bolsover",
        "more than a quarter of a million voters in Bolsover saw ads",
    )
    return pages_of(look_at(lake, CAMPAIGN, claims=claims))


def numbers_of(page: Page, words: str) -> dict[str, float]:
    """The first column of a table → its number."""
    (table,) = [one.table for one in page.sections if words in one.finding and one.table is not None]
    return dict(zip(table.iloc[:, 0], table["Number"], strict=True))


def rows(name: str, *, wrapped: bool = False) -> list[dict[str, str]]:
    text = (EXPORTS / name).read_text(encoding="utf-8-sig")
    if wrapped:  # each line is one quoted cell, whose own quotes are doubled
        text = "\n".join(
            line.strip().removeprefix('"').removesuffix('"').replace('""', '"') for line in text.splitlines()
        )
    return list(csv.DictReader(io.StringIO(text)))


def is_inside(moment: datetime) -> bool:
    return SEASON.first <= moment.astimezone(LONDON).date() <= SEASON.last


def test_views_of_tiktoks_videos_published_in_the_window(season: dict[str, Page]) -> None:
    videos = rows("tiktok_business_video.csv")
    times = [datetime.strptime(v["Post time"], "%Y/%m/%d %H:%M:%S").replace(tzinfo=LONDON) for v in videos]
    inside = sum(int(v["Video views"]) for v, at in zip(videos, times, strict=True) if is_inside(at))
    assert numbers_of(season["overnight"], "TikTok counted")["TikTok"] == inside


def test_three_second_plays_of_facebooks_videos_published_in_the_window(season: dict[str, Page]) -> None:
    videos = rows("meta_business_suite_video_export_double_quoted.csv", wrapped=True)
    times = [datetime.strptime(v["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=LONDON) for v in videos]
    inside = sum(int(v["3-second video views"] or 0) for v, at in zip(videos, times, strict=True) if is_inside(at))
    assert numbers_of(season["overnight"], "TikTok counted")["Facebook"] == inside


def test_tiktoks_people_lie_between_its_largest_day_and_all_days(season: dict[str, Page]) -> None:
    days = [
        int(day["Reached audience"])
        for day in rows("tiktok_business_overview.csv")
        if day["Reached audience"].isdigit()
        and SEASON.first <= datetime.strptime(day["Date"], "%Y/%m/%d").date() <= SEASON.last
    ]
    (people,) = [one.table for one in season["overnight"].sections if "reached most" in one.finding]
    assert people is not None
    tiktok = people[people["Platform"] == "TikTok"].iloc[0]
    assert (tiktok["At least"], tiktok["At most"]) == (max(days), sum(days))


def test_part_of_a_window_is_no_comparison(season: dict[str, Page]) -> None:
    """The exports begin on 31 October: one day of the 59 before."""
    assert "nothing to compare with" in season["overnight"].compared
    assert "nothing to compare with" in season["demographics"].compared


def test_who_is_missed_is_told_from_facebooks_own_cells(season: dict[str, Page]) -> None:
    assert "we miss women 18–24 on Facebook" in season["demographics"].answer
    assert "reach men 45–54 best" in season["demographics"].answer


@pytest.mark.parametrize("which", ["season", "campaign"])
def test_pages_say_nothing_raw(which: str, request: pytest.FixtureRequest) -> None:
    for page in request.getfixturevalue(which).values():
        said = [page.answer, page.compared, page.freshness, *page.missing]
        said += [part for one in page.sections for part in (one.finding, one.source, one.note, one.alt)]
        for text in said:
            assert not re.search(r"\bnan\b|None(?! of)|\b1 (posts|ads|rows|seats|sentences)\b|E14\d{6}|\{|\}", text), (
                text
            )


def test_the_editions_are_written_whole(season: dict[str, Page], tmp_path: Path) -> None:
    made = write_edition(list(season.values()), tmp_path / "edition", title="Reach", window=SEASON, made_at=SEEN)
    assert all(page.html.stat().st_size > 10_000 for page in made.pages)
    assert made.mail.stat().st_size < 100_000


def test_bolsovers_published_sum_lies_within_what_the_page_says(campaign: dict[str, Page]) -> None:
    """39 ads, published as 309,485 impressions for £3,127 from the middles of their ranges."""
    (table,) = [one.table for one in campaign["paid"].sections if "spent most" in one.finding]
    assert table is not None
    assert table["Ads"].sum() == 39
    assert table["Impressions, at least"].sum() <= 309_485 <= table["Impressions, at most"].sum()
    assert table["Spend, at least £"].sum() <= 3_127 <= table["Spend, at most £"].sum()
    assert campaign["paid"].answer.startswith("The ad libraries show 39 ads for between £2,800 and £6,700")


def test_a_quarter_of_a_million_is_true_of_impressions_and_impossible_of_voters(campaign: dict[str, Page]) -> None:
    (table,) = [one.table for one in campaign["claims"].sections if one.source == "The evidence below"]
    assert table is not None
    assert list(table["Verdict"]) == ["supported", "impossible"]
