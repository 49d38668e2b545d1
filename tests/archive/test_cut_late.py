"""A cut late in a long recording costs what an early one costs: bytes are counted, not seconds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from archive.media import MediaInfo, decode_pcm, frame_at, plan_cut, run_ffmpeg
from archive.media.frames import _Part
from archive.media.reach import Reach, reach
from archive.timeline import Timeline
from tests.archive.numbered import Made, Studio, cut_numbers, numbered_picture, read_number

MINUTES = 30
SIDE = 32
COUNT = MINUTES * 60 * 25


@pytest.fixture(scope="module")
def long_ts(studio: Studio) -> Made:
    """Half an hour at 25 pictures a second, small, MPEG-2 in a transport stream, with a tone."""
    raw, out = studio.folder / "long.yuv", studio.folder / "long.ts"
    with raw.open("wb") as file:
        for number in range(COUNT):
            file.write(numbered_picture(number, SIDE, SIDE))
    args = ["-f", "rawvideo", "-video_size", f"{SIDE}x{SIDE}", "-framerate", "25", "-i", str(raw)]
    args += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={MINUTES * 60}"]
    args += ["-c:v", "mpeg2video", "-g", "50", "-bf", "2", "-q:v", "2", "-c:a", "mp2", "-b:a", "64k"]
    run_ffmpeg([*args, str(out)], reads=[raw], writes=[out])
    raw.unlink()
    return studio.recording(out, range(COUNT))


@pytest.fixture(scope="module")
def long_mp4(studio: Studio, long_ts: Made) -> Made:
    path = studio.copy(long_ts.path, "long.mp4", ["-movflags", "+faststart"])
    return studio.recording(path, range(COUNT))


EARLY, LATE = Fraction(61), Fraction(MINUTES * 60 - 61)


def test_a_late_cut_reads_as_few_bytes_as_an_early_one(long_ts: Made) -> None:
    spans = []
    for start in (EARLY, LATE):
        cut = plan_cut(long_ts.path, long_ts.timeline, long_ts.info, start, start + 2)
        assert cut_numbers(cut, long_ts.info) == long_ts.shown_within(start, start + 2)
        spans.append(cut.reach.byte_end - cut.reach.byte_start)
        assert cut.reads == (long_ts.path,)
    assert spans[1] < 1.5 * spans[0]
    assert spans[1] < long_ts.info.size_bytes / 50


def test_a_late_cut_from_an_mp4_begins_to_read_there(long_mp4: Made) -> None:
    cut = plan_cut(long_mp4.path, long_mp4.timeline, long_mp4.info, LATE, LATE + 2)
    assert cut_numbers(cut, long_mp4.info) == long_mp4.shown_within(LATE, LATE + 2)
    sought = Fraction(cut.input_args[cut.input_args.index("-ss") + 1])
    assert LATE - 3 < sought - cut.offset <= LATE


def test_a_late_picture_is_found_without_reading_up_to_it(long_ts: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    read = _Part.read

    def counted(part: _Part, size: int = -1) -> bytes:
        nonlocal taken
        block = read(part, size)
        taken += len(block)
        return block

    monkeypatch.setattr(_Part, "read", counted)
    assert read_number(frame_at(long_ts.path, long_ts.timeline, LATE).rgb) == LATE * 25
    assert taken < 6_000_000


def test_late_samples_come_from_late_bytes(long_ts: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def seen(path: Path, timeline: Timeline, info: MediaInfo, start: Fraction, end: Fraction) -> Reach:
        way = reach(path, timeline, info, start, end)
        asked.append((way.byte_start, way.byte_end))
        return way

    monkeypatch.setattr("archive.media.pcm.reach", seen)
    samples = decode_pcm(long_ts.path, start=LATE, duration=Fraction(3), timeline=long_ts.timeline)
    assert len(samples) == 3 * 16000
    assert float(np.sqrt(np.mean(samples**2))) > 0.05
    (span,) = asked
    assert span[0] > long_ts.info.size_bytes * 0.9
    assert span[1] - span[0] < long_ts.info.size_bytes / 50


def test_the_index_of_a_long_recording_is_small(long_ts: Made, tmp_path: Path) -> None:
    kept = tmp_path / "timeline.json"
    kept.write_text(long_ts.timeline.to_json())
    assert kept.stat().st_size < 60_000
