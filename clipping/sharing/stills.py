"""Poster frame and thumbnail, taken from the finished file that people will see."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from archive.media import run_ffmpeg

THUMBNAIL_WIDTH = 480  # pixels
_JPEG = "out_range=full,format=yuvj420p"


def write_stills(video: Path, frame: int, rate: Fraction, poster: Path, thumbnail: Path | None = None) -> None:
    """JPEG of body frame `frame` (from 0) at full size, and a small one. Raises what the door raises.

    Seeking gives the first frame at or after the time, so half a frame earlier is asked for.
    """
    at = max(Fraction(0), (frame - Fraction(1, 2)) / rate)
    outputs = _still(f"scale={_JPEG}", poster)
    if thumbnail is not None:
        outputs += _still(f"scale={THUMBNAIL_WIDTH}:-2:flags=lanczos:{_JPEG}", thumbnail)
    run_ffmpeg(
        ["-ss", f"{float(at):.6f}", "-i", f"file:{video.absolute()}", *outputs],
        reads=[video],
        writes=[path for path in (poster, thumbnail) if path is not None],
    )


def _still(filters: str, path: Path) -> list[str]:
    jpeg = ["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-f", "mjpeg"]
    return ["-an", "-vf", filters, *jpeg, f"file:{path.absolute()}"]
