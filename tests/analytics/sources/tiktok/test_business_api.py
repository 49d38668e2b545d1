"""TikTok's integrated report: rows with different metrics and different levels, in one list."""

from __future__ import annotations

from pathlib import Path

from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import read_data, rows, total

DAY = "2026-03-28 00:00:00"
AD = {
    "dimensions": {"ad_id": 1728545390695442, "stat_time_day": DAY, "gender": "MALE", "age": "AGE_25_34"},
    "metrics": {
        "ad_name": "Homes", "campaign_id": 17285, "impressions": 2350, "ctr": 0.9, "currency": "GBP", "spend": "1.50",
    },
}  # fmt: skip
ADVERTISER = {
    "dimensions": {
        "advertiser_id": 7002238017842757633, "stat_time_day": DAY, "gender": "NONE", "age": "AGE_55_100",
    },
    "metrics": {"impressions": "12"},
}  # fmt: skip


def test_each_row_is_about_the_finest_thing_that_it_names(tmp_path: Path) -> None:
    extract = read_data(tmp_path, {"data": {"list": [AD, ADVERTISER]}})
    ad = rows(extract, "impressions", object_kind="ad", object="1728545390695442")
    account = rows(extract, "impressions", object_kind="account", account="7002238017842757633")
    assert (list(ad["age"]), list(ad["gender"]), list(ad["low"])) == (["25-34"], ["male"], [2350])
    assert (list(account["age"]), list(account["gender"])) == (["55+"], ["unknown"])
    assert list(extract.objects["title"]) == ["Homes"]


def test_rows_cut_by_platform_are_parts_of_the_ad_though_their_numbers_are_alike(tmp_path: Path) -> None:
    cut = [{**AD, "dimensions": {**AD["dimensions"], "platform": name}} for name in ("ANDROID", "IPHONE")]
    shown = rows(read_data(tmp_path, {"data": {"list": cut}}), "impressions")
    assert list(shown["placement"]) == ["platform: android", "platform: iphone"]
    assert list(shown["low"]) == [2350, 2350]


def test_what_a_row_does_not_have_is_not_there(tmp_path: Path) -> None:
    extract = read_data(tmp_path, {"data": {"list": [AD, ADVERTISER]}})
    assert len(rows(extract, "spend")) == 1
    assert total(extract, "spend", currency="GBP") == (1.5, 1.5)
    assert set(rows(extract, "impressions")["currency"]) == {""}
    assert set(extract.values["payment"]) == {"paid"}


def test_a_list_of_answers_as_it_was_pulled(tmp_path: Path) -> None:
    pulled = {
        "source": "tiktok.business_api",
        "pulled_at": "2026-04-01T03:00:00Z",
        "request": {"advertiser_id": "700"},
        "pages": [{"data": {"list": [AD]}}, {"data": {"list": [ADVERTISER]}}],
    }
    extract = read_data(tmp_path, pulled, Ask())
    assert extract.rows == 2
    assert rows(extract, "impressions", object_kind="ad")["account"].iloc[0] == "700"
    assert extract.snapshot_from == "stated"


def test_an_empty_report_holds_nothing_and_is_no_error(tmp_path: Path) -> None:
    pulled = {"source": "tiktok.business_api", "request": {}, "pages": [{"data": {"list": []}}]}
    assert read_data(tmp_path, pulled).values.empty
