"""Reads a line of text off a picture, with the recogniser whose models are in the rapidocr wheel.

Recognition only: the plan says where each line stands, so nothing has to be searched for. The model is loaded
once per process (0.2 processor seconds) and reads a line in about 0.07. Any number of threads may read at once.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

Grey = npt.NDArray[np.uint8]


_LOADING = threading.Lock()


class _Recogniser(Protocol):
    def __call__(self, images: list[Grey]) -> tuple[list[tuple[str, float]], float]: ...


@cache
def _recogniser() -> _Recogniser:
    import rapidocr_onnxruntime
    from rapidocr_onnxruntime.ch_ppocr_rec import TextRecognizer

    models = Path(rapidocr_onnxruntime.__file__).parent / "models"
    made: _Recogniser = TextRecognizer(
        {
            "model_path": str(models / "ch_PP-OCRv4_rec_infer.onnx"),
            "use_cuda": False,
            "use_dml": False,
            "intra_op_num_threads": 1,  # more threads spin, and cost what they save
            "inter_op_num_threads": 1,
            "rec_img_shape": [3, 48, 320],
            "rec_batch_num": 1,  # a batch is padded to its longest line
        }
    )
    return made


def reader_version() -> str:
    """The recogniser's name and version, for the record."""
    return f"rapidocr-onnxruntime {version('rapidocr-onnxruntime')}"


def read_line(grey: Grey) -> str:
    """The text of one line in a tight crop (h, w); empty where nothing is recognised."""
    if min(grey.shape) < 4:
        return ""
    with _LOADING:  # else two threads that begin together load it twice; it keeps nothing between lines
        recogniser = _recogniser()
    found, _ = recogniser([np.repeat(grey[:, :, None], 3, axis=2)])
    return found[0][0] if found else ""


def squeezed(text: str) -> str:
    """Letters and digits alone, unaccented and in lower case: what a recogniser can be held to."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c)))


def can_read(text: str) -> bool:
    """Whether the recogniser knows the script: Latin, in the main."""
    letters = squeezed(text)
    return bool(letters) and sum(letter.isascii() for letter in letters) >= 0.9 * len(letters)


def share_right(seen: str, wanted: str) -> float:
    """0…1: similarity of two texts by letters and digits (normalised insertions and deletions)."""
    return fuzz.ratio(squeezed(seen), squeezed(wanted)) / 100


def share_found(seen: str, wanted: str) -> float:
    """0…1: the same for `wanted` anywhere within a longer `seen`."""
    longer, sought = squeezed(seen), squeezed(wanted)
    if len(longer) <= len(sought):
        return share_right(seen, wanted)
    return fuzz.partial_ratio(sought, longer) / 100
