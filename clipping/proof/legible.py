"""Can a person read it on a phone? Text read back from the finished picture, 360 pixels wide.

Boxes are canvas pixels; pictures are luma planes as coded (black 16, white 235).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from clipping.look.box import Box
from clipping.proof.playback import Luma
from clipping.proof.reading import read_line

PHONE_WIDTH = 360  # CSS pixels of a small phone, upright: the law says "no matter what device"
LEAST_CONTRAST = 4.5  # WCAG 1.4.3, between the text and what is behind it
_BRIGHT, _DARK = 185, 75  # coded luma of caption strokes and of their outline or band
_OUTLINE = 5  # canvas pixels per 1080 of width from a stroke to its outline's far edge
_STROKES = 0.04  # share of a caption's box that bright strokes beside dark ones fill at least
_EDGE = 30  # luma step between neighbours that may be the edge of a letter
_ROW_EDGES = 6  # such steps in a row that make it part of a line of text


def phone_view(luma: Luma) -> Luma:
    """The picture as a phone shows it: 360 wide, averaged by area, black 0 and white 255."""
    height = round(luma.shape[0] * PHONE_WIDTH / luma.shape[1])
    small = cv2.resize(luma, (PHONE_WIDTH, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(np.clip((small - 16) * (255 / 219), 0, 255), np.uint8)


def read_block(luma: Luma, box: Box, lines: int) -> str:
    """The text that a phone shows inside `box`, read as that many lines."""
    scale = PHONE_WIDTH / luma.shape[1]
    top, bottom = box.y * scale, box.bottom * scale
    left, right = max(0, round(box.x * scale) - 1), round(box.right * scale) + 1
    view = phone_view(luma)[max(0, round(top)) : round(bottom) + 1, left:right]
    return " ".join(read_line(line) for line in _lines(view, lines))


def read_everything(luma: Luma) -> str:
    """All text on a quiet picture such as an end card: every band of rows that looks like a line."""
    view = phone_view(luma)
    found = []
    for rows in _text_rows(view):
        part = view[max(0, rows.start - 2) : rows.stop + 2]
        columns = np.flatnonzero(_edges(part).any(axis=0))
        found.append(read_line(part[:, max(0, columns[0] - 4) : columns[-1] + 5]))
    return " ".join(found)


def contrast(luma: Luma, box: Box) -> float:
    """WCAG contrast ratio (1…21) between text and ground in `box`, 1 where there is no telling them apart.

    Otsu's threshold parts the two; each is taken at the brightest or darkest that it safely reaches, since
    thin strokes never reach their full tone. Relative luminance by BT.1886 (gamma 2.4) of the coded luma.
    """
    part = luma[max(0, box.y) : box.bottom, max(0, box.x) : box.right]
    if part.size == 0:
        return 1.0
    level, _ = cv2.threshold(np.ascontiguousarray(part), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark, light = part[part <= level], part[part > level]
    if not dark.size or not light.size:
        return 1.0
    ink, ground = (light, dark) if light.size < dark.size else (dark, light)
    outer = 80 if ink is light else 20
    return _ratio(float(np.percentile(ink, outer)), float(np.median(ground)))


def has_strokes(luma: Luma, box: Box) -> bool:
    """Whether bright strokes edged by dark ones fill a caption's box, as letters do and pictures do not."""
    part = luma[max(0, box.y) : box.bottom, max(0, box.x) : box.right]
    return stroke_share(part, round(_OUTLINE * luma.shape[1] / 1080)) >= _STROKES


def stroke_share(part: Luma, reach: int) -> float:
    """Share of pixels that are bright and lie within `reach` of a dark one."""
    if part.size == 0:
        return 0.0
    side = 2 * max(1, reach) + 1
    near_dark = cv2.dilate((part < _DARK).astype(np.uint8), np.ones((side, side), np.uint8))
    return float(((part > _BRIGHT) & (near_dark > 0)).mean())


def _ratio(one: float, other: float) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(coded: float) -> float:
    return float(min(1.0, max(0.0, (coded - 16) / 219)) ** 2.4)


def _lines(view: Luma, lines: int) -> Iterator[Luma]:
    """Equal slices of the rows that carry text: a band's padding is trimmed before it is shared out."""
    rows = np.flatnonzero(_edges(view).sum(axis=1) >= _ROW_EDGES)
    top, bottom = (rows[0], rows[-1] + 1) if len(rows) else (0, view.shape[0])
    step = (bottom - top) / lines
    for line in range(lines):
        start, stop = top + line * step, top + (line + 1) * step
        yield view[max(0, round(start) - 1) : round(stop) + 1]


def _edges(view: Luma) -> npt.NDArray[np.bool_]:
    return np.abs(np.diff(view.astype(np.int16), axis=1)) > _EDGE


def _text_rows(view: Luma) -> Sequence[slice]:
    """Runs of rows with many steps in them, between 5 and 80 rows high; gaps of one row are bridged."""
    busy = _edges(view).sum(axis=1) >= _ROW_EDGES
    busy[1:-1] |= busy[:-2] & busy[2:]
    turns = np.flatnonzero(np.diff(np.concatenate(([0], busy.astype(np.int8), [0]))))
    return [slice(a, b) for a, b in zip(turns[::2], turns[1::2], strict=True) if 5 <= b - a <= 80]
