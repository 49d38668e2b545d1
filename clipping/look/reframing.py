"""Which part of the picture fills a shape.

A path that follows the speaker will live here: one source box for each frame, where `frame_picture` gives one
for the clip. For now the crop is central, or the picture (or its middle) is shown over itself ("wide").
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from archive.media import VideoStream
from clipping.look.box import Box
from clipping.look.recipe import Recipe
from clipping.look.shapes import PictureFit


@dataclass(frozen=True, slots=True)
class Picture:
    """The source's picture after rotation, with square pixels."""

    width: int
    height: int

    @property
    def aspect(self) -> Fraction:
        return Fraction(self.width, self.height)


def square_picture(video: VideoStream) -> Picture:
    """The size at which the stream's pixels are square: the height is kept."""
    width, height = video.width, video.height
    sar = video.sar
    if video.rotation % 180:
        width, height, sar = height, width, 1 / sar
    return Picture(_even(width * sar), _even(Fraction(height)))


def frame_picture(picture: Picture, recipe: Recipe) -> PictureFit:
    """Crop or wide fill, as the recipe says."""
    kept = min(picture.aspect / recipe.aspect, recipe.aspect / picture.aspect)
    fit = recipe.picture.fit
    if fit == "auto":
        fit = "crop" if kept >= recipe.picture.keep_at_least else "wide"
    return _crop(picture, recipe) if fit == "crop" else _wide(picture, recipe)


def _crop(picture: Picture, recipe: Recipe) -> PictureFit:
    """The largest central part in the canvas' aspect. Of a tall picture the upper part, where faces are."""
    width = min(picture.width, _even(picture.height * recipe.aspect))
    height = min(picture.height, _even(picture.width / recipe.aspect))
    x = (picture.width - width) // 4 * 2
    y = (picture.height - height) // 6 * 2
    whole = Box(0, 0, recipe.width, recipe.height)
    return PictureFit("crop", picture.width, picture.height, Box(x, y, width, height), whole)


def _wide(picture: Picture, recipe: Recipe) -> PictureFit:
    """The whole picture, or its middle in `wide_aspect`, at full width (or full height) of the canvas.

    In a tall canvas the middle leaves a face its size and the captions a place below it.
    """
    aspect = min(picture.aspect, recipe.picture.widest or picture.aspect)
    across = min(picture.width, _even(picture.height * aspect))
    source = Box((picture.width - across) // 4 * 2, 0, across, picture.height)
    if aspect < recipe.aspect:
        width = _even(recipe.height * aspect)
        target = Box((recipe.width - width) // 4 * 2, 0, width, recipe.height)
    else:
        height = _even(recipe.width / aspect)
        top = min(recipe.picture.wide_top, recipe.height - height) // 2 * 2
        target = Box(0, top, recipe.width, height)
    return PictureFit("wide", picture.width, picture.height, source, target)


def canvas_only(recipe: Recipe) -> PictureFit:
    """A recording without a picture: the brand's colour alone."""
    whole = Box(0, 0, recipe.width, recipe.height)
    return PictureFit("canvas", recipe.width, recipe.height, whole, whole)


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)
