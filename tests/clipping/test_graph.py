"""Filter graphs: one source, frames as planned, nothing in RGB but what must be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.media import VideoStream
from clipping.look.box import Box
from clipping.look.recipe import load_recipe, recipe_names
from clipping.look.reframing import Picture, frame_picture
from clipping.rendering.loudness import read_summary
from clipping.rendering.planning import output_rate
from clipping.rendering.spill import plan_spill

sizes = st.integers(8, 2160).map(lambda n: n * 2)


@given(sizes, sizes, st.sampled_from(recipe_names()))
def test_the_picture_is_never_stretched_and_never_leaves_source_or_canvas(width: int, height: int, name: str) -> None:
    recipe = load_recipe(name)
    fit = frame_picture(Picture(width, height), recipe)
    assert Box(0, 0, width, height).holds(fit.source)
    assert Box(0, 0, recipe.width, recipe.height).holds(fit.target)
    assert not any(n % 2 for n in (fit.source.x, fit.source.y, fit.source.w, fit.source.h, fit.target.x))
    if fit.mode == "crop":
        assert fit.target == Box(0, 0, recipe.width, recipe.height)
    # Rounding to even pixels may stretch by one pixel's worth each way, no more.
    slack = 2 / min(fit.source.w, fit.source.h) + 2 / min(fit.target.w, fit.target.h)
    across, down = fit.target.w / fit.source.w, fit.target.h / fit.source.h
    assert abs(across / down - 1) <= slack


@pytest.mark.parametrize(
    ("size", "name", "mode"),
    [
        ((1920, 1080), "vertical", "wide"),
        ((1920, 1080), "landscape", "crop"),
        ((1920, 800), "vertical", "wide"),
        ((1080, 1920), "landscape", "wide"),
        ((1080, 1920), "vertical", "crop"),
    ],
)
def test_auto_crops_while_enough_of_the_picture_stays(size: tuple[int, int], name: str, mode: str) -> None:
    assert frame_picture(Picture(*size), load_recipe(name)).mode == mode


def test_the_crop_of_a_broadcast_is_central_and_whole_in_height() -> None:
    fit = frame_picture(Picture(1920, 1080), load_recipe("portrait"))
    assert fit.source == Box(528, 0, 864, 1080)


@pytest.mark.parametrize("size", [(1920, 1080), (1920, 800), (720, 576)])
def test_vertical_shows_the_middle_of_television_above_the_captions(size: tuple[int, int]) -> None:
    fit = frame_picture(Picture(*size), load_recipe("vertical"))
    assert fit.target == Box(0, 0, 1080, 1350)
    assert abs(fit.source.x + fit.source.w / 2 - size[0] / 2) <= 2
    assert fit.source.h == size[1]


@pytest.mark.parametrize(
    ("rate", "out"),
    [("25", "25"), ("50", "50"), ("30000/1001", "30000/1001"), ("2997/100", "30000/1001"), ("15", "25")],
)
def test_the_clip_keeps_the_rate_of_its_source_where_it_is_a_usual_one(rate: str, out: str) -> None:
    video = VideoStream(
        0, "h264", 640, 360, Fraction(1), 0, Fraction(rate), False, False, False, "", "", "", Fraction(1, 90000)
    )
    assert output_rate(Fraction(rate), video) == Fraction(out)


def _video(width: int, height: int, rotation: int = 0) -> VideoStream:
    rate, base = Fraction(25), Fraction(1, 90000)
    return VideoStream(0, "h264", width, height, Fraction(1), rotation, rate, False, False, False, "", "", "", base)


@pytest.mark.parametrize(
    ("width", "height", "seconds", "free", "raw"),
    [
        (1920, 1080, 30, 71e9, True),
        (1920, 1080, 60, 71e9, False),  # more than 4 GB
        (1920, 1080, 30, 9e9, False),  # less than four times its size
        (640, 360, 10, 10e9, False),  # less than 10 GB would be left
        (854, 481, 10, 71e9, False),  # odd
    ],
)
def test_the_spill_is_raw_only_where_the_disk_has_plenty(
    width: int, height: int, seconds: int, free: float, raw: bool, tmp_path: Path
) -> None:
    spill = plan_spill(tmp_path, _video(width, height), seconds * 25, Fraction(25), free=free)
    assert spill.is_raw == raw
    assert ("rawvideo" in spill.input_args) == raw


def test_a_raw_spill_of_a_turned_picture_is_upright(tmp_path: Path) -> None:
    spill = plan_spill(tmp_path, _video(1920, 1080, 90), 100, Fraction(25), free=71e9)
    assert "1080x1920" in spill.input_args


def test_the_spill_stays_within_its_bound_by_shrinking_huge_pictures() -> None:
    from clipping.rendering.spill import MOST_SPILLED, spill_share

    assert spill_share(_video(1920, 1080), 55 * 50) == 1
    share = spill_share(_video(3840, 2160), 55 * 50)
    assert 0.4 < share < 1
    assert (3840 * share) * (2160 * share) * 0.75 * 55 * 50 <= MOST_SPILLED * 1.001


def test_the_last_summary_counts_and_silence_is_minus_infinity() -> None:
    text = "I: -70.0 LUFS\n  True peak:\n    Peak:       -inf dBFS\n"
    assert read_summary(text).is_silent
    later = read_summary(text + "Summary:\n    I:         -23.4 LUFS\n    Peak:       -3.1 dBFS\n")
    assert (later.lufs, later.peak) == (-23.4, -3.1)


@pytest.mark.parametrize("rate", ["25", "50", "24000/1001", "30000/1001", "60000/1001"])
def test_key_pictures_are_at_most_two_seconds_apart(rate: str) -> None:
    from clipping.rendering.graph import gop_of

    assert gop_of(Fraction(rate)) / Fraction(rate) <= 2
    assert gop_of(Fraction(rate)) / Fraction(rate) > Fraction(19, 10)
