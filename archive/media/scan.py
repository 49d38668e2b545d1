"""Ingest's long look at a recording: every packet read, decoding tried, damage said.

A short recording is decoded in full behind the door. In a long one, one keyframe about every ten seconds
is decoded while the packets are read, and all of its sound is left to transcription; a line says so.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import FfmpegFailed
from archive.media.damage import damage_of, missing_pictures
from archive.media.door import Limits, Progress, run_ffmpeg
from archive.media.index import timeline_of
from archive.media.info import MediaInfo
from archive.media.walk import walk
from archive.timeline.clock import format_time
from archive.timeline.timeline import Timeline

if TYPE_CHECKING:
    from av.packet import Packet

FULL_DECODE_PIXELS = 4_000_000_000
"""A recording of up to this many pixels in all (about three minutes of 720p25) is decoded in full."""
_APART_S = 10


@dataclass(frozen=True)
class Scan:
    """`decoded` is the length that can really be decoded, in seconds; `damage` is in lines for
    people; `notes` say how it was looked at. `is_full` where every picture was decoded."""

    timeline: Timeline
    decoded: Fraction
    damage: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_full: bool = False


def scan(
    path: Path,
    info: MediaInfo,
    on_progress: Callable[[float], None] | None = None,
    *,
    full_decode_pixels: int = FULL_DECODE_PIXELS,
) -> Scan:
    """Read `path` through. `on_progress` hears the share done, 0…1.

    Raises NotMedia where nothing in it can be used, and what the door raises except for damage.
    """
    spots = _SpotChecks()
    found = walk(path, info, on_progress, spots.take if info.video else None)
    timeline, laid = timeline_of(found, info)
    damage = damage_of(found, laid, timeline, info)
    is_full = _pixels(timeline, info) <= full_decode_pixels
    if is_full:
        decoded, note = _decode_all(path, timeline, info), "every picture decoded"
    else:
        decoded, note = spots.share * _held(timeline, len(timeline.frames)), spots.note
    held = _held(timeline, len(timeline.frames))
    if held - decoded > max(Fraction(1, 10), held / 1000):
        damage.append(f"Only {format_time(decoded)} of {format_time(held)} can be decoded")
    return Scan(timeline, decoded, tuple(damage), (note,), is_full)


def _pixels(timeline: Timeline, info: MediaInfo) -> int:
    if info.video is None:
        return 0
    return len(timeline.frames) * info.video.width * info.video.height


def _held(timeline: Timeline, pictures: int) -> Fraction:
    """How long `pictures` pictures stand; those that are missing stand no time."""
    whole = len(timeline.frames) + missing_pictures(timeline)[0]
    return timeline.duration * min(Fraction(1), Fraction(pictures, whole)) if whole else timeline.duration


def _decode_all(path: Path, timeline: Timeline, info: MediaInfo) -> Fraction:
    """Decode behind the door and count. What fails to decode is left out of the count, not raised."""
    last = Progress(0, Fraction(0), 0.0)

    def note(progress: Progress) -> None:
        nonlocal last
        last = progress

    full = path.absolute()
    stream = info.video or info.audio
    assert stream is not None  # noqa: S101 - probe lets nothing else through
    args = ["-i", f"file:{full}", "-map", f"0:{stream.index}"]
    args += ["-fps_mode", "passthrough", "-f", "null", "-"] if info.video else ["-f", "null", "-"]
    with suppress(FfmpegFailed):  # the count says how far it came
        run_ffmpeg(args, reads=(full,), writes=(), on_progress=note, limits=Limits(wall_s=1800))
    if info.video is None:
        return min(timeline.duration, last.out_time)
    return _held(timeline, last.frame)


@dataclass
class _SpotChecks:
    """Decodes one keyframe about every ten seconds, by itself."""

    tried: int = 0
    failed: int = 0
    last: Fraction | None = None

    def take(self, packet: Packet[Any]) -> None:
        import av

        if packet.pts is None or packet.time_base is None:
            return
        now = packet.pts * packet.time_base
        if self.last is not None and abs(now - self.last) < _APART_S:
            return
        self.last = now
        self.tried += 1
        context = packet.stream.codec_context
        try:
            frames = [*context.decode(packet), *context.decode(None)]
            self.failed += not frames
        except (av.error.FFmpegError, EOFError):
            self.failed += 1
        context.flush_buffers()

    @property
    def share(self) -> Fraction:
        return 1 - Fraction(self.failed, self.tried) if self.tried else Fraction(1)

    @property
    def note(self) -> str:
        return f"every packet read; {self.tried} keyframes, one about every {_APART_S} s, decoded"
