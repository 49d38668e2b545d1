"""Cards: made once by moviepy, kept by what they show, and whole."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from clipping.errors import KitWrong
from clipping.imprint import plain_imprint
from clipping.look.brand import BrandKit
from clipping.look.cards import Card, end_card, lower_third
from clipping.look.recipe import load_recipe

RECIPE = load_recipe("landscape720")
RATE = Fraction(25)


def frames_of(card: Card, pixels: str) -> list[NDArray[np.uint8]]:
    with av.open(str(card.path)) as file:
        shown = [f.reformat(format=pixels, src_colorspace="ITU709") for f in file.decode(video=0)]
        return [np.asarray(frame.to_ndarray(), np.uint8) for frame in shown]


def made(kit: BrandKit, folder: Path, message: str = "Hear the whole answer.") -> Card:
    return end_card(kit, message, plain_imprint(), RECIPE, RATE, folder)


def test_an_end_card_rises_out_of_ink_and_ends_whole(kit: BrandKit, tmp_path: Path) -> None:
    card = made(kit, tmp_path)
    frames = frames_of(card, "rgb24")
    assert len(frames) == card.frames
    light = [int(frame.max()) for frame in frames]
    assert light == sorted(light)
    assert light[0] < 60
    assert light[-1] > 235
    assert np.abs(frames[-1][4, 4].astype(int) - kit.ink).max() <= 3
    safe = RECIPE.safe.box
    outside = frames[-1].copy()
    outside[safe.y : safe.bottom, safe.x : safe.right] = kit.ink
    assert np.abs(outside.astype(int) - kit.ink).max() <= 6


def test_a_kept_card_is_not_made_again_and_other_words_make_another(kit: BrandKit, tmp_path: Path) -> None:
    first = made(kit, tmp_path)
    again = made(kit, tmp_path)
    assert (first.was_kept, again.was_kept) == (False, True)
    assert first.path == again.path
    assert made(kit, tmp_path, "Something else.").path != first.path
    assert made(replace(kit, ink=(0, 0, 0)), tmp_path).path != first.path
    assert sorted(tmp_path.glob(".card_*")) == []


def test_moviepy_is_not_loaded_where_the_cards_are_kept(kit: BrandKit, tmp_path: Path) -> None:
    made(kit, tmp_path)
    lower_third(kit, "Eleanor Marsh", "Shadow Minister", RECIPE.lower_third, RATE, tmp_path)
    program = (
        "import sys; from pathlib import Path; from fractions import Fraction\n"
        "import clipping.rendering.render\n"
        "from clipping.look.brand import load_kit; from clipping.look.recipe import load_recipe\n"
        "from clipping.look.cards import end_card, lower_third\n"
        "from clipping.imprint import plain_imprint\n"
        "kit, recipe, folder = load_kit(), load_recipe('landscape720'), Path(sys.argv[1])\n"
        "a = end_card(kit, 'Hear the whole answer.', plain_imprint(), recipe, Fraction(25), folder)\n"
        "b = lower_third(kit, 'Eleanor Marsh', 'Shadow Minister', recipe.lower_third, Fraction(25), folder)\n"
        "print(a.was_kept, b.was_kept, 'moviepy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"]


def test_a_lower_third_comes_stays_and_goes(kit: BrandKit, tmp_path: Path) -> None:
    rule = RECIPE.lower_third
    card = lower_third(kit, "Eleanor Marsh", "Shadow Minister", rule, RATE, tmp_path)
    frames = frames_of(card, "rgba")
    shown = [float((frame[..., 3] > 100).mean()) for frame in frames]
    assert shown[0] < 0.1
    assert shown[10] > 0.98  # 0.4 s
    assert min(shown[10:-9]) > 0.98
    assert shown[-1] < 0.1
    assert 3 <= card.frames / RATE <= 4
    assert card.width % 2 == 0
    assert card.height % 2 == 0
    bar = frames[40][card.height // 2, 1, :3].astype(int)
    assert np.abs(bar - kit.signal).max() <= 6


def test_a_message_that_does_not_fit_is_refused(kit: BrandKit, tmp_path: Path) -> None:
    with pytest.raises(KitWrong, match="message"):
        made(kit, tmp_path, "word " * 100)
    assert list(tmp_path.iterdir()) == []
