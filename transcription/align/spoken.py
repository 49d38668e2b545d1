"""A word as written → the words a person says for it: `£3.5bn` → three point five billion pounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONES = [
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
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_UNITS = {"bn": "billion", "m": "million", "k": "thousand", "tn": "trillion", "pm": "p. m.", "am": "a. m."}
_MONEY = {"£": "pounds", "$": "dollars", "€": "euros"}
_SIGNS = {"%": "percent", "&": "and", "+": "plus", "@": "at"}
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_NUMBER = re.compile(r"([£$€]?)(\d[\d,]{0,15})(?:[.:](\d{1,6}))?(st|nd|rd|th|bn|tn|m|k|pm|am|s)?(%?)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_MAX_LETTERS = 40


@lru_cache(maxsize=50_000)
def spoken_tokens(word: str) -> tuple[str, ...]:
    """Lower-case tokens of letters and apostrophes; capitals such as NHS become letters `n. h. s.`; may be
    empty.
    """
    tokens: list[str] = []
    for part in re.split(r"[-–—/…]|\.{2,}", word.translate(_APOSTROPHES)):
        tokens.extend(_part_tokens(part.strip(".,;:!?\"'“”()[]*#_ ")))
    return tuple(tokens)


def _part_tokens(part: str) -> list[str]:
    number = _NUMBER.fullmatch(part)
    if number:
        return _number_tokens(*number.groups(default=""))
    if part in _SIGNS:
        return [_SIGNS[part]]
    if re.fullmatch(r"[A-Z]{2,5}s?", part) and not re.search(r"[AEIOUY]", part.rstrip("s")):
        return [f"{letter.lower()}." for letter in part.rstrip("s")]
    letters = unicodedata.normalize("NFKD", part.lower())
    plain = re.sub(r"[^a-z']", "", letters).strip("'")
    return [plain[:_MAX_LETTERS]] if plain else []


def _number_tokens(money: str, whole: str, fraction: str, unit: str, percent: str) -> list[str]:
    digits = whole.replace(",", "")
    value = int(digits)
    if fraction and not money and unit in {"pm", "am"}:
        tokens = _cardinal(value) + _cardinal(int(fraction))
    elif fraction:
        tokens = [*_cardinal(value), "point", *(_ONES[int(d)] for d in fraction)]
    elif not money and not unit and len(digits) == 4 and "," not in whole and 1100 <= value < 2100:
        tokens = _year(value)
    else:
        tokens = _cardinal(value)
    if unit in {"st", "nd", "rd", "th"}:
        tokens[-1] = _ordinal(tokens[-1])
    elif unit in _UNITS:
        tokens.extend(_UNITS[unit].split())
    return tokens + ([_MONEY[money]] if money else []) + (["percent"] if percent else [])


def _cardinal(value: int) -> list[str]:
    if value < 20:
        return [_ONES[value]]
    if value < 100:
        return [_TENS[value // 10], *(_cardinal(value % 10) if value % 10 else [])]
    if value < 1000:
        rest = ["and", *_cardinal(value % 100)] if value % 100 else []
        return [_ONES[value // 100], "hundred", *rest]
    for size, name in _SCALES:
        if size <= value < size * 1000:
            rest = _cardinal(value % size) if value % size else []
            return [*_cardinal(value // size), name, *rest]
    return [_ONES[int(digit)] for digit in str(value)]


def _year(value: int) -> list[str]:
    if value % 1000 < 10:
        return [*_cardinal(value // 1000), "thousand", *(["and", *_cardinal(value % 10)] if value % 10 else [])]
    century, year = divmod(value, 100)
    return _cardinal(century) + (["hundred"] if year == 0 else (["oh"] if year < 10 else []) + _cardinal(year))


def _ordinal(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"
