"""The pull from YouTube, through Google's own client with recorded answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.errors import PullBroken, PullFailed
from analytics.importing import read_export
from analytics.model.extract import Ask
from analytics.model.scope import Window
from analytics.pulls import youtube

discovery = pytest.importorskip("googleapiclient.discovery", reason="the extra `pull` is not installed")
mocked = pytest.importorskip("googleapiclient.http")

APRIL = Window(date(2026, 4, 1), date(2026, 4, 30))
WHEN = datetime(2026, 5, 1, 3, tzinfo=UTC)


def service(*answers: tuple[int, object]) -> youtube.Service:
    said = [({"status": str(status)}, json.dumps(body)) for status, body in answers]
    built: youtube.Service = discovery.build(
        "youtubeAnalytics", "v2", http=mocked.HttpMockSequence(said), static_discovery=True, cache_discovery=False
    )
    return built


def table(names: Sequence[str], *rows: list[object]) -> dict[str, object]:
    headers = [{"name": name, "columnType": "METRIC", "dataType": "INTEGER"} for name in names]
    return {"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, **({"rows": list(rows)} if rows else {})}


def test_videos_days_countries_and_ages_are_kept_and_come_in(tmp_path: Path) -> None:
    api = service(
        (200, table(["video", "views"], ["dQw4w9WgXc0", 7])),
        (200, table(["day", "views"], ["2026-04-01", 7])),
        (200, table(["country", "views"], ["GB", 7])),
        (200, table(["ageGroup", "gender", "viewerPercentage"], ["age18-24", "female", 100.0])),
    )
    paths = youtube.pull(tmp_path, APRIL, service=api, pulled_at=WHEN)
    extracts = [read_export(path, Ask())[0] for path in paths]
    assert {one.source for one in extracts} == {"youtube.analytics_api"}
    assert {one.snapshot_at for one in extracts} == {WHEN}
    assert [one.values["grain"].iloc[0] for one in extracts] == ["period", "day", "period", "period"]
    assert [one.values["low"].iloc[0] for one in extracts] == [7, 7, 7, 1]


def test_a_single_videos_days_and_ages_are_asked_for_too(tmp_path: Path) -> None:
    empty = (200, table(["views"]))
    ages = (200, table(["ageGroup", "gender", "viewerPercentage"], ["age65-", "male", 40.0]))
    days = (200, table(["day", "views"], ["2026-04-01", 3]))
    paths = youtube.pull(
        tmp_path, APRIL, videos=["dQw4w9WgXc0"], service=service(empty, empty, empty, empty, days, ages)
    )
    last = read_export(paths[-1], Ask())[0].values
    assert list(zip(last["object"], last["age"], last["low"], strict=True)) == [("dQw4w9WgXc0", "65+", 0.4)]


def test_videos_come_page_by_page(tmp_path: Path) -> None:
    full = table(["video", "views"], *([f"dQw4w9W{number:04}", 1] for number in range(youtube.ROWS_AT_ONCE)))
    rest = table(["video", "views"], ["dQw4w9WgXc0", 1])
    empty = (200, table(["views"]))
    paths = youtube.pull(tmp_path, APRIL, service=service((200, full), (200, rest), empty, empty, empty))
    assert read_export(paths[0], Ask())[0].rows == youtube.ROWS_AT_ONCE + 1


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (403, "quotaExceeded", PullBroken),
        (503, "backendError", PullBroken),
        (403, "forbidden", PullFailed),
        (400, "badRequest", PullFailed),
    ],
)
def test_a_quota_is_a_wait_and_a_no_is_a_no(tmp_path: Path, status: int, reason: str, error: type[PullFailed]) -> None:
    body = {"error": {"code": status, "message": "said", "errors": [{"reason": reason}]}}
    with pytest.raises(error) as raised:
        youtube.pull(tmp_path, APRIL, service=service((status, body)))
    assert type(raised.value) is error


def test_credentials_that_are_not_there_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(youtube.CREDENTIALS, raising=False)
    with pytest.raises(PullFailed, match=youtube.CREDENTIALS):
        youtube.pull(tmp_path, APRIL)
    monkeypatch.setenv(youtube.CREDENTIALS, str(tmp_path / "nowhere.json"))
    with pytest.raises(PullFailed, match="authorised user"):
        youtube.pull(tmp_path, APRIL)
