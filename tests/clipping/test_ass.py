"""What libass draws lies where the plan says, on the frames that it says, in the fonts that were asked for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from archive.media import run_ffmpeg
from clipping.errors import FontMissing
from clipping.imprint import plain_imprint
from clipping.look.ass import write_ass
from clipping.look.box import Box
from clipping.look.brand import BrandKit
from clipping.look.captions import cues
from clipping.look.fonts import FONTS
from clipping.look.layout import captions_shown, credit_block, imprint_block
from clipping.look.lettering import width
from clipping.look.recipe import load_recipe
from clipping.look.reframing import Picture, frame_picture
from clipping.look.shapes import ShapePlan
from clipping.rendering.planning import Shape
from clipping.rendering.render import check_fonts
from tests.clipping.conftest import say

CREDIT = "Wexmoor Television, The Long Table, 20 November 2026"
TEXT = "Gypsy jÅgÇ did “quit”. > Look שלום again."


def planned(kit: BrandKit, name: str = "landscape720", rate: str = "25", frames: int = 60) -> Shape:
    recipe = load_recipe(name)
    shown = cues(say(TEXT), Fraction(0), frames, Fraction(rate), recipe.captions)
    imprint = imprint_block(plain_imprint().text, recipe)
    plan = ShapePlan(
        recipe=recipe,
        width=recipe.width,
        height=recipe.height,
        frame_rate=Fraction(rate),
        body_frames=frames,
        card_frames=0,
        picture=frame_picture(Picture(1280, 720), recipe),
        credit=credit_block(CREDIT, recipe),
        imprint=imprint,
        captions=captions_shown(shown, recipe, imprint),
        lower_third=None,
    )
    return Shape(plan, shown)


def draw(shape: Shape, kit: BrandKit, folder: Path, grey: int = 128) -> tuple[NDArray[np.uint8], str]:
    """Luma (frames, h, w) of the ASS file drawn on grey, and libass' log."""
    ass = folder / "shape.ass"
    ass.write_text(write_ass(shape.plan, shape.cues, kit), encoding="utf-8")
    plan, seen = shape.plan, bytearray()
    source = f"color=c=0x{grey:02x}{grey:02x}{grey:02x}:s={plan.width}x{plan.height}:r={plan.frame_rate}"
    drawn = f"trim=end_frame={plan.body_frames},ass={ass}:fontsdir={FONTS},format=gray"
    run = run_ffmpeg(
        ["-f", "lavfi", "-i", source, "-vf", drawn, "-f", "rawvideo", "-"],
        reads=[ass, FONTS],
        writes=[],
        stdout=seen.extend,
    )
    return np.frombuffer(bytes(seen), np.uint8).reshape(-1, plan.height, plan.width), run.stderr


def changed(frame: NDArray[np.uint8], ground: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.abs(frame.astype(int) - ground) > 6
    return found


def inside(frame: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
    return frame[box.y : box.bottom, box.x : box.right]


@pytest.mark.parametrize("name", ["vertical", "portrait", "landscape", "landscape720"])
def test_every_pixel_drawn_lies_in_a_planned_box_and_every_box_is_filled(
    name: str, kit: BrandKit, tmp_path: Path
) -> None:
    shape = planned(kit, name, frames=5)
    frames, log = draw(shape, kit, tmp_path)
    check_fonts(log)
    touched = changed(frames[2], int(frames[2][0, 0]))
    for box in shape.plan.covered_at(2):
        assert inside(touched, box).mean() > 0.9
        inside(touched, box)[:] = False
    assert not touched.any()


def test_letters_stay_inside_their_bands_with_room_on_both_sides(kit: BrandKit, tmp_path: Path) -> None:
    shape = planned(kit, "vertical", frames=5)
    frames, _ = draw(shape, kit, tmp_path, grey=40)
    for box in shape.plan.covered_at(2):
        bright = inside(frames[2] > 110, box)
        columns, rows = np.flatnonzero(bright.any(axis=0)), np.flatnonzero(bright.any(axis=1))
        left, right = columns[0], box.w - 1 - columns[-1]
        above, below = rows[0], box.h - 1 - rows[-1]
        assert min(left, right) >= 8
        assert abs(int(left) - int(right)) <= 14  # the widest line, side bearings included
        assert min(above, below) >= 4


@pytest.mark.parametrize("rate", ["25", "50", "30000/1001", "60000/1001", "24"])
def test_captions_stand_on_exactly_the_planned_frames(rate: str, kit: BrandKit, tmp_path: Path) -> None:
    shape = planned(kit, "landscape720", rate, frames=70)
    frames, _ = draw(shape, kit, tmp_path)
    assert len(frames) == 70
    middle = shape.plan.recipe.captions.middle
    ground = int(frames[0][0, 0])
    shown = [bool(changed(f[middle - 4 : middle + 4], ground).any()) for f in frames]
    planned_frames = {i for c in shape.plan.captions for i in range(c.first_frame, c.last_frame + 1)}
    assert {i for i, is_shown in enumerate(shown) if is_shown} == planned_frames


def test_the_word_being_said_is_lit_and_nothing_moves(kit: BrandKit, tmp_path: Path) -> None:
    shape = planned(kit, "landscape720", frames=40)
    frames, _ = draw(shape, kit, tmp_path)
    box, cue = shape.plan.captions[0].box, shape.cues[0]
    before, after = (inside(frames[lit].astype(int), box) for lit in cue.lit[:2])
    differs = np.flatnonzero((np.abs(before - after) > 8).any(axis=0))
    words = cue.lines[0]
    end_of_second = box.w / 2 + width(" ".join(words), "extrabold", shape.plan.recipe.captions.size) / 2
    end_of_second -= width(" " + " ".join(words[2:]), "extrabold", shape.plan.recipe.captions.size)
    assert differs.size
    assert differs[-1] <= end_of_second + 3  # the words after them stand still


def test_hostile_words_draw_nothing_outside_their_box(kit: BrandKit, tmp_path: Path) -> None:
    recipe = load_recipe("landscape720")
    text = r"{\pos(10,10)\fs200}A {\p1}m 0 0 l 500 500{\p0} \Nb } { \h C"
    shown = cues(say(text), Fraction(0), 50, Fraction(25), recipe.captions)
    shape = planned(kit, frames=50)
    plan = replace(shape.plan, captions=captions_shown(shown, recipe, shape.plan.imprint))
    frames, _ = draw(Shape(plan, shown), kit, tmp_path)
    for number in (0, 20, 40):
        touched = changed(frames[number], int(frames[number][0, 0]))
        for box in plan.covered_at(number):
            inside(touched, box)[:] = False
        assert not touched.any()


def test_a_substituted_font_is_an_error() -> None:
    right = "[Parsed_ass_3 @ 0x1] fontselect: (Inter Extra Bold, 400, 0) -> Inter-ExtraBold, 0, Inter-ExtraBold"
    check_fonts(right)
    wrong = "[ass @ 0x1] fontselect: (Inter Extra Bold, 400, 0) -> /usr/share/fonts/DejaVuSans.ttf, 0, DejaVuSans"
    with pytest.raises(FontMissing, match="Inter Extra Bold was replaced by DejaVuSans") as caught:
        check_fonts(right + "\n" + wrong)
    assert caught.value.used == "DejaVuSans"
