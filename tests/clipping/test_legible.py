"""Text is read back from pictures as a phone shows them: good text reads, faint or covered text doesn't."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from clipping.look.box import Box
from clipping.proof.legible import LEAST_CONTRAST, contrast, has_strokes, phone_view, read_block, read_everything
from clipping.proof.playback import Luma
from clipping.proof.reading import can_read, share_found, share_right, squeezed
from clipping.proof.text_checks import IMPRINT_RIGHT

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
LINES = (
    "Promoted by Ada Fenwick of 12 Mill Lane, Holloway",
    "Cross, on behalf of the Orchard Party, of 12 Mill Lane",
)
BOX = Box(65, 1140, 835, 100)


def drawn(
    lines: tuple[str, ...] = LINES,
    *,
    size: int = 30,
    ink: int = 230,
    band: int | None = 25,
    ground: float = 0.0,
) -> Luma:
    """A 1080×1920 luma plane: noise of strength `ground`, a band, and lines of Inter Medium."""
    noise = np.random.default_rng(3).normal(120, ground, (1920, 1080))
    picture = Image.fromarray(np.clip(noise, 16, 235).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    if band is not None:
        pen.rectangle((BOX.x, BOX.y, BOX.right, BOX.bottom), fill=band)
    font = ImageFont.truetype(str(FONTS / "Inter-Medium.otf"), size)
    for number, line in enumerate(lines):
        pen.text((BOX.x + 14, BOX.y + 8 + number * round(size * 1.35)), line, font=font, fill=ink)
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("ground", [0.0, 60.0])
def test_an_imprint_on_its_band_reads_back(ground: float) -> None:
    seen = read_block(drawn(ground=ground), BOX, 2)
    assert share_right(seen, " ".join(LINES)) >= 0.95


def test_dark_on_light_reads_as_well() -> None:
    assert share_right(read_block(drawn(ink=20, band=225), BOX, 2), " ".join(LINES)) >= 0.95


@pytest.mark.parametrize(
    "picture",
    [drawn(lines=()), drawn(size=11), drawn(lines=LINES[:1]), drawn(band=None, ground=70.0, ink=128)],
    ids=["missing", "tiny", "one line of two", "lost in noise"],
)
def test_what_a_person_could_not_read_does_not_read_back(picture: Luma) -> None:
    assert share_right(read_block(picture, BOX, 2), " ".join(LINES)) < IMPRINT_RIGHT


def test_another_imprint_is_not_this_one() -> None:
    other = (
        "Printed and published by B. Other, 9 High Street",
        "Sampleton, for and on behalf of Some Party, Leeds",
    )
    assert share_right(read_block(drawn(other), BOX, 2), " ".join(LINES)) < 0.7


def test_contrast_is_that_of_ink_on_band() -> None:
    assert contrast(drawn(), BOX) > 10
    assert contrast(drawn(ink=60, band=40), BOX) < LEAST_CONTRAST
    assert contrast(drawn(lines=(), ink=40, band=40), BOX) < LEAST_CONTRAST
    assert contrast(np.full((1920, 1080), 128, np.uint8), BOX) == 1.0


def test_everything_on_a_card_is_read_in_rows() -> None:
    seen = read_everything(drawn(("Hear the whole answer.", "", *LINES), band=None))
    assert share_found(seen, " ".join(LINES)) >= 0.95
    assert share_found(seen, "Vote for the other side, they are much better at it") < 0.6


def test_strokes_are_seen_where_letters_are_and_nowhere_else() -> None:
    caption = drawn(("We never said that",), size=66)
    assert has_strokes(caption, BOX)
    assert not has_strokes(drawn(lines=()), BOX)
    soft = cv2.GaussianBlur(drawn(band=None, lines=(), ground=110.0), (0, 0), 9)
    assert not has_strokes(np.asarray(cv2.equalizeHist(soft), np.uint8), BOX)
    assert not has_strokes(np.full((1920, 1080), 235, np.uint8), BOX)


@pytest.mark.parametrize("size", [(1920, 1080), (1350, 1080), (1080, 1920)])
def test_a_phone_is_360_wide_whatever_the_shape(size: tuple[int, int]) -> None:
    view = phone_view(np.full(size, 235, np.uint8))
    assert view.shape == (round(size[0] * 360 / size[1]), 360)
    assert view.min() == 255


def test_only_scripts_that_the_recogniser_knows_are_held_to_it() -> None:
    assert can_read("Sioned Llŷr, Plaid y Berllan")
    assert not can_read("نحن نعد بذلك")
    assert not can_read("…")


@given(st.text())
def test_spaces_case_and_accents_do_not_count(text: str) -> None:
    assert squeezed(squeezed(text)) == squeezed(text)
    assert share_right(f"  {text} ", text) == 1.0
