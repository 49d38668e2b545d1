"""The three people: faces, hair and clothes, each drawn about the middle of the face, as in faces.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import skia

from make.acting import Pose
from make.brushes import Point, blob, fading, fill, line, oval, polygon, shade, stroke
from make.faces import (
    Face,
    Turned,
    draw_brows,
    draw_ears,
    draw_eyes,
    draw_head,
    draw_lines,
    draw_mouth,
    draw_nose,
    placed,
)

_SHORT_NECK = 26  # how much nearer the shoulders are than they are drawn
Layer = Callable[[skia.Canvas, Pose], None]


@dataclass(frozen=True)
class Look:
    face: Face
    body: Callable[[skia.Canvas], None]
    hair_behind: Layer
    hair: Layer
    beard: Callable[[skia.Canvas, Pose, skia.Path], None] | None = None
    glasses: Layer | None = None


_KEPT = skia.Rect.MakeLTRB(-390, 120, 390, 720)  # what is kept of a body or of a pair of arms, in its own units


@cache
def _kept(layer: Callable[[skia.Canvas], None], size: float) -> skia.Image:
    """A layer that never changes shape, drawn once at the size in which it is seen: its soft shadows take long."""
    surface = skia.Surface(round(_KEPT.width() * size), round(_KEPT.height() * size))
    with surface as canvas:
        canvas.clear(skia.ColorTRANSPARENT)
        canvas.scale(size, size)
        canvas.translate(-_KEPT.left(), -_KEPT.top())
        layer(canvas)
    return surface.makeImageSnapshot()


def _draw_kept(canvas: skia.Canvas, layer: Callable[[skia.Canvas], None], size: float) -> None:
    canvas.save()
    canvas.translate(_KEPT.left(), _KEPT.top())
    canvas.scale(1 / size, 1 / size)
    canvas.drawImage(_kept(layer, size), 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def draw_person(canvas: skia.Canvas, look: Look, pose: Pose, size: float) -> None:
    """Behind to front; body first, so that the head moves over it. `size` is the scale that the canvas has."""
    canvas.save()
    canvas.translate(pose.sway[0] * 0.45, pose.sway[1] * 0.3)
    canvas.save()
    placed(canvas, pose)
    look.hair_behind(canvas, pose)
    canvas.restore()
    canvas.save()
    canvas.translate(0, -_SHORT_NECK)
    _draw_kept(canvas, look.body, size)
    canvas.restore()
    placed(canvas, pose)
    draw_ears(canvas, look.face, pose)
    shape = draw_head(canvas, look.face, pose)
    if look.beard:
        look.beard(canvas, pose, shape)
    canvas.save()
    canvas.translate(0, pose.nod * 0.5)
    draw_lines(canvas, look.face, pose)
    draw_mouth(canvas, look.face, pose)
    draw_nose(canvas, look.face, pose)
    draw_eyes(canvas, look.face, pose)
    draw_brows(canvas, look.face, pose)
    if look.glasses:
        look.glasses(canvas, pose)
    canvas.restore()
    look.hair(canvas, pose)
    canvas.restore()


def _neck(canvas: skia.Canvas, skin: str, half: float) -> None:
    shape = blob(
        [(-half, 90), (half, 90), (half + 2, 180), (half + 22, 236), (0, 290), (-half - 22, 236), (-half - 2, 180)]
    )
    canvas.drawPath(
        shape,
        fading(
            (-half, 0), (half, 0), [(shade(skin, 0.93), 1), (shade(skin, 0.84), 1), (shade(skin, 0.66), 1)], (0, 0.5, 1)
        ),
    )
    canvas.save()
    canvas.clipPath(shape, True)
    canvas.drawOval(oval(8, 146, half + 16, 44), fill(shade(skin, 0.5), 0.62, 11))
    canvas.restore()


def _jacket(canvas: skia.Canvas, cloth: str, half: float, slope: float) -> skia.Path:
    """Shoulders and sleeves, with light from the left; `half` is where a shoulder ends."""
    points: list[Point] = [
        (-66, 204),
        (-150, 226 + slope * 0.5),
        (-half + 22, 262 + slope),
        (-half - 14, 330 + slope),
        (-half - 40, 520),
        (-half - 52, 900),
        (half + 52, 900),
        (half + 40, 520),
        (half + 14, 330 + slope),
        (half - 22, 262 + slope),
        (150, 226 + slope * 0.5),
        (66, 204),
    ]
    shape = blob(points)
    canvas.drawPath(
        shape,
        fading((-half, 240), (half, 420), [(shade(cloth, 1.22), 1), (cloth, 1), (shade(cloth, 0.62), 1)], (0, 0.5, 1)),
    )
    canvas.save()
    canvas.clipPath(shape, True)
    dark = shade(cloth, 0.45)
    for side in (-1, 1):
        canvas.drawPath(
            stroke([(side * (half - 58), 400), (side * (half - 66), 520), (side * (half - 50), 900)]),
            line(dark, 9, 0.55, 5),
        )
        canvas.drawPath(
            stroke([(side * (half - 40), 300), (side * (half - 74), 350), (side * (half - 70), 420)]),
            line(dark, 7, 0.30, 5),
        )
    canvas.drawPath(
        stroke([(-150, 232), (-half + 26, 268 + slope), (-half - 8, 330 + slope)]), line(shade(cloth, 1.6), 7, 0.5, 4)
    )
    canvas.restore()
    return shape


def _lapels(canvas: skia.Canvas, cloth: str, deep: float, wide: float) -> None:
    """Two lapels meeting at (0, deep)."""
    for side in (-1, 1):
        lapel = polygon(
            [
                (side * 62, 196),
                (side * 92, 214),
                (side * (wide + 10), 318),
                (side * wide * 0.74, 330),
                (side * wide * 0.84, 352),
                (side * 6, deep + 6),
                (0, deep - 8),
                (side * 22, deep - 120),
            ]
        )
        canvas.drawPath(lapel, fill(shade(cloth, 0.4), 0.5, 6))
        canvas.drawPath(
            lapel,
            fading(
                (-wide, 200), (wide, 420), [(shade(cloth, 1.34), 1), (shade(cloth, 1.08), 1), (shade(cloth, 0.72), 1)]
            ),
        )
        canvas.drawPath(
            stroke([(side * 92, 216), (side * (wide + 8), 316), (side * wide * 0.76, 330)]),
            line(shade(cloth, 0.5), 2.4, 0.7),
        )


def _shirt(canvas: skia.Canvas, cloth: str, opened: float) -> None:
    """A shirt front with a collar; `opened` is how far below the throat it closes."""
    canvas.drawPath(
        polygon([(-58, 204), (-40, 230), (0, 250 + opened), (40, 230), (58, 204), (86, 330), (0, 640), (-86, 330)]),
        fading((-90, 220), (90, 420), [(shade(cloth, 1.05), 1), (cloth, 1), (shade(cloth, 0.8), 1)]),
    )
    for side in (-1, 1):
        collar = polygon(
            [(side * 56, 182), (side * 67, 208), (side * 52, 276), (side * 6, 244 + opened), (side * 34, 222)]
        )
        canvas.drawPath(collar, fill("#101418", 0.35, 5))
        canvas.drawPath(collar, fill(shade(cloth, 1.06 if side < 0 else 0.9)))
        canvas.drawPath(
            stroke([(side * 67, 208), (side * 52, 276), (side * 8, 246 + opened)]), line(shade(cloth, 0.7), 2, 0.7)
        )


# --- Nadia Thorncroft, presenter ---

_NADIA = Face("#a66a47", "#a0443f", "#4a2c1a", "#22140f", 1.4, 8.2, 1.0, 0.95, 0.12, 0.0, 0.8, 12.0)
_NADIA_HAIR = "#2a1a17"


def _nadia_body(canvas: skia.Canvas) -> None:
    cloth = "#7d2f45"
    _jacket(canvas, cloth, 232, 6)
    _neck(canvas, _NADIA.skin, 43)
    canvas.drawPath(
        blob([(-60, 214), (0, 300), (60, 214), (72, 330), (34, 500), (0, 600), (-34, 500), (-72, 330)]),
        fading((-80, 230), (80, 500), [("#f4e9d8", 1), ("#e4d3bb", 1), ("#bfa98d", 1)]),
    )
    canvas.drawPath(
        blob([(-52, 196), (52, 196), (46, 236), (0, 312), (-46, 236)]),
        fading((-50, 0), (50, 0), [(shade(_NADIA.skin, 0.95), 1), (shade(_NADIA.skin, 0.7), 1)]),
    )
    canvas.drawPath(
        blob([(-50, 180), (50, 180), (34, 226), (0, 236), (-40, 222)]), fill(shade(_NADIA.skin, 0.5), 0.5, 9)
    )
    canvas.drawPath(stroke([(-50, 214), (-24, 268), (0, 284), (24, 268), (50, 214)]), line("#d9a441", 2.6, 0.95))
    canvas.drawCircle(0, 288, 5.5, fill("#e8c16a"))
    _lapels(canvas, cloth, 620, 118)


def _nadia_hair_behind(canvas: skia.Canvas, pose: Pose) -> None:
    back = blob(
        [
            (0, -178),
            (84, -164),
            (132, -96),
            (142, 0),
            (146, 90),
            (134, 172),
            (92, 206),
            (0, 190),
            (-92, 206),
            (-134, 172),
            (-146, 90),
            (-142, 0),
            (-132, -96),
            (-84, -164),
        ]
    )
    canvas.drawPath(
        back,
        fading((-140, 0), (140, 0), [(shade(_NADIA_HAIR, 1.15), 1), (_NADIA_HAIR, 1), (shade(_NADIA_HAIR, 0.55), 1)]),
    )


def _nadia_hair(canvas: skia.Canvas, pose: Pose) -> None:
    canvas.save()
    canvas.translate(pose.yaw * 26, 0)
    left = blob(
        [
            (40, -156),
            (-20, -172),
            (-92, -148),
            (-134, -74),
            (-142, 20),
            (-144, 110),
            (-122, 176),
            (-98, 150),
            (-106, 76),
            (-103, 6),
            (-92, -46),
            (-54, -90),
            (6, -116),
            (42, -138),
        ]
    )
    right = blob(
        [
            (34, -160),
            (92, -148),
            (130, -84),
            (142, 10),
            (146, 110),
            (124, 178),
            (100, 150),
            (108, 76),
            (104, 4),
            (96, -46),
            (76, -92),
            (46, -132),
        ]
    )
    canvas.drawPath(left, fill("#150b08", 0.35, 7))
    canvas.drawPath(right, fill("#150b08", 0.35, 7))
    canvas.drawPath(
        left,
        fading((-140, -120), (30, 90), [(shade(_NADIA_HAIR, 1.9), 1), (shade(_NADIA_HAIR, 1.2), 1), (_NADIA_HAIR, 1)]),
    )
    canvas.drawPath(
        right,
        fading((34, -140), (140, 90), [(shade(_NADIA_HAIR, 1.35), 1), (_NADIA_HAIR, 1), (shade(_NADIA_HAIR, 0.6), 1)]),
    )
    for shift, alpha in ((0, 0.34), (-12, 0.26), (12, 0.2)):
        canvas.drawPath(
            stroke(
                [(20, -150 + shift * 0.3), (-52 + shift, -134), (-112 + shift * 0.6, -60), (-122 + shift * 0.5, 40)]
            ),
            line(shade("#7a4a38", 1.2), 4.5, alpha, 1.6),
        )
    canvas.drawPath(stroke([(60, -146), (106, -92), (122, -10), (124, 70)]), line("#7a4a38", 4, 0.22, 1.6))
    canvas.restore()
    for side in (-1, 1):
        canvas.drawCircle(side * 104 - pose.yaw * 14, 50, 6, fill("#e3b552"))
        canvas.drawCircle(side * 104 - pose.yaw * 14 - 2, 48, 2, fill("#fff3cf"))


# --- Julian Quenby, minister ---

_JULIAN = Face("#e3b095", "#b8695f", "#4f6f86", "#8d8580", 1.8, 4.8, 0.0, 1.06, 0.75, 0.9, 1.1, 9.2)
_JULIAN_HAIR = "#b9b5b0"


def _julian_body(canvas: skia.Canvas) -> None:
    _jacket(canvas, "#27364f", 286, 4)
    _neck(canvas, _JULIAN.skin, 58)
    _shirt(canvas, "#d4e2ee", 2)
    tie = "#a8552b"
    canvas.drawPath(
        polygon([(-17, 246), (17, 246), (13, 286), (36, 560), (0, 650), (-36, 560), (-13, 286)]),
        fading((-30, 260), (34, 420), [(shade(tie, 1.2), 1), (tie, 1), (shade(tie, 0.7), 1)]),
    )
    canvas.drawPath(
        polygon([(-22, 238), (22, 238), (14, 288), (-14, 288)]),
        fading((-22, 240), (22, 288), [(shade(tie, 1.25), 1), (shade(tie, 0.75), 1)]),
    )
    canvas.save()
    canvas.clipPath(polygon([(17, 246), (13, 286), (36, 560), (0, 650), (-36, 560), (-13, 286), (-17, 246)]), True)
    for high in range(320, 640, 44):
        canvas.drawLine(-44, high + 26, 44, high - 18, line(shade(tie, 1.5), 5, 0.38))
    canvas.restore()
    _lapels(canvas, "#27364f", 600, 134)


def _julian_hair_behind(canvas: skia.Canvas, pose: Pose) -> None:
    canvas.drawPath(
        blob([(-112, -40), (-100, -130), (0, -160), (100, -130), (110, -50), (96, 10), (-96, 10)]),
        fill(shade(_JULIAN_HAIR, 0.66)),
    )


def _julian_hair(canvas: skia.Canvas, pose: Pose) -> None:
    canvas.save()
    canvas.translate(pose.yaw * 18, 0)
    cap = blob(
        [
            (-111, 14),
            (-121, -50),
            (-112, -112),
            (-70, -158),
            (0, -176),
            (72, -160),
            (112, -114),
            (122, -52),
            (112, 14),
            (104, -14),
            (103, -58),
            (90, -96),
            (62, -112),
            (30, -120),
            (-14, -122),
            (-44, -104),
            (-84, -98),
            (-100, -62),
            (-103, -14),
        ]
    )
    canvas.drawPath(cap, fill("#5a463c", 0.30, 6))
    canvas.drawPath(
        cap,
        fading(
            (-110, -150), (110, 0), [(shade(_JULIAN_HAIR, 1.28), 1), (_JULIAN_HAIR, 1), (shade(_JULIAN_HAIR, 0.68), 1)]
        ),
    )
    for place in range(8):
        low = place * 6
        strand = [
            (-72 + low, -104 - low * 0.5),
            (-40 + low, -142 - place),
            (20 + low * 0.8, -160 + place * 3),
            (74 + low * 0.4, -132 + place * 7),
        ]
        canvas.drawPath(stroke(strand), line(shade(_JULIAN_HAIR, 0.80 if place % 2 else 1.3), 2.6, 0.42, 0.8))
    for side in (-1, 1):
        canvas.drawPath(
            stroke([(side * 108, -84), (side * 114, -44), (side * 108, 2)]),
            line(shade(_JULIAN_HAIR, 0.78), 2.6, 0.5, 0.8),
        )
    canvas.restore()


def _julian_glasses(canvas: skia.Canvas, pose: Pose) -> None:
    turned, frame = Turned(pose.yaw), "#3a322e"
    for side in (-1, 1):
        x, half = turned.x(side * 46) + pose.yaw * 4, 36 * turned.narrowed(side * 46)
        lens = skia.Rect.MakeLTRB(x - half, -29, x + half, 23)
        canvas.drawRoundRect(
            lens,
            17,
            17,
            fading((x - half, -30), (x + half, 24), [("#ffffff", 0.20), ("#ffffff", 0.02), ("#ffffff", 0.08)]),
        )
        canvas.drawRoundRect(lens, 17, 17, line(frame, 4.2))
        canvas.drawLine(x + side * half, -12, side * 108 - pose.yaw * 10, -14, line(frame, 4.2))
    canvas.drawPath(
        stroke([(turned.x(-12), -10), (turned.x(0) + pose.yaw * 8, -16), (turned.x(12), -10)]), line(frame, 4)
    )


# --- Ewan Tarrick, opposition ---

_EWAN = Face("#cf9a74", "#a9655a", "#5b4a2c", "#2b1c15", 2.6, 5.4, 0.15, 1.0, 0.45, 0.0, 0.6, 10.2)
_EWAN_HAIR = "#35231a"


def _ewan_body(canvas: skia.Canvas) -> None:
    _jacket(canvas, "#3c4f49", 274, 0)
    _neck(canvas, _EWAN.skin, 52)
    _shirt(canvas, "#f1efe9", 46)
    canvas.drawPath(
        blob([(-42, 205), (42, 205), (34, 232), (0, 292), (-34, 232)]),
        fading((-40, 0), (40, 0), [(shade(_EWAN.skin, 0.9), 1), (shade(_EWAN.skin, 0.66), 1)]),
    )
    canvas.drawOval(oval(4, 204, 46, 20), fill(shade(_EWAN.skin, 0.5), 0.5, 8))
    for side in (-1, 1):
        canvas.drawPath(
            polygon([(side * 54, 182), (side * 67, 208), (side * 60, 284), (side * 5, 298), (side * 34, 232)]),
            fill(shade("#f1efe9", 1.0 if side < 0 else 0.86)),
        )
    for high in (340, 400, 460):
        canvas.drawCircle(0, high, 4.6, fill("#cfcac0"))
    _lapels(canvas, "#3c4f49", 590, 128)


def _ewan_hair_behind(canvas: skia.Canvas, pose: Pose) -> None:
    canvas.drawPath(
        blob([(-100, -50), (-92, -140), (0, -170), (92, -140), (100, -50), (88, 10), (-88, 10)]),
        fill(shade(_EWAN_HAIR, 0.6)),
    )


def _ewan_hair(canvas: skia.Canvas, pose: Pose) -> None:
    canvas.save()
    canvas.translate(pose.yaw * 20, 0)
    crop = blob(
        [
            (-103, 20),
            (-113, -44),
            (-110, -108),
            (-84, -156),
            (-40, -180),
            (20, -188),
            (76, -170),
            (112, -120),
            (114, -44),
            (104, 20),
            (99, -18),
            (99, -58),
            (92, -84),
            (66, -104),
            (30, -112),
            (0, -106),
            (-36, -112),
            (-70, -100),
            (-94, -74),
            (-99, -40),
            (-98, -14),
        ]
    )
    canvas.drawPath(crop, fill("#140b07", 0.35, 6))
    canvas.drawPath(
        crop,
        fading(
            (-100, -180),
            (110, -10),
            [(shade(_EWAN_HAIR, 1.9), 1), (shade(_EWAN_HAIR, 1.15), 1), (shade(_EWAN_HAIR, 0.6), 1)],
        ),
    )
    for place in range(9):
        x = -74 + place * 17
        lock = [
            (x, -108 - (place % 3) * 4),
            (x - 3, -130),
            (x + 6, -152 - (place % 2) * 6),
            (x + 22, -166 + abs(place - 4) * 2),
        ]
        canvas.drawPath(stroke(lock), line("#8a6248" if place % 2 else "#1d110b", 4.0, 0.22, 1.8))
    canvas.restore()


def _ewan_beard(canvas: skia.Canvas, pose: Pose, head: skia.Path) -> None:
    turned, drop = Turned(pose.yaw), pose.jaw * 9
    canvas.save()
    canvas.clipPath(head, True)
    middle = turned.x(0) + pose.yaw * 8
    beard = blob(
        [
            (-118, -6),
            (-101, 26),
            (-86, 66),
            (-58, 82),
            (middle - 42, 76),
            (middle - 20, 66),
            (middle, 68),
            (middle + 20, 66),
            (middle + 42, 76),
            (58, 82),
            (86, 66),
            (101, 26),
            (118, -6),
            (130, 110),
            (70, 180),
            (0, 190),
            (-70, 180),
            (-130, 110),
        ]
    )
    canvas.drawPath(beard, fill(_EWAN_HAIR, 0.80, 5))
    canvas.drawOval(oval(-30, 140 + drop, 46, 14), fill("#7a5641", 0.32, 9))
    canvas.drawOval(oval(middle, 119 + drop, 13, 7), fill(_EWAN.skin, 0.42, 4))
    canvas.restore()


def draw_hands(canvas: skia.Canvas, who: str) -> None:
    """Forearms on the table and folded hands, about (0, 0) between them, in the same units."""
    look = LOOKS[who]
    cloth, cuff = _CLOTHES[who]
    canvas.drawOval(oval(0, 34, 190, 16), fill("#2a1608", 0.45, 9))
    for side in (-1, 1):
        tone = 1.05 if side < 0 else 0.72
        canvas.drawPath(stroke([(side * 228, -26), (side * 160, 6), (side * 66, 14)]), line(shade(cloth, tone), 66))
        canvas.drawPath(
            stroke([(side * 222, -40), (side * 150, -14), (side * 76, -8)]), line(shade(cloth, tone * 1.35), 7, 0.4, 4)
        )
        canvas.drawLine(side * 58, -6, side * 56, 30, line(shade(cuff, 0.95 if side < 0 else 0.8), 12))
    skin = look.face.skin
    canvas.drawPath(
        blob([(-50, -6), (-20, -24), (22, -22), (48, -4), (46, 24), (16, 36), (-20, 36), (-48, 24)]),
        fading((-50, -24), (50, 36), [(shade(skin, 1.05), 1), (shade(skin, 0.92), 1), (shade(skin, 0.7), 1)]),
    )
    for place in range(4):
        y = -12 + place * 12
        canvas.drawPath(
            stroke([(-14 + place * 2, y - 2), (6, y - 4), (26 - place, y + 1)]), line(shade(skin, 0.55), 2.4, 0.6)
        )
    canvas.drawPath(stroke([(-18, -20), (-4, -6), (-6, 12)]), line(shade(skin, 0.6), 2.4, 0.5))


_CLOTHES = {
    "presenter": ("#7d2f45", "#f4e9d8"),
    "minister": ("#27364f", "#d4e2ee"),
    "opposition": ("#3c4f49", "#f1efe9"),
}
LOOKS: dict[str, Look] = {
    "presenter": Look(_NADIA, _nadia_body, _nadia_hair_behind, _nadia_hair),
    "minister": Look(_JULIAN, _julian_body, _julian_hair_behind, _julian_hair, glasses=_julian_glasses),
    "opposition": Look(_EWAN, _ewan_body, _ewan_hair_behind, _ewan_hair, beard=_ewan_beard),
}
