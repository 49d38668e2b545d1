"""How a line is delivered: the synthesiser's flat pitch made livelier, questions raised, timbre and pitch moved.

Uses the WORLD vocoder (M. Morise et al., IEICE Trans. E99-D, 2016), which keeps every sample
where it was: times do not change.
"""

from __future__ import annotations

import numpy as np
import pyworld

from make.screenplay import Manner
from make.voices import Samples, Spoken

_FRAME_S = 0.005
_FLOOR_HZ = {"slt": 110.0, "rms": 60.0, "awb": 65.0}
_RISE = 0.30  # a yes-or-no question ends this much higher
_RISE_S = 0.38
_QUESTION_WORDS = {"how", "what", "who", "why", "when", "where"}


def delivered(spoken: Spoken, text: tuple[str, ...], manner: Manner) -> Samples:
    """The samples of `spoken`, bent; the same length."""
    if (manner.pitch, manner.liveliness, manner.formants) == (1.0, 1.0, 1.0):
        return spoken.samples
    wave, rate = np.ascontiguousarray(spoken.samples), spoken.rate
    floor = _FLOOR_HZ[manner.name]  # a floor too low makes the estimate halve a higher voice
    rough, at = pyworld.dio(wave, rate, f0_floor=floor, f0_ceil=400.0, frame_period=_FRAME_S * 1000)
    pitch = pyworld.stonemask(wave, rough, at, rate)
    envelope = pyworld.cheaptrick(wave, pitch, at, rate)
    breath = pyworld.d4c(wave, pitch, at, rate)
    bent = _lively(pitch, manner) * _questions(at, spoken, text)
    if manner.formants != 1.0:
        envelope = _warped(envelope, manner.formants)
    out = pyworld.synthesize(bent, envelope, breath, rate, _FRAME_S * 1000)[: len(wave)]
    return np.pad(out, (0, len(wave) - len(out)))


def _lively(pitch: Samples, manner: Manner) -> Samples:
    """Pitch moves further from its own mean (in octaves), and the mean itself is shifted."""
    voiced = pitch > 0
    if not voiced.any():
        return pitch
    logs = np.log(pitch[voiced])
    bent = pitch.copy()
    bent[voiced] = np.exp(logs.mean() + manner.liveliness * (logs - logs.mean())) * manner.pitch
    return bent


def _questions(at: Samples, spoken: Spoken, text: tuple[str, ...]) -> Samples:
    """Factor on pitch over time: a rise into every question mark of a question without a question word."""
    factor, sentence_start = np.ones_like(at), 0
    for place, token in enumerate(text):
        if token[-1] not in ".?!":
            continue
        first = text[sentence_start].lower().strip(",")
        if token.endswith("?") and first not in _QUESTION_WORDS:
            end = spoken.tokens[place][1]
            ramp = np.clip((at - (end - _RISE_S)) / _RISE_S, 0.0, 1.0)
            factor *= np.where(at <= end + 0.1, 1.0 + _RISE * ramp**1.5, 1.0)
        sentence_start = place + 1
    return factor


def _warped(envelope: Samples, formants: float) -> Samples:
    bins = np.arange(envelope.shape[1])
    source = np.clip(bins / formants, 0, bins[-1])
    return np.ascontiguousarray([np.interp(source, bins, row) for row in envelope])
