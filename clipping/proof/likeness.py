"""Is this rendered frame that source frame?

Both pictures are laid over one another through the rendition's own PictureFit, at a size where coding noise
has averaged out. The source's colours are fitted to the rendition's luma by least squares over R, G, B, Y²
and Y³ (colour range, matrix and tone mapping change tones, not places). What is left is measured in blocks:

    difference   98th percentile over blocks of the mean absolute difference, in 8-bit luma levels
    likeness     share of the rendition's variance that the source explains (R²)

A wrong shot has a low likeness. A frame that is a little too early or too late has a high likeness but a
difference as large as the picture's own movement, so that movement, measured in the rendition itself, is the
yardstick. An interlaced source is compared as a whole and as each of its fields; the best counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from clipping.look.box import Box
from clipping.look.shapes import PictureFit, ShapePlan
from clipping.proof.playback import Luma

Grey = npt.NDArray[np.float32]
Colours = npt.NDArray[np.float32]  # (height, width, 3)
Rgb = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

ACROSS = 270  # pixels of the comparison: a quarter of 1080
BLOCK = 9
COVERED_MARGIN = 12  # canvas pixels around an overlay: shadows and coding spill
NOISE = 2.5  # levels: below it two pictures are the same (measured: docs/verification.md)
MOVED = 0.7  # share of the movement to the next frame that may be missing
WRONG_SHOT = 0.80  # likeness below it is another picture
ALMOST_EQUAL = 0.99  # likeness at which a noisy picture may still be the right one, if its neighbours are not closer
NEIGHBOUR = 0.75  # a neighbour this much closer than the source frame is the frame really shown
_FLAT = 2.0  # standard deviation of a picture without anything in it
_BT709 = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`difference` in luma levels, `likeness` 0…1."""

    difference: float
    likeness: float


@dataclass(frozen=True, slots=True)
class View:
    """The picture part of a canvas at comparison size; `open` is where no overlay lies."""

    grey: Grey
    open: Mask


def rendered_view(luma: Luma, plan: ShapePlan, frame: int) -> View:
    """What the rendition shows of the source in body frame `frame`, overlays masked."""
    target, size = plan.picture.target, _size(plan.picture)
    clear = np.ones(luma.shape, np.uint8)
    for box in plan.covered_at(frame):
        clear[_grown(box)] = 0
    part = slice(target.y, target.bottom), slice(target.x, target.right)
    mask = cv2.resize(clear[part], size, interpolation=cv2.INTER_AREA) > 0
    hidden = cv2.resize(1 - clear[part], size, interpolation=cv2.INTER_AREA) > 0
    return View(_softened(cv2.resize(luma[part], size, interpolation=cv2.INTER_AREA)), mask & ~hidden)


def source_views(rgb: Rgb, fit: PictureFit, *, is_interlaced: bool) -> tuple[Colours, ...]:
    """The same part of a source frame (h, w, 3) at comparison size: whole, and each of its fields."""
    fields = (rgb, rgb[0::2], rgb[1::2]) if is_interlaced else (rgb,)
    return tuple(_fitted(field, fit) for field in fields)


def compare(view: View, source: Sequence[Colours]) -> Likeness:
    """The likeness of a rendered view to the best of a source frame's views."""
    return min((_compare(view, one) for one in source), key=lambda found: found.difference)


def movement(before: View, after: View) -> float:
    """How far the picture moves from one rendered frame to the next, in the unit of `Likeness.difference`."""
    return _blocks(np.abs(before.grey - after.grey), before.open & after.open)


def _size(fit: PictureFit) -> tuple[int, int]:
    across = max(4 * BLOCK, min(ACROSS, fit.target.w, fit.source.w // 2))
    return across, max(BLOCK, round(fit.target.h * across / fit.target.w))


def _grown(box: Box) -> tuple[slice, slice]:
    m = COVERED_MARGIN
    return slice(max(0, box.y - m), box.bottom + m), slice(max(0, box.x - m), box.right + m)


def _softened(
    picture: npt.NDArray[np.integer] | npt.NDArray[np.floating] | cv2.typing.MatLike,
) -> npt.NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 1.0), np.float32)


def _fitted(rgb: Rgb, fit: PictureFit) -> Colours:
    """Cut the fit's source box out of a frame of any pixel shape and bring it to comparison size.

    The frame is first brought near comparison scale by area, so that the exact cut (to a part of a pixel)
    needs no more than linear interpolation.
    """
    across, down = _size(fit)
    near = (
        min(rgb.shape[1], math.ceil(fit.square_width * across / fit.source.w)),
        min(rgb.shape[0], math.ceil(fit.square_height * down / fit.source.h)),
    )
    small = cv2.resize(np.ascontiguousarray(rgb), near, interpolation=cv2.INTER_AREA)
    x, y = near[0] / fit.square_width, near[1] / fit.square_height
    wide, high = fit.source.w * x / across, fit.source.h * y / down
    back = np.array(  # from comparison pixel to frame pixel, centre to centre
        [
            [wide, 0, fit.source.x * x + wide / 2 - 0.5],
            [0, high, fit.source.y * y + high / 2 - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(small, back, (across, down), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return _softened(cut)


def _compare(view: View, source: Colours) -> Likeness:
    shown, given = view.grey[view.open], source[view.open]
    if shown.size < BLOCK * BLOCK:
        return Likeness(0.0, 1.0)
    if (given @ _BT709).std() < _FLAT:  # nothing to recognise: it must be as even and about as bright
        is_same = shown.std() < 2 * _FLAT and abs(shown.mean() - (given @ _BT709).mean()) < 40
        return Likeness(0.0, 1.0) if is_same else Likeness(255.0, 0.0)
    if shown.std() < _FLAT / 2:
        return Likeness(255.0, 0.0)
    weights = np.linalg.lstsq(_tones(given[::5]), shown[::5], rcond=None)[0]
    left = np.abs(_tones(source.reshape(-1, 3)) @ weights - view.grey.reshape(-1)).reshape(view.grey.shape)
    explained = 1 - float((left[view.open] ** 2).mean() / shown.var())
    return Likeness(_blocks(left.astype(np.float32), view.open), max(0.0, explained))


def _tones(colours: Colours) -> Colours:
    """(n, 3) colours of 0…255 to (n, 6) terms: 1, R, G, B, Y², Y³."""
    scaled = colours / 255
    luma = scaled @ _BT709
    return np.column_stack([np.ones_like(luma), scaled, luma**2, luma**3]).astype(np.float32)


def _blocks(difference: Grey, mask: Mask) -> float:
    rows, columns = (side // BLOCK * BLOCK for side in mask.shape)
    shape = rows // BLOCK, BLOCK, columns // BLOCK, BLOCK
    known = mask[:rows, :columns].reshape(shape).sum(axis=(1, 3))
    summed = np.where(mask, difference, 0)[:rows, :columns].reshape(shape).sum(axis=(1, 3))
    enough = known >= BLOCK * BLOCK // 2
    if not enough.any():
        return 0.0
    return float(np.percentile(summed[enough] / known[enough], 98))
