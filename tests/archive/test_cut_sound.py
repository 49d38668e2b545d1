"""Sound stays on the picture's clock, in a cut and as samples."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from archive.media import SourceCut, decode_pcm, plan_cut, run_ffmpeg
from tests.archive.numbered import WRAP_S, X264, Made, Studio

RATE = 16000
MP3 = ("sound.mp3", ["-c:a", "libmp3lame", "-q:a", "4"])
NEAR_S = 0.03  # AAC begins a packet early and is rounded to ticks; one picture is 0.04 s


def click_times(samples: np.ndarray) -> list[float]:
    """Seconds at which a click begins: loud after a tenth of a second of quiet."""
    loud = np.flatnonzero(np.abs(samples) > 0.25)
    if not loud.size:
        return []
    starts = loud[np.insert(np.diff(loud) > RATE // 10, 0, True)]
    return [float(start / RATE) for start in starts]


def cut_samples(cut: SourceCut) -> np.ndarray:
    out = bytearray()
    graph = f"[{cut.audio}]{cut.audio_filter},aresample={RATE}[a]"
    args = [*cut.input_args, "-filter_complex", graph, "-map", "[a]", "-ac", "1", "-f", "f32le", "-"]
    run_ffmpeg(args, reads=cut.reads, writes=(), stdout=out.extend)
    return np.frombuffer(bytes(out), dtype="<f4")


def assert_clicks(samples: np.ndarray, expected: list[float]) -> None:
    heard = click_times(samples)
    assert len(heard) == len(expected), heard
    assert heard == pytest.approx(expected, abs=NEAR_S)


def _joined(studio: Studio, name: str, jump: float) -> Made:
    options = [*X264, "-g", "50", "-muxdelay", "0"]
    first = studio.encode("sa.ts", [*options, "-output_ts_offset", "40000"], count=150)
    second = studio.encode(f"sb{jump:g}.ts", [*options, "-output_ts_offset", f"{40006 + jump:.3f}"], count=150)
    return studio.recording(studio.join(name, first, second), range(300))


def test_samples_are_silent_until_late_sound_begins(studio: Studio) -> None:
    for name in ("pcm_late.ts", "pcm_late.mp4", "pcm_late.mkv"):
        made = studio.recording(studio.encode(name, [*X264, "-g", "50"], sound_late=2), range(300))
        samples = decode_pcm(made.path, timeline=made.timeline)
        assert samples.dtype == np.float32
        assert len(samples) == 12 * RATE
        assert not samples[: int(1.9 * RATE)].any(), name
        assert_clicks(samples, [float(n) for n in range(2, 12)])


def test_a_cut_keeps_late_sound_where_it_belongs(studio: Studio) -> None:
    for name in ("pcm_late.ts", "pcm_late.mp4"):
        made = studio.recording(studio.encode(name, [*X264, "-g", "50"], sound_late=2), range(300))
        cut = plan_cut(made.path, made.timeline, made.info, Fraction(1, 2), Fraction(5))
        assert_clicks(cut_samples(cut), [1.5, 2.5, 3.5])


@pytest.mark.parametrize("jump", [8, -956, -3, 7200])
def test_sound_follows_the_picture_over_a_break(studio: Studio, jump: float) -> None:
    made = _joined(studio, f"sound{jump:g}.ts", jump)
    samples = decode_pcm(made.path, timeline=made.timeline)
    assert len(samples) == 12 * RATE
    assert_clicks(samples, [float(n) for n in range(12)])


def test_sound_follows_the_picture_over_the_wrap(studio: Studio) -> None:
    options = [*X264, "-g", "50", "-muxdelay", "0", "-output_ts_offset", f"{WRAP_S - 5:.3f}"]
    made = studio.recording(studio.encode("sound_wrap.ts", options), range(300))
    assert_clicks(decode_pcm(made.path, timeline=made.timeline), [float(n) for n in range(12)])


def test_a_part_begins_where_it_was_asked_for(studio: Studio) -> None:
    for name in ("part.ts", "part.mp4", "part.mkv"):
        made = studio.recording(studio.encode(name, [*X264, "-g", "50"]), range(300))
        start, length = Fraction(9, 2), Fraction(3)
        samples = decode_pcm(made.path, start=start, duration=length, timeline=made.timeline)
        assert len(samples) == 3 * RATE
        assert_clicks(samples, [0.5, 1.5, 2.5])


def test_samples_need_no_timeline(studio: Studio) -> None:
    made = studio.recording(studio.encode("part.ts", [*X264, "-g", "50"]), range(300))
    assert np.array_equal(decode_pcm(made.path), decode_pcm(made.path, timeline=made.timeline))


def test_a_recording_without_sound_is_silence(studio: Studio) -> None:
    path = studio.encode("mute_pcm.mp4", [*X264], with_sound=False)
    samples = decode_pcm(path, duration=Fraction(2))
    assert samples.shape == (2 * RATE,)
    assert not samples.any()


def test_sound_alone_is_on_its_own_clock(studio: Studio) -> None:
    sound = studio.sound(12.0)
    for name, options in (("sound.wav", ["-c:a", "pcm_s16le"]), ("sound.flac", ["-c:a", "flac"]), MP3):
        out = studio.folder / name
        source = ["-f", "s16le", "-ar", "48000", "-i", str(sound)]
        run_ffmpeg([*source, *options, str(out)], reads=[sound], writes=[out])
        assert_clicks(decode_pcm(out), [float(n) for n in range(12)])
        assert_clicks(decode_pcm(out, start=Fraction(3, 2), duration=Fraction(2)), [0.5, 1.5])


@pytest.mark.parametrize("name", ["pieces.ts", "pieces.mp4"])
def test_pieces_join_without_a_seam(studio: Studio, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = studio.recording(studio.encode(name, [*X264, "-g", "50"]), range(300))
    whole = decode_pcm(made.path, timeline=made.timeline)
    monkeypatch.setattr("archive.media.pcm._CHUNK_S", Fraction(7, 2))
    joined = decode_pcm(made.path, timeline=made.timeline)
    assert len(joined) == len(whole)
    assert_clicks(joined, [float(n) for n in range(12)])
    assert float(np.abs(joined - whole).mean()) < 0.001
