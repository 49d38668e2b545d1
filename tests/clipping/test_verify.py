"""A file is shown only when every promise about it holds: each defect gives its own finding."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from clipping.errors import NotVerified
from clipping.proof.findings import Check, Verified, demand
from clipping.proof.playback import Playback, Sound
from clipping.proof.playback_checks import check_sound
from clipping.proof.reading import _recogniser
from clipping.proof.verify import verify_rendition
from tests.clipping import finished


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("finished")


@pytest.fixture(scope="module")
def good(folder: Path) -> Path:
    """A finished file with nothing wrong. The recipe is `finished.make`."""
    return finished.make(folder, "good")


def verified(path: Path, *, neighbours: tuple[int, ...] = ()) -> Verified:
    around = finished.source_frames(neighbours) if neighbours else ()
    (source,) = finished.source_frames([finished.FIRST])
    return verify_rendition(path, finished.plan(), source_frame=source, neighbours=around)


def failed(path: Path) -> set[Check]:
    return {finding.check for finding in verified(path).failed}


def test_a_good_file_passes_every_check(good: Path) -> None:
    seen = verified(good, neighbours=(10, 11, 13, 14))
    assert seen.failed == ()
    assert {finding.check for finding in seen.findings} == set(Check)
    assert (seen.frames, seen.fps, seen.duration) == (100, Fraction(25), Fraction(4))
    assert seen.loudness_lufs == pytest.approx(-14, abs=1)
    assert seen.true_peak_dbtp is not None
    assert seen.true_peak_dbtp <= -1.5
    assert seen.poster_frame in range(5, 71)
    assert demand(seen, "good.mp4") is seen


def test_two_files_may_be_verified_at_the_same_time(good: Path) -> None:
    _recogniser.cache_clear()  # both begin without a model
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(verified, [good, good])
    assert one.failed == ()
    assert one == other


DRAWN: dict[str, tuple[dict[str, object], set[Check]]] = {
    "two frames late": ({"first": finished.FIRST + 2}, {Check.FIRST_FRAME}),
    "two frames early": ({"first": finished.FIRST - 2}, {Check.FIRST_FRAME}),
    "another picture": ({"source": "smptehdbars"}, {Check.FIRST_FRAME}),
    "one frame missing": ({"body": finished.BODY - 1}, {Check.FRAMES}),
    "open GOP": ({"x264": "open-gop=1:keyint=25:scenecut=0:bframes=3"}, {Check.CLOSED_GOP}),
    "GOP too long": ({"x264": "open-gop=0:keyint=250:scenecut=0"}, {Check.CLOSED_GOP}),
    "imprint missing": ({"imprint": False}, {Check.IMPRINT}),
    "imprint too faint": ({"faint": True}, {Check.IMPRINT}),
    "imprint half covered": ({"covered": True}, {Check.IMPRINT}),
    "end card without imprint": ({"card": False}, {Check.END_CARD}),
    "another credit": ({"credit": "Radio Four, Any Answers, 2 May 2026"}, {Check.CREDIT}),
    "captions missing": ({"captions": ()}, {Check.CAPTIONS}),
    "second caption missing": ({"captions": finished.CAPTIONS[:1]}, {Check.CAPTIONS}),
    "other words": ({"captions": ("Taxes must go up", "in every year")}, {Check.CAPTIONS}),
}


@pytest.mark.parametrize("defect", DRAWN)
def test_a_defect_in_the_picture_is_found_and_named(defect: str, folder: Path) -> None:
    change, wanted = DRAWN[defect]
    make: Callable[..., Path] = finished.make
    assert failed(make(folder, defect.replace(" ", "-"), **change)) == wanted


WRITTEN: dict[str, tuple[list[str], set[Check]]] = {
    "index last": (["-use_editlist", "0", "-movflags", "+negative_cts_offsets"], {Check.INDEX_FIRST}),
    "fragmented": (["-movflags", "+frag_keyframe+empty_moov"], {Check.WHOLE}),
    "edit list": (["-use_editlist", "1", "-movflags", "+faststart+negative_cts_offsets"], {Check.EDIT_LIST}),
    "wide pixels": (["-bsf:v", "h264_metadata=sample_aspect_ratio=4/3"], {Check.SQUARE_PIXELS}),
    "colour of old television": (["-bsf:v", "h264_metadata=colour_primaries=5"], {Check.PICTURE_FORMAT}),
    "full range": (["-bsf:v", "h264_metadata=video_full_range_flag=1"], {Check.PICTURE_FORMAT}),
    "30 frames a second": (
        ["-bsf:v", "setts=pts=PTS*25/30:dts=DTS*25/30:duration=DURATION*25/30"],
        {Check.FRAME_RATE, Check.DURATION},
    ),
    "too quiet": (["-c:a", "aac", "-af", "volume=-3dB"], {Check.LOUDNESS}),
    "sound too short": (["-c:a", "aac", "-af", "atrim=end=3.6"], {Check.SOUND_LENGTH}),
    "sound as on a compact disc": (["-c:a", "aac", "-ar", "44100"], {Check.SOUND_FORMAT}),
    "no sound": (["-an"], {Check.SOUND_FORMAT, Check.SOUND_LENGTH}),
}


@pytest.mark.parametrize("defect", WRITTEN)
def test_a_defect_in_the_writing_is_found_and_named(defect: str, good: Path) -> None:
    change, wanted = WRITTEN[defect]
    assert failed(finished.remade(good, defect.replace(" ", "-"), *change)) == wanted


def test_a_truncated_file_is_not_whole(good: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size * 6 // 10])
    assert failed(cut) == {Check.WHOLE}


def test_an_overwritten_stretch_does_not_decode(good: Path, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = bytes(20_000)
    spoiled = tmp_path / "spoiled.mp4"
    spoiled.write_bytes(data)
    assert failed(spoiled) == {Check.DECODES}


@pytest.mark.parametrize("content", [b"", b"not a film", b"\0" * 4096])
def test_what_is_no_film_is_not_whole(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no-film.mp4"
    path.write_bytes(content)
    assert failed(path) == {Check.WHOLE}


def test_a_failure_is_an_error_that_carries_its_findings(good: Path) -> None:
    seen = verified(finished.remade(good, "quiet-and-late", "-c:a", "aac", "-af", "volume=-9dB"))
    with pytest.raises(NotVerified, match="is not shown") as caught:
        demand(seen, "vertical.mp4")
    assert [line.split(":")[0] for line in caught.value.findings] == ["loudness"]


def test_a_file_without_a_source_frame_proves_nothing(good: Path) -> None:
    seen = verify_rendition(good, finished.plan(), source_frame=None)
    assert {finding.check for finding in seen.failed} == {Check.FIRST_FRAME}


def heard(lufs: float, peak: float) -> Playback:
    return Playback(100, {}, Sound(Fraction(4), lufs, peak), "")


@pytest.mark.parametrize(
    ("playback", "silent", "wanted"),
    [
        (heard(-14.0, -1.5), False, set()),
        (heard(-14.0, -1.4), False, {Check.TRUE_PEAK}),
        (heard(-15.1, -3.0), False, {Check.LOUDNESS}),
        (heard(-70.0, -np.inf), False, {Check.LOUDNESS}),
        (heard(-70.0, -np.inf), True, set()),
        (heard(-14.0, -3.0), True, {Check.LOUDNESS}),
    ],
)
def test_loudness_and_peak_are_held_to_the_recipe(playback: Playback, silent: bool, wanted: set[Check]) -> None:
    findings = check_sound(playback, finished.plan(), "silent" if silent else "sound")
    assert {finding.check for finding in findings if not finding.ok} == wanted
