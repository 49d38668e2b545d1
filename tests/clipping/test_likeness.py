"""A rendered frame is told from its neighbours and from other pictures, in any colour range, with fields too."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from archive.media import Frame
from clipping.look.shapes import ShapePlan
from clipping.proof.likeness import compare, rendered_view, source_views
from clipping.proof.playback import Luma, Playback
from clipping.proof.playback_checks import check_first_frame
from tests.clipping import finished

Rgb = npt.NDArray[np.uint8]


def scene(shift: float, seed: int = 1) -> Rgb:
    """A soft random picture, 1280×720, moved to the right by `shift` pixels."""
    rough = np.random.default_rng(seed).integers(0, 255, (24, 44, 3)).astype(np.uint8)
    picture = cv2.resize(rough, (1400, 720), interpolation=cv2.INTER_CUBIC)
    moved = cv2.warpAffine(picture, np.array([[1, 0, shift - 60], [0, 1, 0]], float), (1280, 720))
    return np.asarray(moved, np.uint8)


def rendered(rgb: Rgb, plan: ShapePlan, *, noise: float = 2.0, gain: float = 219 / 255, gamma: float = 1.0) -> Luma:
    """What a render of that frame gives: cut, scaled, in luma, with coding noise and the overlays drawn."""
    box = plan.picture.source
    part = cv2.resize(rgb[box.y : box.bottom, box.x : box.right], (plan.width, plan.height))
    luma = part.astype(float) @ [0.2126, 0.7152, 0.0722]
    coded = 16 + gain * 255 * (luma / 255) ** gamma
    coded += np.random.default_rng(2).normal(0, noise, coded.shape)
    for cover in plan.covered_at(0):
        coded[cover.y : cover.bottom, cover.x : cover.right] = 20
    return np.clip(coded, 0, 255).astype(np.uint8)


def passes(luma: Luma, source: Rgb, *, following: Luma | None = None, others: dict[int, Rgb] | None = None) -> bool:
    plan = finished.plan()
    pictures = {0: luma} if following is None else {0: luma, 1: following}
    frames = tuple(Frame(Fraction(10 + n, 25), rgb) for n, rgb in (others or {}).items())
    playback = Playback(plan.frames, pictures, None, "")
    return check_first_frame(playback, plan, Frame(Fraction(10, 25), source), frames).ok


@pytest.mark.parametrize("tone", [{}, {"gain": 1.0}, {"gamma": 1.4}, {"noise": 6.0}])
def test_the_right_frame_passes_in_any_range_tone_and_noise(tone: dict[str, float]) -> None:
    plan = finished.plan()
    now, then = (rendered(scene(x), plan, **tone) for x in (0, 8))
    assert passes(now, scene(0), following=then, others={-1: scene(-8), 1: scene(8)})


@pytest.mark.parametrize("frames_off", [-3, -2, -1, 1, 2, 3])
def test_a_frame_too_early_or_late_fails_while_the_picture_moves(frames_off: int) -> None:
    plan = finished.plan()
    now, then = rendered(scene(8 * frames_off), plan), rendered(scene(8 * frames_off + 8), plan)
    assert not passes(now, scene(0), following=then)


@pytest.mark.parametrize("frames_off", [-2, 2])
def test_neighbours_tell_a_slow_picture_that_is_off_by_two_frames(frames_off: int) -> None:
    plan = finished.plan()
    now, then = rendered(scene(frames_off), plan), rendered(scene(frames_off + 1), plan)
    others = {n: scene(n) for n in (-2, -1, 1, 2)}
    assert not passes(now, scene(0), following=then, others=others)


def test_a_still_picture_passes_with_its_equal_neighbours() -> None:
    luma = rendered(scene(0), finished.plan())
    assert passes(luma, scene(0), following=luma, others={n: scene(0) for n in (-2, -1, 1, 2)})


def test_another_shot_fails_even_before_a_cut() -> None:
    plan = finished.plan()
    assert not passes(rendered(scene(0, seed=5), plan), scene(0), following=rendered(scene(0, seed=6), plan))


@pytest.mark.parametrize("level", [16, 120, 235])
def test_an_empty_picture_in_place_of_the_source_fails(level: int) -> None:
    plan = finished.plan()
    assert not passes(np.full((plan.height, plan.width), level, np.uint8), scene(0))


def test_black_is_black() -> None:
    plan = finished.plan()
    black = np.full((plan.height, plan.width), 16, np.uint8)
    assert passes(black, np.zeros((720, 1280, 3), np.uint8))


def test_a_comb_of_two_fields_is_compared_by_field() -> None:
    plan = replace(finished.plan(), is_interlaced=True)
    woven = scene(0)
    woven[1::2] = scene(12)[1::2]
    view = rendered_view(rendered(scene(0), plan), plan, 0)
    apart = compare(view, source_views(woven, plan.picture, is_interlaced=True))
    together = compare(view, source_views(woven, plan.picture, is_interlaced=False))
    assert apart.difference < together.difference / 2


def test_overlays_do_not_count() -> None:
    plan = finished.plan()
    luma = rendered(scene(0), plan)
    box = plan.captions[0].box
    luma[box.y : box.bottom, box.x : box.right] = 235
    during = compare(rendered_view(luma, plan, 20), source_views(scene(0), plan.picture, is_interlaced=False))
    before = compare(rendered_view(luma, plan, 0), source_views(scene(0), plan.picture, is_interlaced=False))
    assert during.difference < 1.5 < before.difference
