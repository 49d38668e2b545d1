"""The picture on screen at a media time, decoded by PyAV: a second witness beside the renderer's ffmpeg."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from archive.errors import NotMedia
from archive.media.container import main_video, open_media, open_transport_bytes, packets
from archive.media.epochs import signed
from archive.timeline.clock import format_time
from archive.timeline.timeline import PTS_WRAP, Timeline

if TYPE_CHECKING:
    import numpy as np
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_RUN_UP = 2 << 20
"""Bytes of a transport stream read before a keyframe, for the programme tables."""


@dataclass(frozen=True)
class Frame:
    """`at`: media time at which this picture came on screen. `rgb`: uint8, shape (height, width, 3), turned
    upright, not deinterlaced, pixels as coded (square pixels are NOT applied)."""

    at: Fraction
    rgb: np.ndarray


def frame_at(path: Path, timeline: Timeline, at: Fraction) -> Frame:
    """The picture on screen at media time `at`.

    Untagged colour is read as BT.709 from 720 lines up, else as BT.601, as broadcasters mean it.
    Raises TimeOutside; NotMedia where there is no picture, or none could be decoded.
    """
    timeline.epoch_at(at)
    best: tuple[Fraction, VideoFrame] | None = None
    with _opened(path, timeline, at) as (container, stream, entry):
        for t, frame in _timed(container, stream, timeline, at, entry):
            if t > at:
                break
            best = (t, frame)
    if best is None:
        what = f"No picture could be decoded at {format_time(at)} of {path.name}"
        raise NotMedia(what, "The recording is damaged there: choose another place")
    return Frame(best[0], _rgb(best[1]))


@contextmanager
def _opened(path: Path, timeline: Timeline, at: Fraction) -> Iterator[tuple[InputContainer, VideoStream, int | None]]:
    """The recording placed at or before the keyframe before `at`, and the first byte worth decoding."""
    if _is_transport(path):
        key = timeline.keyframes.last_at(timeline.tick(at))
        entry = timeline.keyframes.positions[key] if key is not None else 0
        begin, following = max(0, entry - _RUN_UP), timeline.epoch_after(timeline.epoch_at(at))
        part = cast(IO[bytes], _Part(path, begin, following.byte_start if following else None))
        with part, open_transport_bytes(part, path) as container:
            yield container, _video_of(container, path), entry - begin
        return
    with open_media(path) as container:
        stream, epoch = _video_of(container, path), timeline.epochs[0]
        key = timeline.keyframes.last_at(timeline.tick(at))
        if key:
            container.seek(epoch.first_pts + timeline.keyframes.ticks[key], stream=stream, backward=True)
        yield container, stream, None


def _video_of(container: InputContainer, path: Path) -> VideoStream:
    stream = main_video(container)
    if stream is None:
        raise NotMedia(f"{path.name} has no picture", "Only its sound can be used")
    stream.codec_context.thread_type = "AUTO"
    return stream


def _is_transport(path: Path) -> bool:
    with open_media(path) as container:
        return container.format.name == "mpegts"


class _Part(io.RawIOBase):
    """Bytes `begin` to `end` of a file (None: to its end), as a file of its own."""

    def __init__(self, path: Path, begin: int, end: int | None) -> None:
        self._file: IO[bytes] = path.open("rb")
        self._begin = begin
        self._end = end if end is not None else path.stat().st_size
        self._file.seek(begin)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._end - self._file.tell())
        return self._file.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (self._begin, self._file.tell(), self._end)[whence]
        return self._file.seek(base + offset) - self._begin

    def tell(self) -> int:
        return self._file.tell() - self._begin

    def close(self) -> None:
        self._file.close()
        super().close()


def _timed(
    container: InputContainer, stream: VideoStream, timeline: Timeline, at: Fraction, entry: int | None
) -> Iterator[tuple[Fraction, VideoFrame]]:
    """(media time, picture) in order of presentation, decoded from byte `entry` on."""
    import av

    epoch = timeline.epoch_at(at)
    wrap, is_in = None if entry is None else PTS_WRAP, entry is None
    try:
        for packet in packets(container, stream):
            place = packet.pos if packet.pos is not None else -1
            if entry is not None and (not is_in and place < entry):
                continue
            is_in = True
            for frame in packet.decode():
                since = signed((frame.pts or 0) - epoch.first_pts, wrap) * epoch.time_base
                if frame.pts is not None and since >= 0:
                    yield epoch.start + since, frame
    except (av.error.FFmpegError, EOFError):
        return


def _rgb(frame: VideoFrame) -> np.ndarray:
    import numpy as np
    from av.video.reformatter import Colorspace

    matrix = frame.colorspace
    if matrix in (2, 0, None):
        matrix = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    rgb = frame.reformat(format="rgb24", src_colorspace=matrix).to_ndarray()
    return np.ascontiguousarray(np.rot90(rgb, k=frame.rotation // 90 % 4))
