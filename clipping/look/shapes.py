"""The plan of one rendition: what is drawn where and when, settled before the first frame is encoded.

The render draws by it and the verification checks by it. Boxes are whole pixels of the finished canvas with
the origin at its upper left; frames count from 0, the body's first; a `last_frame` is still shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from clipping.look.box import Box
from clipping.look.recipe import Recipe

__all__ = ["Box", "CaptionShown", "FitMode", "LowerThirdShown", "PictureFit", "ShapePlan", "TextBlock"]

FitMode = Literal["crop", "wide", "canvas"]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text that stands through the whole body. `box` holds everything drawn: glyphs, padding and band."""

    text: str  # as asked, on one line
    lines: tuple[str, ...]  # as broken for this shape
    box: Box
    size_px: int  # of the em


@dataclass(frozen=True, slots=True)
class CaptionShown:
    """One caption on screen from `first_frame` to `last_frame`, both included."""

    first_frame: int
    last_frame: int
    text: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class LowerThirdShown:
    """The speaker's name and role. `box` holds every pixel it ever touches, the slide included."""

    first_frame: int
    last_frame: int
    name: str
    role: str
    box: Box


@dataclass(frozen=True, slots=True)
class PictureFit:
    """Which part of the source fills which part of the canvas.

    `source` counts in pixels of the source after rotation with square pixels (size `square_width` ×
    `square_height`). In mode "wide" the rest of the canvas is the same picture, blurred and darkened; in mode
    "canvas" (a recording without picture) nothing of a source is shown.
    """

    mode: FitMode
    square_width: int
    square_height: int
    source: Box
    target: Box


@dataclass(frozen=True, slots=True)
class ShapePlan:
    """Everything the proof needs to know about one rendition."""

    recipe: Recipe
    width: int
    height: int
    frame_rate: Fraction
    body_frames: int
    card_frames: int
    picture: PictureFit
    credit: TextBlock
    imprint: TextBlock
    captions: tuple[CaptionShown, ...]
    lower_third: LowerThirdShown | None
    has_audio: bool = True  # False: the recording has no sound, the clip's track is silence
    loudness_lufs: (
        float | None
    ) = -14.0  # of the finished sound; None: silent; too quiet a source stays below the target
    is_interlaced: bool = False  # the source was deinterlaced (bwdif)
    notes: tuple[str, ...] = ()  # what was done otherwise than usual, in plain words

    @property
    def frames(self) -> int:
        return self.body_frames + self.card_frames

    @property
    def duration(self) -> Fraction:
        """Seconds of the whole file."""
        return self.frames / self.frame_rate

    def covered_at(self, frame: int) -> tuple[Box, ...]:
        """Boxes in which body frame `frame` need not show the source."""
        shown = [c.box for c in self.captions if c.first_frame <= frame <= c.last_frame]
        third = self.lower_third
        if third is not None and third.first_frame <= frame <= third.last_frame:
            shown.append(third.box)
        return (self.credit.box, self.imprint.box, *shown)
