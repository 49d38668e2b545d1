"""A sentence as typed, made plain, and read away piece by piece: what is left unread at the end is not understood."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TAKEN: Final = "·"  # stands where words have been read, so that places in the sentence keep their numbers
_SIGNS: Final = {
    "’": "'", "‘": "'", "‑": "-", "–": "-", "—": " - ", "⁄": "/", "≥": " at least ", ">=": " at least ",
    "≤": " at most ", "<=": " at most ", ">": " more than ", "<": " fewer than ", "~": " about ", "≈": " about ",
    "&": " and ", "%": " percent ", "@": " ",
}  # fmt: skip
_ONE: Final = "impression|view|play|share|like|comment|click|link click|reaction|save|engagement"


def plain(text: str) -> str:
    """Lower case, plain signs, single spaces, no accents; points and commas only inside numbers.

    >>> plain("Over 40% of women saw “our” clip!")
    'over 40 percent of women saw our clip'
    """
    mixed = re.sub(r"(?<=\d)(?=[½⅓¼¾⅔])", " and ", text)
    folded = "".join(c for c in unicodedata.normalize("NFKD", mixed) if not unicodedata.combining(c)).lower()
    for sign, word in _SIGNS.items():
        folded = folded.replace(sign, word)
    folded = re.sub(r"(?<=[a-z])'s\b|(?<=s)'(?!\w)", "", folded)
    folded = re.sub(r"\bno[ -]one\b", "nobody", re.sub(r"\bnot one\b", "not a single", folded))
    folded = re.sub(r"[.,](?!\d)|(?<!\d)[.,]", " ", folded)
    folded = re.sub(r"\bper ?cent\b|\bpct\b|(?<=\d)\s?pc\b", " percent ", folded)
    folded = re.sub(rf"(?<![\w.,])(1|one|a single) ({_ONE})\b", r"\1 \2s", folded)
    return " ".join(re.sub(r"[^\w\s.,'/£$€+-]|_", " ", folded).split()).strip(" .,")


class Sentence:
    """What is still unread of a plain sentence."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)
        self.left = self.text

    def take(self, pattern: str) -> re.Match[str] | None:
        """Read the first match of a pattern away; None where there is none."""
        match = re.search(pattern, self.left)
        if match:
            self.blank(*match.span())
        return match

    def take_all(self, pattern: str) -> list[re.Match[str]]:
        matches = []
        while match := self.take(pattern):
            matches.append(match)
        return matches

    def blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + TAKEN * (end - start) + self.left[end:]

    def unread(self) -> list[str]:
        """The words left, without signs at their ends."""
        words = (word.strip("-+/.,'") for word in self.left.replace(TAKEN, " ").split())
        return [word for word in words if word]
