"""Spend and impressions by cell: the ranges stay ranges, and the cells come to the whole."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path

import pytest

import analytics
from analytics.adwatch import By, spending
from analytics.lake import Lake
from analytics.model.scope import Window
from tests.analytics.rows import WHEN, extract, objects

SCOTLAND, WALES = "S92000003", "W92000004"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return analytics.open(tmp_path / "lake")


def ad(name: str, spend: tuple[float, float], seen: tuple[float, float], **shares: float) -> list[dict[str, object]]:
    """The rows of one ad; `shares` are of its impressions: f18 women of 18–24, m18 men, scotland, wales."""
    what: dict[str, object] = {"platform": "meta", "object_kind": "ad", "account": "page 1", "object": name}
    cells: dict[str, dict[str, object]] = {
        "f18": {"age": "18-24", "gender": "female"},
        "m18": {"age": "18-24", "gender": "male"},
        "scotland": {"place": SCOTLAND, "place_kind": "nation"},
        "wales": {"place": WALES, "place_kind": "nation"},
    }
    return [
        what | {"metric": "spend", "currency": "GBP", "low": spend[0], "high": spend[1]},
        what | {"metric": "impressions", "low": seen[0], "high": seen[1]},
        *(
            what | cells[cell] | {"metric": "impressions", "low": seen[0] * share, "high": seen[1] * share}
            for cell, share in shares.items()
        ),
    ]


def put(lake: Lake, *ads: list[dict[str, object]], **about: object) -> None:
    what: dict[str, object] = {"platform": "meta", "object_kind": "ad", "account": "page 1"}
    described = objects(*(what | {"object": rows[0]["object"], "account_name": "The Party"} | about for rows in ads))
    given = extract(*(row for rows in ads for row in rows), described=described, source="meta.ad_library_api")
    lake.add(given, import_id=f"i{len(lake.receipts())}", name="ads.json", options={})


def test_ranges_are_split_by_share_and_summed_as_ranges(lake: Lake) -> None:
    put(lake, ad("a", (100, 199), (1000, 1999), f18=0.75, m18=0.25), ad("b", (0, 99), (0, 999), f18=1.0))
    found = spending(lake, "age and gender").set_index("gender")
    assert found.loc["female", ["ads", "spend_low", "impressions_low"]].to_list() == [2, 75.0, 750.0]
    assert found.loc["female", "spend_high"] == pytest.approx(199 * 0.75 + 99)
    assert found.loc["male", ["spend_low", "spend_high", "impressions_high"]].to_list() == pytest.approx(
        [25.0, 199 / 4, 1999 / 4]
    )


@pytest.mark.parametrize("by", ["age and gender", "place"])
def test_the_cells_come_to_the_whole(lake: Lake, by: By) -> None:
    put(
        lake,
        ad("a", (100, 199), (1000, 1999), f18=0.5, m18=0.5, scotland=0.9, wales=0.1),
        ad("b", (200, 299), (0, 999)),
    )
    (whole,) = spending(lake, "page").to_dict("records")
    cells = spending(lake, by)
    assert (whole["account_name"], whole["ads"], whole["spend_low"], whole["spend_high"]) == ("The Party", 2, 300, 498)
    for column in ("spend_low", "spend_high", "impressions_low", "impressions_high"):
        assert cells[column].sum() == pytest.approx(whole[column])


def test_an_ad_without_cells_is_unknown_not_left_out(lake: Lake) -> None:
    put(lake, ad("a", (100, 199), (1000, 1999)))
    (row,) = spending(lake, "place").to_dict("records")
    assert (row["place"], row["place_kind"], row["spend_low"], row["spend_high"]) == ("unknown", "unknown", 100, 199)


def test_an_open_top_stays_open(lake: Lake) -> None:
    put(lake, ad("a", (100, 199), (1_000_000, math.inf), f18=0.5, m18=0.5))
    found = spending(lake, "age and gender").set_index("gender")
    assert found.loc["female", ["impressions_low", "impressions_high"]].to_list() == [500_000, math.inf]
    assert found.loc["female", ["spend_low", "spend_high"]].to_list() == [50.0, 99.5]


def test_currencies_and_ones_own_are_never_added_to_others(lake: Lake) -> None:
    put(lake, ad("a", (1, 2), (1, 2)))
    rows = [
        row | {"account": "page 2"} | ({"currency": "EUR"} if row["metric"] == "spend" else {})
        for row in ad("b", (5, 6), (1, 2))
    ]
    put(lake, rows, account="page 2", account_name="The Others")
    found = spending(lake, "age and gender", own=["page 1"])
    assert found[["currency", "is_own", "spend_low"]].to_dict("records") == [
        {"currency": "EUR", "is_own": False, "spend_low": 5.0},
        {"currency": "GBP", "is_own": True, "spend_low": 1.0},
    ]


def test_a_window_takes_the_ads_that_ran_in_it(lake: Lake) -> None:
    ran: dict[str, object] = {
        "started_at": datetime(2026, 11, 3, tzinfo=WHEN.tzinfo),
        "stopped_at": datetime(2026, 11, 5, tzinfo=WHEN.tzinfo),
    }
    put(lake, ad("a", (1, 2), (1, 2)), **ran)
    for first, last, ads in ((3, 3, 1), (5, 9, 1), (1, 2, 0), (6, 9, 0)):
        window = Window(date(2026, 11, first), date(2026, 11, last))
        assert spending(lake, "page", window=window)["ads"].sum() == ads
