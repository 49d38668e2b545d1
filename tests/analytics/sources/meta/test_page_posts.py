"""Lifetime figures of posts, restated every day, as connectors store the Graph API's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analytics.errors import ExportRefused

from .conftest import Take

HEAD = (
    "date,post_id,_fivetran_synced,post_clicks,post_impressions,post_impressions_organic,post_impressions_paid,"
    "post_impressions_unique,post_impressions_paid_unique,post_impressions_fan,post_reactions_like_total,"
    "post_reactions_love_total,post_video_view_time,post_video_length\n"
)
FIRST = (
    "2021-09-10 07:00:00,514000000000001_339000000000001,2021-09-10 20:23:43.284,"
    "23,875,800,75,600,50,139,10,2,2142472,4901\n"
)
NEXT = FIRST.replace("2021-09-10", "2021-09-11").replace(",875,", ",877,")


def test_each_row_is_a_snapshot_of_its_day(take: Take) -> None:
    extract = take(HEAD + FIRST + NEXT)
    assert (extract.source, extract.rows, extract.snapshot_from) == ("meta.page_posts", 2, "stated")
    assert extract.snapshot_at == datetime(2021, 9, 11, 7, tzinfo=UTC)
    shown = extract.values[(extract.values["metric"] == "impressions") & (extract.values["payment"] == "all")]
    assert list(shown["low"]) == [875, 877]
    assert list(shown["snapshot_at"]) == [datetime(2021, 9, 10, 7, tzinfo=UTC), datetime(2021, 9, 11, 7, tzinfo=UTC)]
    assert set(shown["grain"]) == {"lifetime"}


def test_organic_paid_people_and_units(take: Take) -> None:
    values = take(HEAD + FIRST).values.set_index(["metric", "payment"])["low"].to_dict()
    assert values[("impressions", "organic")] == 800
    assert values[("impressions", "paid")] == 75
    assert values[("reach", "all")] == 600
    assert values[("reach", "paid")] == 50
    assert values[("reactions", "all")] == 12
    assert values[("watch_time", "all")] == pytest.approx(2142.472)


def test_page_and_post_are_taken_apart(take: Take) -> None:
    (post,) = take(HEAD + FIRST + NEXT).objects.to_dict("records")
    assert (post["account"], post["object"], post["duration_s"]) == ("514000000000001", "339000000000001", 4.901)


def test_parts_that_we_have_no_place_for_are_said(take: Take) -> None:
    assert any("post_impressions_fan" in note for note in take(HEAD + FIRST).notes)


def test_a_row_without_its_day_is_refused(take: Take) -> None:
    extract = take(HEAD + FIRST + NEXT.replace("2021-09-11 07:00:00", "", 1))
    assert [(one.line, one.why) for one in extract.refused] == [(3, "has no date")]


def test_a_column_that_nobody_knows_stops_the_file(take: Take) -> None:
    with pytest.raises(ExportRefused, match="mood"):
        take(HEAD.replace("_fivetran_synced", "mood") + FIRST)
