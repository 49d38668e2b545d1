"""Whole renders by the real ffmpeg: exact frames, true colours, right loudness, whatever the source is like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from archive.media import run_ffmpeg
from clipping.errors import CutImpossible, RecipeWrong
from clipping.look.brand import BrandKit
from clipping.rendering import spill
from clipping.rendering.job import MadeFile, RenderedClip, RenderJob
from clipping.rendering.loudness import Loudness, read_summary
from clipping.rendering.render import render
from tests.clipping.conftest import MakeJob, MakeMedia

SMALL = "landscape720"


def pictures(path: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            yield np.asarray(frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray(), np.uint8)


def heard(path: Path) -> Loudness:
    meter = ["-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    return read_summary(run_ffmpeg(meter, reads=[path], writes=[]).stderr)


@pytest.fixture(scope="module")
def plain_source(make_media: MakeMedia) -> Path:
    return make_media("plain.mp4", size="1280x720", seconds=7)


def test_frames_are_counted_and_the_first_is_the_source_at_the_in_point(plain_source: Path, make_job: MakeJob) -> None:
    job = make_job(plain_source, SMALL, start=Fraction(51, 50), end=Fraction(127, 25))
    made = render(job)
    file = made.files[0]
    frames = list(pictures(file.path))
    assert made.start == Fraction(1)  # 1.02 s is inside the frame at 1.00
    assert file.plan.body_frames == 102
    assert len(frames) == file.plan.frames == 102 + 65
    wanted = list(pictures(plain_source))[25].astype(int)
    shown = frames[0].astype(int)
    covered = np.zeros(shown.shape[:2], bool)
    for box in file.plan.covered_at(0):
        covered[box.y : box.bottom, box.x : box.right] = True
    assert np.abs(shown - wanted)[~covered].mean() < 3
    assert np.abs(shown - wanted)[covered].mean() > 30


def test_the_file_is_the_safe_master(plain_source: Path, make_job: MakeJob) -> None:
    job = make_job(plain_source, SMALL)
    path = render(job).files[0].path
    with av.open(str(path)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (video.codec_context.colorspace, video.codec_context.color_range) == (1, 1)  # BT.709, limited
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", 48000, 2)
        assert (video.start_time, audio.start_time) == (0, 0)
        lengths = [Fraction(s.duration or 0) * (s.time_base or 1) for s in (video, audio)]
        assert abs(lengths[0] - lengths[1]) < Fraction(1, 40)
        keys = [p.pts * Fraction(p.time_base) for p in file.demux(video) if p.is_keyframe and p.pts is not None]
    assert max(b - a for a, b in pairwise(keys)) <= 2
    atoms = path.read_bytes()
    assert atoms.index(b"moov") < atoms.index(b"mdat")
    assert b"elst" not in atoms
    assert heard(path).lufs == pytest.approx(-14, abs=1)
    assert heard(path).peak <= -1.5


def test_all_shapes_come_from_one_decode_and_the_first_is_announced_first(
    plain_source: Path, make_job: MakeJob
) -> None:
    job = make_job(plain_source, SMALL, "portrait", end=Fraction(2))
    seen: list[MadeFile] = []
    shares: list[float] = []
    made = render(job, on_file=seen.append, on_progress=shares.append)
    assert [file.recipe for file in seen] == [SMALL, "portrait"]
    assert seen[0].elapsed_s < seen[1].elapsed_s
    assert tuple(seen) == made.files
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert sorted(p.name for p in job.work.iterdir()) == ["landscape720.mp4", "portrait.mp4"]
    portrait = seen[1].plan
    frame = next(pictures(seen[1].path))
    assert frame.shape[:2] == (portrait.height, portrait.width)


def test_a_packed_spill_gives_the_very_pictures_that_a_raw_one_gives(
    plain_source: Path, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(plain_source, SMALL, "portrait", end=Fraction(2))
    raw = list(pictures(render(job).files[1].path))
    monkeypatch.setattr(spill, "MOST_RAW", 0)
    packed = list(pictures(render(job).files[1].path))
    assert len(raw) == len(packed)
    assert all(np.array_equal(one, other) for one, other in zip(raw, packed, strict=True))


def test_the_lower_third_comes_after_the_first_frame_once(plain_source: Path, make_job: MakeJob, kit: BrandKit) -> None:
    job = make_job(plain_source, SMALL)
    file = render(job).files[0]
    third = file.plan.lower_third
    assert third is not None
    assert third.first_frame > 0
    x, y = third.box.x + 2, third.box.y + third.box.h // 2
    frames = islice(pictures(file.path), file.plan.body_frames)
    is_bar = [bool(np.abs(f[y, x].astype(int) - kit.signal).max() < 25) for f in frames]
    shown = [i for i, bar in enumerate(is_bar) if bar]
    assert third.first_frame <= shown[0] <= third.first_frame + 4
    assert third.last_frame - 4 <= shown[-1] <= third.last_frame
    assert shown == list(range(shown[0], shown[-1] + 1))


def test_a_clip_too_short_for_a_lower_third_or_without_a_name_has_none(plain_source: Path, make_job: MakeJob) -> None:
    short = render(make_job(plain_source, SMALL, end=Fraction(2)))
    assert short.files[0].plan.lower_third is None
    nameless = render(replace(make_job(plain_source, SMALL), speaker=None))
    assert nameless.files[0].plan.lower_third is None


def one_frame(job: RenderJob) -> tuple[RenderedClip, NDArray[np.uint8]]:
    made = render(job)
    frames = list(pictures(made.files[0].path))
    assert len(frames) == made.files[0].plan.frames
    return made, frames[0]


def test_interlaced_pictures_become_progressive_at_25(make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media(
        "interlaced.ts",
        rate="50",
        seconds=3,
        filters="tinterlace=interleave_top,setfield=tff",
        options="-flags +ilme+ildct -x264-params tff=1",
    )
    made, _ = one_frame(make_job(path, SMALL, end=Fraction(2)))
    assert made.files[0].plan.is_interlaced
    assert made.files[0].plan.frame_rate == 25
    assert made.files[0].plan.body_frames == 50


def test_a_recording_without_sound_gets_a_silent_track_and_says_so(make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media("mute.mp4", tone=None, seconds=2)
    made, _ = one_frame(make_job(path, SMALL))
    assert not made.files[0].plan.has_audio
    assert "no sound" in made.notes[0]
    assert heard(made.files[0].path).is_silent


@pytest.mark.parametrize(("level", "said"), [("0", "silent"), ("0.003", "very quiet")], ids=["silent", "very quiet"])
def test_what_is_hardly_there_is_not_pumped_up(level: str, said: str, make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media(f"quiet{level}.mp4", tone=f"aevalsrc={level}*sin(2*PI*400*t):s=48000:d=2", seconds=2)
    made, _ = one_frame(make_job(path, SMALL))
    assert said in made.notes[0]
    assert heard(made.files[0].path).lufs < -28


def test_loud_peaks_are_held_and_the_level_is_reached(make_media: MakeMedia, make_job: MakeJob) -> None:
    clicks = "aevalsrc=0.06*sin(2*PI*330*t)+0.9*sin(2*PI*700*t)*lt(mod(t\\,0.5)\\,0.01):s=48000:d={seconds}"
    path = make_media("clicks.mp4", tone=clicks, seconds=3)
    made, _ = one_frame(make_job(path, SMALL))
    after = heard(made.files[0].path)
    assert after.lufs == pytest.approx(-14, abs=1)
    assert after.peak <= -1.5


def test_oblong_pixels_are_squared(make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media("sd.mp4", size="720x576", filters="setsar=64/45", seconds=2)
    made, frame = one_frame(make_job(path, SMALL))
    fit = made.files[0].plan.picture
    assert (fit.square_width, fit.square_height, fit.mode) == (1024, 576, "crop")
    assert frame.shape == (720, 1280, 3)


def test_a_tall_picture_in_a_wide_shape_stands_over_its_own_blur(make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media("tall.mp4", size="360x640", seconds=2)
    made, frame = one_frame(make_job(path, SMALL))
    fit = made.files[0].plan.picture
    assert fit.mode == "wide"
    middle = frame[200:500, fit.target.x + 10 : fit.target.right - 10]
    side = frame[200:500, 8 : fit.target.x - 8]
    assert side.mean() < middle.mean() * 0.6
    assert np.abs(np.diff(side.astype(int), axis=1)).mean() < 2  # blurred: neighbours are alike


@pytest.mark.parametrize("rate", ["30000/1001", "50", "12"])
def test_other_rates_are_kept_or_put_right(rate: str, make_media: MakeMedia, make_job: MakeJob) -> None:
    path = make_media(f"rate{rate.replace('/', '_')}.mp4", rate=rate, seconds=2)
    made, _ = one_frame(make_job(path, SMALL, end=Fraction(1)))
    expected = Fraction(25) if rate == "12" else Fraction(rate)
    assert made.files[0].plan.frame_rate == expected
    assert made.files[0].plan.body_frames in {round(expected), round(expected) - 1}


def test_hdr_pictures_are_brought_to_sdr_by_their_tags(make_media: MakeMedia, make_job: MakeJob) -> None:
    tags = "color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc"
    path = make_media(
        "hdr.mp4", filters=f"format=yuv420p10le,setparams={tags}", options="-pix_fmt yuv420p10le", seconds=1
    )
    job = make_job(path, SMALL)
    assert job.info.video is not None
    assert job.info.video.is_hdr
    made, frame = one_frame(job)
    with av.open(str(made.files[0].path)) as file:
        assert file.streams.video[0].codec_context.color_trc == 1  # BT.709
    assert 40 < frame.mean() < 200


def test_a_folder_with_an_awkward_name_is_only_a_folder(plain_source: Path, make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job(plain_source, SMALL, end=Fraction(1))
    awkward = tmp_path / "it's [a]: 50%, {odd}; name\\n"
    made, _ = one_frame(replace(job, work=awkward))
    assert made.files[0].path.parent == awkward


def test_what_cannot_be_rendered_is_said_before_anything_is_encoded(plain_source: Path, make_job: MakeJob) -> None:
    with pytest.raises(RecipeWrong, match="each once"):
        render(make_job(plain_source, SMALL, SMALL))
    with pytest.raises(RecipeWrong, match="no recipe"):
        render(make_job(plain_source, "circle"))
    with pytest.raises(CutImpossible, match="same frame"):
        render(make_job(plain_source, SMALL, start=Fraction(1), end=Fraction(101, 100)))
    job = make_job(plain_source, SMALL)
    assert not job.work.exists() or not list(job.work.glob("*.mp4"))


def test_sound_alone_is_shown_on_the_brands_ground_with_captions(
    make_media: MakeMedia, make_job: MakeJob, kit: BrandKit
) -> None:
    path = make_media("radio.m4a", has_picture=False, seconds=3)
    made, frame = one_frame(make_job(path, SMALL))
    plan = made.files[0].plan
    assert plan.picture.mode == "canvas"
    assert np.abs(frame[200, 200].astype(int) - kit.ink).max() <= 4
    assert frame[plan.captions[0].box.y :][:60].max() > 200
