"""Pulls, against answers that we wrote in the shape the platforms document; what is kept comes in like a download."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from analytics.adwatch import vanished
from analytics.errors import PullBroken, PullFailed
from analytics.importing import import_file, read_export
from analytics.lake import Lake
from analytics.model.extract import Ask
from analytics.model.scope import Window
from analytics.pulls import meta, tiktok

WEEK = Window(date(2026, 3, 1), date(2026, 3, 7))
WHEN = datetime(2026, 3, 8, 3, tzinfo=UTC)
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(meta.TOKEN, "secret-of-meta")
    monkeypatch.setenv(tiktok.TOKEN, "secret-of-tiktok")


def client(answer: Answer) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def says(body: object, status: int = 200) -> Answer:
    return lambda request: httpx.Response(status, json=body)


def ad(number: int) -> dict[str, object]:
    return {
        "id": str(number), "page_id": "7", "page_name": "The Party", "ad_creation_time": "2026-02-27",
        "ad_delivery_start_time": "2026-02-28", "currency": "GBP", "publisher_platforms": ["facebook"],
        "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={number}&access_token=secret-of-meta",
        "impressions": {"lower_bound": "1000", "upper_bound": "4999"},
        "spend": {"lower_bound": "0", "upper_bound": "99"},
        "demographic_distribution": [{"age": "18-24", "gender": "female", "percentage": "1"}],
        "delivery_by_region": [{"region": "England", "percentage": "1"}],
    }  # fmt: skip


def test_every_page_of_the_ad_library_is_kept_without_the_key(tmp_path: Path) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if "after" in request.url.params:
            return httpx.Response(200, json={"data": [ad(2)], "paging": {"cursors": {"after": "zz"}}})
        paging = {
            "cursors": {"after": "abc"},
            "next": "https://graph.facebook.com/x?access_token=secret-of-meta",
        }
        return httpx.Response(200, json={"data": [ad(1)], "paging": paging})

    path = meta.pull_ad_library(tmp_path, ["7"], client=client(answer), pulled_at=WHEN)
    assert [request.url.params.get("after") for request in asked] == [None, "abc"]
    assert asked[0].headers["Authorization"] == "Bearer secret-of-meta"
    assert not [request.url for request in asked if "secret" in str(request.url)]
    assert "secret" not in path.read_text()
    assert [len(page["data"]) for page in json.loads(path.read_text())["pages"]] == [1, 1]


def test_what_is_kept_of_the_ad_library_comes_in_like_a_download(tmp_path: Path) -> None:
    path = meta.pull_ad_library(tmp_path, ["7"], client=client(says({"data": [ad(1), ad(2)]})), pulled_at=WHEN)
    (extract,) = read_export(path, Ask())
    everybody = extract.values[(extract.values["metric"] == "impressions") & (extract.values["age"] == "all")]
    assert extract.source == "meta.ad_library_api"
    assert extract.snapshot_at == WHEN
    assert (everybody["low"].min(), everybody["high"].max()) == (1000, 4999)


def test_a_next_page_without_a_cursor_is_asked_for_by_its_address(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("after") == "abc":
            return httpx.Response(200, json={"data": [ad(2)]})
        following = "https://graph.facebook.com/x?access_token=secret-of-meta&after=abc"
        return httpx.Response(200, json={"data": [ad(1)], "paging": {"next": following}})

    path = meta.pull_ad_library(tmp_path, ["7"], client=client(answer), pulled_at=WHEN)
    assert read_export(path)[0].rows == 2


@pytest.mark.parametrize(
    "body",
    [
        {"data": [ad(1)], "paging": {"next": "https://graph.facebook.com/x"}},
        {"data": [ad(1)], "paging": {"cursors": {"after": "abc"}, "next": "https://graph.facebook.com/x?after=abc"}},
        {},
    ],
    ids=["a next page nobody knows the way to", "the same page for ever", "no data"],
)
def test_half_a_library_is_never_kept(tmp_path: Path, body: dict[str, object]) -> None:
    with pytest.raises(PullFailed):
        meta.pull_ad_library(tmp_path, ["7"], client=client(says(body)))
    assert list(tmp_path.iterdir()) == []


def test_the_day_on_which_all_ads_of_a_page_are_gone_is_seen(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    for number, ads in enumerate(([ad(1), ad(2)], [])):
        when = WHEN + timedelta(days=number)
        path = meta.pull_ad_library(tmp_path, ["7"], client=client(says({"data": ads})), pulled_at=when)
        imported = import_file(lake, path)
        assert (imported.status, imported.source, imported.rows) == ("imported", "meta.ad_library_api", len(ads))
    gone = vanished(lake, WHEN)
    assert (sorted(gone["object"]), set(gone["missed_at"])) == (["1", "2"], {WHEN + timedelta(days=1)})


def test_insights_of_days_without_delivery_hold_nothing_and_are_no_error(tmp_path: Path) -> None:
    path = meta.pull_insights(tmp_path, "act_1", WEEK, client=client(says({"data": []})), pulled_at=WHEN)
    (extract,) = read_export(path)
    assert (extract.source, extract.rows, extract.snapshot_at) == ("meta.ads_insights", 0, WHEN)


def test_insights_are_asked_for_by_age_and_gender_and_day(tmp_path: Path) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        row = {
            "account_id": "1", "account_currency": "GBP", "ad_id": "5", "ad_name": "Homes", "date_start": "2026-03-01",
            "date_stop": "2026-03-01", "impressions": "120", "reach": "100", "spend": "1.25", "age": "18-24",
            "gender": "female",
        }  # fmt: skip
        return httpx.Response(200, json={"data": [row], "paging": {"cursors": {"after": "end"}}})

    path = meta.pull_insights(tmp_path, "act_1", WEEK, client=client(answer), pulled_at=WHEN)
    assert asked[0].url.path == f"/{meta.VERSION}/act_1/insights"
    assert json.loads(asked[0].url.params["time_range"]) == {"since": "2026-03-01", "until": "2026-03-07"}
    (extract,) = read_export(path, Ask())
    reach = extract.values[extract.values["metric"] == "reach"]
    assert list(zip(reach["age"], reach["gender"], reach["low"], strict=True)) == [("18-24", "female", 100)]


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (says({"error": {"message": "limit", "code": 613}}, 400), PullBroken, "613"),
        (says({"error": {"message": "busy", "code": 99, "is_transient": True}}, 400), PullBroken, "busy"),
        (says({"error": {"message": "expired", "code": 190}}, 400), PullFailed, meta.TOKEN),
        (says({"error": {"message": "no rights", "code": 10}}, 403), PullFailed, "no rights"),
        (lambda request: httpx.Response(502, text="<html>"), PullBroken, "502"),
        (lambda request: httpx.Response(200, text="<html>"), PullFailed, "without the data"),
    ],
    ids=["limit", "bad moment", "key", "rights", "gateway", "no JSON"],
)
def test_a_no_is_final_and_a_wait_is_not(tmp_path: Path, answer: Answer, error: type[PullFailed], said: str) -> None:
    with pytest.raises(error, match=said) as raised:
        meta.pull_ad_library(tmp_path, ["7"], client=client(answer))
    assert type(raised.value) is error
    assert "secret" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_no_answer_at_all_may_be_asked_again(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("late", request=request)

    with pytest.raises(PullBroken, match="did not answer"):
        tiktok.pull(tmp_path, "700", WEEK, client=client(answer))


def test_without_a_key_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tiktok.TOKEN)
    with pytest.raises(PullFailed, match=tiktok.TOKEN):
        tiktok.pull(tmp_path, "700", WEEK)


def row(day: str) -> dict[str, object]:
    return {
        "dimensions": {"ad_id": "1728", "stat_time_day": f"{day} 00:00:00", "age": "AGE_25_34", "gender": "MALE"},
        "metrics": {"ad_name": "Homes", "campaign_id": "5", "currency": "GBP", "impressions": "10", "spend": "0.5"},
    }


def test_tiktoks_days_are_asked_for_thirty_at_a_time_and_page_by_page(tmp_path: Path) -> None:
    asked: list[tuple[str, str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        params = request.url.params
        asked.append((params["start_date"], params["end_date"], params["page"]))
        assert request.headers["Access-Token"] == "secret-of-tiktok"
        info = {"page": int(params["page"]), "page_size": 1000, "total_number": 2, "total_page": 2}
        day = params["start_date"] if params["page"] == "1" else params["end_date"]
        return httpx.Response(200, json={"code": 0, "message": "OK", "data": {"list": [row(day)], "page_info": info}})

    window = Window(date(2026, 3, 1), date(2026, 4, 5))
    after = datetime(2026, 4, 6, 6, tzinfo=UTC)
    path = tiktok.pull(tmp_path, "700", window, client=client(answer), pulled_at=after)
    assert asked == [
        ("2026-03-01", "2026-03-30", "1"), ("2026-03-01", "2026-03-30", "2"),
        ("2026-03-31", "2026-04-05", "1"), ("2026-03-31", "2026-04-05", "2"),
    ]  # fmt: skip
    (extract,) = read_export(path, Ask())
    assert (extract.source, extract.rows, extract.snapshot_at) == ("tiktok.business_api", 4, after)
    assert "secret" not in path.read_text()


@pytest.mark.parametrize(
    ("code", "error"), [(40100, PullBroken), (50000, PullBroken), (40105, PullFailed), (40002, PullFailed)]
)
def test_tiktok_says_no_with_a_good_status(tmp_path: Path, code: int, error: type[PullFailed]) -> None:
    with pytest.raises(error) as raised:
        tiktok.pull(tmp_path, "700", WEEK, client=client(says({"code": code, "message": "no", "data": {}})))
    assert type(raised.value) is error


def test_two_pulls_of_one_moment_are_two_files(tmp_path: Path) -> None:
    for number in (1, 2):
        meta.pull_ad_library(tmp_path, ["7"], client=client(says({"data": [ad(number)]})), pulled_at=WHEN)
    assert len(list(tmp_path.iterdir())) == 2
