"""The Ad Library: API answers, the report, and the election index of 2019."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import inf

import pandas as pd
import pytest

from analytics.errors import ExportRefused
from analytics.model.extract import Extract
from analytics.reading import Document
from analytics.sources.meta.election_ad_index import published_sums

from .conftest import Take

AD = {
    "id": "408000000000001",
    "ad_creation_time": "2025-11-01",
    "ad_delivery_start_time": "2025-11-02",
    "ad_creative_bodies": ["Fares are up", "Fares are up again"],
    "ad_snapshot_url": "https://www.facebook.com/ads/archive/render_ad/?id=408000000000001&access_token=SECRET",
    "page_id": "12345",
    "page_name": "Our Page",
    "bylines": "Our Party",
    "currency": "GBP",
    "impressions": {"lower_bound": "1000", "upper_bound": "1999"},
    "spend": {"lower_bound": "0", "upper_bound": "99"},
    "demographic_distribution": [
        {"percentage": "0.5", "age": "65+", "gender": "female"},
        {"percentage": "0.25", "age": "18-24", "gender": "unknown"},
    ],
    "delivery_by_region": [{"percentage": "1", "region": "Wales"}],
    "publisher_platforms": ["facebook", "instagram"],
    "estimated_audience_size": {"lower_bound": 100001, "upper_bound": 500000},
}
OLD = {
    "ad_creation_time": "2019-11-03T08:29:55+0000",
    "ad_delivery_start_time": "2019-11-03T08:29:55+0000",
    "funding_entity": "A Person",
    "ad_creative_link_title": "A title",
    "impressions": {"lower_bound": "0", "upper_bound": "999"},
    "spend": {"lower_bound": "0", "upper_bound": "99"},
    "demographic_distribution": [{"percentage": "1", "age": "65+", "gender": "male"}],
    "region_distribution": [{"percentage": "1", "region": "Scotland"}],
}


def cell(extract: Extract, metric: str, **where: str) -> list[tuple[float, float]]:
    values = extract.values
    for name, word in {"metric": metric, "age": "all", "gender": "all", "place_kind": "all", **where}.items():
        values = values[values[name] == word]
    return [(float(low), float(high)) for low, high in zip(values["low"], values["high"], strict=True)]


def test_ranges_and_their_shares(take: Take) -> None:
    extract = take({"data": [AD]})
    assert (extract.source, extract.version) == ("meta.ad_library_api", "new names")
    assert cell(extract, "impressions") == [(1000, 1999)]
    assert cell(extract, "spend") == [(0, 99)]
    assert cell(extract, "impressions", age="65+", gender="female") == [(500, 999.5)]
    assert cell(extract, "impressions", age="18-24", gender="unknown") == [(250, 499.75)]
    assert cell(extract, "impressions", place_kind="nation", place="W92000004") == [(1000, 1999)]
    assert set(extract.values["payment"]) == {"paid"}
    by_cell = extract.values["age"].ne("all") | extract.values["place_kind"].ne("all")
    assert set(extract.values["state"][by_cell]) == {"modelled"}
    assert set(extract.values["state"][~by_cell]) == {"observed"}


def test_what_the_shares_leave_of_one_is_unknown(take: Take) -> None:
    assert cell(take({"data": [AD]}), "impressions", age="unknown", gender="unknown") == [(250, 499.75)]


def test_an_open_top_has_no_upper_end(take: Take) -> None:
    extract = take([{**AD, "impressions": {"lower_bound": "1000000"}}])
    assert cell(extract, "impressions") == [(1_000_000, inf)]
    assert cell(extract, "impressions", age="65+", gender="female") == [(500_000, inf)]


def test_a_share_of_nothing_is_nothing_of_an_open_range_too(take: Take) -> None:
    shares = [
        {"percentage": "0", "age": "18-24", "gender": "male"},
        {"percentage": "1", "age": "65+", "gender": "male"},
    ]
    extract = take([{**AD, "impressions": {"lower_bound": "1000000"}, "demographic_distribution": shares}])
    assert cell(extract, "impressions", age="18-24") == []
    assert cell(extract, "impressions", age="18-24", gender="male") == [(0, 0)]
    assert cell(extract, "impressions", age="65+", gender="male") == [(1_000_000, inf)]


def test_the_token_in_the_address_is_not_kept(take: Take) -> None:
    (ad,) = take([AD]).objects.to_dict("records")
    assert "SECRET" not in str(ad)
    assert ad["url"].endswith("?id=408000000000001")
    assert (ad["funder"], ad["account_name"], ad["text"]) == (
        "Our Party",
        "Our Page",
        "Fares are up\nFares are up again",
    )
    assert ad["started_at"] == datetime(2025, 11, 2, tzinfo=UTC)


def test_an_id_may_stand_in_the_address_alone(take: Take) -> None:
    assert list(take([{**AD, "id": None}]).objects["object"]) == ["408000000000001"]


def test_old_names_without_ids_get_stable_ones(take: Take) -> None:
    other = {**OLD, "ad_creative_link_title": "Another title"}
    first, again = take({"data": [OLD, OLD, other]}), take({"data": [other, OLD, OLD]})
    assert first.version == "old names"
    assert cell(first, "impressions", place_kind="nation", place="S92000003") == [(0, 999)] * 3
    assert set(first.objects["object"]) == set(again.objects["object"])
    assert first.objects["object"].nunique() == 3
    assert any("without an id" in note for note in first.notes)


def test_the_same_ad_seen_later_is_the_same(take: Take) -> None:
    later = {**OLD, "impressions": {"lower_bound": "1000", "upper_bound": "1999"}, "demographic_distribution": []}
    assert list(take([OLD]).objects["object"]) == list(take([later]).objects["object"])


def test_exact_people_in_the_european_union(take: Take) -> None:
    cells = [{"country": "IE", "age_gender_breakdowns": [{"age_range": "18-24", "male": 12, "female": 0}]}]
    extract = take([{**AD, "eu_total_reach": 12, "age_country_gender_reach_breakdown": cells}])
    assert cell(extract, "reach", place_kind="region", place="EU") == [(12, 12)]
    assert cell(extract, "reach", place_kind="country", place="IE", age="18-24", gender="male") == [(12, 12)]
    female = extract.values[(extract.values["metric"] == "reach") & (extract.values["gender"] == "female")]
    assert list(female["state"]) == ["zero"]


def test_a_pull_says_when_and_which_pages_it_covers(take: Take) -> None:
    pulled = {
        "source": "meta.ad_library_api",
        "pulled_at": "2025-11-05T04:00:00+00:00",
        "request": {"search_page_ids": '["12345", "777"]'},
        "pages": [{"data": [AD]}, {"data": []}],
    }
    extract = take(pulled)
    assert extract.covers == ("12345", "777")
    assert (extract.snapshot_at, extract.snapshot_from) == (datetime(2025, 11, 5, 4, tzinfo=UTC), "stated")
    broken_off = {**pulled, "pages": [{"data": [AD], "paging": {"next": "https://graph.facebook.com/…"}}]}
    assert take(broken_off).covers == ()
    assert take([AD]).covers == ()
    assert take([AD], is_whole_library=True).covers == ("12345",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"impressions": {"lower_bound": "2000", "upper_bound": "1999"}},
        {"impressions": {"lower_bound": "many"}},
        {"spend": {"lower_bound": "-5", "upper_bound": "99"}},
        {"demographic_distribution": [{"percentage": "1.5", "age": "65+", "gender": "male"}]},
        {"demographic_distribution": [{"percentage": "1", "age": "old", "gender": "male"}]},
        {"ad_delivery_start_time": "yesterday"},
        {"currency": "pounds"},
        {"id": "4.08E+14"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_ad_that_can_not_be_is_refused_and_the_others_stay(take: Take, wrong: dict[str, object]) -> None:
    extract = take([AD, {**AD, "id": "408000000000002", **wrong}])
    assert [refused.line for refused in extract.refused] == [2]
    assert set(extract.values["object"]) == {"408000000000001"}


def test_ads_none_of_which_can_be_are_refused_whole(take: Take) -> None:
    with pytest.raises(ExportRefused, match="no row that can be read"):
        take([{**AD, "currency": "pounds"}])


REPORT = (
    "Page ID,Page name,Disclaimer,Amount spent (GBP),Number of ads in Library\n"
    "189000000000001,Our Page,Our Party,141386,224\n"
    '189000000000001,Our Page,These ads ran without a disclaimer,"1,132",1\n'
    "115000000000002,Their Page,Their Party,≤100,3\n"
)


def test_the_report_by_page_and_disclaimer(take: Take) -> None:
    extract = take(REPORT)
    assert extract.rows == 3
    spend = extract.values[extract.values["metric"] == "spend"]
    assert list(zip(spend["low"], spend["high"], strict=True)) == [(141386, 141386), (1132, 1132), (0, 100)]
    assert set(spend["currency"]) == {"GBP"}
    assert spend[["account", "object"]].duplicated().sum() == 0
    assert set(spend["grain"]) == {"unstated"}
    assert list(extract.objects["funder"])[:2] == ["Our Party", "These ads ran without a disclaimer"]


def test_the_report_s_days_are_a_person_s_to_say(take: Take) -> None:
    extract = take(REPORT, first=date(2025, 11, 1), last=date(2025, 11, 30))
    assert set(extract.values["start"]) == {pd.Timestamp("2025-11-01", tz="UTC")}
    assert set(extract.values["end"]) == {pd.Timestamp("2025-12-01", tz="UTC")}


def test_the_report_by_place(take: Take) -> None:
    extract = take("Location name,Amount spent (GBP)\nEngland,5000\nScotland,≤100\n")
    assert list(extract.values["place"]) == ["E92000001", "S92000003"]


def test_a_new_column_in_the_report_stops_it(take: Take) -> None:
    with pytest.raises(ExportRefused, match="Amount refunded"):
        take(REPORT.replace("Number of ads in Library", "Amount refunded"))


INDEX = {
    "data": [
        {
            "funding_entity": "A Party",
            "ad_creation_time": f"2019-11-0{day}T10:00:00.000000Z",
            "ad_delivery_start_time": f"2019-11-0{day}T10:00:00.000000Z",
            "ad_delivery_end_time": "2019-11-09T23:00:00.000000Z",
            "ad_creative_body": "redacted",
            "guestimateImpressions": impressions,
            "guestimateSpendGBP": spend,
        }
        for day, impressions, spend in ((1, 1, 1), (2, 4499, 249), (3, 94999, 849))
    ]
}


def test_the_index_of_2019_goes_back_to_ranges(take: Take) -> None:
    extract = take(INDEX)
    assert extract.source == "meta.election_ad_index"
    assert cell(extract, "impressions") == [(0, 999), (4000, 4999), (90000, 99999)]
    assert cell(extract, "spend") == [(0, 99), (200, 299), (800, 899)]


def test_the_index_s_published_sums_are_kept(take: Take) -> None:
    assert published_sums(Document("x.json", INDEX)) == {"impressions": 99499.0, "spend": 1099.0}
    assert any("99,499 impressions and £1,099" in note for note in take(INDEX).notes)


def test_a_number_that_is_no_middle_is_refused(take: Take) -> None:
    ads = [*INDEX["data"], {**INDEX["data"][0], "guestimateImpressions": 4500}]
    extract = take({"data": ads})
    assert [(one.line, one.value) for one in extract.refused] == [(4, "4500")]
    assert extract.rows == 3


DOWNLOADED = (
    "ad_archive_id,page_id,page_name,ad_creation_time,ad_delivery_start_time,byline,currency,spend,impressions,"
    "demographic_distribution,delivery_by_region\n"
    '408000000000001,12345,Our Page,2025-11-01,2025-11-02,Our Party,GBP,"lower_bound: 0, upper_bound: 99",'
    '"lower_bound: 1000001","{""age"":""65+"",""gender"":""female"",""percentage"":0.5},'
    '{""age"":""18-24"",""gender"":""male"",""percentage"":0.5}","{""region"":""Wales"",""percentage"":1}"\n'
)


def test_search_results_as_people_download_them(take: Take) -> None:
    extract = take(DOWNLOADED)
    assert (extract.source, extract.version, extract.rows) == ("meta.ad_library_csv", "as downloaded", 1)
    assert cell(extract, "spend") == [(0, 99)]
    assert cell(extract, "impressions") == [(1_000_001, inf)]
    assert cell(extract, "impressions", age="18-24", gender="male") == [(500_000.5, inf)]
    assert cell(extract, "impressions", place_kind="nation", place="W92000004") == [(1_000_001, inf)]
    assert set(extract.values["line"]) == {2}
    assert list(extract.objects["funder"]) == ["Our Party"]


def test_search_results_refuse_a_row_with_its_line(take: Take) -> None:
    row = DOWNLOADED.splitlines()[1]
    extract = take(DOWNLOADED + row.replace("lower_bound: 0, upper_bound: 99", "some").replace("0001,", "0002,") + "\n")
    assert [(one.line, one.value) for one in extract.refused] == [(3, "some")]


def test_an_ad_without_id_and_without_a_date_is_still_one_thing(take: Take) -> None:
    bare = {name: cell for name, cell in OLD.items() if name != "ad_creation_time"}
    assert take([OLD, {**bare, "ad_delivery_start_time": None}]).objects["object"].nunique() == 2


@pytest.mark.parametrize("cell", [{"age_range": "18-24", "male": -3}, {"age_range": "old", "male": 3}, {"male": "x"}])
def test_a_cell_of_people_that_can_not_be_refuses_its_ad(take: Take, cell: dict[str, object]) -> None:
    wrong = [{"country": "IE", "age_gender_breakdowns": [cell]}]
    extract = take([AD, {**AD, "id": "408000000000002", "age_country_gender_reach_breakdown": wrong}])
    assert [refused.line for refused in extract.refused] == [2]


def test_shares_that_are_no_list_refuse_their_ad(take: Take) -> None:
    extract = take([AD, {**AD, "id": "408000000000002", "demographic_distribution": "65+: 100 %"}])
    assert [(refused.line, refused.column) for refused in extract.refused] == [(2, "demographic_distribution")]
