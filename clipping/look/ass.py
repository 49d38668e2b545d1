"""Our own ASS file: every line placed by its own event, nothing left for the renderer to decide.

Text reaches it cleaned (`lettering.clean`): no braces, no backslashes. Times are centiseconds, so an event
begins half a frame before its first frame and can't be a frame off at up to 90 fps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from clipping.look.box import Box
from clipping.look.brand import BrandKit, Rgb
from clipping.look.captions import WEIGHT, Cue
from clipping.look.fonts import Face, faces_for
from clipping.look.layout import (
    BAND_LEADING,
    BAND_WEIGHT,
    CAPTION_LEADING,
    Padding,
    band_padding,
    caption_padding,
    line_height,
)
from clipping.look.lettering import ascent, runs
from clipping.look.shapes import CaptionShown, ShapePlan, TextBlock

_HEADER = """\
[Script Info]
ScriptType: v4.00+
PlayResX: {w}
PlayResY: {h}
LayoutResX: {w}
LayoutResY: {h}
WrapStyle: 2
ScaledBorderAndShadow: yes
Kerning: yes
YCbCr Matrix: None

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Plain,{font},20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,-1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_KAPPA = 0.5523  # of the radius: how far a cubic's handles reach for a quarter circle


@dataclass(frozen=True, slots=True)
class _Span:
    """When an event stands: first frame and the one after its last."""

    first: int
    after: int


def write_ass(plan: ShapePlan, cues: Sequence[Cue], kit: BrandKit) -> str:
    """The ASS file of one shape's body."""
    body = _Span(0, plan.body_frames)
    header = _HEADER.format(w=plan.width, h=plan.height, font=faces_for(WEIGHT)[0].name)
    events: list[str] = []
    pen = _Pen(plan.frame_rate)
    events += pen.band(plan.credit, kit, body, opacity=0.62, bar=None)
    events += pen.band(plan.imprint, kit, body, opacity=0.92, bar=kit.signal)
    for shown, cue in zip(plan.captions, cues, strict=True):
        events += pen.caption(shown, cue, kit, plan.recipe.captions.size)
    return header + "\n".join(events) + "\n"


class _Pen:
    """Draws events on frames of one rate."""

    def __init__(self, rate: Fraction) -> None:
        self._rate = rate

    def band(self, block: TextBlock, kit: BrandKit, span: _Span, *, opacity: float, bar: Rgb | None) -> Iterable[str]:
        pad = band_padding(block.size_px)
        yield self._shape(block.box, kit.ink, opacity, round(block.size_px * 0.27), span, 0)
        if bar is not None:
            thick = max(4, round(block.size_px / 5))
            mark = Box(block.box.x, block.box.y, thick, block.box.h)
            yield self._shape(mark, bar, 1.0, min(thick // 2, 3), span, 1)
        tall = line_height(block.size_px, BAND_LEADING)
        for i, line in enumerate(block.lines):
            y = _line_top(line, BAND_WEIGHT, block.size_px, block.box.y + pad.y + i * tall, tall)
            place = rf"\an7\pos({block.box.x + pad.x},{y:.2f})"
            text = _words([(line, kit.paper)], BAND_WEIGHT, block.size_px)
            yield self._event(span, 2, "{" + place + "}" + text)

    def caption(self, shown: CaptionShown, cue: Cue, kit: BrandKit, size: int) -> Iterable[str]:
        whole = _Span(shown.first_frame, shown.last_frame + 1)
        yield self._shape(shown.box, kit.ink, 0.8, round(size * 0.2), whole, 3)
        pad: Padding = caption_padding(size)
        tall = line_height(size, CAPTION_LEADING)
        bounds = sorted({shown.first_frame, *cue.lit, shown.last_frame + 1})
        for first, after in pairwise(bounds):
            for i, coloured in enumerate(_lit_lines(cue, first, kit)):
                top = shown.box.y + pad.y + i * tall
                y = _line_top(shown.lines[i], WEIGHT, size, top, tall)
                place = rf"\an8\pos({shown.box.x + shown.box.w / 2:g},{y:.2f})"
                text = _words(coloured, WEIGHT, size)
                yield self._event(_Span(first, after), 4, "{" + place + "}" + text)

    def _shape(self, box: Box, colour: Rgb, opacity: float, radius: int, span: _Span, layer: int) -> str:
        alpha = round(255 * (1 - opacity))
        tags = rf"{{\an7\pos(0,0)\1c{_colour(colour)}\1a&H{alpha:02X}&\p1}}"
        return self._event(span, layer, f"{tags}{_rounded(box, radius)}{{\\p0}}")

    def _event(self, span: _Span, layer: int, text: str) -> str:
        start, end = self._time(span.first), self._time(span.after)
        return f"Dialogue: {layer},{start},{end},Plain,,0,0,0,,{text}"

    def _time(self, frame: int) -> str:
        hundredths = max(0, round((frame - Fraction(1, 2)) / self._rate * 100))
        minutes, rest = divmod(hundredths, 6000)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{rest // 100:02d}.{rest % 100:02d}"


def _line_top(line: str, weight: str, size: int, top: int, tall: int) -> float:
    """Where libass' line box begins so that the baseline is the design's, whatever faces the line mixes."""
    face = faces_for(weight)[0]
    baseline = top + (tall - face.ass_size(size)) / 2 + face.ascent * size
    return baseline - ascent(line, weight, size)


def _lit_lines(cue: Cue, frame: int, kit: BrandKit) -> Iterable[list[tuple[str, Rgb]]]:
    """Each line's words with their colours at a frame: the one being said is lit.

    Neighbours always differ, if only by one step of blue: libass shapes words of one colour together, and the
    others would shift by a fraction of a pixel each time another word is lit.
    """
    red, green, blue = kit.paper
    resting = (kit.paper, (red, green, blue - 1 if blue else 1))
    said = max((i for i, lit in enumerate(cue.lit) if lit <= frame), default=-1)
    index = 0
    for line in cue.lines:
        coloured = []
        for word in line:
            coloured.append((word, kit.spoken if index == said else resting[index % 2]))
            index += 1
        yield coloured


def _words(coloured: Sequence[tuple[str, Rgb]], weight: str, size: int) -> str:
    parts: list[str] = []
    last: tuple[Face, Rgb] | None = None
    for i, (word, colour) in enumerate(coloured):
        for run in runs(word if i == 0 else f" {word}", weight):
            if last != (run.face, colour):
                parts.append(_tags(run.face, colour, size))
                last = (run.face, colour)
            parts.append(run.text)
    return "".join(parts)


def _tags(face: Face, colour: Rgb, size: int) -> str:
    bold = 1 if face.is_bold else 0
    return rf"{{\fn{face.name}\b{bold}\fs{face.ass_size(size):.3f}\1c{_colour(colour)}}}"


def _colour(rgb: Rgb) -> str:
    red, green, blue = rgb
    return f"&H{blue:02X}{green:02X}{red:02X}&"


def _rounded(box: Box, radius: int) -> str:
    """An ASS drawing of a box with round corners."""
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    r = min(radius, box.w // 2, box.h // 2)
    k = r * (1 - _KAPPA)
    points = (
        f"m {left + r} {top} l {right - r} {top} b {right - k:g} {top} {right} {top + k:g} {right} {top + r}",
        f"l {right} {bottom - r} b {right} {bottom - k:g} {right - k:g} {bottom} {right - r} {bottom}",
        f"l {left + r} {bottom} b {left + k:g} {bottom} {left} {bottom - k:g} {left} {bottom - r}",
        f"l {left} {top + r} b {left} {top + k:g} {left + k:g} {top} {left + r} {top}",
    )
    return " ".join(points)
