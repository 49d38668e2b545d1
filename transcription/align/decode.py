"""Hearing the captions' words in the sound: pocketsphinx with a language model made of the captions
themselves.

What is decoded is never shown to anybody (its error rate is far too high); it only tells when known words
were said.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pocketsphinx import Decoder, get_model_path

from transcription.align.language_model import trigram_arpa
from transcription.align.pronounce import dictionary_lines
from transcription.align.stretches import Stretch

_RATE = 16_000
_FRAMES = 100  # decoder frames a second
_SHORTEST = _RATE // 10


@dataclass(frozen=True, slots=True)
class HeardToken:
    """A spoken token as the decoder placed it, seconds from the start of the PCM."""

    token: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Window:
    """A minute of sound to decode, with the caption tokens that may be in it.

    `pcm` is int16 at 16 kHz and begins at `start` seconds; `stretches` are on the recording's clock.
    """

    start: float
    pcm: npt.NDArray[np.int16]
    stretches: tuple[Stretch, ...]
    tokens: tuple[str, ...]


def decode_window(window: Window) -> list[HeardToken]:
    """Every token heard in the window, in order. Empty where there is no caption to listen for."""
    if not window.tokens:
        return []
    decoder = listening_decoder(window.tokens)
    heard: list[HeardToken] = []
    for stretch in window.stretches:
        heard.extend(_decode_stretch(decoder, _cut(window, stretch), stretch.start))
    return heard


def listening_decoder(tokens: Sequence[str]) -> Decoder:
    """A decoder that knows only `tokens` and expects them in about this order."""
    with tempfile.TemporaryDirectory(prefix="soundbite-align-") as folder:
        dictionary, model = Path(folder) / "words.dict", Path(folder) / "captions.lm"
        dictionary.write_text("\n".join(dictionary_lines(tokens)) + "\n", encoding="utf-8")
        model.write_text(trigram_arpa(tokens), encoding="utf-8")
        return Decoder(hmm=get_model_path("en-us/en-us"), dict=str(dictionary), lm=str(model), loglevel="FATAL")


def force_align(decoder: Decoder, pcm: npt.NDArray[np.int16], start: float, tokens: Sequence[str]) -> list[HeardToken]:
    """Times of exactly these tokens in the sound, or nothing where they do not fit. The decoder must know
    them.
    """
    decoder.set_align_text(" ".join(tokens))
    heard = _decode_stretch(decoder, pcm, start)
    return heard if [item.token for item in heard] == list(tokens) else []


def _cut(window: Window, stretch: Stretch) -> npt.NDArray[np.int16]:
    begin, end = (round((at - window.start) * _RATE) for at in (stretch.start, stretch.end))
    return window.pcm[max(begin, 0) : max(end, 0)]


def _decode_stretch(decoder: Decoder, pcm: npt.NDArray[np.int16], start: float) -> list[HeardToken]:
    if len(pcm) < _SHORTEST:
        return []
    try:
        decoder.start_utt()
        decoder.process_raw(np.ascontiguousarray(pcm).tobytes(), full_utt=True)
        decoder.end_utt()
    except RuntimeError:  # the decoder found no path: nothing is known about this stretch
        return []
    if decoder.hyp() is None:
        return []
    return [
        HeardToken(
            item.word.partition("(")[0],
            start + item.start_frame / _FRAMES,
            start + (item.end_frame + 1) / _FRAMES,
        )
        for item in decoder.seg()
        if item.word[0] not in "<["
    ]
