"""Files are complete under their final name, or not there."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import DiskFull, NotWritable, StoreError
from archive.store import (
    content_hash,
    copy_hashed,
    publish_dir,
    publish_file,
    require_free,
    sweep,
    workplace,
    write_atomic,
)
from archive.store.copying import write_hashed
from tests.archive.kills import in_child, until_not_killed


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_kill_before_any_file_operation_of_write_atomic_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "note.json"

    def check() -> None:
        if target.exists():
            assert target.read_text() == "new" * 1000
        sweep(tmp_path, parts_only=True, min_age_s=0)
        assert not list(tmp_path.rglob(".*"))

    assert until_not_killed(lambda: write_atomic(target, "new" * 1000), check) > 3
    assert target.read_text() == "new" * 1000


def test_a_kill_while_publishing_a_folder_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    final = tmp_path / "clips" / "c_1"

    def work() -> None:
        with workplace(tmp_path / "work") as folder:
            made = folder / "clip"
            made.mkdir()
            for number in range(4):
                (made / f"{number}.mp4").write_bytes(bytes([number]) * 5000)
            publish_dir(made, final, replace=True)

    def check() -> None:
        if final.exists():
            assert visible(final) == [f"{number}.mp4" for number in range(4)]
        sweep(tmp_path / "work", min_age_s=0)
        assert not (tmp_path / "work").exists() or not any((tmp_path / "work").iterdir())

    assert until_not_killed(work, check) > 8
    assert visible(final) == [f"{number}.mp4" for number in range(4)]


def test_kills_at_random_instants_leave_no_half_written_file(tmp_path: Path) -> None:
    def work() -> None:
        for number in range(10_000):
            data = bytes([number % 251]) * 300_000
            write_atomic(tmp_path / f"{number % 20}.bin", data)

    for _ in range(25):
        pid = os.fork()
        if pid == 0:
            work()
            os._exit(0)
        subprocess.run(["sleep", "0.02"], check=True)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    names = visible(tmp_path)
    assert names
    for name in names:
        data = (tmp_path / name).read_bytes()
        assert len(data) == 300_000
        assert len(set(data)) == 1


def test_an_existing_original_is_never_replaced(tmp_path: Path) -> None:
    final = tmp_path / "a.ts"
    final.write_text("first")
    tmp = tmp_path / "tmp"
    tmp.write_text("second")
    assert publish_file(tmp, final, keep_existing=True) is False
    assert final.read_text() == "first"
    assert not tmp.exists()


def test_publishing_across_file_systems_works(tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system at /dev/shm")
    with workplace(other, "soundbite-test") as folder:
        (folder / "one").write_text("one")
        (folder / "many").mkdir()
        (folder / "many" / "two").write_text("two")
        publish_file(folder / "one", tmp_path / "one")
        publish_dir(folder / "many", tmp_path / "many")
        assert not (folder / "one").exists()
        assert not (folder / "many").exists()
    assert (tmp_path / "one").read_text() == "one"
    assert (tmp_path / "many" / "two").read_text() == "two"
    assert visible(tmp_path) == ["many", "one"]


def test_a_published_folder_is_never_overwritten_by_chance(tmp_path: Path) -> None:
    for name in ("tmp", "final"):
        (tmp_path / name).mkdir()
    with pytest.raises(StoreError, match="exists already"):
        publish_dir(tmp_path / "tmp", tmp_path / "final")


def test_a_file_size_limit_is_a_full_disk_and_leaves_nothing(tmp_path: Path) -> None:
    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(DiskFull, match="The disk is full"):
            write_atomic(tmp_path / "big", bytes(1_000_000))
        source = tmp_path / "source"
        with pytest.raises(DiskFull):
            copy_hashed(source, tmp_path / "copy")
        with pytest.raises(DiskFull):
            write_hashed([bytes(1_000_000)], tmp_path / "written")

    (tmp_path / "source").write_bytes(bytes(1_000_000))
    assert in_child(work) == 0
    assert not (tmp_path / "big").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_missing_permission_is_said_in_one_line(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    def work() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        with pytest.raises(NotWritable, match="locked/note may not be written") as caught:
            write_atomic(locked / "note", "x")
        assert "permission" in caught.value.mend
        assert "\n" not in str(caught.value)

    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    assert in_child(work) == 0


def test_free_space_is_checked_before_copying(tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match=r"news\.ts needs .* MB and only .* are free"):
        require_free(tmp_path, 10**18, "news.ts")


@settings(deadline=None)
@given(st.binary(max_size=200_000), st.integers(min_value=1, max_value=70_000))
def test_a_copy_has_the_bytes_and_the_hash_of_its_source(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int
) -> None:
    folder = tmp_path_factory.mktemp("copy")
    (folder / "source").write_bytes(data)
    copied = copy_hashed(folder / "source", folder / "copy")
    streamed = write_hashed((data[at : at + size] for at in range(0, len(data), size)), folder / "streamed")
    assert (folder / "copy").read_bytes() == (folder / "streamed").read_bytes() == data
    assert copied.sha256 == streamed.sha256 == content_hash(folder / "source")
    assert copied.size_bytes == streamed.size_bytes == len(data)


def test_a_copy_longer_than_one_chunk_is_whole_with_and_without_the_kernels_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(1_000_003) * 17
    (tmp_path / "source").write_bytes(data)
    heard: list[int] = []
    by_kernel = copy_hashed(tmp_path / "source", tmp_path / "one", heard.append)
    monkeypatch.delattr(os, "copy_file_range", raising=False)
    by_hand = copy_hashed(tmp_path / "source", tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() == data
    assert by_kernel.sha256 == by_hand.sha256
    assert heard == sorted(heard)
    assert heard[-1] == len(data)


def test_the_sweep_leaves_a_living_owners_folder_alone(tmp_path: Path) -> None:
    with workplace(tmp_path) as folder:
        (folder / "half").write_text("half")
        assert sweep(tmp_path, min_age_s=0) == ()
        assert (folder / "half").exists()
    assert not folder.exists()


def test_the_sweep_leaves_what_is_younger_than_its_grace(tmp_path: Path) -> None:
    (tmp_path / "just-made").mkdir()
    assert sweep(tmp_path) == ()
    assert sweep(tmp_path, min_age_s=0) == (tmp_path / "just-made",)


def test_the_sweep_of_finished_things_takes_hidden_work_whose_owner_is_dead(tmp_path: Path) -> None:
    left = tmp_path / "packs" / "2026" / ".pack-0123456789ab"
    left.mkdir(parents=True)
    (left / "vertical.mp4").write_text("half")
    (left / ".clip.json.0123456789ab.part").write_text("half")
    kept = (tmp_path / "packs" / ".git-annex", tmp_path / "packs" / "plain-0123456789ab")
    for folder in kept:
        folder.mkdir()
    with workplace(tmp_path / "packs", ".zip") as living:
        gone = sweep(tmp_path / "packs", parts_only=True, min_age_s=0)
        assert living.exists()
    assert left in gone
    assert not left.exists()
    assert all(folder.exists() for folder in kept)
