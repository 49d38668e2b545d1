"""Text made safe, split into runs of one face each, measured and broken into lines.

Measured with the same shaping as libass uses (HarfBuzz, through PIL's raqm), so that the plan's boxes are
those of the drawn text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipping.look.fonts import Face, faces_for, pil_font

_OVERRIDE = re.compile(r"\{[^{}]*\\[^{}]*\}")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_OPENS = re.compile(r"(^|[\s(\[–—])\"")
_OPENS_ONE = re.compile(r"(^|[\s(\[–—“])'")
# Direction may be turned by letters alone: overrides, isolates and marks would let text show as another.
_TURNS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_JOINERS = "\u200c\u200d"
_UNDRAWN = _JOINERS + "\ufe0e\ufe0f\u00ad\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    face: Face


def clean(text: str) -> str:
    """One line of plain text: no override tags, markup, control or direction characters, real quotes."""
    text = _MARKUP.sub("", _OVERRIDE.sub("", text))
    kept = (" " if char.isspace() else char for char in text if _is_kept(char))
    text = unicodedata.normalize("NFC", "".join(kept))
    text = text.replace("{", "(").replace("}", ")").replace("\\", "/")
    return " ".join(_typeset(text).split())


def _is_kept(char: str) -> bool:
    if char.isspace() or char in _JOINERS:
        return True
    return char not in _TURNS and unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _typeset(text: str) -> str:
    text = _OPENS.sub(r"\1“", text).replace('"', "”")
    text = _OPENS_ONE.sub(r"\1‘", text).replace("'", "’")
    text = re.sub(r"‘(?=(?:\d0s|tis|twas|em|cause|til)\b)", "’", text)
    return re.sub(r"(?<=\s)--?(?=\s)|--", "–", text).replace("...", "…")


def missing(text: str, weight: str) -> str:
    """Characters that no shipped face can draw, each once."""
    faces = faces_for(weight)
    lost = (c for c in text if not c.isspace() and c not in _UNDRAWN and not any(f.has(c) for f in faces))
    return "".join(dict.fromkeys(lost))


def runs(text: str, weight: str) -> tuple[Run, ...]:
    """The text in stretches of one face each; what no face has stays with its neighbour's."""
    faces = faces_for(weight)
    made: list[Run] = []
    for char in text:
        face = _face_for(char, faces, made[-1].face if made else faces[0])
        if made and made[-1].face is face:
            made[-1] = Run(made[-1].text + char, face)
        else:
            made.append(Run(char, face))
    return tuple(made)


def _face_for(char: str, faces: Sequence[Face], current: Face) -> Face:
    # A space or a mark goes with the letters before it, or the shaping would fall apart.
    if char.isspace() or char in _UNDRAWN or unicodedata.combining(char):
        return current if current.has(char) or char in _UNDRAWN else faces[0]
    return next((face for face in faces if face.has(char)), current)


def width(text: str, weight: str, em_px: int) -> float:
    """Advance width in pixels."""
    return sum(pil_font(run.face.path, em_px).getlength(run.text) for run in runs(text, weight))


def ascent(text: str, weight: str, em_px: int) -> float:
    """Pixels from the top of libass' line box to the baseline: the tallest run decides."""
    return max((run.face.ascent for run in runs(text, weight)), default=faces_for(weight)[0].ascent) * em_px


def descent(text: str, weight: str, em_px: int) -> float:
    """Pixels from the baseline to the lower edge of libass' line box."""
    return max((run.face.descent for run in runs(text, weight)), default=faces_for(weight)[0].descent) * em_px


def wrap(text: str, weight: str, em_px: int, limit: float, max_lines: int) -> tuple[str, ...] | None:
    """The text in as few lines as hold it, evenly long; None where `max_lines` of `limit` pixels don't."""
    words = text.split()
    lengths = [width(word, weight, em_px) for word in words]
    space = width(" ", weight, em_px)
    for count in range(1, max_lines + 1):
        cuts = _even(lengths, space, limit, count)
        if cuts is not None:
            bounds = [0, *cuts, len(words)]
            return tuple(" ".join(words[a:b]) for a, b in pairwise(bounds))
    return None


def _even(lengths: Sequence[float], space: float, limit: float, count: int) -> tuple[int, ...] | None:
    """Word counts at which `count` lines part so that the longest is shortest (exact, by recursion)."""
    memo: dict[tuple[int, int], tuple[float, tuple[int, ...]] | None] = {}

    def line(a: int, b: int) -> float:
        return sum(lengths[a:b]) + space * (b - a - 1)

    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
        if (start, lines) not in memo:
            memo[start, lines] = search(start, lines)
        return memo[start, lines]

    def search(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
        if lines == 1:
            rest = line(start, len(lengths))
            return (rest, ()) if rest <= limit else None
        found: tuple[float, tuple[int, ...]] | None = None
        for cut in range(start + 1, len(lengths)):
            if line(start, cut) > limit:
                break
            tail = best(cut, lines - 1)
            if tail is not None and (found is None or max(line(start, cut), tail[0]) < found[0]):
                found = (max(line(start, cut), tail[0]), (cut, *tail[1]))
        return found

    result = best(0, count)
    return result[1] if result else None
