"""The filter graphs of a render, compiled by ffmpeg-python (its escaping is right).

One pass reads the cut and makes the first shape; where more are asked it also spills the frames as the shapes
need them (spill.py). The second pass makes the rest from the spill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import ffmpeg

from archive.media import SourceCut, VideoStream
from clipping.look.box import Box
from clipping.look.cards import Card
from clipping.look.fonts import FONTS
from clipping.look.shapes import PictureFit, ShapePlan
from clipping.rendering.picture import TAGS, Picture, counted, standard_colour, tagged
from clipping.rendering.spill import Spill

BEHIND = 0.35  # of the light that a wide fill's blurred background keeps
_SOURCE = "source"  # stands for the input that the caller's own arguments open


@dataclass(frozen=True, slots=True)
class Span:
    """The frames wanted of an input: trimmed in its own time, then counted."""

    start: Fraction
    end: Fraction
    frames: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape with what is laid over it."""

    plan: ShapePlan
    ass: Path
    card: Card
    third: Card | None
    out: Path
    ground: str = ""  # "0xRRGGBB" behind a wide fill; empty: its own blur


@dataclass(frozen=True, slots=True)
class Pass:
    """One ffmpeg run: arguments after the source's own, and the files it reads besides."""

    args: tuple[str, ...]
    reads: tuple[Path, ...]


def first_pass(cut: SourceCut, video: VideoStream, span: Span, drawn: Drawn, sound: Path, spill: Spill | None) -> Pass:
    """The cut, decoded once: the first shape, and the spill for the others."""
    selector = (cut.video or "0:v:0").removeprefix("0:")
    frames = _frames(Picture(ffmpeg.input(_SOURCE)[selector]), video, span)
    parts = frames.split(2 if spill else 1)
    outputs = [_output(parts[0], drawn, sound)]
    if spill:
        outputs.append(spill.output(parts[1]))
    return _compiled(outputs, cut.input_args, [drawn], sound)


def later_pass(spill: Spill, drawn: Sequence[Drawn], sound: Path) -> Pass:
    """The other shapes, from the spill."""
    frames = tagged(counted(Picture(ffmpeg.input(_SOURCE).video), spill.rate))
    parts = frames.split(len(drawn))
    outputs = [_output(part, one, sound) for part, one in zip(parts, drawn, strict=True)]
    return _compiled(outputs, spill.input_args, drawn, sound)


def canvas_pass(colour: str, span: Span, drawn: Drawn, sound: Path) -> Pass:
    """A recording without a picture: one shape on a plain ground. `colour` is "0xRRGGBB"."""
    size = f"{drawn.plan.width}x{drawn.plan.height}"
    source = ["-f", "lavfi", "-i", f"color=c={colour}:s={size}:r={span.rate}"]
    frames = counted(Picture(ffmpeg.input(_SOURCE).video), span.rate).then("trim", end_frame=span.frames)
    frames = tagged(frames.then("scale", out_color_matrix="bt709", out_range="tv"))
    return _compiled([_output(frames, drawn, sound)], source, [drawn], sound)


def _compiled(
    outputs: Sequence[ffmpeg.nodes.OutputStream],
    input_args: Sequence[str],
    drawn: Sequence[Drawn],
    sound: Path,
) -> Pass:
    args: list[str] = ffmpeg.merge_outputs(*outputs).get_args()
    at = args.index(_SOURCE)
    cards = [path for one in drawn for path in _inputs(one)]
    return Pass((*args[: at - 1], *input_args, *args[at + 1 :]), (*cards, sound, FONTS))


def _inputs(drawn: Drawn) -> tuple[Path, ...]:
    third = (drawn.third.path,) if drawn.third else ()
    return (drawn.ass, drawn.card.path, *third)


def _frames(source: Picture, video: VideoStream, span: Span) -> Picture:
    """Exactly the frames of the cut: progressive, BT.709, constant rate, in the source's own pixels."""
    frames = source
    if video.is_interlaced:  # before the trim, so that its first frame has a neighbour
        frames = frames.then("bwdif", mode="send_frame", deint="interlaced")
    frames = frames.then("trim", start=_seconds(span.start), end=_seconds(span.end)).then("setpts", "PTS-STARTPTS")
    frames = frames.then("fps", fps=str(span.rate))
    # A frame or two lost at the very end is held; a hole stays one, and the verification finds it.
    frames = frames.then("tpad", stop_mode="clone", stop_duration="0.2").then("trim", end_frame=span.frames)
    return standard_colour(frames, video)


def _output(frames: Picture, drawn: Drawn, sound: Path) -> ffmpeg.nodes.OutputStream:
    plan = drawn.plan
    body = tagged(fitted(frames, plan.picture, (plan.width, plan.height), drawn.ground))
    if drawn.third is not None and plan.lower_third is not None:
        body = _with_third(body, drawn.third, plan)
    body = body.then("ass", filename=str(drawn.ass), fontsdir=str(FONTS), shaping="complex")
    whole = _joined(body, drawn.card, plan)
    return ffmpeg.output(whole.stream, ffmpeg.input(str(sound)).audio, str(drawn.out), **_master_options(plan))


def _joined(body: Picture, card: Card, plan: ShapePlan) -> Picture:
    if not plan.card_frames:
        return body
    ending = tagged(counted(Picture(ffmpeg.input(str(card.path)).video), plan.frame_rate))
    ending = ending.then("tpad", stop_mode="clone", stop=plan.card_frames).then("trim", end_frame=plan.card_frames)
    ending = ending.then("setsar", "1")
    joined = Picture(ffmpeg.concat(body.then("setsar", "1").stream, ending.stream, v=1, a=0))
    return joined.then("setparams", **TAGS)


def _with_third(body: Picture, third: Card, plan: ShapePlan) -> Picture:
    shown = plan.lower_third
    assert shown is not None  # noqa: S101 - asked by the caller
    moving = tagged(counted(Picture(ffmpeg.input(str(third.path)).video), plan.frame_rate), "yuva420p")
    moving = moving.then("setpts", f"PTS+{shown.first_frame}")
    when = f"between(n,{shown.first_frame},{shown.last_frame})"
    place: dict[str, str | int] = {
        "x": shown.box.x,
        "y": shown.box.y,
        "eof_action": "pass",
        "format": "yuv420",
        "enable": when,
    }
    return moving.over(body, "overlay", **place)


def fitted(frames: Picture, fit: PictureFit, canvas: tuple[int, int], ground_colour: str = "") -> Picture:
    """The frames on the canvas, as planned. `fit.source` counts in square pixels, the frames may not."""
    if fit.mode == "wide" and not ground_colour:
        ground, front = frames.split(2)
        if fit.source != Box(0, 0, fit.square_width, fit.square_height):
            front = _cropped(front, fit.source, fit)
        front = _scaled(front, fit.target.w, fit.target.h)
        place: dict[str, str | int] = {"x": fit.target.x, "y": fit.target.y, "format": "yuv420"}
        return front.over(_behind(ground, fit, canvas), "overlay", **place)
    part = fit.source
    if part != Box(0, 0, fit.square_width, fit.square_height):
        frames = _cropped(frames, part, fit)
    shown = _scaled(frames, fit.target.w, fit.target.h)
    if fit.mode == "wide":
        wide, high = canvas
        shown = shown.then("pad", w=wide, h=high, x=fit.target.x, y=fit.target.y, color=ground_colour)
    return shown


def _cropped(frames: Picture, part: Box, fit: PictureFit) -> Picture:
    across, down = f"iw/{fit.square_width}", f"ih/{fit.square_height}"
    return frames.then(
        "crop", w=f"{part.w}*{across}", h=f"{part.h}*{down}", x=f"{part.x}*{across}", y=f"{part.y}*{down}"
    )


def _scaled(frames: Picture, wide: int, high: int) -> Picture:
    return frames.then("scale", w=wide, h=high, flags="bicubic").then("setsar", "1")


def _behind(frames: Picture, fit: PictureFit, canvas: tuple[int, int]) -> Picture:
    """The picture itself, filling the canvas, blurred heavily (small first: it is cheap), darkened."""
    wide, high = canvas
    aspect = Fraction(wide, high)
    part_w = min(fit.square_width, round(fit.square_height * aspect))
    part_h = min(fit.square_height, round(fit.square_width / aspect))
    middle = Box((fit.square_width - part_w) // 2, (fit.square_height - part_h) // 2, part_w, part_h)
    small = (
        frames.then("scale", w=_small(wide), h=_small(high))
        if middle.w == fit.square_width
        else _scaled(_cropped(frames, middle, fit), _small(wide), _small(high))
    )
    dark = small.then("gblur", sigma=5, steps=2).then(
        "lutyuv",
        y=f"16+(val-16)*{BEHIND}",
        u=f"128+(val-128)*{BEHIND * 1.6}",
        v=f"128+(val-128)*{BEHIND * 1.6}",
    )
    return _scaled(dark, wide, high)


def _small(length: int) -> int:
    return max(16, length // 24 * 2)


def gop_of(rate: Fraction) -> int:
    """Frames from one key picture to the next: never more than 2 s, also at 29.97."""
    return int(2 * rate)


def _master_options(plan: ShapePlan) -> dict[str, str | int]:
    """The safe master (FIELD-NOTES "Platforms"): what every platform takes."""
    video, rate = plan.recipe.video, plan.frame_rate
    gop = gop_of(rate)
    return {
        "vcodec": "libx264",
        "preset": video.preset,
        "crf": str(video.crf),
        "maxrate": f"{video.max_kbps}k",
        "bufsize": f"{video.max_kbps * 2}k",
        "profile:v": "high",
        "level": "4.0" if rate <= 30 else "4.2",
        "pix_fmt": "yuv420p",
        "x264-params": f"stitchable=1:open-gop=0:keyint={gop}:min-keyint={max(1, gop // 10)}",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "colorspace": "bt709",
        "color_range": "tv",
        "fps_mode": "cfr",
        "r": str(rate),
        "acodec": "copy",
        "map_metadata": -1,
        "use_editlist": 0,
        "movflags": "+faststart+negative_cts_offsets",
        "video_track_timescale": _timescale(rate),
    }


def _timescale(rate: Fraction) -> int:
    return rate.numerator if rate.denominator != 1 else rate.numerator * 512


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"
