"""Speech with its own timing: flite's shared libraries, asked for the wave and for when each token was said.

A small binding instead of the `flite` command, because the command prints phones but not the words they belong to.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Phone:
    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Spoken:
    """A said text: mono samples in −1…1, (start, end) in seconds of each whitespace-separated token, and the phones."""

    samples: Samples
    rate: int
    tokens: tuple[tuple[float, float], ...]
    phones: tuple[Phone, ...] = field(repr=False)


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _VoiceStruct(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


_POINTER, _TEXT, _FLOAT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float
_SIGNATURES = {
    "flite_synth_text": (_POINTER, (_TEXT, _POINTER)),
    "delete_utterance": (None, (_POINTER,)),
    "utt_wave": (ctypes.POINTER(_Wave), (_POINTER,)),
    "utt_relation": (_POINTER, (_POINTER, _TEXT)),
    "relation_head": (_POINTER, (_POINTER,)),
    "item_next": (_POINTER, (_POINTER,)),
    "item_feat_float": (_FLOAT, (_POINTER, _TEXT)),
    "ffeature_float": (_FLOAT, (_POINTER, _TEXT)),
    "ffeature_string": (_TEXT, (_POINTER, _TEXT)),
    "feat_set_float": (None, (_POINTER, _TEXT, _FLOAT)),
}
_WORD_START = b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
_WORD_END = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"


@cache
def _flite() -> ctypes.CDLL:
    library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.flite_init()
    for dependency in ("libflite_usenglish.so.1", "libflite_cmulex.so.1"):
        ctypes.CDLL(dependency, mode=ctypes.RTLD_GLOBAL)
    return library


@cache
def _registered(name: str) -> int:
    _flite()
    register = getattr(ctypes.CDLL(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    return int(register(None))


def say(text: str, voice: str, stretch: float = 1.0) -> Spoken:
    """The text as `voice` says it, `stretch` times as long as it was trained to. Same text and voice, same samples."""
    flite, pointer = _flite(), _registered(voice)
    features = ctypes.cast(pointer, ctypes.POINTER(_VoiceStruct)).contents.features
    flite.feat_set_float(features, b"duration_stretch", stretch)
    utterance = flite.flite_synth_text(text.encode(), pointer)
    try:
        wave = flite.utt_wave(utterance).contents
        samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float64) / 32768
        return Spoken(samples, wave.sample_rate, _tokens(utterance), _phones(utterance))
    finally:
        flite.delete_utterance(utterance)


def _items(utterance: int, relation: bytes) -> list[int]:
    flite, items = _flite(), []
    item = flite.relation_head(flite.utt_relation(utterance, relation))
    while item:
        items.append(item)
        item = flite.item_next(item)
    return items


def _tokens(utterance: int) -> tuple[tuple[float, float], ...]:
    flite = _flite()
    return tuple(
        (flite.ffeature_float(item, _WORD_START), flite.ffeature_float(item, _WORD_END))
        for item in _items(utterance, b"Token")
    )


def _phones(utterance: int) -> tuple[Phone, ...]:
    flite, phones, start = _flite(), [], 0.0
    for item in _items(utterance, b"Segment"):
        end = flite.item_feat_float(item, b"end")
        phones.append(Phone(flite.ffeature_string(item, b"name").decode(), start, end))
        start = end
    return tuple(phones)
