"""Numbers as people say them: "a quarter of a million", "1.2m", "hundreds of thousands"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CARDINALS: Final = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES: Final = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "k": 1_000, "grand": 1_000,
    "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "billion": 1e9, "bn": 1e9,
}  # fmt: skip
# Vague words are taken at the least that they can mean: two of the thing, three for "a few" and "several".
_PLURALS: Final = {
    "tens": 20.0, "dozens": 24.0, "scores": 40.0, "hundreds": 200.0,
    "thousands": 2e3, "millions": 2e6, "billions": 2e9,
}  # fmt: skip
_FEW: Final = {"a couple of": 2.0, "a couple": 2.0, "a few": 3.0, "several": 3.0, "multiple": 2.0}
_PARTS: Final = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10, "hundredth": 1 / 100,
}  # fmt: skip
ORDINALS: Final = {"second": 2, "other": 2} | {part: round(1 / share) for part, share in _PARTS.items() if share < 0.5}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:dozen|hundred|thousand|million|billion|grand|mln|mil|mn|bn|k|m)"
_SPELT_SCALE = r"(?:dozen|hundred|thousand|million|billion)"
_WORD = rf"(?:{'|'.join(sorted(_CARDINALS, key=len, reverse=True))})"
_PART = rf"(?:{'|'.join(_PARTS)})s?"
_SMALL = rf"(?:a|one|two|three|four|five|six|seven|eight|nine|{_DIGITS})"
_PART_OF = rf"(?:(?:{_SMALL}[ -])?{_PART}(?: of)? (?:a|one) (?:hundred )?(?:dozen|thousand|million|billion))"
_PLURAL = r"(?:(?:(?:tens|dozens|scores|hundreds) of )?(?:thousands|millions|billions)|tens|dozens|scores|hundreds)"
_AND_A_HALF = (
    rf"(?:(?:a|one) {_SCALE} and a half|(?:{_WORD}|\d+) and (?:a |one )?{_PART}(?: {_SCALE})?"
    rf"|\d+ and \d/\d(?: {_SCALE})?)"
)
_VAGUE = rf"(?:(?:{'|'.join(_FEW)})(?: {_SCALE})+|(?:{'|'.join(_FEW)}))"
_FIGURE = rf"(?:{_DIGITS}(?: ?{_SCALE}\b)?(?: {_SCALE}\b)*)"
_SPELT = rf"(?:(?:{_WORD}|(?:a )?{_SPELT_SCALE})(?:(?:[ -]and[ -]|[ -])(?:{_WORD}|{_SPELT_SCALE})\b)*)"
SIMPLE: Final = rf"(?:{_DIGITS}|{_WORD}|(?:a )?hundred|(?:a )?thousand)"
NUMBER: Final = rf"(?<![\w.,])(?:{_PART_OF}|{_AND_A_HALF}|{_VAGUE}|{_PLURAL}|{_FIGURE}|{_SPELT})(?!\w)"
FRACTION: Final = rf"(?<![\w.,])(?:(?:{_SMALL})[ -]{_PART}|half|{_DIGITS}/{_DIGITS})(?!\w)"


def number_of(phrase: str) -> float:
    """The number that a phrase matched by NUMBER says; of a vague one ("thousands") the least it can mean."""
    words = phrase.replace("-", " ").split()
    for read in (_part_of, _plural, _few, _and_a_half):
        number = read(" ".join(words), words)
        if not math.isnan(number):
            return number
    return _cardinal(words)


def fraction_of(phrase: str) -> float:
    """The number that a phrase matched by FRACTION says: "two-thirds", "1/3", "half". NaN where it divides by 0."""
    if "/" in phrase:
        above, below = (float(part.replace(",", "")) for part in phrase.split("/"))
        return above / below if below else math.nan
    *many, part = phrase.replace("-", " ").split()
    share = _PARTS[part.removesuffix("s")]
    return share * (_cardinal(many) if many and many != ["a"] else 1)


def _part_of(phrase: str, words: list[str]) -> float:
    match = re.fullmatch(rf"(?P<part>(?:{_SMALL} )?{_PART})(?: of)? (?:a|one) (?P<scale>.+)", phrase)
    return fraction_of(match["part"]) * _product(match["scale"].split()) if match else math.nan


def _plural(phrase: str, words: list[str]) -> float:
    if words[-1] not in _PLURALS:
        return math.nan
    if "of" in words:  # hundreds of thousands: 200 × 1,000
        return _PLURALS[words[0]] * _PLURALS[words[-1]] / 2
    return _PLURALS[words[-1]]


def _few(phrase: str, words: list[str]) -> float:
    for few, least in _FEW.items():
        if phrase == few or phrase.startswith(few + " "):
            return least * _product(phrase.removeprefix(few).split())
    return math.nan


def _and_a_half(phrase: str, words: list[str]) -> float:
    if match := re.fullmatch(rf"(?:a|one) ({_SCALE}) and a half", phrase):
        return 1.5 * _SCALES[match[1]]
    if match := re.fullmatch(rf"(.+) and ((?:(?:a|one) )?{_PART}|\d/\d)((?: {_SCALE})?)", phrase):
        return (_cardinal(match[1].split()) + fraction_of(match[2])) * _product(match[3].split())
    return math.nan


def _product(scales: list[str]) -> float:
    return math.prod(_SCALES[scale] for scale in scales)


def _cardinal(words: list[str]) -> float:
    """ "two hundred and fifty thousand", "1.2 m", "250k": what stands before a scale is multiplied by it."""
    total, group = 0.0, 0.0
    for number, scale in _pieces(words):
        group += number
        if scale:
            group = (group or 1) * _SCALES[scale]
        if scale and _SCALES[scale] >= 1_000:
            total, group = total + group, 0.0
    return total + group


def _pieces(words: list[str]) -> Iterator[tuple[float, str]]:
    for word in words:
        match = re.fullmatch(rf"({_DIGITS})?({_SCALE})?", word)
        if word in _CARDINALS:
            yield float(_CARDINALS[word]), ""
        elif match is not None:
            yield float((match[1] or "0").replace(",", "")), match[2] or ""
