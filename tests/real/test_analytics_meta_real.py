"""Meta's real exports are recognised by what is in them, and their numbers come out as they went in."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.importing import read_export
from analytics.model.extract import Ask, Extract
from analytics.reading import Document
from analytics.sources.meta.election_ad_index import published_sums

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real")).resolve()
EXPORTS = REAL / "analytics"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason=f"no real material at {EXPORTS}"),
]

Read = Callable[..., Extract]


@pytest.fixture
def read() -> Read:
    def one(name: str, **asked: str) -> Extract:
        (extract,) = read_export(EXPORTS / name, Ask(as_of=datetime(2026, 1, 1, tzinfo=UTC), **asked))  # type: ignore[arg-type]
        assert not extract.refused
        return extract

    return one


def everybody(extract: Extract, metric: str) -> tuple[float, float]:
    """Sum of the whole values of a metric, organic and paid together."""
    values = extract.values
    whole = (values["age"] == "all") & (values["gender"] == "all") & (values["placement"] == "")
    whole &= values["place_kind"].isin(["all", "seat"]) & values["payment"].isin(["all", "paid"])
    rows = values[whole & (values["metric"] == metric)]
    return float(rows["low"].sum()), float(rows["high"].sum())


def test_the_organic_video_export(read: Read) -> None:
    extract = read("meta_business_suite_video_export_double_quoted.csv")
    assert (extract.source, extract.rows, len(extract.objects)) == ("meta.video_export", 45, 45)
    text = (EXPORTS / "meta_business_suite_video_export_double_quoted.csv").read_text(encoding="utf-8-sig")
    header, *rows = [next(csv.reader([line[0]])) for line in csv.reader(text.splitlines()) if line]
    at = {name: header.index(name) for name in header}
    views = sum(float(row[at["3-second video views"]]) for row in rows)
    assert everybody(extract, "views_3s") == (views, views)
    cells = [i for name, i in at.items() if "by top audience" in name]
    by_people = extract.values[(extract.values["age"] != "all") & (extract.values["age"] != "unknown")]
    assert by_people["low"].sum() == sum(float(row[i] or 0) for row in rows for i in cells)
    unknown = extract.values[extract.values["age"] == "unknown"]
    assert by_people["low"].sum() + unknown["low"].sum() == views
    assert 0 < unknown["low"].sum() < 0.02 * views


def test_the_reach_card(read: Read) -> None:
    extract = read("meta_business_suite_ig_reach_utf16.csv", platform="instagram")
    assert (extract.source, extract.rows) == ("meta.overview_card", 62)
    assert set(extract.values["grain"]) == {"day"}
    assert extract.values["low"].max() == 39788


def test_ads_insights_in_a_connector_s_envelope(read: Read) -> None:
    extract = read("airbyte_meta_ads_insights_demographics.jsonl")
    assert (extract.source, extract.rows) == ("meta.ads_insights", 6)
    assert everybody(extract, "impressions") == (725, 725)
    assert {"65+", "all"} == set(extract.values["age"])


def test_the_ad_library_api_of_2019(read: Read) -> None:
    extract = read("meta_adlibrary_api_gb_2019-11-03_250ads.json")
    assert (extract.source, extract.rows, len(extract.objects)) == ("meta.ad_library_api", 250, 250)
    ads = json.loads((EXPORTS / "meta_adlibrary_api_gb_2019-11-03_250ads.json").read_text())["data"]
    low = sum(int(ad["impressions"]["lower_bound"]) for ad in ads)
    high = sum(int(ad["impressions"]["upper_bound"]) for ad in ads)
    assert everybody(extract, "impressions") == (low, high)
    by_people = extract.values[(extract.values["metric"] == "impressions") & (extract.values["age"] != "all")]
    assert by_people["high"].sum() == pytest.approx(high, rel=0.001)
    by_place = extract.values[extract.values["place_kind"].isin(["nation", "region", "unknown"])]
    assert by_place["high"].sum() == pytest.approx(high, rel=0.001)
    assert {"E92000001", "S92000003", "W92000004", "N92000002"} <= set(by_place["place"])


def test_the_ad_library_report(read: Read) -> None:
    extract = read("meta_adlibrary_report_nl_2023-10-20_advertisers_head.csv")
    assert (extract.source, extract.rows) == ("meta.ad_library_report", 13)
    assert everybody(extract, "spend") == (353056, 353056)
    assert everybody(extract, "ads") == (2133, 2133)


def test_the_bolsover_ads_of_2019(read: Read) -> None:
    extract = read("ge2019_bolsover_ads_derived.json", seat="E14001109")
    assert (extract.source, extract.rows) == ("meta.election_ad_index", 39)
    low, high = everybody(extract, "impressions")
    assert low > 250_000  # the claim of a quarter of a million holds at the lower end of every range
    assert low <= 309_485 <= high
    data = json.loads((EXPORTS / "ge2019_bolsover_ads_derived.json").read_text())
    assert published_sums(Document("Bolsover.json", data)) == {"impressions": 309_485, "spend": 3_127}
    assert set(extract.values["place"]) == {"E14001109"}
