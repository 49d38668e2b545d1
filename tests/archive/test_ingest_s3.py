"""s3:// for real: s3fs against a bucket on loopback, as a source and as the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import SourceMissing, StoreError
from archive.ingest.sources import find_recordings
from archive.store import Store
from tests.archive import bucket


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """The objects in the bucket, by path; credentials and endpoint come from the environment, as for people."""
    import s3fs

    server = bucket.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    s3fs.S3FileSystem.clear_instance_cache()
    bucket.S3.objects.clear()
    yield bucket.S3.objects
    s3fs.S3FileSystem.clear_instance_cache()
    server.shutdown()
    server.server_close()


def test_a_bucket_is_searched_and_its_files_fetched_whole(objects: dict[str, bytes], tmp_path: Path) -> None:
    content = bytes(range(256)) * 80_000
    objects |= {"/tv/news/late.ts": content, "/tv/news/late.en.srt": b"captions", "/tv/news/readme.txt": b"x"}
    (found,) = find_recordings("s3://tv/news")
    assert found.media.shown == "s3://tv/news/late.ts"
    assert [file.name for file in found.captions] == ["late.en.srt"]
    assert found.media.bring(tmp_path / "copy").size_bytes == len(content)
    assert (tmp_path / "copy").read_bytes() == content
    (alone,) = find_recordings("s3://tv/news/late.ts")
    assert (alone.media.size(), len(alone.captions)) == (len(content), 1)


def test_an_empty_place_in_a_bucket_is_said(objects: dict[str, bytes]) -> None:
    objects["/tv/readme.txt"] = b"x"
    with pytest.raises(SourceMissing, match="There is no"):
        find_recordings("s3://tv/nowhere")


def test_the_store_keeps_files_and_folders_in_a_bucket(objects: dict[str, bytes], tmp_path: Path) -> None:
    store = Store("s3://archive/soundbite", tmp_path / "cache")
    (tmp_path / "clip").mkdir()
    for name in ("vertical.mp4", "clip.json"):
        (tmp_path / "clip" / name).write_text(name)
    store.put(tmp_path / "clip" / "vertical.mp4", "originals/ab/abc.mp4")
    store.publish_dir(tmp_path / "clip", "clips/c_1")
    assert store.listing() == ["clips/c_1/clip.json", "clips/c_1/vertical.mp4", "originals/ab/abc.mp4"]
    assert store.exists("clips/c_1")
    assert (store.get("clips/c_1") / "clip.json").read_text() == "clip.json"
    assert store.get("originals/ab/abc.mp4").read_text() == "vertical.mp4"
    with pytest.raises(StoreError, match="exists already"):
        store.publish_dir(tmp_path / "clip", "clips/c_1")
    store.delete("clips/c_1")
    assert store.listing() == ["originals/ab/abc.mp4"]
    assert set(objects) == {"/archive/soundbite/originals/ab/abc.mp4"}
