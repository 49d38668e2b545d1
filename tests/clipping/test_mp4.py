"""The box walk reads what ffmpeg wrote, and no bytes make it fail in any other way than its own."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.media import run_ffmpeg
from clipping.proof.h264 import read_aac, read_sps, starts_fresh
from clipping.proof.mp4 import BrokenMp4, read_mp4
from tests.clipping import finished


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a small test picture with B-frames, and a tone; written as the safe master is."""
    made = tmp_path_factory.mktemp("mp4") / "good.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2:r=48000"]
    picture = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "3"]
    sound = ["-c:a", "aac", "-ac", "2", "-video_track_timescale", "12800"]
    written = ["-use_editlist", "0", "-movflags", "+faststart+negative_cts_offsets"]
    run_ffmpeg([*inputs, *picture, *sound, *written, f"file:{made}"], reads=[], writes=[made])
    return made


def test_tracks_are_read_as_written(good: Path) -> None:
    mp4 = read_mp4(good)
    video, audio = mp4.only("video"), mp4.only("audio")
    assert video is not None
    assert audio is not None
    assert mp4.index_first
    assert (video.codec, video.width, video.height, len(video.durations)) == ("avc1", 160, 90, 50)
    assert video.duration == 2
    assert sorted(video.shown.tolist()) == [512 * frame for frame in range(50)]
    assert video.sync.tolist() == [0, 25]
    assert not video.has_edit_list
    assert audio.codec == "mp4a"
    assert abs(audio.duration - 2) < Fraction(5, 100)


def test_samples_lie_where_the_table_says(good: Path) -> None:
    mp4 = read_mp4(good)
    spans = sorted(
        (int(offset), int(offset + size))
        for track in mp4.tracks
        for offset, size in zip(track.offsets, track.sizes, strict=True)
    )
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert spans[-1][1] == mp4.size


def test_decoders_are_configured_as_asked(good: Path) -> None:
    mp4 = read_mp4(good)
    video, audio = mp4.only("video"), mp4.only("audio")
    assert video is not None
    assert audio is not None
    sps = read_sps(video.config)
    assert (sps.profile, sps.chroma, sps.bit_depth, sps.frames_only, sps.sar) == (100, 1, 8, True, Fraction(1))
    aac = read_aac(audio.config)
    assert (aac.object_type, aac.sample_rate, aac.channels) == (2, 48000, 2)
    assert starts_fresh(good, video) == (True, True)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_broken(good: Path, tmp_path: Path, share: float) -> None:
    data = good.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BrokenMp4):
        read_mp4(cut)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), min_size=1))
def test_spoiled_bytes_are_read_or_broken_but_never_a_surprise(
    good: Path, tmp_path: Path, changes: list[tuple[float, bytes]]
) -> None:
    data = bytearray(good.read_bytes())
    index_end = data.find(b"mdat")
    for place, with_bytes in changes:
        at = int(place * index_end)
        data[at : at + len(with_bytes)] = with_bytes
    spoiled = tmp_path / "spoiled.mp4"
    spoiled.write_bytes(data)
    try:
        mp4 = read_mp4(spoiled)
        for track in mp4.tracks:
            assert np.all(track.offsets + track.sizes <= mp4.size)
        video, audio = mp4.only("video"), mp4.only("audio")
        if video is not None:
            read_sps(video.config)
            starts_fresh(spoiled, video)
        if audio is not None:
            read_aac(audio.config)
    except BrokenMp4:
        pass


def test_a_text_is_not_an_mp4() -> None:
    with pytest.raises(BrokenMp4, match="not an MP4"):
        read_mp4(Path(finished.__file__))
