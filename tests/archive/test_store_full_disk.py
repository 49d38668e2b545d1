"""A disk that is really full: a tiny tmpfs, where this machine lets us mount one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue import Catalogue, audit
from archive.errors import DiskFull
from archive.store import Reserve, Store

MEGABYTE = 1_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A tmpfs of 16 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a tmpfs here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def test_the_store_says_so_and_shows_nothing_half_made(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(20 * MEGABYTE))
    store = Store(small_disk)
    with pytest.raises(DiskFull, match="The disk is full"):
        store.put(tmp_path / "big", "originals/ab/abc.ts")
    assert store.listing() == []
    assert list(store.work.iterdir()) == []


def test_the_catalogue_can_still_write_on_a_full_disk_and_the_room_is_taken_again_later(
    small_disk: Path,
) -> None:
    with Catalogue.open(small_disk / "catalogue.db", reserve_bytes=MEGABYTE) as catalogue:
        reserve = Reserve(small_disk / "catalogue.reserve", MEGABYTE)
        with catalogue.write("anna") as tx:
            audit.record(tx, "before", "")
        assert reserve.is_held
        fill(small_disk)
        with catalogue.write("anna") as tx:
            audit.record(tx, "ingest.failed", "", {"why": "the disk is full"})
        assert not reserve.is_held
        (small_disk / "ballast").unlink()
        with catalogue.write("anna") as tx:
            audit.record(tx, "after", "")
        assert reserve.is_held
        with catalogue.read() as tx:
            assert [act.act for act in audit.acts(tx)] == ["before", "ingest.failed", "after"]


def test_a_transaction_too_big_for_the_disk_leaves_nothing_of_itself(small_disk: Path) -> None:
    with Catalogue.open(small_disk / "catalogue.db", reserve_bytes=MEGABYTE) as catalogue:
        with pytest.raises(DiskFull, match="The disk is full"):
            write_too_much(catalogue)
        assert not Reserve(small_disk / "catalogue.reserve", MEGABYTE).is_held
        with catalogue.write("anna") as tx:
            audit.record(tx, "small", "")
        with catalogue.read() as tx:
            assert [act.act for act in audit.acts(tx)] == ["small"]
            assert audit.verify_chain(tx) is None


def write_too_much(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        for _ in range(40):
            audit.record(tx, "big", "", {"text": "x" * MEGABYTE})


def test_a_reserve_takes_real_room(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "reserve", 3 * MEGABYTE)
    assert reserve.hold()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= 3 * MEGABYTE
    assert reserve.release()
    assert not reserve.is_held
    assert not reserve.release()
