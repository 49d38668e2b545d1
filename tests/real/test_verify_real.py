"""On real pictures the right frame is told from its neighbours, in the measure that verification uses."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from archive.media import Frame, frame_at, index, probe, run_ffmpeg
from clipping.look.box import Box
from clipping.look.shapes import PictureFit, ShapePlan
from clipping.proof.likeness import NOISE, WRONG_SHOT, compare, rendered_view, source_views
from clipping.proof.playback import play
from tests.clipping import finished

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real"))
VIDEOS = {
    "political/May_5s.mp4": 30,
    "political/WDA_AlexandriaOcasioCortez_000.mp4": 71,
    "video/chaplin.mp4": 71,
}
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is absent")]


def fitted(width: int, height: int) -> ShapePlan:
    wide = min(width, height * 9 // 16) // 4 * 4
    source = Box((width - wide) // 4 * 2, 0, wide, height)
    return replace(finished.plan(), picture=PictureFit("crop", width, height, source, Box(0, 0, 540, 960)), captions=())


@pytest.mark.parametrize("name", VIDEOS)
def test_the_right_frame_is_closest_and_within_the_threshold(name: str, tmp_path: Path) -> None:
    path, number = REAL / "media" / name, VIDEOS[name]
    info = probe(path)
    assert info.video is not None
    timeline, rate = index(path, info), info.video.frame_rate
    plan = fitted(info.video.width, info.video.height)
    box, made = plan.picture.source, tmp_path / "cut.mp4"
    cut = f"trim=start_frame={number}:end_frame={number + 2},setpts=PTS-STARTPTS"
    fit = f"crop={box.w}:{box.h}:{box.x}:{box.y},scale=540:960,setsar=1"
    coded = ["-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-pix_fmt", "yuv420p"]
    run_ffmpeg(
        ["-i", f"file:{path.absolute()}", "-vf", f"{cut},{fit}", *coded, f"file:{made}"],
        reads=[path],
        writes=[made],
    )
    luma = play(made, [0], width=540, height=960, has_sound=False).luma[0]
    # The overlays of the plan are not drawn here, so what lies under them is real picture as well.
    view = rendered_view(luma, plan, 0)

    def difference(frame: Frame) -> float:
        return compare(view, source_views(frame.rgb, plan.picture, is_interlaced=False)).difference

    around = {n: frame_at(path, timeline, Fraction(number + n) / rate) for n in (-2, 0, 2)}
    found = {n: difference(frame) for n, frame in around.items()}
    right = compare(view, source_views(around[0].rgb, plan.picture, is_interlaced=False))
    assert right.likeness > WRONG_SHOT
    assert found[0] < NOISE
    assert min(found[-2], found[2]) > 2 * found[0]
