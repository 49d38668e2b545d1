"""A stream in a filter graph under construction, and how its colours and its clock are set right."""

from __future__ import annotations

from fractions import Fraction

import ffmpeg

from archive.media import VideoStream

TAGS = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
_HDR_PEAK = 100  # nits of SDR white


class Picture:
    """A stream in a graph under construction."""

    def __init__(self, stream: ffmpeg.nodes.FilterableStream) -> None:
        self.stream = stream

    def then(self, name: str, *args: str | int, **options: str | int | float) -> Picture:
        return Picture(self.stream.filter(name, *args, **options))

    def split(self, count: int) -> tuple[Picture, ...]:
        if count == 1:
            return (self,)
        parts = self.stream.filter_multi_output("split", count)
        return tuple(Picture(parts.stream(i)) for i in range(count))

    def over(self, ground: Picture, name: str, **options: str | int | float) -> Picture:
        return Picture(ffmpeg.filter([ground.stream, self.stream], name, **options))


def counted(frames: Picture, rate: Fraction) -> Picture:
    """Exact times by count: Matroska keeps milliseconds only."""
    timed = frames.then("settb", expr=f"{rate.denominator}/{rate.numerator}").then("setpts", "N")
    return timed.then("fps", fps=str(rate))


def standard_colour(frames: Picture, video: VideoStream) -> Picture:
    if video.is_hdr:
        return _to_sdr(frames, video)
    matrix = video.matrix if video.matrix not in {"", "unknown", "unspecified"} else _untagged(video)
    if matrix in {"bt709", "gbr"}:
        options: dict[str, str] = {}
    else:
        options = {"in_color_matrix": matrix.replace("bt470bg", "bt601").replace("smpte170m", "bt601")}
    frames = frames.then("scale", out_color_matrix="bt709", out_range="tv", **options).then("format", "yuv420p")
    return frames.then("setparams", **TAGS)


def tagged(frames: Picture, pixels: str = "yuv420p") -> Picture:
    """Said twice: `setparams` tags the frames, `format` holds the links, or the next scaler falls to BT.601."""
    held = frames.then("setparams", **TAGS)
    return held.then("format", pix_fmts=pixels, color_spaces="bt709", color_ranges="tv")


def _untagged(video: VideoStream) -> str:
    """What untagged pictures are by custom: BT.601 below HD."""
    return "bt601" if min(video.width, video.height) <= 576 else "bt709"


def _to_sdr(frames: Picture, video: VideoStream) -> Picture:
    """HDR by its own tags to SDR: light made linear, bright parts rolled off (Hable), BT.709."""
    known = frames.then("setparams", color_primaries=video.primaries, color_trc=video.transfer, colorspace=video.matrix)
    linear = known.then("zscale", transfer="linear", npl=_HDR_PEAK).then("format", "gbrpf32le")
    shown = linear.then("zscale", primaries="bt709").then("tonemap", tonemap="hable", desat=0)
    return tagged(shown.then("zscale", transfer="bt709", matrix="bt709", range="tv").then("format", "yuv420p"))
