"""The crux: the first picture of a cut is exactly the one on screen at the in point, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from archive.errors import TimeOutside
from archive.media import frame_at, plan_cut
from tests.archive.numbered import MPEG2, WRAP_S, X264, Made, Studio, cut_numbers, read_number

TICK = Fraction(1, 90000)


def _long_gop_ts(studio: Studio) -> Made:
    return studio.recording(studio.encode("long_gop.ts", [*X264, "-g", "250"]), range(300))


def _open_gop_ts(studio: Studio) -> Made:
    options = [*X264, "-x264-params", "open-gop=1:keyint=48:min-keyint=24:bframes=3:b-pyramid=normal"]
    return studio.recording(studio.encode("open_gop.ts", options), range(300))


def _mpeg2_ts(studio: Studio) -> Made:
    return studio.recording(studio.encode("mpeg2.ts", [*MPEG2, "-g", "12"]), range(300))


def _mpeg2_interlaced_ts(studio: Studio) -> Made:
    options = [*MPEG2, "-g", "12", "-flags", "+ilme+ildct", "-vf", "setfield=tff"]
    return studio.recording(studio.encode("mpeg2i.ts", options), range(300))


def _h264_interlaced_ts(studio: Studio) -> Made:
    options = [*X264, "-g", "50", "-flags", "+ilme+ildct", "-x264-params", "tff=1", "-vf", "setfield=tff"]
    return studio.recording(studio.encode("h264i.ts", options), range(300))


def _wrap_ts(studio: Studio) -> Made:
    offset = f"{WRAP_S - 5:.3f}"
    options = [*X264, "-g", "50", "-muxdelay", "0", "-output_ts_offset", offset]
    return studio.recording(studio.encode("wrap.ts", options), range(300))


def _joined(studio: Studio, name: str, jump: float) -> Made:
    options = [*X264, "-g", "50", "-muxdelay", "0"]
    first = studio.encode("a.ts", [*options, "-output_ts_offset", "40000"], count=150)
    offset = f"{40006 + jump:.3f}"
    second = studio.encode(f"b_{name}", [*options, "-output_ts_offset", offset], first=150, count=150)
    return studio.recording(studio.join(name, first, second), range(300))


def _forward_ts(studio: Studio) -> Made:
    return _joined(studio, "forward.ts", 8)


def _backward_ts(studio: Studio) -> Made:
    return _joined(studio, "backward.ts", -956)


def _slightly_backward_ts(studio: Studio) -> Made:
    return _joined(studio, "slightly_backward.ts", -3)


def _edit_list_mp4(studio: Studio) -> Made:
    """Copied from the middle of a GOP: 80 frames are cut off, of which an edit list hides the last 30."""
    source = studio.encode("for_edit.mp4", [*X264, "-g", "50"])
    path = studio.copy(source, "edit_list.mp4", before=["-ss", "3.2"])
    made = studio.recording(path, range(80, 300))
    return Made(path, made.numbers, tuple(Fraction(n - 80, 25) for n in made.numbers), made.info, made.timeline)


def _index_last_mp4(studio: Studio) -> Made:
    return studio.recording(studio.encode("index_last.mp4", [*X264, "-g", "250", "-bf", "3"]), range(300))


def _fragmented_mp4(studio: Studio) -> Made:
    options = [*X264, "-g", "50", "-movflags", "frag_keyframe+empty_moov+default_base_moof"]
    return studio.recording(studio.encode("fragmented.mp4", options), range(300))


def _mkv(studio: Studio) -> Made:
    return studio.recording(studio.encode("film.mkv", [*X264, "-g", "100"]), range(300))


def _webm(studio: Studio) -> Made:
    options = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-g", "60"]
    return studio.recording(studio.encode("film.webm", [*options, "-c:a", "libopus"]), range(300))


def _vfr_mp4(studio: Studio) -> Made:
    kept = [n for n in range(300) if n % 7 != 3 and n % 11 not in (4, 5)]
    chosen = "select='not(eq(mod(n,7),3)+eq(mod(n,11),4)+eq(mod(n,11),5))'"
    options = [*X264, "-g", "60", "-vf", chosen, "-fps_mode", "vfr", "-video_track_timescale", "90000"]
    return studio.recording(studio.encode("vfr.mp4", options), kept)


def _fifty_ts(studio: Studio) -> Made:
    return studio.recording(studio.encode("fifty.ts", [*X264, "-g", "100"], rate="50"), range(300), "50")


def _ntsc_mkv(studio: Studio) -> Made:
    path = studio.encode("ntsc.mkv", [*X264, "-g", "60"], rate="30000/1001")
    made = studio.recording(path, range(300), "30000/1001")
    times = tuple(made.timeline.frames.ticks[n] * made.timeline.time_base for n in range(300))
    return Made(path, made.numbers, times, made.info, made.timeline)  # Matroska rounds to milliseconds


def _ntsc_ts(studio: Studio) -> Made:
    path = studio.encode("ntsc.ts", [*X264, "-g", "60"], rate="30000/1001")
    return studio.recording(path, range(300), "30000/1001")


def _video_only_ts(studio: Studio) -> Made:
    return studio.recording(studio.encode("mute.ts", [*X264, "-g", "250"], with_sound=False), range(300))


def _late_sound_ts(studio: Studio) -> Made:
    return studio.recording(studio.encode("late.ts", [*X264, "-g", "50"], sound_late=2), range(300))


def _late_sound_mp4(studio: Studio) -> Made:
    return studio.recording(studio.encode("late.mp4", [*X264, "-g", "50"], sound_late=2), range(300))


def _wide_pixels_mp4(studio: Studio) -> Made:
    return studio.recording(studio.encode("sar.mp4", [*X264, "-g", "50", "-vf", "setsar=64/45"]), range(300))


CASES: tuple[Callable[[Studio], Made], ...] = (
    _long_gop_ts,
    _open_gop_ts,
    _mpeg2_ts,
    _mpeg2_interlaced_ts,
    _h264_interlaced_ts,
    _wrap_ts,
    _forward_ts,
    _backward_ts,
    _slightly_backward_ts,
    _edit_list_mp4,
    _index_last_mp4,
    _fragmented_mp4,
    _mkv,
    _webm,
    _vfr_mp4,
    _fifty_ts,
    _ntsc_mkv,
    _ntsc_ts,
    _video_only_ts,
    _late_sound_ts,
    _late_sound_mp4,
    _wide_pixels_mp4,
)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.__name__.strip("_"))
def made(request: pytest.FixtureRequest, studio: Studio) -> Made:
    case: Callable[[Studio], Made] = request.param
    return case(studio)


def _in_points(made: Made) -> list[Fraction]:
    """The beginning, on a picture, between two near break and wrap, one tick before one, the end."""
    last = made.times[-1]
    exact = next(t for t in made.times if t >= last / 3)
    before = next(t for t in made.times if t >= last * 2 / 3) - made.timeline.time_base
    return [Fraction(0), exact, last / 2 - Fraction(1, 100), before, last - Fraction(1, 4)]


def test_every_picture_of_a_cut_is_the_one_that_was_on_screen(made: Made) -> None:
    for start in _in_points(made):
        end = min(made.timeline.duration, start + 1)
        cut = plan_cut(made.path, made.timeline, made.info, start, end)
        assert cut_numbers(cut, made.info) == made.shown_within(start, end), f"from {start}"
        assert cut.at == max(t for t in made.times if t <= start)


def test_frame_at_is_the_picture_on_screen(made: Made) -> None:
    for start in _in_points(made):
        frame = frame_at(made.path, made.timeline, start)
        assert read_number(frame.rgb) == made.shown_at(start), f"at {start}"
        assert frame.at == made.timeline.snap(start)


def test_a_cut_over_a_break_says_where_it_jumps(studio: Studio, tmp_path: Path) -> None:
    made = _forward_ts(studio)
    cut = plan_cut(made.path, made.timeline, made.info, Fraction(5), Fraction(7), work=tmp_path)
    assert cut.breaks == (Fraction(6),)
    assert all(path.is_relative_to(tmp_path) for path in cut.reads)
    assert cut_numbers(cut, made.info) == list(range(125, 175))


def test_a_slice_goes_with_its_plan(studio: Studio, tmp_path: Path) -> None:
    made = _forward_ts(studio)
    cut = plan_cut(made.path, made.timeline, made.info, Fraction(5), Fraction(7), work=tmp_path)
    assert list(tmp_path.iterdir())
    del cut
    assert not list(tmp_path.iterdir())


def test_turned_phone_video_is_cut_upright(studio: Studio) -> None:
    source = studio.encode("for_turn.mp4", [*X264, "-g", "50"])
    path = studio.copy(source, "turned.mp4", before=["-display_rotation", "-90"])
    made = studio.recording(path, range(300))
    assert made.info.video is not None
    assert made.info.video.rotation == 90
    assert made.info.video.shown_size == (96, 160)
    frame = frame_at(path, made.timeline, Fraction(4))
    assert frame.rgb.shape == (160, 96, 3)
    turned_back = frame.rgb.swapaxes(0, 1)[::-1]
    assert read_number(turned_back) == 100


@pytest.mark.parametrize(("start", "end"), [("5", "5"), ("6", "5"), ("11", "13"), ("-1", "3"), ("13", "14")])
def test_a_cut_outside_the_recording_is_refused_in_one_line(
    studio: Studio, plain_ts: Path, start: str, end: str
) -> None:
    made = studio.recording(plain_ts, range(300))
    with pytest.raises(TimeOutside) as caught:
        plan_cut(made.path, made.timeline, made.info, Fraction(start), Fraction(end))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_sound_alone_can_be_cut(studio: Studio, plain_mp4: Path) -> None:
    path = studio.copy(plain_mp4, "sound.m4a", ["-vn", "-f", "mp4"], before=["-vn"])
    made = studio.recording(path, ())
    cut = plan_cut(path, made.timeline, made.info, Fraction(3), Fraction(4))
    assert cut.video is None
    assert cut.audio == "0:0"
