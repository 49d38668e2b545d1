"""A recording's sound, decoded once: samples for the aligner or the recogniser, and where somebody speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.media import MediaInfo, decode_pcm, index
from archive.timeline import Timeline
from transcription.voice import RATE, Pcm, Span, spans_of, speech_probabilities, to_int16
from transcription.workers import in_order, usable_workers

_BLOCK = 1800  # seconds decoded at once: two hours as float32 would be 460 MB, kept as int16 they are 230
_PIECE = 1875  # steps of voice activity in one go: 60 s
_RUN_UP = 32  # steps before a piece that only warm the model up: 1 s
_STEP = 512
_WORTH_A_POOL = 90 * RATE  # samples

SPEECH, FAINT_SPEECH = 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono int16 at 16 kHz whose sample 0 is media time 0, and each 32 ms's probability of speech."""

    pcm: npt.NDArray[np.int16]
    probabilities: tuple[float, ...]

    @property
    def duration(self) -> Fraction:
        return Fraction(len(self.pcm), RATE)

    def voiced(self, threshold: float = SPEECH) -> tuple[Span, ...]:
        return spans_of(self.probabilities, threshold, self.duration)


SILENCE = Sound(np.zeros(0, np.int16), ())


def hear(
    path: Path,
    info: MediaInfo,
    timeline: Timeline | None = None,
    on_progress: Callable[[float], None] | None = None,
    workers: int | None = None,
) -> Sound:
    """Decode the whole sound through the archive's door and judge it; SILENCE without an audio stream."""
    if info.audio is None:
        return SILENCE
    return judge(_decode(path, timeline or index(path, info)), on_progress, workers)


def judge(pcm: Pcm, on_progress: Callable[[float], None] | None = None, workers: int | None = None) -> Sound:
    """The sound with its voice activity. Long sound is judged by two processes, minute by minute."""
    samples = to_int16(pcm)
    many = 1 if len(samples) < _WORTH_A_POOL else (usable_workers() if workers is None else workers)
    count = max(1, -(-len(samples) // (_PIECE * _STEP)))
    probabilities: list[float] = []
    for done, found in enumerate(in_order(_judge_piece, _pieces(samples), many), start=1):
        probabilities.extend(found)
        if on_progress:
            on_progress(done / count)
    return Sound(samples, tuple(probabilities))


def _pieces(samples: npt.NDArray[np.int16]) -> Iterator[tuple[npt.NDArray[np.int16], int]]:
    for begin in range(0, len(samples), _PIECE * _STEP):
        run_up = min(_RUN_UP, begin // _STEP)
        yield samples[begin - run_up * _STEP : begin + _PIECE * _STEP], run_up


def _judge_piece(piece: tuple[npt.NDArray[np.int16], int]) -> list[float]:
    samples, run_up = piece
    return speech_probabilities(samples)[run_up:]


def _decode(path: Path, timeline: Timeline) -> npt.NDArray[np.int16]:
    blocks: list[npt.NDArray[np.int16]] = []
    at = Fraction(0)
    while at < timeline.duration:
        blocks.append(to_int16(decode_pcm(path, rate=RATE, start=at, duration=Fraction(_BLOCK), timeline=timeline)))
        at += _BLOCK
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
