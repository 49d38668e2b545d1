"""Lays out one shape: where the credit, the imprint, the captions and the lower third stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from clipping.errors import KitWrong
from clipping.look.box import Box
from clipping.look.captions import WEIGHT, Cue
from clipping.look.lettering import clean, width, wrap
from clipping.look.recipe import Recipe
from clipping.look.shapes import CaptionShown, TextBlock

BAND_WEIGHT = "medium"
CAPTION_LEADING = Fraction(118, 100)  # of the em
BAND_LEADING = Fraction(130, 100)
SMALLEST_BAND = Fraction(26, 30)  # text that must be read shrinks to this share of its size, no further
GAP = 22  # pixels between blocks


@dataclass(frozen=True, slots=True)
class Padding:
    """Pixels between a band's edge and its text."""

    x: int
    y: int


def band_padding(size: int) -> Padding:
    return Padding(round(size * 0.6), round(size * 0.36))


def caption_padding(size: int) -> Padding:
    return Padding(round(size * 0.36), round(size * 0.14))


def line_height(size: int, leading: Fraction) -> int:
    return ceil(size * leading)


def credit_block(text: str, recipe: Recipe) -> TextBlock:
    """At the upper safe line. Raises KitWrong where it can't fit."""
    block = _band(clean(text), recipe.credit.size, recipe.credit.max_lines, recipe.safe.box, "source credit")
    return _at(block, recipe.safe.left, recipe.safe.top)


def imprint_block(text: str, recipe: Recipe) -> TextBlock:
    """Directly above the lower safe line. Raises KitWrong where it can't fit."""
    block = _band(clean(text), recipe.imprint.size, recipe.imprint.max_lines, recipe.safe.box, "imprint")
    return _at(block, recipe.safe.left, recipe.safe.bottom - block.box.h)


def _band(text: str, size: int, max_lines: int, safe: Box, what: str) -> TextBlock:
    if not text:
        raise KitWrong(f"The {what} is empty", "Every clip carries one")
    for smaller in range(size, round(size * SMALLEST_BAND) - 1, -1):
        pad = band_padding(smaller)
        lines = wrap(text, BAND_WEIGHT, smaller, safe.w - 2 * pad.x, max_lines)
        if lines is not None:
            return TextBlock(text, lines, _band_box(lines, smaller, pad), smaller)
    raise KitWrong(
        f"The {what} does not fit on {max_lines} lines of {safe.w} pixels: {len(text)} characters",
        "Shorten it, or give the recipe more lines or a smaller size",
    )


def _band_box(lines: Sequence[str], size: int, pad: Padding) -> Box:
    widest = max(width(line, BAND_WEIGHT, size) for line in lines)
    height = len(lines) * line_height(size, BAND_LEADING)
    return Box(0, 0, ceil(widest) + 2 * pad.x, height + 2 * pad.y)


def _at(block: TextBlock, x: int, y: int) -> TextBlock:
    return TextBlock(block.text, block.lines, Box(x, y, block.box.w, block.box.h), block.size_px)


def captions_shown(cues: Sequence[Cue], recipe: Recipe, imprint: TextBlock) -> tuple[CaptionShown, ...]:
    """Each cue in its box, centred on the recipe's line, or higher where a tall imprint needs the room."""
    middle = _caption_middle(recipe, imprint)
    return tuple(_caption(cue, recipe, middle) for cue in cues)


def _caption_middle(recipe: Recipe, imprint: TextBlock) -> int:
    lowest = imprint.box.y - GAP
    return min(recipe.captions.middle, lowest - ceil(_caption_height(recipe, recipe.captions.max_lines) / 2))


def captions_top(recipe: Recipe, imprint: TextBlock) -> int:
    """Upper edge of the tallest caption."""
    height = _caption_height(recipe, recipe.captions.max_lines)
    return _caption_middle(recipe, imprint) - height // 2


def _caption_height(recipe: Recipe, lines: int) -> int:
    size = recipe.captions.size
    return lines * line_height(size, CAPTION_LEADING) + 2 * caption_padding(size).y


def _caption(cue: Cue, recipe: Recipe, middle: int) -> CaptionShown:
    size = recipe.captions.size
    lines = tuple(" ".join(line) for line in cue.lines)
    wide = ceil(max(width(line, WEIGHT, size) for line in lines)) + 2 * caption_padding(size).x
    high = _caption_height(recipe, len(lines))
    box = Box(recipe.captions.centre - wide // 2, middle - high // 2, wide, high)
    return CaptionShown(cue.first_frame, cue.last_frame, cue.text, lines, box)
