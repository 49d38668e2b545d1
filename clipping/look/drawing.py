"""The still layers of the cards, drawn with PIL: a lower third's panel and an end card's contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from clipping.errors import KitWrong
from clipping.look.brand import BrandKit, Rgb
from clipping.look.fonts import faces_for, pil_font
from clipping.look.lettering import clean, runs, width, wrap
from clipping.look.recipe import LowerThirdRule, Recipe

Rgba = NDArray[np.uint8]  # (height, width, 4), straight alpha
PANEL_OPACITY = 0.9


def _blank(wide: int, high: int, colour: Rgb, opacity: float = 0.0) -> Image.Image:
    return Image.new("RGBA", (wide, high), (*colour, round(255 * opacity)))


def write_line(
    draw: ImageDraw.ImageDraw, x: float, baseline: float, text: str, weight: str, size: int, colour: Rgb
) -> None:
    """A line of text with its baseline at a height, each stretch in the face that has its letters."""
    for run in runs(text, weight):
        font = pil_font(run.face.path, size)
        draw.text((x, baseline), run.text, font=font, fill=(*colour, 255), anchor="ls")
        x += font.getlength(run.text)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Measures of a lower third, pixels."""

    rule: LowerThirdRule
    name: str
    role: str

    @property
    def inset(self) -> int:
        return self.rule.bar + round(self.rule.name_size * 0.5)

    @property
    def size(self) -> tuple[int, int]:
        name = width(self.name, "bold", self.rule.name_size)
        role = width(self.role, "regular", self.rule.role_size)
        wide = self.inset + ceil(max(name, role)) + round(self.rule.name_size * 0.6)
        return _even(wide), _even(self.role_baseline + round(self.rule.name_size * 0.48))

    @property
    def name_baseline(self) -> int:
        return round(self.rule.name_size * (0.42 + 0.74))

    @property
    def role_baseline(self) -> int:
        return self.name_baseline + (round(self.rule.role_size * 1.42) if self.role else 0)


def panel_size(name: str, role: str, rule: LowerThirdRule) -> tuple[int, int]:
    """(width, height) of the lower third in pixels."""
    return _Panel(rule, name, role).size


def draw_panel(name: str, role: str, rule: LowerThirdRule, kit: BrandKit) -> tuple[Rgba, Rgba]:
    """The panel with the text, and the brand bar at its left edge."""
    panel = _Panel(rule, name, role)
    wide, high = panel.size
    image = _blank(wide, high, kit.ink, PANEL_OPACITY)
    draw = ImageDraw.Draw(image)
    write_line(draw, panel.inset, panel.name_baseline, name, "bold", rule.name_size, kit.paper)
    if role:
        write_line(draw, panel.inset, panel.role_baseline, role, "regular", rule.role_size, kit.paper)
    bar = _blank(rule.bar, high, kit.signal, 1.0)
    return np.asarray(image), np.asarray(bar)


def draw_end_card(message: str, imprint: str, party: str, recipe: Recipe, kit: BrandKit) -> Rgba:
    """The end card's contents on nothing: accent, message, party mark and name, imprint."""
    image = _blank(recipe.width, recipe.height, kit.ink)
    draw = ImageDraw.Draw(image)
    safe = recipe.safe.box
    floor = _imprint(draw, clean(imprint), recipe, kit)
    lines, size = _message_lines(clean(message), recipe)
    tall = round(size * 1.12)
    mark = round(size * 1.05)
    block = len(lines) * tall + round(size * 1.1) + mark
    top = safe.y + max(round(size * 0.6), (floor - safe.y - block) // 2)
    _accent(draw, safe.x, top - round(size * 0.55), size, kit)
    for i, line in enumerate(lines):
        write_line(draw, safe.x - size * 0.04, top + i * tall + size * 0.8, line, "extrabold", size, kit.paper)
    _party(image, safe.x, top + len(lines) * tall + round(size * 0.75), mark, clean(party), kit)
    return np.asarray(image)


def _accent(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, kit: BrandKit) -> None:
    draw.rectangle((x, y, x + round(size * 1.1), y + round(size * 0.12)), fill=(*kit.signal, 255))


def _message_lines(text: str, recipe: Recipe) -> tuple[Sequence[str], int]:
    """The message as large as it fits, in four lines at most. Raises KitWrong."""
    for size in range(recipe.card.message_size, recipe.card.message_size // 2, -2):
        lines = wrap(text, "extrabold", size, recipe.safe.box.w, 4) if text else ()
        if lines is not None:
            return lines, size
    raise KitWrong(f"The end card's message is too long: {len(text)} characters", "Say it in fewer words")


def _imprint(draw: ImageDraw.ImageDraw, text: str, recipe: Recipe, kit: BrandKit) -> int:
    """Writes the imprint above the lower safe line and gives its upper edge. Raises KitWrong."""
    safe, size = recipe.safe.box, recipe.card.imprint_size
    lines = wrap(text, "medium", size, safe.w, 4)
    if lines is None:
        raise KitWrong(f"The imprint does not fit on the end card: {len(text)} characters", "Shorten it")
    tall = round(size * 1.36)
    top = safe.bottom - len(lines) * tall
    for i, line in enumerate(lines):
        write_line(draw, safe.x, top + i * tall + size, line, "medium", size, kit.paper)
    return top


def _party(image: Image.Image, x: int, y: int, size: int, name: str, kit: BrandKit) -> None:
    with Image.open(kit.logo, formats=["PNG"]) as opened:
        logo = opened.convert("RGBA")
    logo.thumbnail((size * 4, size), Image.Resampling.LANCZOS)
    image.alpha_composite(logo, (x, y + (size - logo.height) // 2))
    text = round(size * 0.4)
    draw = ImageDraw.Draw(image)
    face = faces_for("semibold")[0]
    baseline = y + size / 2 + text * face.ascent * 0.375
    write_line(draw, x + logo.width + round(size * 0.3), baseline, name, "semibold", text, kit.paper)


def _even(length: int) -> int:
    return length + length % 2
