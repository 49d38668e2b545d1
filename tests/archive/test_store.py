"""The same few verbs on a local folder and on object storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from archive.errors import StoreError
from archive.store import Store, content_hash
from tests.archive.kills import until_not_killed


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store on a local folder, and one on fsspec's memory file system."""
    if request.param == "folder":
        yield Store(tmp_path / "home")
        return
    memory = fsspec.filesystem("memory")
    yield Store("memory://bucket/soundbite", tmp_path / "cache")
    memory.rm("/", recursive=True)


def make(folder: Path, name: str = "file", text: str = "content") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_what_was_put_can_be_got_and_the_source_stays(store: Store, tmp_path: Path) -> None:
    source = make(tmp_path)
    assert store.put(source, "index/r_1.json") == "index/r_1.json"
    assert store.exists("index/r_1.json")
    assert store.get("index/r_1.json").read_text() == "content"
    assert source.exists()
    assert store.listing() == ["index/r_1.json"]


def test_a_derived_file_is_replaced_and_can_be_deleted(store: Store, tmp_path: Path) -> None:
    store.put(make(tmp_path, text="old"), "index/a")
    assert store.get("index/a").read_text() == "old"
    store.put(make(tmp_path, text="new"), "index/a")
    assert store.get("index/a").read_text() == "new"
    store.delete("index/a")
    assert not store.exists("index/a")
    store.delete("index/a")


def test_an_original_is_neither_replaced_nor_deleted(store: Store, tmp_path: Path) -> None:
    store.put(make(tmp_path, text="first"), "originals/ab/abc.ts")
    assert store.publish(make(tmp_path, text="other"), "originals/ab/abc.ts") is False
    assert store.get("originals/ab/abc.ts").read_text() == "first"
    with pytest.raises(StoreError, match="is an original"):
        store.delete("originals/ab/abc.ts")
    with pytest.raises(StoreError, match="is an original"):
        store.publish_dir(tmp_path, "originals/ab")


def test_an_original_of_another_length_under_the_same_hash_is_reported(store: Store, tmp_path: Path) -> None:
    store.put(make(tmp_path, text="whole"), "originals/ab/abc.ts")
    with pytest.raises(StoreError, match="was changed by somebody"):
        store.publish(make(tmp_path, text="who"), "originals/ab/abc.ts")


def test_a_local_original_is_read_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    store.put(make(tmp_path), "originals/ab/abc.ts")
    assert store.get("originals/ab/abc.ts").stat().st_mode & 0o777 == 0o444


def test_a_folder_arrives_whole_and_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    made = tmp_path / "made"
    make(made, "vertical.mp4", "v")
    make(made, "captions/a.srt", "s")
    store.publish_dir(made, "clips/c_1")
    assert store.exists("clips/c_1")
    assert store.listing("clips") == ["clips/c_1/captions/a.srt", "clips/c_1/vertical.mp4"]
    got = store.get("clips/c_1")
    assert (got / "captions" / "a.srt").read_text() == "s"
    again = make(tmp_path / "again", "x", "x").parent
    with pytest.raises(StoreError, match="exists already"):
        store.publish_dir(again, "clips/c_1")
    store.publish_dir(again, "clips/c_1", replace=True)
    assert store.listing("clips") == ["clips/c_1/x"]
    assert (store.get("clips/c_1") / "x").read_text() == "x"
    store.delete("clips/c_1")
    assert not store.exists("clips/c_1")


def test_a_folder_in_object_storage_without_its_marker_is_not_there(tmp_path: Path) -> None:
    store = Store("memory://bucket/half", tmp_path)
    fsspec.filesystem("memory").pipe_file("/bucket/half/clips/c_2/vertical.mp4", b"v")
    assert not store.exists("clips/c_2")
    with pytest.raises(StoreError, match="is not in the store"):
        store.get("clips/c_2")


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="index/none is not in the store"):
        store.get("index/none")


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../outside", "index/../../outside"])
def test_a_key_cannot_leave_the_store(store: Store, key: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no key"):
        store.put(make(tmp_path), key)
    with pytest.raises(StoreError, match="is no key"):
        store.get(key)


def test_a_kill_while_keeping_an_original_leaves_it_whole_or_away_and_the_next_run_goes_on(
    tmp_path: Path,
) -> None:
    source, home = make(tmp_path, text="x" * 10_000), tmp_path / "home"
    key = "originals/ab/abc.ts"

    def check() -> None:
        store = Store(home)
        store.sweep(min_age_s=0)
        if store.exists(key):
            assert store.get(key).read_text() == "x" * 10_000
        assert not list(home.rglob(".*"))

    def work() -> None:
        Store(home).put(source, key)

    assert until_not_killed(work, check) > 5
    assert Store(home).get(key).read_text() == "x" * 10_000


def test_a_file_url_is_a_local_folder(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path}/home")
    store.put(make(tmp_path), "index/a")
    assert store.is_local
    assert (tmp_path / "home" / "index" / "a").exists()


def test_sweeping_leaves_finished_things(store: Store, tmp_path: Path) -> None:
    store.put(make(tmp_path), "index/a")
    (store.work / "left-over").mkdir()
    gone = store.sweep(min_age_s=0)
    assert [path.name for path in gone] == ["left-over"]
    assert store.listing() == ["index/a"]
    assert not any(store.work.iterdir())


def test_the_hash_is_of_what_the_store_holds_now(store: Store, tmp_path: Path) -> None:
    key = "originals/ab/abc.ts"
    store.put(make(tmp_path), key)
    before = store.content_hash(key)
    assert before == content_hash(store.get(key))
    if store.is_local:
        store.get(key).chmod(0o644)
        store.get(key).write_text("changed")
    else:
        fsspec.filesystem("memory").pipe_file(f"/bucket/soundbite/{key}", b"changed")
    assert store.content_hash(key) == content_hash(make(tmp_path, text="changed"))
    with pytest.raises(StoreError, match="index/none is not in the store"):
        store.content_hash("index/none")
    store.publish_dir(make(tmp_path / "made", "x").parent, "clips/c_1")
    with pytest.raises(StoreError, match=r"can't be read|is not in the store|could not be reached"):
        store.content_hash("clips/c_1")
