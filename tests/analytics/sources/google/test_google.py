"""Google's political ads bundle: buckets become intervals, one currency is kept, targeting is not delivery."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import pytest

from analytics.importing import read_export
from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import AS_OF, read_text, rows, total

HEADER = (
    "Ad_ID,Ad_URL,Ad_Type,Regions,Advertiser_ID,Advertiser_Name,Ad_Campaigns_List,Date_Range_Start,Date_Range_End,"
    "Num_of_Days,Impressions,Spend_USD,First_Served_Timestamp,Last_Served_Timestamp,Age_Targeting,Gender_Targeting,"
    "Geo_Targeting_Included,Geo_Targeting_Excluded,Spend_Range_Min_USD,Spend_Range_Max_USD,Spend_Range_Min_EUR,"
    "Spend_Range_Max_EUR,Spend_Range_Min_GBP,Spend_Range_Max_GBP\n"
)


def ad(number: int, region: str, impressions: str, ages: str, genders: str, *spent: str) -> str:
    cells = [f"CR{number}", "https://x", "VIDEO", region, "AR1", "The Party", "", "2026-01-02", "2026-01-09", "8"]
    cells += [impressions, "", "", "", f'"{ages}"', f'"{genders}"', '"England,United Kingdom"', "", *spent]
    return ",".join(cells) + "\n"


ADS = (
    HEADER
    + ad(1, "GB", "10k-100k", "18-24, 25-34", "Male, Unknown gender", "100", "1000", "90", "900", "50", "1000")
    + ad(2, "GB", "≤ 10k", "Not targeted", "Not targeted", "0", "100", "0", "90", "0", "50")
    + ad(3, "IE", "> 10M", "18-24, 45-54", "Male, Female", "1", "2", "3", "", "5", "6")
)


def test_impressions_and_spend_are_intervals_in_the_regions_currency(tmp_path: Path) -> None:
    extract = read_text(tmp_path, ADS)
    seen = rows(extract, "impressions", basis="delivered")
    assert list(zip(seen["low"], seen["high"], strict=True)) == [(10_000, 100_000), (0, 10_000), (10_000_000, math.inf)]
    assert total(extract, "spend", basis="delivered", currency="GBP") == (50, 1050)
    assert total(extract, "spend", basis="delivered", currency="EUR") == (3, math.inf)
    assert rows(extract, "spend", currency="USD").empty


def test_targeting_is_its_own_basis_and_a_gap_in_ages_is_unknown(tmp_path: Path) -> None:
    aimed = rows(read_text(tmp_path, ADS), "impressions", basis="targeted")
    assert list(zip(aimed["age"], aimed["gender"], aimed["place"], strict=True)) == [
        ("18-34", "male", "GB"),
        ("all", "all", "GB"),
        ("unknown", "all", "IE"),
    ]


def test_a_bucket_that_is_none_refuses_its_row(tmp_path: Path) -> None:
    extract = read_text(tmp_path, ADS.replace("≤ 10k", "a few"))
    assert [(row.line, row.column, row.value) for row in extract.refused] == [(3, "Impressions", "a few")]


ADVERTISERS = """Advertiser_ID,Advertiser_Name,Public_IDs_List,Regions,Elections,Total_Creatives,Spend_USD,Spend_EUR,\
Spend_GBP
AR1,The Party,,GB,UK,12,1000,900,800
"""
WEEKS = """Advertiser_ID,Advertiser_Name,Election_Cycle,Week_Start_Date,Spend_USD,Spend_EUR,Spend_GBP
AR1,The Party,,2026-01-04,1000,900,800
"""
PLACES = """Country,Country_Subdivision_Primary,Country_Subdivision_Secondary,Spend_USD,Spend_EUR,Spend_GBP
GB,GB-WLS,,1000,900,800
US,US-CA,CA-12,700,600,500
"""


def test_advertisers_weeks_and_places(tmp_path: Path) -> None:
    advertisers = read_text(tmp_path, ADVERTISERS)
    assert (total(advertisers, "ads"), total(advertisers, "spend", currency="GBP")) == ((12, 12), (800, 800))
    weeks = read_text(tmp_path, WEEKS).values
    assert ((weeks["end"] - weeks["start"]).dt.days == 7).all()
    spent = rows(read_text(tmp_path, PLACES), "spend")
    assert list(zip(spent["place"], spent["place_kind"], spent["currency"], strict=True)) == [
        ("W92000004", "nation", "GBP"),
        ("CA-12", "region", "USD"),
    ]


@pytest.mark.parametrize("member", ["google-political-ads-updated.csv", "readme.csv"])
def test_the_bundle_comes_in_whatever_else_is_in_it(tmp_path: Path, member: str) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("google-political-ads-creative-stats.csv", ADS)
        packed.writestr("google-political-ads-advertiser-stats.csv", ADVERTISERS)
        packed.writestr(member, "Report_Data_Updated_Time (PT)\n2026-01-10 05:00:00\n")
    extracts = read_export(path, Ask(as_of=AS_OF))
    assert {extract.source for extract in extracts} == {"google.political_ads", "google.advertiser_stats"}
