"""Numbered recordings, made by the real ffmpeg through the door.

Every picture carries its own number, so that a test can tell which picture it got: sixteen blocks, white
for 1 and black for 0, in a moving ground. Every whole second of sound carries a click.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from archive.media import MediaInfo, SourceCut, index, probe, run_ffmpeg
from archive.timeline import Timeline

WIDTH, HEIGHT = 160, 96
SOUND_RATE = 48000


def numbered_picture(number: int, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """One yuv420p picture: 8 × 2 blocks say `number`, most significant first, over a moving ground."""
    bits = np.array([number >> (15 - n) & 1 for n in range(16)], dtype=np.uint8).reshape(2, 8)
    blocks = np.kron(bits * 200 + 28, np.ones((height // 4, width // 8), dtype=np.uint8))
    rows, columns = np.mgrid[0 : height // 2, 0:width]
    ground = (60 + (rows * 2 + columns + number * 3) % 120).astype(np.uint8)
    luma = np.vstack([blocks, ground]).astype(np.uint8)
    return luma.tobytes() + bytes([128]) * (width * height // 2)


def read_number(picture: np.ndarray) -> int:
    """The number in a picture: gray (h, w) or RGB (h, w, 3)."""
    gray = picture if picture.ndim == 2 else picture.mean(axis=2)
    height, width = gray.shape[0] // 4, gray.shape[1] // 8
    number = 0
    for row in range(2):
        for column in range(8):
            block = gray[row * height : (row + 1) * height, column * width : (column + 1) * width]
            inner = block[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
            number = number << 1 | int(inner.mean() > 128)
    return number


def clicks(seconds: float) -> bytes:
    """Mono s16le at 48 kHz: a 20 ms burst of 1 kHz at every whole second over near silence."""
    times = np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE
    wave = np.where(times % 1 < 0.02, 0.7, 0.001) * np.sin(2 * np.pi * 1000 * times)
    return (wave * 32767).astype("<i2").tobytes()


@dataclass(frozen=True)
class Made:
    """A recording under test. `numbers` are its pictures in order; `times` when each comes on screen."""

    path: Path
    numbers: tuple[int, ...]
    times: tuple[Fraction, ...]
    info: MediaInfo
    timeline: Timeline

    def shown_at(self, t: Fraction) -> int:
        return max((n for n, at in zip(self.numbers, self.times, strict=True) if at <= t), default=-1)

    def shown_within(self, start: Fraction, end: Fraction) -> list[int]:
        first = max(at for at in self.times if at <= start)
        return [n for n, at in zip(self.numbers, self.times, strict=True) if first <= at < end]


@dataclass
class Studio:
    """Makes numbered recordings in one folder, each once."""

    folder: Path
    made: dict[str, Made] = field(default_factory=dict)

    def raw(self, first: int, count: int) -> Path:
        path = self.folder / f"raw_{first}_{count}.yuv"
        if not path.exists():
            path.write_bytes(b"".join(numbered_picture(n) for n in range(first, first + count)))
        return path

    def sound(self, seconds: float) -> Path:
        path = self.folder / f"clicks_{seconds:g}.pcm"
        if not path.exists():
            path.write_bytes(clicks(seconds))
        return path

    def encode(
        self,
        name: str,
        options: Sequence[str],
        *,
        first: int = 0,
        count: int = 300,
        rate: str = "25",
        with_sound: bool = True,
        sound_late: float = 0,
    ) -> Path:
        """`count` numbered pictures from `first` on, with clicks, encoded with `options` to `name`."""
        raw, out = self.raw(first, count), self.folder / name
        args = ["-f", "rawvideo", "-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", rate, "-i", str(raw)]
        reads = [raw]
        if with_sound:
            sound = self.sound(float(count / Fraction(rate)) - sound_late)
            args += ["-f", "s16le", "-ar", str(SOUND_RATE), "-i", str(sound)]
            args += ["-af", f"asetpts=PTS+{sound_late}/TB"] if sound_late else []
            reads.append(sound)
        run_ffmpeg([*args, *options, str(out)], reads=reads, writes=[out])
        return out

    def copy(self, source: Path, name: str, options: Sequence[str] = (), before: Sequence[str] = ()) -> Path:
        """Another container or clock around the same coded pictures."""
        out = self.folder / name
        args = [*before, "-i", str(source), "-map", "0", "-c", "copy", *options, str(out)]
        run_ffmpeg(args, reads=[source], writes=[out])
        return out

    def join(self, name: str, *parts: Path) -> Path:
        """Transport streams end to end, byte by byte, as recorders leave them."""
        out = self.folder / name
        out.write_bytes(b"".join(part.read_bytes() for part in parts))
        return out

    def recording(self, path: Path, numbers: Sequence[int], rate: str = "25") -> Made:
        info = probe(path)
        timeline = index(path, info)
        times = tuple(n / Fraction(rate) for n in numbers)
        return Made(path, tuple(numbers), times, info, timeline)


def cut_numbers(cut: SourceCut, info: MediaInfo) -> list[int]:
    """The numbers of all pictures of a cut, made as the renderer makes it: one ffmpeg, trim, setpts."""
    assert info.video is not None
    start, end = float(cut.trim_start), float(cut.trim_end)
    graph = f"[{cut.video}]trim=start={start:.6f}:end={end:.6f},setpts=PTS-STARTPTS,format=gray[v]"
    out = bytearray()
    args = [*cut.input_args, "-filter_complex", graph, "-map", "[v]", "-fps_mode", "passthrough"]
    run_ffmpeg([*args, "-f", "rawvideo", "-"], reads=cut.reads, writes=(), stdout=out.extend)
    width, height = info.video.width, info.video.height
    if info.video.rotation in (90, 270):
        width, height = height, width
    pictures = np.frombuffer(bytes(out), dtype=np.uint8).reshape(-1, height, width)
    return [read_number(picture) for picture in pictures]


X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "96k")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-c:a", "mp2", "-b:a", "128k")
WRAP_S = 2**33 / 90000
