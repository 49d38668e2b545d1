"""The lake on object storage: s3fs against a bucket on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

import analytics
from analytics.errors import LakeBusy, LakeDamaged
from analytics.lake import generation
from analytics.lake.place import Place
from tests.analytics.rows import WHEN, extract, objects
from tests.archive import bucket

URL = "s3://campaign/metrics/lake"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """The objects in the bucket, by path; credentials and endpoint come from the environment, as for people."""
    import s3fs

    server = bucket.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    s3fs.S3FileSystem.clear_instance_cache()
    bucket.S3.objects.clear()
    yield bucket.S3.objects
    s3fs.S3FileSystem.clear_instance_cache()
    server.shutdown()
    server.server_close()


def add(import_id: str, low: float, days: int = 0) -> None:
    when = WHEN + timedelta(days=days)
    row: dict[str, object] = {"low": low, "start": "2026-11-03", "snapshot_at": when}
    given = extract(row, described=objects({"title": import_id, "snapshot_at": when}))
    analytics.open(URL).add(given, import_id=import_id, name="x", options={})


def lows(view: str = "current_values") -> list[float]:
    found = analytics.open(URL).frame(f"SELECT low FROM {view} ORDER BY low")
    return [float(low) for low in found["low"]]


def test_a_lake_lives_in_a_bucket_as_in_a_folder(kept: dict[str, bytes]) -> None:
    assert lows() == []
    add("one", 5.0)
    add("two", 4.0, days=1)
    add("two", 9.0, days=1)
    assert (lows(), lows("history")) == ([4.0], [4.0, 5.0])
    lake = analytics.open(URL)
    lake.put_links(pd.DataFrame({"platform": ["facebook"], "object": ["p1"], "clip": ["c_1"]}), pd.DataFrame())
    assert lake.frame("SELECT clip, title, low FROM tidy").to_dict("records") == [
        {"clip": "c_1", "title": "two", "low": 4.0}
    ]
    assert [receipt.import_id for receipt in lake.receipts()] == ["one", "two"]
    assert all(key.startswith("/campaign/metrics/lake/") for key in kept)


def test_it_is_made_again_from_the_history_in_the_bucket(kept: dict[str, bytes]) -> None:
    add("one", 5.0)
    add("two", 4.0, days=1)
    del kept["/campaign/metrics/lake/current.json"]
    with pytest.raises(LakeDamaged, match="rebuild"):
        lows()
    analytics.open(URL).rebuild()
    assert (lows(), lows("history")) == ([4.0], [4.0, 5.0])


def test_of_two_writers_the_later_one_gives_way(kept: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    add("one", 5.0)
    commit = generation.commit

    def overtaken(place: Place, work: Path, before: generation.Generation, after: generation.Generation) -> object:
        monkeypatch.setattr("analytics.lake.lake.commit", commit)
        add("other", 6.0, days=2)
        return commit(place, work, before, after)

    monkeypatch.setattr("analytics.lake.lake.commit", overtaken)
    with pytest.raises(LakeBusy):
        add("two", 4.0, days=1)
    assert lows() == [6.0]
    add("two", 4.0, days=1)
    assert (lows(), len(lows("history"))) == ([6.0], 3)


def test_an_object_that_is_gone_is_said(kept: dict[str, bytes]) -> None:
    add("one", 5.0)
    del kept[next(key for key in kept if "/current/values/" in key)]
    with pytest.raises(LakeDamaged):
        lows()
