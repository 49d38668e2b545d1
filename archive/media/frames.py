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
from archive.media.container import main_video, open_media, open_transport_bytes
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
    with _placed(path, timeline, at) as (container, stream):
        best: tuple[Fraction, VideoFrame] | None = None
        for t, frame in _timed(container, stream, timeline, path, at):
            if t > at:
                break
            best = (t, frame)
    if best is None:
        what = f"No picture could be decoded at {format_time(at)} of {path.name}"
        raise NotMedia(what, "The recording is damaged there: choose another place")
    return Frame(best[0], _rgb(best[1]))


@contextmanager
def _placed(path: Path, timeline: Timeline, at: Fraction) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The recording opened so that decoding begins at or before the keyframe before `at`."""
    if timeline.epochs[0].byte_start is not None and _is_transport(path):
        with (
            _Part(path, _entry(timeline, at)) as part,
            open_transport_bytes(cast(IO[bytes], part), path) as container,
        ):
            yield container, _video_of(container, path)
        return
    with open_media(path) as container:
        stream = _video_of(container, path)
        epoch = timeline.epochs[0]
        wanted = epoch.first_pts + round((at - epoch.start) / epoch.time_base)
        if at > epoch.start:
            container.seek(wanted, stream=stream, backward=True)
        yield container, stream


def _video_of(container: InputContainer, path: Path) -> VideoStream:
    stream = main_video(container)
    if stream is None:
        raise NotMedia(f"{path.name} has no picture", "Only its sound can be used")
    stream.codec_context.thread_type = "AUTO"
    return stream


def _is_transport(path: Path) -> bool:
    with open_media(path) as container:
        return container.format.name == "mpegts"


def _entry(timeline: Timeline, at: Fraction) -> int:
    key = timeline.keyframes.last_at(timeline.tick(at))
    return max(0, timeline.keyframes.positions[key] - _RUN_UP) if key is not None else 0


class _Part(io.RawIOBase):
    """A file from some byte on, as a file of its own."""

    def __init__(self, path: Path, begin: int) -> None:
        self._file: IO[bytes] = path.open("rb")
        self._begin = begin
        self._file.seek(begin)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        place = self._begin + offset if whence == 0 else offset
        return self._file.seek(place, whence) - self._begin

    def tell(self) -> int:
        return self._file.tell() - self._begin

    def close(self) -> None:
        self._file.close()
        super().close()


def _timed(
    container: InputContainer, stream: VideoStream, timeline: Timeline, path: Path, at: Fraction
) -> Iterator[tuple[Fraction, VideoFrame]]:
    import av

    epoch = timeline.epoch_at(at)
    wrap = PTS_WRAP if container.format.name == "mpegts" else None
    margin = 30 if wrap else None
    try:
        for frame in container.decode(stream):
            if frame.pts is None:
                continue
            since = signed(frame.pts - epoch.first_pts, wrap) * epoch.time_base
            if since < 0 or (margin and since > epoch.duration + margin):
                continue  # of the epoch before
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
