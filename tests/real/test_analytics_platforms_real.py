"""Real exports of YouTube, TikTok, X, Snapchat and Origin: every row is a known thing, sums are the files' own."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

import pytest

from analytics.errors import AnalyticsError
from analytics.importing import read_export
from analytics.model.extract import Ask, Extract

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real")).resolve()
EXPORTS = REAL / "analytics"
OURS = {
    "airbyte_tiktok_audience_report_example.json": ("tiktok.business_api", 2),
    "fivetran_organic_tweet_report.csv": ("x.organic_tweet_report", 100),
    "fivetran_youtube_channel_demographics.csv": ("youtube.reporting_demographics", 18),
    "snap_political_ads_2018_uk.csv": ("snapchat.political_library", 36),
    "tiktok_business_overview.csv": ("tiktok.overview", 62),
    "tiktok_business_video.csv": ("tiktok.videos", 51),
    "wfa_origin_uk_pilot_campaigns.csv": ("origin.campaigns", 26),
    "x_account_analytics_content_header.csv": ("x.content", 1),
    "x_account_overview_analytics.csv": ("x.overview", 7),
    "youtube_studio_cities_head200.csv": ("youtube.studio_cities", 199),
    "youtube_studio_content_head150.csv": ("youtube.studio_content", 149),
    "youtube_studio_geography_table_data.csv": ("youtube.studio_geography", 201),
    "youtube_studio_totals.csv": ("youtube.studio_days", 365),
    "youtube_studio_viewer_age.csv": ("youtube.studio_age", 7),
    "youtube_studio_viewer_gender.csv": ("youtube.studio_gender", 3),
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason=f"no real exports at {EXPORTS}"),
]


def extract_of(name: str) -> Extract:
    (extract,) = read_export(EXPORTS / name, Ask())
    return extract


@pytest.mark.parametrize("name", OURS)
def test_a_real_export_is_recognised_and_read_whole(name: str) -> None:
    source, rows = OURS[name]
    extract = extract_of(name)
    assert (extract.source, extract.rows, extract.refused) == (source, rows, ())


@pytest.mark.parametrize(
    ("name", "column", "metric"),
    [
        ("tiktok_business_overview.csv", "Video views", "views"),
        ("tiktok_business_overview.csv", "Reached audience", "reach"),
        ("tiktok_business_video.csv", "Add to Favorites", "saves"),
        ("x_account_overview_analytics.csv", "Impressions", "impressions"),
        ("youtube_studio_content_head150.csv", "Views", "views"),
        ("youtube_studio_cities_head200.csv", "Views", "views"),
        ("youtube_studio_totals.csv", "Views", "views"),
        ("wfa_origin_uk_pilot_campaigns.csv", "Total Reach", "reach"),
        ("snap_political_ads_2018_uk.csv", "Spend", "spend"),
    ],
)
def test_sums_are_those_of_the_columns(name: str, column: str, metric: str) -> None:
    with (EXPORTS / name).open(encoding="utf-8-sig", newline="") as file:
        cells = [row[column] for row in csv.DictReader(file)]
    values = extract_of(name).values
    ours = values[(values["metric"] == metric) & (values["basis"] != "targeted")]
    assert ours["low"].sum() == sum(float(cell) for cell in cells if cell != "NAN")
    assert (ours["low"].dropna() == ours["high"].dropna()).all()


def test_the_countries_are_the_total_row_less_what_youtube_leaves_out() -> None:
    views = extract_of("youtube_studio_geography_table_data.csv").values.query("metric == 'views'")
    assert 0.9 * 15_503_810 < views["low"].sum() < 15_503_810
    assert extract_of("youtube_studio_totals.csv").values["low"].sum() == 15_503_810


def test_snaps_targeting_is_never_delivery() -> None:
    values = extract_of("snap_political_ads_2018_uk.csv").values
    delivered = values[values["basis"] == "delivered"]
    assert set(delivered["age"]) == set(delivered["gender"]) == set(delivered["place"]) == {"all"}
    assert {"18-24", "25+", "0-18"} <= set(values.loc[values["basis"] == "targeted", "age"])


@pytest.mark.parametrize("name", [name for name in OURS if name.endswith(".csv")])
def test_a_damaged_copy_is_read_or_refused_and_nothing_else(name: str, tmp_path: Path) -> None:
    """Cells, lines and whole ends of the file are spoilt; nothing but our own errors comes out."""
    whole = (EXPORTS / name).read_bytes()[:4000]
    damage = random.Random(name)
    junk = [
        b"",
        b"-5",
        b"1.234",
        b"NaN",
        b"1.7E+15",
        b"03.Apr",
        b"\xff\xfe",
        b"\x00",
        b'"',
        b"\n",
        b";",
        b"Total",
        b"{}",
    ]
    copy = tmp_path / "copy.csv"
    kinds = set[int]()
    for _ in range(4):
        at = damage.randrange(len(whole))
        end = whole.find(b",", at) if whole.find(b",", at) > 0 else len(whole)
        copy.write_bytes(
            whole[:at] + damage.choice(junk) + whole[end : damage.choice([None, damage.randrange(len(whole))])]
        )
        try:
            read_export(copy, Ask())
        except AnalyticsError as error:
            kinds.add(error.exit_code)
    assert kinds <= {2}
