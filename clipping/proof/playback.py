"""Plays a finished file once from end to end, as a viewer's machine would, and keeps what the proof needs.

One decode serves all: the count of pictures, the decoder's complaints, a few luma planes, the length and the
loudness of the sound. About 4 processor seconds for 30 s of 1080×1920.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.errors import FfmpegFailed
from archive.media import Progress, run_ffmpeg

Luma = npt.NDArray[np.uint8]  # (height, width), as coded: black 16, white 235

SILENCE_LUFS = -70.0  # the absolute gate of ITU-R BS.1770: nothing quieter is measured
_SOUND_RATE = 48000


@dataclass(frozen=True, slots=True)
class Sound:
    """What was heard. `true_peak_dbtp` is −inf for digital silence."""

    seconds: Fraction
    lufs: float
    true_peak_dbtp: float

    @property
    def is_silent(self) -> bool:
        return self.lufs <= SILENCE_LUFS


@dataclass(frozen=True, slots=True)
class Playback:
    """What came out of the decoder. `complaint` is empty where it had none; with one, the rest is partial."""

    frames: int
    luma: Mapping[int, Luma]
    sound: Sound | None
    complaint: str


@dataclass(slots=True)
class _Keeper:
    """Cuts the byte stream of luma planes back into pictures."""

    wanted: list[int]
    shape: tuple[int, int]
    luma: dict[int, Luma] = field(default_factory=dict)
    _pending: bytearray = field(default_factory=bytearray)

    def take(self, data: bytes) -> None:
        self._pending += data
        size = self.shape[0] * self.shape[1]
        while len(self._pending) >= size and len(self.luma) < len(self.wanted):
            plane = np.frombuffer(bytes(self._pending[:size]), np.uint8).reshape(self.shape)
            self.luma[self.wanted[len(self.luma)]] = plane
            del self._pending[:size]


def play(path: Path, wanted: Collection[int], *, width: int, height: int, has_sound: bool) -> Playback:
    """Decode everything in `path`; keep the luma of the frames `wanted` (counted from 0).

    Raises what the door raises, except that a decoder's failure is the result: a Playback with a complaint.
    """
    keeper = _Keeper(sorted(set(wanted)), (height, width))
    seen = [0]

    def count(progress: Progress) -> None:
        seen[0] = max(seen[0], progress.frame)

    try:
        run = run_ffmpeg(
            _arguments(path, keeper.wanted, has_sound),
            reads=[path],
            writes=[],
            on_progress=count,
            stdout=keeper.take,
        )
    except FfmpegFailed as error:
        return Playback(seen[0], keeper.luma, None, _complaint(error))
    return Playback(seen[0], keeper.luma, _sound(run.stderr) if has_sound else None, "")


def _arguments(path: Path, wanted: list[int], has_sound: bool) -> list[str]:
    picked = "+".join(f"eq(n,{frame})" for frame in wanted) or "0"
    graph = [f"[0:v:0]split=2[all][some];[some]select='{picked}',extractplanes=y[picked]"]
    outputs = ["-map", "[all]", "-f", "null", "-"]
    if has_sound:
        measured = "astats=measure_perchannel=none:measure_overall=Number_of_samples"
        graph.append(f"[0:a:0]aresample={_SOUND_RATE},{measured},ebur128=peak=true:framelog=quiet[heard]")
        outputs += ["-map", "[heard]", "-f", "null", "-"]
    outputs += ["-map", "[picked]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    # Deblocking the pictures that no other picture uses costs a tenth of the decode and proves nothing.
    # One thread: several cost a sixth more, and files are checked beside one another, or beside a render.
    source = [
        "-threads",
        "1",
        "-xerror",
        "-err_detect",
        "explode",
        "-skip_loop_filter",
        "noref",
        "-i",
        f"file:{path.absolute()}",
    ]
    return ["-loglevel", "info", *source, "-filter_complex", ";".join(graph), *outputs]


def _sound(log: str) -> Sound:
    samples = re.search(r"Number of samples: (\d+)", log)
    summary = log.rpartition("Summary:")[2]
    loudness = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    return Sound(
        Fraction(int(samples[1]) if samples else 0, _SOUND_RATE),
        float(loudness[1]) if loudness else SILENCE_LUFS,
        float(peak[1]) if peak else -np.inf,
    )


def _complaint(error: FfmpegFailed) -> str:
    lines = [line for line in error.stderr_tail.splitlines() if re.search(r"error|invalid|corrupt", line, re.I)]
    text = re.sub(r"@ 0x[0-9a-f]+", "", lines[0] if lines else error.what)
    return " ".join(text.split())[:160]
