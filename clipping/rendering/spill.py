"""The frames of a cut as the first pass leaves them for the others: progressive, BT.709, constant rate, lossless.

Raw where the disk has plenty and the cut is short: writing and reading it costs half of what packing costs.
Packed by utvideo elsewhere: a third of the space.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import ffmpeg

from archive.media import VideoStream
from clipping.rendering.picture import Picture, tagged

MOST_SPILLED = 6e9  # bytes packed: 60 s of 1080p at 50, or of 2160p at 12
MOST_RAW = 4e9  # bytes: 51 s of 1080p at 25, which the page cache of a small machine still helps with
_PACKED = 0.5  # of raw: what grain, the worst case, was packed to; clean pictures take a quarter
_FREE_TIMES = 4  # a raw spill takes a quarter of what is free, at most
_LEFT_FREE = 10e9  # bytes


@dataclass(frozen=True, slots=True)
class Spill:
    """Where the frames lie and how. `width` and `height` are upright pixels; `share` (≤ 1) shrinks a packed one."""

    path: Path
    width: int
    height: int
    rate: Fraction
    share: float
    is_raw: bool

    @property
    def input_args(self) -> tuple[str, ...]:
        if not self.is_raw:
            return ("-i", str(self.path))
        size = f"{self.width}x{self.height}"
        shape = ("-video_size", size, "-pixel_format", "yuv420p", "-framerate", str(self.rate))
        return ("-f", "rawvideo", *shape, "-i", str(self.path))

    def output(self, frames: Picture) -> ffmpeg.nodes.OutputStream:
        if self.is_raw:
            # Raw frames have no header: the size is held. Where it is right already, which it is, nothing is done.
            held = tagged(frames.then("scale", w=self.width, h=self.height))
            options = {"format": "rawvideo", "vcodec": "rawvideo", "pix_fmt": "yuv420p", "fps_mode": "passthrough"}
            return ffmpeg.output(held.stream, str(self.path), **options)
        if self.share < 1:  # an hour-long or huge picture: crops are relative, so the later shapes don't notice
            frames = frames.then("scale", w=f"trunc(iw*{self.share:.4f}/2)*2", h=f"trunc(ih*{self.share:.4f}/2)*2")
            frames = tagged(frames)
        # Measured against ffvhuff, magicyuv and x264: least processor time for a third of raw's space.
        return ffmpeg.output(frames.stream, str(self.path), vcodec="utvideo", pred="left", map_metadata=-1)


def plan_spill(folder: Path, video: VideoStream, frames: int, rate: Fraction, *, free: float | None = None) -> Spill:
    """Raw if it fits, else packed. `free` is the bytes free where `folder` lies, looked up where not given."""
    upright = video.rotation not in (90, 270)
    width, height = (video.width, video.height) if upright else (video.height, video.width)
    raw = raw_bytes(video, frames)
    left = shutil.disk_usage(folder).free if free is None else free
    is_even = not (width % 2 or height % 2)
    is_raw = is_even and raw <= MOST_RAW and left >= _FREE_TIMES * raw and left - raw >= _LEFT_FREE
    name = "frames.yuv" if is_raw else "frames.mkv"
    return Spill(folder / name, width, height, rate, 1.0 if is_raw else spill_share(video, frames), is_raw)


def raw_bytes(video: VideoStream, frames: int) -> float:
    """Of 8-bit 4:2:0."""
    return video.width * video.height * 1.5 * frames


def spill_share(video: VideoStream, frames: int) -> float:
    """By how much, at most 1, the packed frames are made smaller each way to stay within MOST_SPILLED bytes."""
    return min(1.0, math.sqrt(MOST_SPILLED / (raw_bytes(video, frames) * _PACKED)))
