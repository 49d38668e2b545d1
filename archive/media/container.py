"""Opening a file with PyAV: only named formats, only plain files, every libav error turned into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from archive.errors import MediaRefused, NotMedia, SourceMissing

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream as AvVideo

MOVIES = ("mov", "mp4", "m4a", "3gp", "3g2", "mj2", "mpegts", "matroska", "webm")
SOUNDS = ("wav", "mp3", "flac", "aac", "ogg")
FORMATS = ",".join(MOVIES + SOUNDS)
"""Demuxers that read nothing but the file they are given (HLS, DASH, concat and SDP read others)."""
MAX_PIXELS = 36_000_000

_OPENS = "MP4, MOV, MPEG-TS, MKV, WebM, WAV, MP3, FLAC, AAC and Ogg can be opened"
_LISTS = (
    (b"#EXTM3U", "an HLS playlist"),
    (b"<MPD", "a DASH manifest"),
    (b"ffconcat", "an ffmpeg concat list"),
    (b"[playlist]", "a playlist"),
    (b"<asx", "a playlist"),
    (b"<smil", "a playlist"),
    (b"v=0", "an SDP session description"),
)


@contextmanager
def open_media(path: Path, *, is_raw_clock: bool = False) -> Iterator[InputContainer]:
    """Open `path` for demuxing with the format whitelist. `is_raw_clock` keeps the 33-bit PTS as stored.

    Raises SourceMissing, NotMedia or MediaRefused.
    """
    check_source(path)
    with _mapped(path), _open(f"file:{path.absolute()}", is_raw_clock=is_raw_clock) as container:
        yield container


@contextmanager
def open_transport_bytes(stream: IO[bytes], path: Path) -> Iterator[InputContainer]:
    """Open part of a transport stream, given as a file object, on its raw 33-bit clock."""
    with _mapped(path), _open(stream, is_raw_clock=True, forced="mpegts") as container:
        yield container


def _open(source: str | IO[bytes], *, is_raw_clock: bool, forced: str | None = None) -> InputContainer:
    import av

    # What is damaged is counted and said by us; libav's own remarks would stand between our lines on stderr.
    av.logging.set_libav_level(av.logging.PANIC)
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file", "max_pixels": str(MAX_PIXELS)}
    if is_raw_clock:
        options["correct_ts_overflow"] = "0"
    return av.open(source, "r", format=forced, options=options)


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    import av

    try:
        yield
    except av.error.ArgumentError as error:
        raise MediaRefused(f"{path.name} is in a format that is not opened here", _OPENS) from error
    except (av.error.FFmpegError, EOFError) as error:
        if _lacks_index(path):
            what = f"{path.name} is cut short: the index (moov) that an MP4 needs is missing"
            raise NotMedia(what, "Copy it again from where it came") from error
        raise NotMedia(f"{path.name} holds no picture or sound that can be read", _OPENS) from error


def _lacks_index(path: Path) -> bool:
    """Whether this is an MP4 (ISO/IEC 14496-12) whose boxes end before a `moov` came."""
    with path.open("rb") as file:
        place, size = 0, path.stat().st_size
        while place + 8 <= size:
            file.seek(place)
            head = file.read(16)
            length, name = int.from_bytes(head[:4], "big"), head[4:8]
            if (place == 0 and name != b"ftyp") or name == b"moov":
                return False
            length = int.from_bytes(head[8:16], "big") if length == 1 else length
            if length < 8:
                break
            place += length
    return size > 8


def check_source(path: Path) -> None:
    """Say in one line why this is not a media file, as far as its first bytes tell.

    Raises SourceMissing, NotMedia or MediaRefused.
    """
    try:
        if path.is_dir():
            raise NotMedia(f"{path} is a folder", "Name a file in it")
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError as error:
        raise SourceMissing(f"There is no file {path}", "Check the path") from error
    except OSError as error:
        raise SourceMissing(f"{path} can't be read ({error.strerror})", "Check its permissions") from error
    if not head:
        raise NotMedia(f"{path.name} is empty (0 bytes)", "Copy it again from where it came")
    _refuse_lists(path, head)


def _refuse_lists(path: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _LISTS:
        low = mark.lower()
        if text.startswith(low) or (text.startswith((b"<?xml", b"<!--")) and low in text):
            mend = "It points at other files; fetch the recording itself and give that"
            raise MediaRefused(f"{path.name} is really {what}, not a recording", mend)


def packets(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """All packets of `streams`, also of files in which damage makes new streams seem to appear."""
    while True:
        try:
            yield from container.demux(streams)
        except IndexError:  # PyAV 18 meets a packet of a stream that it has not counted: read on after it
            continue
        return


def main_video(container: InputContainer) -> AvVideo | None:
    """The picture that a viewer sees: never cover art."""
    from av.stream import Disposition

    videos = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    sized = [s for s in videos if s.codec_context is not None and s.codec_context.width > 0]
    return max(sized, key=lambda s: (bool(s.disposition & Disposition.default), -s.index), default=None)


def media_zero(container: InputContainer) -> Fraction:
    """Container time, in seconds, of media time 0. Reads the first packets and leaves the place there.

    For files that are not transport streams: those have a timeline with epochs instead.
    """
    stream = main_video(container) or next(iter(container.streams.audio), None)
    if stream is None or stream.time_base is None:
        return Fraction(0)
    earliest: list[int] = []
    for packet in packets(container, stream):
        if packet.pts is not None and not packet.is_discard:
            earliest.append(packet.pts)
        if len(earliest) >= 40:
            break
    return min(earliest, default=0) * stream.time_base
