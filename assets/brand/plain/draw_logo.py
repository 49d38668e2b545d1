"""Draws logo.png: a neutral mark, two strokes of speech on a disc. Run: python assets/brand/plain/draw_logo.py"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZE, FINER = 512, 4
SIGNAL, PAPER = (215, 38, 61, 255), (250, 248, 244, 255)


def draw_logo() -> Image.Image:
    """512 × 512, transparent around the mark; drawn four times as large for smooth edges."""
    side = SIZE * FINER
    image = Image.new("RGBA", (side, side), (*SIGNAL[:3], 0))
    draw = ImageDraw.Draw(image)
    unit = side / 16
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=unit * 3.6, fill=SIGNAL)
    for x, top, bottom in ((3.1, 6.6, 9.4), (5.7, 4.2, 11.8), (8.3, 5.8, 10.2), (10.9, 3.4, 12.6)):
        draw.rounded_rectangle((x * unit, top * unit, (x + 1.6) * unit, bottom * unit), radius=unit * 0.8, fill=PAPER)
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw_logo().save(Path(__file__).with_name("logo.png"), optimize=True)
