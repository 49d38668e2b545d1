"""Paid delivery: Ads Manager's reports and the Ads Insights API."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics.errors import ExportRefused, ExportUnclear
from analytics.model.extract import Extract

from .conftest import Take

HEAD = (
    "Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Ad ID,Age,Gender,Platform,Reach,Impressions,"
    "Frequency,Amount spent (GBP),Results,Result indicator,Cost per results,Link clicks,Ad delivery\n"
)
AD = "2025-11-01,2025-11-14,Autumn,Set A,Ad 1,120200000000000001"
ROWS = (
    f'{AD},18-24,female,instagram,"1,200",1500,1.25,12.34,10,reach,0.1,7,active\n'
    f"{AD},65+,male,facebook,900,1000,1.111111,8.10,3,reach,0.1,,active\n"
)
TOTAL = "2025-11-01,2025-11-14,,,,,,,,2000,2500,1.25,20.44,,,,7,\n"


def rows(extract: Extract, metric: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = extract.values[extract.values["metric"] == metric].to_dict("records")
    return found


def test_a_report_by_age_gender_and_platform(take: Take) -> None:
    extract = take(HEAD + ROWS)
    assert (extract.source, extract.rows) == ("meta.ads_manager", 2)
    young, old = rows(extract, "reach")
    assert (young["age"], young["gender"], young["placement"], young["low"]) == (
        "18-24",
        "female",
        "platform: instagram",
        1200,
    )
    assert (old["age"], old["gender"], old["placement"], old["low"]) == ("65+", "male", "platform: facebook", 900)
    assert {(row["payment"], row["platform"], row["object_kind"]) for row in (young, old)} == {("paid", "meta", "ad")}
    assert (young["start"], young["end"]) == (datetime(2025, 11, 1, tzinfo=UTC), datetime(2025, 11, 15, tzinfo=UTC))
    assert [row["low"] for row in rows(extract, "spend")] == [12.34, 8.10]
    assert {row["currency"] for row in rows(extract, "spend")} == {"GBP"}
    assert {row["currency"] for row in rows(extract, "reach")} == {""}


def test_the_ad_is_kept_with_what_it_belongs_to(take: Take) -> None:
    (ad,) = take(HEAD + ROWS).objects.to_dict("records")
    assert (ad["object"], ad["title"], ad["parent"]) == ("120200000000000001", "Ad 1", "Autumn / Set A")


def test_of_a_total_row_only_its_people_are_kept(take: Take) -> None:
    extract = take(HEAD + ROWS + TOTAL)
    account = [row for row in rows(extract, "reach") if row["object_kind"] == "account"]
    assert [(row["object"], row["low"]) for row in account] == [("", 2000)]
    assert sum(float(str(row["low"])) for row in rows(extract, "impressions")) == 2500
    assert any("total rows" in note for note in extract.notes)


@pytest.mark.parametrize("name", ["Total", "Sum", "Razem"])
def test_a_row_named_total_is_one_only_where_it_comes_to_the_rest(take: Take, name: str) -> None:
    head = "Reporting starts,Reporting ends,Campaign name,Campaign ID,Reach,Impressions,Amount spent (GBP)\n"
    when = "2025-11-01,2025-11-14"
    named = take(f"{head}{when},{name},,900,2000,5.00\n{when},B,,900,1000,2.00\n")
    assert [(row["object"], row["low"]) for row in rows(named, "impressions")] == [(name, 2000), ("B", 1000)]
    assert [(row["object"], row["low"]) for row in rows(named, "spend")] == [(name, 5), ("B", 2)]
    with_id = take(f"{head}{when},B,1,900,1000,2.00\n{when},{name},2,900,1000,2.00\n")
    assert sum(float(str(row["low"])) for row in rows(with_id, "spend")) == 4
    summed = take(f"{head}{when},A,,900,1000,1.50\n{when},B,,900,1000,2.00\n{when},{name},,1500,2000,3.50\n")
    assert [row["low"] for row in rows(summed, "spend")] == [1.5, 2]
    assert [row["low"] for row in rows(summed, "reach") if row["object_kind"] == "account"] == [1500]


def test_settings_and_rates_are_left_out_and_said(take: Take) -> None:
    assert any("Cost per results" in note and "Ad delivery" in note for note in take(HEAD + ROWS).notes)


def test_ads_of_one_name_in_two_sets_are_two(take: Take) -> None:
    text = (
        "Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Impressions\n"
        "2025-11-01,2025-11-01,Autumn,Set A,Ad 1,10\n2025-11-01,2025-11-01,Autumn,Set B,Ad 1,20\n"
    )
    extract = take(text)
    assert set(extract.values["object"]) == {"Autumn / Set A / Ad 1", "Autumn / Set B / Ad 1"}
    assert set(extract.values["grain"]) == {"day"}


@pytest.mark.parametrize(
    ("text", "reach", "spend", "currency"),
    [
        (
            "Berichtsbeginn;Berichtsende;Anzeigenname;Alter;Geschlecht;Reichweite;Ausgegebener Betrag (EUR)\n"
            "2025-11-01;2025-11-14;Anzeige 1;25-34;Männlich;1.204;1.234,56\n",
            1204, 1234.56, "EUR",
        ),
        (
            "Día,Nombre del anuncio,Edad,Sexo,Importe gastado (EUR),Impresiones,Alcance\n"
            "2025-09-20,Anuncio 1,25-34,hombre,11.52,1204,900\n",
            900, 11.52, "EUR",
        ),
        (
            "Début des rapports,Fin des rapports,Nom de la publicité,Âge,Genre,Couverture,Montant dépensé (EUR)\n"
            "2025-11-01,2025-11-14,Pub 1,25-34,homme,900,7.5\n",
            900, 7.5, "EUR",
        ),
        (
            "Początek raportowania,Koniec raportowania,Nazwa reklamy,Wiek,Płeć,Zasięg,Wyświetlenia,Wydana kwota (PLN)\n"
            '2025-11-01,2025-11-14,Reklama 1,25-34,mężczyzna,900,1000,"1 234,50"\n',
            900, 1234.5, "PLN",
        ),
    ],
    ids=["de, a spreadsheet's numbers", "es, a program's numbers", "fr", "pl"],
)  # fmt: skip
def test_other_languages(take: Take, text: str, reach: float, spend: float, currency: str) -> None:
    extract = take(text)
    (people,), (paid,) = rows(extract, "reach"), rows(extract, "spend")
    assert (people["low"], people["age"], people["gender"]) == (reach, "25-34", "male")
    assert (paid["low"], paid["currency"]) == (spend, currency)


def test_nations_are_places(take: Take) -> None:
    head = "Day,Campaign name,Region,Reach,Amount spent (GBP)\n"
    wales, unknown = rows(take(f"{head}2025-11-01,Autumn,Wales,50,1\n2025-11-01,Autumn,Unknown,2,0\n"), "reach")
    assert (wales["place"], wales["place_kind"]) == ("W92000004", "nation")
    assert unknown["place_kind"] == "unknown"


def test_a_breakdown_without_a_place_stops_the_file(take: Take) -> None:
    text = (
        "Day,Campaign name,Weather,Reach,Amount spent (GBP)\n2025-11-01,Autumn,rain,50,1\n2025-11-01,Autumn,sun,20,1\n"
    )
    with pytest.raises(ExportRefused, match="cut by “Weather”"):
        take(text)


def test_a_breakdown_by_numbers_stops_the_file_too(take: Take) -> None:
    head, row = "Day,Campaign name,Product ID,Reach,Amount spent (GBP)\n", "2025-11-01,Autumn,{},50,1\n"
    with pytest.raises(ExportRefused, match="cut by “Product ID”"):
        take(head + row.format(111) + row.format(222))
    assert take(head + row.format(111)).rows == 1


def test_a_number_that_matters_under_a_new_name_stops_the_file(take: Take) -> None:
    text = "Day,Campaign name,Impressions,Accounts reached,Amount spent (GBP)\n2025-11-01,Autumn,50,40,1\n"
    with pytest.raises(ExportRefused, match="Accounts reached"):
        take(text)


def test_a_report_without_dates_asks_for_them(take: Take) -> None:
    text = "Campaign name,Reach,Amount spent (GBP)\nAutumn,50,1\n"
    with pytest.raises(ExportRefused, match="which days"):
        take(text)
    extract = take(text, first=date(2025, 11, 1), last=date(2025, 11, 30))
    assert rows(extract, "reach")[0]["end"] == datetime(2025, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "bad", ["Ad 1,120200000000000001,teens,female", "Ad 1,1.2E+17,18-24,female", "Ad 1,1,18-24,cat"]
)
def test_a_row_that_can_not_be_is_refused(take: Take, bad: str) -> None:
    extract = take(HEAD + ROWS + f"2025-11-01,2025-11-14,Autumn,Set A,{bad},facebook,1,1,1,1,,,,,\n")
    assert [refused.line for refused in extract.refused] == [4]
    assert extract.rows == 2


def test_a_period_that_ends_before_it_starts_is_refused(take: Take) -> None:
    extract = take(HEAD + ROWS + ROWS.splitlines()[0].replace("2025-11-14", "2025-10-14") + "\n")
    assert "ends before" in extract.refused[0].why


def test_a_decimal_sign_that_changes_is_a_question(take: Take) -> None:
    text = 'Day,Ad name,Impressions,Amount spent (GBP)\n2025-11-01,A,1,12.50\n2025-11-02,A,1,"12,50"\n'
    with pytest.raises(ExportUnclear, match="two things"):
        take(text)


INSIGHT = {
    "account_id": "212000000000001", "account_currency": "GBP", "campaign_id": "1", "campaign_name": "Autumn",
    "ad_id": "23840000000000001", "ad_name": "Ad 1", "date_start": "2025-11-01", "date_stop": "2025-11-01",
    "impressions": "725", "reach": "693", "frequency": "1.046176", "spend": "0.95", "clicks": "0",
    "actions": [{"action_type": "video_view", "value": "40"}, {"action_type": "post_reaction", "value": "3"}],
}  # fmt: skip


def test_insights_with_breakdowns_in_every_envelope(take: Take) -> None:
    by_age = {**INSIGHT, "age": "65+", "gender": "male", "publisher_platform": "instagram", "reach": 38}
    page = {"data": [INSIGHT, by_age], "paging": {"cursors": {"after": "x"}}}
    airbyte = [{"stream": "ads_insights", "data": INSIGHT}, {"type": "RECORD", "record": {"data": by_age}}]
    pulled = {"source": "meta.ads_insights", "pulled_at": "2025-11-03T06:00:00+00:00", "request": {}, "pages": [page]}
    for content in ([INSIGHT, by_age], page, airbyte, pulled):
        extract = take(content)
        assert (extract.source, extract.rows) == ("meta.ads_insights", 2)
        whole, part = rows(extract, "reach")
        assert (whole["age"], whole["low"], whole["object"]) == ("all", 693, "23840000000000001")
        assert (part["age"], part["gender"], part["placement"], part["low"]) == (
            "65+",
            "male",
            "platform: instagram",
            38,
        )
        assert rows(extract, "views_3s")[0]["low"] == 40
        assert rows(extract, "reactions")[0]["low"] == 3
        assert rows(extract, "spend")[0]["currency"] == "GBP"
    assert (extract.snapshot_from, extract.snapshot_at) == ("stated", datetime(2025, 11, 3, 6, tzinfo=UTC))


def test_insights_by_the_hour(take: Take) -> None:
    hour = {"hourly_stats_aggregated_by_advertiser_time_zone": "13:00:00 - 13:59:59"}
    (row,) = rows(take([{**INSIGHT, **hour}]), "impressions")
    assert (row["grain"], row["start"]) == ("hour", datetime(2025, 11, 1, 13, tzinfo=UTC))


def test_insights_cut_in_a_way_that_we_can_not_place_are_refused(take: Take) -> None:
    extract = take([INSIGHT, {**INSIGHT, "product_id": "9"}])
    assert [(one.line, one.column) for one in extract.refused] == [(2, "product_id")]


def test_a_number_that_the_api_can_not_have_given_is_refused(take: Take) -> None:
    extract = take([INSIGHT, {**INSIGHT, "reach": -3}, "stray"])
    assert [one.line for one in extract.refused] == [2, 3]


def test_another_platform_s_report_of_campaigns_is_not_metas(take: Take) -> None:
    with pytest.raises(ExportRefused):
        take("Day,Campaign name,Ad name,Impressions,Reach,Cost per mille\n2025-11-01,Autumn,A,10,9,1\n")
