"""The studio: a screen with the town at dusk, tubes of light, slatted oak, the long table. Drawn once a camera."""

from __future__ import annotations

from functools import cache

import numpy as np
import skia

from make.brushes import blob, fading, fill, glowing, letter, line, oval, polygon, shade, width_of
from make.graphics import AMBER, CREAM, HEIGHT, PETROL, TEAL, WIDTH, draw_emblem

_OAK = "#8a5d3b"


@cache
def backdrop(camera: str) -> skia.Image:
    """What stands behind the people, as that camera sees it; close-ups are out of focus."""
    surface = skia.Surface(WIDTH, HEIGHT)
    with surface as canvas:
        _SETS[camera](canvas)
    picture = surface.makeImageSnapshot()
    soft = {"wide": 1.6, "guests": 5.0}.get(camera, 13.0)
    blurred = skia.Surface(WIDTH, HEIGHT)
    with blurred as canvas:
        paint = skia.Paint(ImageFilter=skia.ImageFilters.Blur(soft, soft, skia.TileMode.kClamp))
        canvas.drawImage(picture, 0, 0, skia.SamplingOptions(), paint)
        canvas.drawPaint(
            glowing((WIDTH / 2, HEIGHT * 0.42), 1250, [("#000000", 0), ("#000000", 0), ("#020a0e", 0.55)], (0, 0.5, 1))
        )
    return blurred.makeImageSnapshot()


@cache
def table(camera: str) -> skia.Image:
    """What stands before them: the table, and what lies on it."""
    surface = skia.Surface(WIDTH, HEIGHT)
    with surface as canvas:
        canvas.clear(skia.ColorTRANSPARENT)
        _TABLES[camera](canvas)
    return surface.makeImageSnapshot()


def _wall(canvas: skia.Canvas, left: str = "#123743", right: str = "#0c2731") -> None:
    canvas.drawPaint(fading((0, 0), (WIDTH, HEIGHT), [(left, 1), ("#174552", 1), (right, 1)]))


def _slats(canvas: skia.Canvas, left: float, right: float, bottom: float, step: float) -> None:
    """Oak slats with light from above and dark joints between."""
    x, shade_of = left, np.random.default_rng(abs(int(left)) + 7)
    while x < right:
        tone = float(shade_of.uniform(0.86, 1.1))
        wood = [(shade(_OAK, 1.25 * tone), 1.0), (shade(_OAK, 0.82 * tone), 1.0), (shade(_OAK, 0.42 * tone), 1.0)]
        canvas.drawRect(skia.Rect.MakeLTRB(x, 0, x + step * 0.72, bottom), fading((0, 0), (0, bottom), wood))
        canvas.drawRect(skia.Rect.MakeLTRB(x, 0, x + step * 0.12, bottom), fill("#ffdcae", 0.16))
        canvas.drawRect(skia.Rect.MakeLTRB(x + step * 0.72, 0, x + step, bottom), fill("#1b0f08", 0.92))
        x += step


def _tube(canvas: skia.Canvas, x: float, top: float, bottom: float, colour: str = "#ffc877") -> None:
    """A thin tube of light and its glow on the wall."""
    canvas.drawRoundRect(skia.Rect.MakeLTRB(x - 70, top, x + 70, bottom), 60, 60, fill(colour, 0.26, 50))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(x - 15, top, x + 15, bottom), 15, 15, fill(colour, 0.5, 14))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(x - 6, top, x + 6, bottom), 6, 6, fill("#fff1d6"))


def _town(canvas: skia.Canvas, frame: skia.Rect, scale: float, seed: int) -> None:
    """The town at dusk on a screen or through a window."""
    dice = np.random.default_rng(seed)
    canvas.save()
    canvas.clipRect(frame)
    high = frame.height()
    canvas.drawRect(
        frame,
        fading(
            (0, frame.top()),
            (0, frame.bottom()),
            [("#12303f", 1), ("#3d6f7c", 1), ("#d98b55", 1), ("#f4bd74", 1)],
            (0, 0.42, 0.74, 0.86),
        ),
    )
    moor = frame.top() + high * 0.70
    canvas.drawPath(
        blob(
            [
                (frame.left() - 100, moor + 30),
                (frame.left() + frame.width() * 0.3, moor - 40),
                (frame.left() + frame.width() * 0.7, moor + 24),
                (frame.right() + 100, moor - 30),
                (frame.right() + 100, frame.bottom() + 200),
                (frame.left() - 100, frame.bottom() + 200),
            ]
        ),
        fill("#4d7478"),
    )
    for depth, (colour, base) in enumerate((("#2e5661", 0.70), ("#173945", 0.80))):
        x = frame.left() - 20
        while x < frame.right():
            wide, tall = dice.uniform(46, 120) * scale, dice.uniform(0.05, 0.24 - 0.05 * depth) * high
            top = frame.top() + high * base - tall
            canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + wide, frame.bottom()), fill(colour))
            if dice.random() < 0.45:
                canvas.drawPath(
                    polygon([(x - 3, top), (x + wide / 2, top - wide * 0.4), (x + wide + 3, top)]), fill(colour)
                )
            _windows(canvas, dice, (x, top, wide, frame.bottom()), scale, depth)
            x += wide + dice.uniform(-4, 26) * scale
    canvas.restore()


def _windows(
    canvas: skia.Canvas, dice: np.random.Generator, house: tuple[float, float, float, float], scale: float, depth: int
) -> None:
    x, top, wide, bottom = house
    step = 21 * scale
    for across in np.arange(x + step * 0.5, x + wide - step * 0.6, step):
        for down in np.arange(top + step * 0.6, min(bottom, top + 300 * scale), step * 1.25):
            if dice.random() < 0.36:
                canvas.drawRect(
                    skia.Rect.MakeXYWH(across, down, step * 0.42, step * 0.58), fill("#ffd891", (0.45, 0.85)[depth])
                )


def _floor(canvas: skia.Canvas, top: float) -> None:
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, top, WIDTH, HEIGHT),
        fading((0, top), (0, HEIGHT), [("#1a3b45", 1), ("#0b1f27", 1), ("#06141a", 1)]),
    )
    canvas.drawRect(skia.Rect.MakeLTRB(0, top - 2, WIDTH, top + 3), fill("#061218", 0.7))
    canvas.drawOval(oval(960, top + 60, 720, 46), fill("#e7b27a", 0.17, 40))


def _wide_set(canvas: skia.Canvas) -> None:
    _wall(canvas)
    _slats(canvas, 0, 330, 800, 34)
    _slats(canvas, 1590, 1920, 800, 34)
    for x in (372, 1548):
        _tube(canvas, x, 90, 770)
    screen = skia.Rect.MakeLTRB(440, 96, 1480, 700)
    canvas.drawRoundRect(screen.makeOutset(16, 16), 14, 14, fill("#04131a", 0.9, 8))
    canvas.drawRoundRect(screen.makeOutset(12, 12), 10, 10, fill("#0a1f28"))
    _town(canvas, screen, 1.0, 11)
    canvas.drawRect(screen, fading((0, 96), (0, 330), [("#071c25", 0.62), ("#071c25", 0.0)]))
    text = "The Long Table"
    letter(canvas, text, 960 - width_of(text, "serif", 74) / 2, 212, "serif", 74, fill(CREAM, 0.95))
    canvas.drawRect(skia.Rect.MakeLTRB(820, 236, 1100, 240), fill(AMBER))
    _floor(canvas, 800)
    for x in (240, 700, 1220, 1680):
        canvas.drawPath(
            polygon([(x - 22, -10), (x + 22, -10), (x + 210, 820), (x - 210, 820)]),
            fading((0, 0), (0, 820), [("#fff2d8", 0.15), ("#fff2d8", 0.0)]),
        )


def _presenter_set(canvas: skia.Canvas) -> None:
    _wall(canvas)
    _town(canvas, skia.Rect.MakeLTRB(330, -120, 2000, 980), 2.3, 11)
    canvas.drawRect(
        skia.Rect.MakeLTRB(330, 0, 2000, 500), fading((0, 0), (0, 500), [("#071c25", 0.5), ("#071c25", 0.0)])
    )
    canvas.drawRect(skia.Rect.MakeLTRB(296, 0, 334, HEIGHT), fill("#061821"))
    _slats(canvas, -20, 200, HEIGHT, 78)
    _tube(canvas, 252, -60, 1200)


def _minister_set(canvas: skia.Canvas) -> None:
    _wall(canvas, "#0f2f3b", "#123a46")
    _slats(canvas, 1010, 1960, HEIGHT, 84)
    _tube(canvas, 940, -60, 1200)
    _town(canvas, skia.Rect.MakeLTRB(-40, 60, 760, 900), 2.1, 29)
    canvas.drawRect(skia.Rect.MakeLTRB(756, 0, 792, HEIGHT), fill("#061821"))
    canvas.drawCircle(1500, 240, 300, fill("#ffcf8c", 0.17, 110))


def _opposition_set(canvas: skia.Canvas) -> None:
    _wall(canvas, "#143d49", "#0c2a35")
    _slats(canvas, -20, 860, HEIGHT, 84)
    _tube(canvas, 968, -60, 1200)
    _town(canvas, skia.Rect.MakeLTRB(1150, 60, 1990, 900), 2.1, 43)
    canvas.drawRect(skia.Rect.MakeLTRB(1118, 0, 1154, HEIGHT), fill("#061821"))
    canvas.drawCircle(420, 240, 300, fill("#ffcf8c", 0.17, 110))


def _guests_set(canvas: skia.Canvas) -> None:
    _wall(canvas)
    _slats(canvas, -20, 420, 1000, 52)
    _slats(canvas, 1500, 1960, 1000, 52)
    for x in (476, 1444):
        _tube(canvas, x, -40, 1000)
    screen = skia.Rect.MakeLTRB(560, 40, 1360, 860)
    canvas.drawRoundRect(screen.makeOutset(14, 14), 10, 10, fill("#0a1f28"))
    _town(canvas, screen, 1.5, 61)
    canvas.drawRect(screen, fill("#0a2530", 0.25))
    draw_emblem(canvas, 960, 300, 120, 0.9)


def _wide_table(canvas: skia.Canvas) -> None:
    """The long table, its front lit by a strip of amber."""
    _top_of_table(canvas, 786, 70, 150)
    front = polygon([(150, 856), (1770, 856), (1700, 1024), (220, 1024)])
    canvas.drawPath(front, fading((0, 850), (0, 1030), [("#1d5561", 1), (PETROL, 1), ("#08202a", 1)]))
    for x in range(280, 1700, 90):
        canvas.drawLine(x, 866, 960 + (x - 960) * 0.92, 1020, line("#0a2731", 3, 0.7))
    canvas.drawRect(skia.Rect.MakeLTRB(160, 862, 1760, 868), fill(AMBER, 0.85, 12))
    canvas.drawRect(skia.Rect.MakeLTRB(160, 862, 1760, 867), fill("#ffdf9f"))
    canvas.drawOval(oval(960, 1034, 800, 22), fill("#000000", 0.5, 16))
    draw_emblem(canvas, 960, 946, 46)
    for x in (660, 1150, 1270):
        _glass(canvas, x, 812, 0.62)
    for x, tilt in ((470, -2), (960, 1), (1450, 2)):
        _papers(canvas, x, 836, 0.8, tilt)


def _top_of_table(canvas: skia.Canvas, y: float, deep: float, inset: float) -> None:
    wood = polygon([(inset + 60, y), (WIDTH - inset - 60, y), (WIDTH - inset, y + deep), (inset, y + deep)])
    canvas.drawPath(
        wood, fading((0, y), (0, y + deep), [(shade("#a8734a", 0.78), 1), ("#b9814f", 1), (shade("#a8734a", 1.2), 1)])
    )
    for place in range(5):
        canvas.drawLine(
            inset + 40,
            y + deep * (0.2 + place * 0.16),
            WIDTH - inset - 40,
            y + deep * (0.2 + place * 0.16),
            line("#6e4526", 1.4, 0.30),
        )
    canvas.drawRect(skia.Rect.MakeLTRB(inset, y + deep - 3, WIDTH - inset, y + deep + 4), fill(shade("#a8734a", 1.45)))


def _guests_table(canvas: skia.Canvas) -> None:
    _top_of_table(canvas, 930, 110, -160)
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 1044, WIDTH, HEIGHT), fading((0, 1040), (0, HEIGHT), [("#1d5561", 1), (PETROL, 1)])
    )
    _glass(canvas, 905, 985, 1.15)
    _glass(canvas, 1045, 975, 1.05)


def _no_table(canvas: skia.Canvas) -> None:
    """A close-up shows none."""


def _glass(canvas: skia.Canvas, x: float, y: float, size: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(size, size)
    canvas.drawOval(oval(0, 16, 36, 8), fill("#2a1608", 0.4, 5))
    body = polygon([(-25, -78), (25, -78), (20, 14), (-20, 14)])
    canvas.drawPath(body, fading((-25, 0), (25, 0), [("#ffffff", 0.34), ("#d9f2f5", 0.12), ("#ffffff", 0.24)]))
    canvas.drawPath(polygon([(-23, -40), (23, -40), (20, 12), (-20, 12)]), fill("#bfe6ea", 0.30))
    canvas.drawOval(oval(0, -40, 23, 4), fill("#ffffff", 0.5))
    canvas.drawOval(oval(0, -78, 25, 5), line("#ffffff", 2, 0.65))
    canvas.restore()


def _papers(canvas: skia.Canvas, x: float, y: float, size: float, tilt: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(size, size)
    for turn, colour in ((tilt, "#d8d2c6"), (tilt * 0.3, "#f5f1e8")):
        canvas.save()
        canvas.rotate(turn)
        canvas.drawPath(polygon([(-70, -14), (76, -14), (98, 22), (-92, 22)]), fill(colour))
        for row in range(3):
            canvas.drawLine(-58 - row * 6, -6 + row * 9, 52 + row * 8, -6 + row * 9, line("#8b8f94", 2, 0.5))
        canvas.restore()
    canvas.restore()


_SETS = {
    "wide": _wide_set,
    "guests": _guests_set,
    "presenter": _presenter_set,
    "minister": _minister_set,
    "opposition": _opposition_set,
}
_TABLES = {
    "wide": _wide_table,
    "guests": _guests_table,
    **dict.fromkeys(("presenter", "minister", "opposition"), _no_table),
}
__all__ = ["TEAL", "backdrop", "table"]
