"""The few brushes everything is drawn with, on a Skia canvas."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from functools import cache

import skia

Point = tuple[float, float]


def ink(colour: str, alpha: float = 1.0) -> int:
    """`#RRGGBB` and an opacity as Skia's colour."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return int(skia.ColorSetARGB(round(alpha * 255), red, green, blue))


def shade(colour: str, factor: float) -> str:
    """The colour lighter (factor over 1) or darker, a little more saturated as it darkens, as skin and cloth are."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    saturation = min(1.0, saturation * (1 + (1 - factor) * 0.45))
    rgb = colorsys.hsv_to_rgb(hue, max(0.0, saturation), min(1.0, value * factor))
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def fill(colour: str, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = skia.Paint(Color=ink(colour, alpha), AntiAlias=True)
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def line(colour: str, width: float, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = fill(colour, alpha, blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def fading(
    start: Point, end: Point, colours: Sequence[tuple[str, float]], at: Sequence[float] | None = None
) -> skia.Paint:
    """A linear gradient of (colour, opacity) from one point to another."""
    inks = [ink(colour, alpha) for colour, alpha in colours]
    shader = skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)], inks, list(at) if at else None)
    return skia.Paint(Shader=shader, AntiAlias=True, Dither=True)


def glowing(
    centre: Point, radius: float, colours: Sequence[tuple[str, float]], at: Sequence[float] | None = None
) -> skia.Paint:
    """A radial gradient."""
    inks = [ink(colour, alpha) for colour, alpha in colours]
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, inks, list(at) if at else None)
    return skia.Paint(Shader=shader, AntiAlias=True, Dither=True)


def blob(points: Sequence[Point], tension: float = 1.0) -> skia.Path:
    """A closed smooth curve through the points (Catmull–Rom)."""
    count, path = len(points), skia.Path()
    path.moveTo(*points[0])
    for place in range(count):
        _curve(
            path, points[place - 1], points[place], points[(place + 1) % count], points[(place + 2) % count], tension
        )
    path.close()
    return path


def stroke(points: Sequence[Point]) -> skia.Path:
    """An open smooth curve through the points."""
    path = skia.Path()
    path.moveTo(*points[0])
    ends = [points[0], *points, points[-1]]
    for place in range(1, len(ends) - 2):
        _curve(path, ends[place - 1], ends[place], ends[place + 1], ends[place + 2], 1.0)
    return path


def _curve(path: skia.Path, before: Point, start: Point, end: Point, after: Point, tension: float) -> None:
    sixth = tension / 6
    path.cubicTo(
        start[0] + (end[0] - before[0]) * sixth,
        start[1] + (end[1] - before[1]) * sixth,
        end[0] - (after[0] - start[0]) * sixth,
        end[1] - (after[1] - start[1]) * sixth,
        *end,
    )


def polygon(points: Sequence[Point]) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def mirrored(points: Sequence[Point]) -> list[Point]:
    """A right half, top to bottom, completed by its mirror image."""
    return [*points, *[(-x, y) for x, y in reversed(points) if x != 0]]


def oval(x: float, y: float, half_width: float, half_height: float) -> skia.Rect:
    return skia.Rect.MakeLTRB(x - half_width, y - half_height, x + half_width, y + half_height)


_FACES = {
    "regular": "opentype/inter/InterDisplay-Regular.otf",
    "medium": "opentype/inter/InterDisplay-Medium.otf",
    "semibold": "opentype/inter/InterDisplay-SemiBold.otf",
    "bold": "opentype/inter/InterDisplay-Bold.otf",
    "serif": "truetype/noto/NotoSerifDisplay-Bold.ttf",
}


@cache
def font(face: str, size: float) -> skia.Font:
    """A face of Debian's fonts-inter or fonts-noto-core. Raises FileNotFoundError where it is not installed."""
    path = f"/usr/share/fonts/{_FACES[face]}"
    typeface = skia.Typeface.MakeFromFile(path)
    if typeface is None:
        raise FileNotFoundError(path)
    out = skia.Font(typeface, size)
    out.setSubpixel(True)
    out.setEdging(skia.Font.Edging.kAntiAlias)
    return out


def letter(
    canvas: skia.Canvas, text: str, x: float, y: float, face: str, size: float, paint: skia.Paint, spaced: float = 0.0
) -> float:
    """Text from x with its baseline at y, letters `spaced` further apart; the x where it ends."""
    drawn = font(face, size)
    if not spaced:
        canvas.drawString(text, x, y, drawn, paint)
        return x + drawn.measureText(text)
    for character in text:
        canvas.drawString(character, x, y, drawn, paint)
        x += drawn.measureText(character) + spaced
    return x - spaced


def width_of(text: str, face: str, size: float, spaced: float = 0.0) -> float:
    return (
        float(font(face, size).measureText(text))
        if not spaced
        else sum(font(face, size).measureText(character) + spaced for character in text) - spaced
    )
