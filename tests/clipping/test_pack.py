"""A share pack is whole, deterministic, checked against its record, and made only of verified files."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import srt as srt_reader
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from clipping.errors import NotVerified, PackFailed
from clipping.imprint import Imprint
from clipping.listening.entries import Rebuttal
from clipping.proof.findings import Check, Finding
from clipping.proof.verify import verify_rendition
from clipping.sharing.pack import MOST_SLUG, PackInput, PackRendition, build_pack, check_pack, slug
from clipping.sharing.provenance import Origin, Source
from tests.clipping import finished

QUOTE = "We never said that waiting lists would fall"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> PackInput:
    """One finished file (`finished.make`), verified, with everything that belongs to it."""
    video = finished.make(tmp_path_factory.mktemp("pack"), "vertical")
    (source_frame,) = finished.source_frames([finished.FIRST])
    plan = finished.plan()
    verified = verify_rendition(video, plan, source_frame=source_frame)
    assert verified.ok
    return PackInput(
        renditions=(PackRendition(video, "vertical", plan, verified),),
        source=Source(
            recording="r_0123456789ab",
            sha256="ab" * 32,
            name="late-interview.ts",
            channel="Channel Nine",
            programme="The Late Interview",
            aired_at=datetime(2026, 11, 14, 22, 0, tzinfo=UTC),
            start=Fraction(10837, 25),
            end=Fraction(10912, 25),
            wall_start=datetime(2026, 11, 14, 22, 7, 13, 480000, tzinfo=UTC),
        ),
        origin=Origin(
            clip="c_a1b2c3d4e5f6",
            asked_by="Priya",
            asked_at=datetime(2026, 11, 14, 23, 1, 2, tzinfo=UTC),
            kind="slip-up",
            why="watchlist: waiting lists",
            before="And the lists?",
            after="Thank you.",
            words_by="captions:webvtt",
            warnings=("The presenter quotes somebody else at the end.",),
        ),
        quote=QUOTE,
        speaker="Dana Holt",
        credit=finished.CREDIT,
        imprint=Imprint("Ada Fenwick", "12 Mill Lane, Holloway", "the Orchard Party", "12 Mill Lane, Holloway"),
        rebuttal=Rebuttal("The manifesto says otherwise.", ("https://example.org/m#12", "Hansard, 3 May")),
    )


def test_a_pack_has_everything_a_person_needs(asked: PackInput, tmp_path: Path) -> None:
    pack = build_pack(asked, tmp_path)
    name = "we-never-said-that-waiting-lists-would-fall"
    assert pack.folder == tmp_path / f"{name}-d4e5f6"
    files = {p.relative_to(pack.folder).as_posix() for p in pack.folder.rglob("*") if p.is_file()}
    posts = {f"posts/{key}.txt" for key in asked.platforms}
    assert files == posts | {
        *(f"{name}{end}" for end in ("-vertical.mp4", "-vertical-poster.jpg", "-thumbnail.jpg", ".srt", ".vtt")),
        *("README.txt", "imprint.txt", "credit.txt", "rebuttal.txt", "clip.json"),
    }
    assert check_pack(pack.folder) == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == [pack.folder.name, pack.zip.name]
    answer = (pack.folder / "rebuttal.txt").read_text()
    assert "https://example.org/m#12" in answer
    assert "Hansard, 3 May" in answer


def test_the_readme_says_what_to_post_where_and_what_not(asked: PackInput, tmp_path: Path) -> None:
    text = (build_pack(asked, tmp_path).folder / "README.txt").read_text()
    assert "post we-never-said-that-waiting-lists-would-fall-vertical.mp4 with the words in posts/tiktok.txt" in text
    assert "YouTube: don't." in text
    assert "quotes somebody else" in text
    assert max(len(line) for line in text.splitlines()) < 400


def test_the_record_is_exact(asked: PackInput, tmp_path: Path) -> None:
    record = json.loads((build_pack(asked, tmp_path).folder / "clip.json").read_text())
    source = record["source"]
    assert source["sha256"] == "ab" * 32
    assert Fraction(source["in"]["exact_s"]) == Fraction(10837, 25)
    assert source["in"]["timecode"] == "00:07:13.480"
    assert source["in"]["wall"] == "2026-11-14T22:07:13.480Z"
    assert source["out"]["wall"] == "2026-11-14T22:07:16.480Z"
    assert record["asked"]["by"] == "Priya"
    assert record["context"] == {"before": "And the lists?", "after": "Thank you."}
    (rendition,) = record["renditions"]
    assert rendition["frames"] == 100
    assert {finding["check"] for finding in rendition["verified"]} == {str(check) for check in Check}
    assert set(record["tools"]) == {"soundbite", "ffmpeg", "reader"}


def test_captions_are_on_the_clips_clock(asked: PackInput, tmp_path: Path) -> None:
    folder = build_pack(asked, tmp_path).folder
    cues = list(srt_reader.parse(next(folder.glob("*.srt")).read_text()))
    assert [(cue.start.total_seconds(), cue.end.total_seconds(), cue.content) for cue in cues] == [
        (0.2, 1.4, finished.CAPTIONS[0]),
        (1.6, 2.84, finished.CAPTIONS[1]),
    ]
    read = webvtt.read(str(next(folder.glob("*.vtt"))))
    assert [caption.text for caption in read.captions] == list(finished.CAPTIONS)


def test_pictures_come_from_the_finished_file(asked: PackInput, tmp_path: Path) -> None:
    folder = build_pack(asked, tmp_path).folder
    with Image.open(next(folder.glob("*-poster.jpg"))) as poster:
        assert poster.size == (540, 960)
    with Image.open(next(folder.glob("*-thumbnail.jpg"))) as small:
        assert small.size[0] == 480


def test_the_same_pack_twice_is_one_pack_and_one_zip_byte_for_byte(asked: PackInput, tmp_path: Path) -> None:
    first = build_pack(asked, tmp_path / "a")
    inode = first.folder.stat().st_ino
    assert build_pack(asked, tmp_path / "a") == first
    assert first.folder.stat().st_ino == inode
    elsewhere = build_pack(asked, tmp_path / "b")
    assert elsewhere.zip.read_bytes() == first.zip.read_bytes()
    with zipfile.ZipFile(first.zip) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
        assert all(name.startswith(f"{first.folder.name}/") for name in archive.namelist())


def test_a_pack_that_somebody_edited_is_never_overwritten(asked: PackInput, tmp_path: Path) -> None:
    first = build_pack(asked, tmp_path)
    (first.folder / "posts" / "x.txt").write_text("My own words")
    second = build_pack(asked, tmp_path)
    assert second.folder.name == f"{first.folder.name}-2"
    assert (first.folder / "posts" / "x.txt").read_text() == "My own words"


def test_a_lost_zip_is_made_again(asked: PackInput, tmp_path: Path) -> None:
    first = build_pack(asked, tmp_path)
    held = first.zip.read_bytes()
    first.zip.unlink()
    assert build_pack(asked, tmp_path).zip.read_bytes() == held


def test_every_change_to_a_pack_is_noticed(asked: PackInput, tmp_path: Path) -> None:
    folder = build_pack(asked, tmp_path).folder
    (folder / "credit.txt").write_text("Nobody")
    (folder / "imprint.txt").unlink()
    (folder / "more.txt").write_text("?")
    assert check_pack(folder) == (
        "imprint.txt is missing",
        "more.txt is not in clip.json",
        "credit.txt was changed",
    )
    (folder / "clip.json").write_text("{}")
    assert check_pack(folder) == ("clip.json is missing or can't be read",)


def test_a_file_that_failed_is_never_packed(asked: PackInput, tmp_path: Path) -> None:
    (good,) = asked.renditions
    spoiled = replace(good.verified, findings=(Finding(Check.IMPRINT, False, "it is not there"),))
    with pytest.raises(NotVerified, match="it is not there"):
        build_pack(replace(asked, renditions=(replace(good, verified=spoiled),)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_changed_since_it_was_verified_is_refused_and_nothing_is_left(asked: PackInput, tmp_path: Path) -> None:
    (good,) = asked.renditions
    changed = tmp_path / "changed.mp4"
    shutil.copy(good.path, changed)
    with changed.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(PackFailed, match="not the file that was verified"):
        build_pack(replace(asked, renditions=(replace(good, path=changed),)), tmp_path / "packs")
    assert list((tmp_path / "packs").iterdir()) == []


def test_without_renditions_there_is_no_pack(asked: PackInput, tmp_path: Path) -> None:
    with pytest.raises(PackFailed, match="nothing to pack"):
        build_pack(replace(asked, renditions=()), tmp_path)


@given(st.text())
def test_a_slug_is_a_safe_name(text: str) -> None:
    name = slug(text)
    assert name
    assert len(name) <= MOST_SLUG
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not name.startswith("-")
    assert slug(name) == name


def test_a_slug_keeps_whole_words() -> None:
    assert slug("We won’t — “ever” — forget Llŷr’s promise!") == "we-wont-ever-forget-llyrs-promise"
    assert len(slug("word " * 40)) <= MOST_SLUG
