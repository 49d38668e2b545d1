"""Result tables of the Analytics API and daily files of the Reporting API."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import read_data, read_text, rows, total

VIDEO = "dQw4w9WgXc0"


def table(names: list[str], *cells: list[object]) -> dict[str, object]:
    headers = [{"name": name, "columnType": "DIMENSION", "dataType": "STRING"} for name in names]
    return {"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": list(cells)}


def test_age_and_gender_come_together_and_the_request_says_the_period(tmp_path: Path) -> None:
    data = {
        "source": "youtube.analytics_api",
        "pulled_at": "2026-05-02T03:00:00Z",
        "request": {
            "ids": "channel==UC123", "startDate": "2026-04-01", "endDate": "2026-04-30", "filters": f"video=={VIDEO}",
        },
        "pages": [
            table(["ageGroup", "gender", "viewerPercentage"], ["age18-24", "female", 12.5], ["age65-", "male", 87.5])
        ],
    }  # fmt: skip
    extract = read_data(tmp_path, data, Ask())
    shares = rows(extract, "views_share", object="dQw4w9WgXc0", account="UC123")
    assert list(zip(shares["age"], shares["gender"], shares["low"], strict=True)) == [
        ("18-24", "female", 0.125),
        ("65+", "male", 0.875),
    ]
    assert set(shares["grain"]) == {"period"}
    assert shares["end"].iloc[0] == datetime(2026, 4, 30, 23, tzinfo=UTC)  # London's midnight
    assert (extract.snapshot_at, extract.snapshot_from) == (datetime(2026, 5, 2, 3, tzinfo=UTC), "stated")


def test_a_bare_answer_by_day_and_pages_of_videos_are_read(tmp_path: Path) -> None:
    by_day = read_data(
        tmp_path, table(["day", "views", "estimatedMinutesWatched"], ["2026-04-01", 10, 3], ["2026-04-02", 0, 0])
    )
    assert total(by_day, "watch_time") == (180, 180)
    assert list(rows(by_day, "views")["state"]) == ["observed", "zero"]
    pages = [table(["video", "views"], ["dQw4w9WgXc0", 7]), table(["video", "views"], ["dQw4w9WgXc1", 5])]
    by_video = read_data(tmp_path, {"source": "youtube.analytics_api", "request": {}, "pages": pages})
    assert dict(zip(by_video.values["object"], by_video.values["low"], strict=True)) == {
        "dQw4w9WgXc0": 7,
        "dQw4w9WgXc1": 5,
    }


def test_an_answer_without_rows_holds_nothing_and_is_no_error(tmp_path: Path) -> None:
    empty = table(["country", "views"])
    del empty["rows"]
    assert read_data(tmp_path, empty).values.empty


DEMOGRAPHICS = """date,channel_id,video_id,live_or_on_demand,subscribed_status,country_code,age_group,gender,\
views_percentage
20260501,UC1,dQw4w9WgXc0,on_demand,not_subscribed,GB,AGE_65_,MALE,62.5
20260501,UC1,dQw4w9WgXc0,on_demand,subscribed,GB,AGE_18_24,GENDER_OTHER,37.5
"""


def test_reporting_demographics_keep_each_split_as_a_placement(tmp_path: Path) -> None:
    extract = read_text(tmp_path, DEMOGRAPHICS)
    values = extract.values
    assert list(values["age"]) == ["65+", "18-24"]
    assert list(values["gender"]) == ["male", "other"]
    assert list(values["placement"]) == ["on demand, not subscribed", "on demand, subscribed"]
    assert list(values["low"]) == [0.625, 0.375]
    assert set(values["grain"]) == {"day"}


def test_columns_of_the_service_that_fetched_it_are_passed_over(tmp_path: Path) -> None:
    lines = DEMOGRAPHICS.replace("20260501", "2026-05-01").splitlines()
    text = "\n".join(f"{extra},{line}" for extra, line in zip(("_fivetran_id", "a=", "b="), lines, strict=True)) + "\n"
    assert read_text(tmp_path, text).values["low"].sum() == pytest.approx(1)


def test_reporting_counts_are_added_over_subscribers_and_others(tmp_path: Path) -> None:
    text = """date,channel_id,video_id,live_or_on_demand,subscribed_status,country_code,views,engaged_views,\
watch_time_minutes,likes
20260501,UC1,dQw4w9WgXc0,on_demand,subscribed,GB,10,8,5.5,1
20260501,UC1,dQw4w9WgXc0,on_demand,not_subscribed,GB,30,20,10,0
20260501,UC1,dQw4w9WgXc0,on_demand,not_subscribed,IE,2,1,1,0
"""
    views = rows(read_text(tmp_path, text), "views")
    assert dict(zip(views["place"], views["low"], strict=True)) == {"GB": 40, "IE": 2}
    assert set(views["definition"]) == {"2025-03-31"}


@pytest.mark.parametrize(
    ("subscribed", "others", "state", "low"),
    [("0", "50", "observed", 50), ("0", "0", "zero", 0), ("", "50", "unavailable", None)],
)
def test_a_sum_is_known_as_far_as_its_parts_are(
    tmp_path: Path, subscribed: str, others: str, state: str, low: float | None
) -> None:
    head = "date,channel_id,video_id,live_or_on_demand,subscribed_status,country_code,views,watch_time_minutes\n"
    row = "20260501,UC1,dQw4w9WgXc0,on_demand,{},GB,{},1\n"
    text = head + row.format("subscribed", subscribed) + row.format("not_subscribed", others)
    (views,) = rows(read_text(tmp_path, text), "views").to_dict("records")
    assert views["state"] == state
    assert views["low"] == views["high"] == low if low is not None else pd.isna(views["low"])
