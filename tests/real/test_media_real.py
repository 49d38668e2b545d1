"""Real recordings and real attacks: looked at, indexed, cut to the picture, or refused in one line."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from archive.errors import LimitExceeded, MediaError, SoundbiteError
from archive.media import Scan, decode_pcm, extract_captions, frame_at, plan_cut, probe, run_ffmpeg, scan

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not here"),
]


def found(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in REAL.glob(pattern))


def named(path: Path) -> str:
    return path.name


GENERATED = "robustness/generated/media"
CUTTABLE = found("media/video/*.mp4", "media/video/*.mov", "media/political/*.mp4", "media/captions/*.m*")
CUTTABLE += found("media/captions/cea608_in_ts.ts", f"{GENERATED}/base*", f"{GENERATED}/disc*", f"{GENERATED}/pts*")
CUTTABLE += found(f"{GENERATED}/video_only.ts", f"{GENERATED}/moov_size_lie.mp4", f"{GENERATED}/drop2pct.ts")
HURT = found("robustness/media/*/*", f"{GENERATED}/*", "robustness/playlists/*/*")
ATTACKS = found("robustness/generated/ffmpeg_attack/*")


@pytest.mark.parametrize("path", CUTTABLE, ids=named)
def test_the_first_picture_of_a_cut_is_the_source_picture(path: Path) -> None:
    info = probe(path)
    timeline = scan(path, info).timeline
    assert info.video is not None
    for share in (Fraction(0), Fraction(1, 3), Fraction(4, 5)):
        start = timeline.duration * share
        end = min(timeline.duration, start + Fraction(1, 2))
        cut = plan_cut(path, timeline, info, start, end)
        out, graph = bytearray(), f"[{cut.video}]{cut.video_filter},format=gray[v]"
        args = [*cut.input_args, "-filter_complex", graph, "-map", "[v]", "-frames:v", "1", "-f", "rawvideo", "-"]
        run_ffmpeg(args, reads=cut.reads, writes=(), stdout=out.extend)
        frame = frame_at(path, timeline, start)
        assert frame.at == cut.at
        first = np.frombuffer(bytes(out), dtype=np.uint8).reshape(frame.rgb.shape[:2]).astype(int)
        luma = frame.rgb.astype(float) @ [0.2126, 0.7152, 0.0722]
        assert np.corrcoef(first.ravel(), luma.ravel())[0, 1] > 0.97 or first.std() < 4


@pytest.mark.parametrize("path", HURT, ids=named)
def test_anything_is_scanned_or_refused_in_one_line(path: Path) -> None:
    looked, refusal = _scanned_or_refused(path)
    if looked is None:
        assert refusal is not None
        assert refusal.exit_code == 2
        assert "\n" not in str(refusal)
    else:
        assert 0 <= looked.decoded <= looked.timeline.duration


def _scanned_or_refused(path: Path) -> tuple[Scan | None, SoundbiteError | None]:
    try:
        return scan(path, probe(path)), None
    except SoundbiteError as error:
        return None, error


@pytest.mark.parametrize("path", [p for p in ATTACKS if p.suffix != ".mkv"], ids=named)
def test_an_attack_is_not_opened(path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        probe(path)
    assert caught.value.exit_code == 2
    out = bytearray()
    with pytest.raises(MediaError):
        run_ffmpeg(["-i", str(path), "-f", "rawvideo", "-"], reads=[path], writes=(), stdout=out.extend)
    assert not out


def test_an_attachment_with_a_path_for_a_name_is_left_alone() -> None:
    path = REAL / "robustness/generated/ffmpeg_attack/attachment_traversal.mkv"
    info = probe(path)
    assert info.video is not None
    assert scan(path, info).damage == ()


def test_the_picture_bomb_is_stopped_at_the_door() -> None:
    bomb = REAL / GENERATED / "bomb_8192x8192.mp4"
    with pytest.raises(LimitExceeded):
        run_ffmpeg(["-i", str(bomb), "-f", "null", "-"], reads=[bomb], writes=())


@pytest.mark.parametrize(
    ("name", "epochs", "seconds"),
    [("discontinuity_forwards", 2, 12), ("discontinuity_backwards", 2, 12), ("ptswrap_at_5s", 1, 12)],
)
def test_epochs_of_real_discontinuities(name: str, epochs: int, seconds: int) -> None:
    path = REAL / GENERATED / f"{name}.ts"
    looked = scan(path, probe(path))
    assert len(looked.timeline.epochs) == epochs
    assert abs(looked.timeline.duration - seconds) < Fraction(1, 2)


def test_lost_packets_are_said() -> None:
    path = REAL / GENERATED / "drop2pct.ts"
    assert any("lost or damaged" in line for line in scan(path, probe(path)).damage)


@pytest.mark.parametrize("name", ["mov_text.mp4", "webvtt.mkv"])
def test_real_embedded_captions_are_read(name: str) -> None:
    path = REAL / "media/captions" / name
    (stream,) = probe(path).captions
    assert "-->" in extract_captions(path, stream)


@pytest.mark.parametrize("path", found("media/speech/*.mp3", "media/speech/*.flac"), ids=named)
def test_real_speech_is_heard(path: Path) -> None:
    samples = decode_pcm(path, duration=Fraction(20))
    assert samples.dtype == np.float32
    assert float(np.abs(samples).max()) > 0.02
