"""Real recordings, whole and damaged, come in or are refused with a reason; nothing escapes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue import Catalogue, audit, recordings
from archive.ingest import Ingested, ingest
from archive.store import Store, content_hash
from archive.timeline import Timeline

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real")).resolve()

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no real material at {REAL}"),
]

Home = tuple[Catalogue, Store]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Catalogue.open(tmp_path / "home" / "catalogue.db") as catalogue:
        yield catalogue, Store(tmp_path / "home")


def take(source: Path, home: Home) -> dict[str, Ingested]:
    return {Path(one.path).name: one for one in ingest(str(source), *home, actor="test")}


def test_real_video_comes_in_whole_and_once(home: Home) -> None:
    first = take(REAL / "media" / "video", home)
    assert {one.status for one in first.values()} == {"new"}
    assert first["manifesto.mp4"].captions == ("manifesto.srt", "manifesto.vtt")
    assert first["manifesto.mp4"].duration_s == pytest.approx(88.1, abs=0.2)
    again = take(REAL / "media" / "video", home)
    assert {one.status for one in again.values()} == {"known"}
    assert {n: one.recording for n, one in first.items()} == {n: one.recording for n, one in again.items()}
    catalogue, store = home
    with catalogue.read() as tx:
        assert audit.verify_chain(tx) is None
        for held in recordings.all(tx):
            assert content_hash(store.get(held.key)) == held.sha256
            assert Timeline.from_json(store.get(held.timeline_key).read_text()).duration == held.duration


def test_real_political_recordings_come_in_or_say_why_not(home: Home) -> None:
    found = take(REAL / "media" / "political", home)
    assert found["May_5s.mp4"].status == "new"
    assert all(one.recording or one.reason for one in found.values())


def test_real_captions_inside_the_file_are_listed(home: Home) -> None:
    found = take(REAL / "media" / "captions", home)
    assert found["mov_text.mp4"].captions == ("mov_text und",)
    assert found["webvtt.mkv"].captions == ("webvtt",)


@pytest.mark.parametrize("folder", ["robustness/media", "robustness/generated"])
def test_damaged_and_hostile_files_come_in_with_their_damage_or_are_refused_in_a_line(home: Home, folder: str) -> None:
    found = take(REAL / folder, home)
    assert found
    for one in found.values():
        assert (one.status == "refused") == (one.recording is None)
        assert "\n" not in one.reason
        assert one.reason or one.status != "refused"
        if one.duration_s is not None and one.decoded_s is not None and one.duration_s - one.decoded_s > 0.2:
            assert one.damage, one.path
