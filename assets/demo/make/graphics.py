"""The channel's graphics: its mark, the programme's name, the strap with name and role, the opening and the closing."""

from __future__ import annotations

import skia

from make.brushes import blob, fading, fill, letter, line, oval, width_of
from make.screenplay import Person

WIDTH, HEIGHT = 1920, 1080
PETROL, TEAL, AMBER, CREAM, NIGHT = "#10303b", "#2f7f86", "#eca63f", "#f6eddd", "#081a21"


def ease(share: float) -> float:
    """0…1 to 0…1, slow at the end."""
    return 1 - (1 - max(0.0, min(1.0, share))) ** 3


def draw_emblem(canvas: skia.Canvas, x: float, y: float, radius: float, alpha: float = 1.0) -> None:
    """A low sun over two moors."""
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius / 100, radius / 100)
    disc = skia.Path()
    disc.addCircle(0, 0, 100)
    canvas.drawPath(disc, fading((0, -100), (0, 60), [(CREAM, alpha), ("#f7d79b", alpha)]))
    canvas.clipPath(disc, True)
    canvas.drawCircle(22, -2, 40, fill(AMBER, alpha))
    canvas.drawPath(
        blob([(-130, 20), (-60, -8), (10, 34), (70, 12), (130, 30), (130, 130), (-130, 130)]), fill(TEAL, alpha)
    )
    canvas.drawPath(
        blob([(-130, 44), (-70, 56), (0, 40), (60, 66), (130, 48), (130, 140), (-130, 140)]), fill(PETROL, alpha)
    )
    canvas.restore()


def draw_bug(canvas: skia.Canvas) -> None:
    """The channel mark that stays in the corner, inside the title-safe area."""
    draw_emblem(canvas, 1660, 92, 23, 0.92)
    letter(canvas, "WEXMOOR", 1693, 102, "bold", 27, fill("#000000", 0.35, 3), 3.2)
    letter(canvas, "WEXMOOR", 1693, 101, "bold", 27, fill(CREAM, 0.94), 3.2)


def draw_strap(canvas: skia.Canvas, person: Person, shown: float, left: float) -> None:
    """`shown` and `left`: seconds since it came and until it goes."""
    come, gone = ease(shown / 0.48), ease(left / 0.32)
    share = come * gone
    width = max(width_of(person.name, "bold", 50), width_of(person.role, "medium", 31)) + 92
    x, y = 150.0, 858.0
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(x - 60, y - 20, x + (width + 60) * share, y + 190))
    canvas.drawRect(skia.Rect.MakeXYWH(x, y + 6, width, 126), fill("#000000", 0.38, 14))
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, width, 76), fading((x, y), (x + width, y), [(PETROL, 1), ("#16434f", 1)]))
    canvas.drawRect(skia.Rect.MakeXYWH(x, y + 76, width, 52), fill(CREAM))
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, 12, 128), fill(AMBER))
    slide = (1 - come) * -36
    letter(canvas, person.name, x + 46 + slide, y + 56, "bold", 50, fill("#ffffff"))
    letter(canvas, person.role, x + 46 + slide * 1.6, y + 113, "medium", 31, fill("#17323b"))
    canvas.restore()


def draw_title(canvas: skia.Canvas, seconds: float, left: float) -> None:
    """The opening: dusk over the moors, a long table of light, the programme's name. `left` seconds remain."""
    _dusk(canvas, seconds)
    share = ease(seconds / 1.3)
    half = 560 * share
    canvas.drawRoundRect(skia.Rect.MakeLTRB(960 - half, 596, 960 + half, 604), 4, 4, fill(AMBER, 0.8, 16))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(960 - half, 596, 960 + half, 604), 4, 4, fill("#ffe2ac"))
    text, size = "The Long Table", 150
    across = width_of(text, "serif", size)
    letter(
        canvas,
        text,
        960 - across / 2,
        552 + 26 * (1 - ease((seconds - 0.35) / 1.1)),
        "serif",
        size,
        fill(CREAM, ease((seconds - 0.35) / 0.9)),
    )
    under = "WEXMOOR TELEVISION"
    across = width_of(under, "semibold", 34, 9)
    letter(canvas, under, 960 - across / 2, 672, "semibold", 34, fill(CREAM, 0.86 * ease((seconds - 0.9) / 0.9)), 9)
    draw_emblem(canvas, 960, 300, 74 * (0.9 + 0.1 * ease(seconds / 1.2)), ease(seconds / 0.7))
    if left < 0.32:
        canvas.drawPaint(fill("#f6eddd", 0.85 * (1 - left / 0.32) ** 2))
    if seconds < 0.4:
        canvas.drawPaint(fill("#04090c", 1 - seconds / 0.4))


def draw_closing(canvas: skia.Canvas, seconds: float, left: float) -> None:
    """Over the last wide: the picture darkens, the programme's name, who made it."""
    share = ease(seconds / 0.9)
    canvas.drawPaint(fill(NIGHT, 0.78 * share))
    text = "The Long Table"
    across = width_of(text, "serif", 104)
    letter(canvas, text, 960 - across / 2, 520, "serif", 104, fill(CREAM, share))
    canvas.drawRect(skia.Rect.MakeLTRB(960 - 300 * share, 560, 960 + 300 * share, 565), fill(AMBER, share))
    for place, small in enumerate(("Fridays at ten", "© Wexmoor Television 2026")):
        across = width_of(small, "medium", 32)
        letter(canvas, small, 960 - across / 2, 630 + place * 50, "medium", 32, fill(CREAM, 0.85 * share))
    draw_emblem(canvas, 960, 340, 62, share)
    if left < 0.5:
        canvas.drawPaint(fill("#04090c", 1 - left / 0.5))


def _dusk(canvas: skia.Canvas, seconds: float) -> None:
    canvas.drawPaint(
        fading(
            (0, 0), (0, HEIGHT), [("#0a1f2a", 1), ("#1d4c58", 1), ("#b9713f", 1), ("#f0b25a", 1)], (0, 0.45, 0.78, 0.9)
        )
    )
    drift = seconds * 9
    layers = (
        (("#2b5f66"), ((-200, 800), (200, 720), (640, 790), (1100, 730), (1600, 780), (2200, 720)), 0.35),
        (("#17424d"), ((-200, 880), (300, 830), (820, 890), (1300, 820), (1800, 880), (2200, 840)), 0.7),
        (("#0b252e"), ((-200, 980), (400, 930), (900, 985), (1500, 920), (2200, 985)), 1.1),
    )
    for colour, ridge, pace in layers:
        moved = [(x - drift * pace, y) for x, y in ridge]
        canvas.drawPath(blob([*moved, (2300, 1300), (-300, 1300)]), fill(colour))
    canvas.drawOval(oval(960, 560, 820, 240), fill("#06141a", 0.35, 90))


__all__ = [
    "AMBER",
    "CREAM",
    "HEIGHT",
    "NIGHT",
    "PETROL",
    "TEAL",
    "WIDTH",
    "draw_bug",
    "draw_closing",
    "draw_emblem",
    "draw_strap",
    "draw_title",
    "ease",
    "line",
]
