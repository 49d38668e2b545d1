"""A head that can turn, nod, blink and speak.

Units: the face is about 210 wide and 290 high, its middle at (0, 0), y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, sin

import skia

from make.acting import Pose
from make.brushes import Point, blob, fading, fill, glowing, ink, line, mirrored, oval, shade, stroke

_ROUND = 116.0  # radius of the head seen from above


@dataclass(frozen=True)
class Face:
    skin: str
    lips: str
    iris: str
    brow: str
    brow_weight: float
    lip_weight: float
    lashes: float
    width: float
    square: float  # how square the jaw is, 0…1
    lines: float  # how deep the lines beside nose and mouth are, 0…1
    blush: float
    eye_height: float


class Turned:
    """Where a place on the face lands on the picture when the head is turned by `yaw` radians."""

    def __init__(self, yaw: float) -> None:
        self.yaw = yaw

    def x(self, place: float) -> float:
        return _ROUND * sin(asin(max(-1.0, min(1.0, place / _ROUND))) + self.yaw)

    def narrowed(self, place: float) -> float:
        """How much narrower a feature there looks."""
        angle = asin(max(-1.0, min(1.0, place / _ROUND)))
        return max(0.55, cos(angle + self.yaw) / max(0.3, cos(angle)))


def outline(face: Face, pose: Pose) -> skia.Path:
    drop, wide, square = pose.jaw * 9, face.width, face.square
    right = [
        (0, -146),
        (60 * wide, -135),
        (99 * wide, -92),
        (107 * wide, -30),
        (103 * wide, 32),
        ((86 + 9 * square) * wide, 86 + drop * 0.4),
        ((52 + 14 * square) * wide, 128 + drop * 0.9),
        (20 + 6 * square, 148 + drop),
        (0, 151 + drop),
    ]
    lean = pose.yaw * 30
    return blob([(x + lean * max(0.0, y + 40) / 190, y) for x, y in mirrored(right)])


def draw_ears(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    for side in (-1, 1):
        x = side * 106 * face.width - pose.yaw * 16
        canvas.drawPath(
            blob([(x, -26), (x + side * 14, -24), (x + side * 17, 2), (x + side * 9, 32), (x, 36), (x - side * 8, 4)]),
            fill(shade(face.skin, 0.88)),
        )
        canvas.drawPath(
            stroke([(x + side * 5, -14), (x + side * 10, -4), (x + side * 4, 16)]),
            line(shade(face.skin, 0.66), 2.4, 0.7),
        )


def draw_head(canvas: skia.Canvas, face: Face, pose: Pose) -> skia.Path:
    """Skin with its light and shade; the outline comes back for those who clip to it."""
    shape = outline(face, pose)
    canvas.drawPath(
        shape,
        fading(
            (-100, -80),
            (112, 70),
            [(shade(face.skin, 1.07), 1), (face.skin, 1), (shade(face.skin, 0.80), 1)],
            (0, 0.5, 1),
        ),
    )
    canvas.save()
    canvas.clipPath(shape, True)
    turned = Turned(pose.yaw)
    dark, light = shade(face.skin, 0.66), shade(face.skin, 1.18)
    canvas.drawPath(
        blob([(74, -150), (120, -80), (128, 60), (80, 150), (56, 150), (88, 60), (90, -60)]), fill(dark, 0.42, 14)
    )
    canvas.drawOval(oval(turned.x(4), 166, 90, 30), fill(dark, 0.5, 12))
    canvas.drawOval(oval(turned.x(-34), -88, 50, 26), fill(light, 0.34, 18))
    for side in (-1, 1):
        canvas.drawOval(
            oval(turned.x(side * 60), 42, 30 * turned.narrowed(side * 60), 22), fill("#c8402f", 0.17 * face.blush, 13)
        )
        canvas.drawOval(oval(turned.x(side * 44), -8, 33 * turned.narrowed(side * 44), 22), fill(dark, 0.30, 9))
    canvas.drawOval(oval(turned.x(-58), 22, 22, 13), fill(light, 0.30, 10))
    canvas.restore()
    return shape


def draw_nose(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    turned = Turned(pose.yaw)
    tip, bridge, dark = turned.x(0) + pose.yaw * 20, turned.x(0) + pose.yaw * 7, shade(face.skin, 0.62)
    side_shade = blob(
        [
            (bridge + 8, -18),
            (tip + 15, 26),
            (tip + 22, 44),
            (tip + 10, 53),
            (tip + 3, 44),
            (tip + 5, 20),
            (bridge + 2, -8),
        ]
    )
    canvas.drawPath(side_shade, fill(dark, 0.34, 4))
    canvas.drawPath(stroke([(bridge - 3, -14), (tip - 4, 18), (tip - 4, 34)]), line(shade(face.skin, 1.2), 6, 0.36, 3))
    canvas.drawOval(oval(tip, 58, 20, 5), fill(dark, 0.34, 4))
    canvas.drawPath(stroke([(tip - 20, 42), (tip - 21, 50), (tip - 13, 53)]), line(dark, 2.6, 0.62))
    canvas.drawPath(stroke([(tip + 20, 42), (tip + 22, 49), (tip + 14, 53)]), line(dark, 2.8, 0.75))
    canvas.drawPath(
        stroke([(tip - 13, 53), (tip - 6, 51), (tip, 55), (tip + 6, 51), (tip + 14, 53)]), line(dark, 2.6, 0.7)
    )
    for side in (-1, 1):
        canvas.drawOval(oval(tip + side * 9, 52.4, 5, 2.4), fill(shade(face.skin, 0.38), 0.75))


def draw_eyes(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    turned = Turned(pose.yaw)
    for side in (-1, 1):
        canvas.save()
        canvas.translate(turned.x(side * 45), -8)
        canvas.scale(side * turned.narrowed(side * 45), 1)
        _eye(canvas, face, pose, side)
        canvas.restore()


def _eye(canvas: skia.Canvas, face: Face, pose: Pose, side: int) -> None:
    """One eye, drawn as the right one: the inner corner at −x."""
    high, shut = face.eye_height, pose.blink
    lid = -high * (1 - shut) + 6.5 * shut
    almond = skia.Path()
    almond.moveTo(-22, 3.5)
    almond.cubicTo(-14, lid * 1.22, 10, lid * 1.36, 23, -1.0)
    almond.cubicTo(14, 10.5, -8, 11.5, -22, 3.5)
    canvas.save()
    canvas.clipPath(almond, True)
    canvas.drawPaint(fill("#efe7df"))
    x = side * pose.gaze[0] * 1.6
    canvas.drawCircle(x, -1.5 + pose.gaze[1], 11.4, fill(shade(face.iris, 0.5)))
    canvas.drawCircle(x, -1.5 + pose.gaze[1], 10.0, glowing((x, 3), 11, [(shade(face.iris, 1.35), 1), (face.iris, 1)]))
    canvas.drawCircle(x, -1.5 + pose.gaze[1], 5.0, fill("#120d0b"))
    canvas.drawRect(skia.Rect.MakeLTRB(-26, lid - 9, 26, lid + 4.5), fill("#2a1712", 0.32, 3))
    canvas.drawCircle(x - side * 3.6, -5.2, 2.9, fill("#ffffff", 0.95))
    canvas.restore()
    upper = skia.Path()
    upper.moveTo(-22, 3.5)
    upper.cubicTo(-14, lid * 1.22, 10, lid * 1.36, 24, -1.4)
    canvas.drawPath(upper, line("#23140f", 2.6 + 1.7 * face.lashes))
    if face.lashes > 0.5:
        canvas.drawPath(stroke([(17, lid * 0.45), (24, -3.5), (29, -8)]), line("#1c100c", 3.0))
    crease = skia.Path()
    crease.moveTo(-18, -4)
    crease.cubicTo(-10, -high * 1.5 - 4, 12, -high * 1.6 - 3, 25, -6)
    canvas.drawPath(crease, line(shade(face.skin, 0.6), 2.0, 0.55))
    canvas.drawPath(stroke([(-16, 8), (0, 11.5), (16, 7)]), line(shade(face.skin, 0.55), 1.8, 0.5))
    if face.lines > 0.3:
        canvas.drawPath(
            stroke([(-20, 15), (-4, 21), (14, 18)]), line(shade(face.skin, 0.6), 2.2, 0.45 * face.lines, 1.2)
        )


def draw_brows(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    turned, heavy = Turned(pose.yaw), face.brow_weight
    for side in (-1, 1):
        lift = -7 * pose.brow
        canvas.save()
        canvas.translate(turned.x(side * 46), -39 + lift * 0.8)
        canvas.scale(side * turned.narrowed(side * 46), 1)
        brow = blob(
            [
                (-27, 6 + heavy),
                (-24, -2 - heavy * 0.5),
                (-2, -9 - heavy - max(0, pose.brow) * 2),
                (20, -6 - heavy * 0.4),
                (32, 6),
                (18, -0.5),
                (-2, -1 + heavy * 0.3),
            ]
        )
        canvas.drawPath(brow, fill(face.brow, 0.95, 0.6))
        canvas.restore()


def draw_mouth(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    turned = Turned(pose.yaw)
    canvas.save()
    canvas.translate(turned.x(0) + pose.yaw * 12, 92 + pose.jaw * 2)
    canvas.scale(turned.narrowed(0) * 1.0, 1)
    half = 35 * (1 + 0.55 * (pose.lips - 1)) * (1 - 0.14 * pose.rounding)
    opened, thick = 27 * pose.jaw, face.lip_weight
    corner = -9.0 * pose.smile - 1.5
    top, bottom = -opened * 0.30, opened * 0.72
    _lips(canvas, face, half, corner, top, bottom, thick + pose.rounding * 1.5)
    _inside(canvas, face, pose, (half - 3, corner, top, bottom))
    canvas.restore()


def _lips(canvas: skia.Canvas, face: Face, half: float, corner: float, top: float, bottom: float, thick: float) -> None:
    canvas.drawOval(oval(0, bottom + thick * 2.0 + 9, half * 0.5, 5), fill(shade(face.skin, 0.6), 0.42, 5))
    lips = skia.Path()
    lips.moveTo(-half - 3, corner)
    lips.cubicTo(-half * 0.6, top - thick * 0.6, -half * 0.3, top - thick * 1.35, -7, top - thick * 1.25)
    lips.quadTo(0, top - thick * 0.85, 7, top - thick * 1.25)
    lips.cubicTo(half * 0.3, top - thick * 1.35, half * 0.6, top - thick * 0.6, half + 3, corner)
    lips.cubicTo(half * 0.62, bottom + thick * 1.1, half * 0.34, bottom + thick * 1.75, 0, bottom + thick * 1.75)
    lips.cubicTo(-half * 0.34, bottom + thick * 1.75, -half * 0.62, bottom + thick * 1.1, -half - 3, corner)
    canvas.drawPath(
        lips,
        fading(
            (0, top - thick * 1.4),
            (0, bottom + thick * 1.8),
            [(shade(face.lips, 0.80), 1), (shade(face.lips, 0.84), 1), (face.lips, 1), (shade(face.lips, 1.05), 1)],
            (0, 0.4, 0.6, 1),
        ),
    )
    canvas.drawOval(oval(-4, bottom + thick * 0.85, half * 0.34, thick * 0.32), fill("#ffffff", 0.20, 2))


def _inside(canvas: skia.Canvas, face: Face, pose: Pose, shape: tuple[float, float, float, float]) -> None:
    half, corner, top, bottom = shape
    inside = skia.Path()
    inside.moveTo(-half, corner)
    inside.cubicTo(-half * 0.5, top, -half * 0.25, top - 1, 0, top + 0.6)
    inside.cubicTo(half * 0.25, top - 1, half * 0.5, top, half, corner)
    inside.cubicTo(half * 0.6, bottom * 0.9 + 0.8, half * 0.3, bottom + 1.0, 0, bottom + 1.0)
    inside.cubicTo(-half * 0.3, bottom + 1.0, -half * 0.6, bottom * 0.9 + 0.8, -half, corner)
    canvas.drawPath(inside, fill(shade(face.lips, 0.28)))
    if bottom > 2.5:
        canvas.save()
        canvas.clipPath(inside, True)
        canvas.drawOval(oval(0, bottom + 5, half * 0.55, 9), fill("#a84a48", 0.9, 1.5))
        teeth = (bottom - top) * (0.18 + 0.26 * pose.teeth)
        canvas.drawRoundRect(
            skia.Rect.MakeLTRB(-half * 0.74, top - 6, half * 0.74, top + teeth + 0.5), 4, 4, fill("#f1ebe2", 0.96)
        )
        canvas.drawRect(skia.Rect.MakeLTRB(-half, top - 4, half, top + 1.6), fill("#2a0f0c", 0.35, 1.5))
        canvas.restore()
    canvas.drawPath(inside, line(shade(face.lips, 0.42), 1.5, 0.8))


def draw_lines(canvas: skia.Canvas, face: Face, pose: Pose) -> None:
    """From the nose to the corners of the mouth, and across the brow."""
    turned, dark = Turned(pose.yaw), shade(face.skin, 0.60)
    for side in (-1, 1):
        near = turned.x(side * 28)
        far = turned.x(side * 50)
        fold = [(near + side * 2, 54), ((near + far) / 2 + side * 4, 64), (far, 84 + pose.jaw * 5)]
        canvas.drawPath(stroke(fold), line(dark, 4.0, 0.16 + 0.36 * face.lines, 2.2))
    if face.lines > 0.5:
        for high, wide in ((-76, 44), (-90, 36)):
            middle = turned.x(0)
            canvas.drawPath(
                stroke([(middle - wide, high + 2), (middle, high - 2 - pose.brow * 2), (middle + wide, high + 2)]),
                line(dark, 2.4, 0.22 * face.lines, 1),
            )


def placed(canvas: skia.Canvas, pose: Pose) -> None:
    """Moves the canvas to the head: nodding and tilting about the neck."""
    canvas.translate(pose.sway[0], pose.sway[1] + pose.nod * 0.6)
    canvas.rotate(degrees(pose.tilt), 0, 170)


__all__ = [
    "Face",
    "Point",
    "Turned",
    "draw_brows",
    "draw_ears",
    "draw_eyes",
    "draw_head",
    "draw_lines",
    "draw_mouth",
    "draw_nose",
    "ink",
    "outline",
    "placed",
]
