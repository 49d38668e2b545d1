"""Pronunciations: CMUdict from the pocketsphinx wheel, and rules for what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pocketsphinx import get_model_path

from transcription.align.letters import letters_to_phones

_LETTERS = {"a.": "EY", "p.": "P IY", "m.": "EH M"}
_VOICELESS = frozenset(["P", "T", "K", "F", "TH"])
_HISSING = frozenset(["S", "Z", "SH", "ZH", "CH", "JH"])


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[str, ...]]:
    """Word → its pronunciations, about 125,000 words."""
    found: dict[str, list[str]] = {}
    path = Path(get_model_path("en-us/cmudict-en-us.dict"))
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, phones = line.rstrip("\n").partition(" ")
            found.setdefault(word.partition("(")[0], []).append(phones)
    return {word: tuple(phones) for word, phones in found.items()}


def pronunciations(token: str) -> tuple[str, ...]:
    """Every known pronunciation of a spoken token, or one by rule. ARPAbet, space-separated."""
    known = _dictionary().get(token) or _dictionary().get(token.rstrip("."))
    if known:
        return known
    stem = _dictionary().get(token.removesuffix("'s")) if token.endswith("'s") else None
    if stem:
        return tuple(_possessive(phones) for phones in stem)
    return (_LETTERS.get(token) or letters_to_phones(token),)


def dictionary_lines(tokens: Iterable[str]) -> Iterator[str]:
    """Lines of a pocketsphinx dictionary that holds just these tokens."""
    for token in sorted(set(tokens)):
        for number, phones in enumerate(dict.fromkeys(pronunciations(token)), start=1):
            yield f"{token} {phones}" if number == 1 else f"{token}({number}) {phones}"


def _possessive(phones: str) -> str:
    last = phones.rsplit(" ", 1)[-1]
    if last in _HISSING:
        return f"{phones} IH Z"
    return f"{phones} S" if last in _VOICELESS else f"{phones} Z"
