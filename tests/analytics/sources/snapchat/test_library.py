"""Snap's political library: totals are delivered, cells are targeted, and the two never mix."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.errors import ExportRefused
from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import AS_OF, read_text, rows, total

HEADER = (
    "ADID,CreativeUrl,Currency Code,Spend,Impressions,StartDate,EndDate,OrganizationName,BillingAddress,"
    "CandidateBallotInformation,PayingAdvertiserName,Gender,AgeBracket,CountryCode,Regions (Included),"
    "Regions (Excluded),Postal Codes (Included),Interests,Segments,CreativeProperties\n"
)
ADS = HEADER + (
    'aaaaaaaa01,https://snap.example/1,GBP,118,48450,2026/10/05 15:50:13Z,2026/10/14 23:30:00Z,The Party,"Road,Town",,'
    'The Party,,18-24,united kingdom,,,"s10 1,s11 8",,,web_view_url:https://example.org\n'
    "aaaaaaaa02,https://snap.example/2,EUR,0,15,2026/11/27 13:45:23Z,,The Party,Road,,A Friend,MALE,18-,united kingdom,"
    '"Dudley,Walsall",Coventry,,Gamers,,\n'
)


def test_the_total_is_delivered_and_the_cell_is_targeted(tmp_path: Path) -> None:
    extract = read_text(tmp_path, ADS)
    assert total(extract, "impressions", basis="delivered") == (48465, 48465)
    assert set(rows(extract, "impressions", basis="delivered")["age"]) == {"all"}
    aimed = rows(extract, "impressions", basis="targeted")
    assert list(zip(aimed["age"], aimed["gender"], aimed["place"], strict=True)) == [
        ("18-24", "all", "GB"),
        ("0-18", "male", "GB"),
    ]


def test_each_ad_keeps_its_currency(tmp_path: Path) -> None:
    extract = read_text(tmp_path, ADS)
    assert total(extract, "spend", basis="delivered", currency="GBP") == (118, 118)
    assert list(rows(extract, "spend", basis="delivered", currency="EUR")["state"]) == ["zero"]


def test_what_an_ad_is_and_was_aimed_at(tmp_path: Path) -> None:
    objects = read_text(tmp_path, ADS).objects.set_index("object")
    assert objects.loc["aaaaaaaa01", "started_at"] == datetime(2026, 10, 5, 15, 50, 13, tzinfo=UTC)
    assert objects.loc["aaaaaaaa02", "funder"] == "A Friend"
    assert objects.loc["aaaaaaaa02", "text"] == "Regions: Dudley,Walsall; without Regions: Coventry; Interests: Gamers"


def test_a_whole_library_covers_its_advertisers(tmp_path: Path) -> None:
    assert read_text(tmp_path, ADS).covers == ()
    assert read_text(tmp_path, ADS, Ask(as_of=AS_OF, is_whole_library=True)).covers == ("The Party",)


def test_newer_columns_are_known_and_strange_ones_are_not(tmp_path: Path) -> None:
    newer = ADS.replace(",BillingAddress,", ",BillingAddress,CommitteeName,").replace('"Road,Town",', '"Road,Town",,')
    newer = newer.replace(",The Party,Road,,", ",The Party,Road,,,")
    assert read_text(tmp_path, newer).rows == 2
    with pytest.raises(ExportRefused, match="Mood"):
        read_text(tmp_path, ADS.replace("Segments", "Mood"))
