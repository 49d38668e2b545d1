"""Words reduced to what they say: no capitals, signs, accents or fillers; figures read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clipping.language.figures import Figure, read_figure
from clipping.language.word_lists import FILLERS, IRREGULAR, NEGATIONS, SMALL

SLOTS = frozenset({"<number>", "<money>", "<percent>"})
_TOKEN = re.compile(r"<(?:number|money|percent)>|[£$€]?\d[\d,]*(?:\.\d+)?[a-z]*%?|%|[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDINGS = {"n't": "not", "'ve": "have", "'re": "are", "'ll": "will", "'m": "am", "'d": "would", "'s": ""}
_WHOLE = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word that says something, or one figure; `first` and `last` index the words it came from."""

    text: str
    first: int
    last: int
    figure: Figure | None = None

    @property
    def is_content(self) -> bool:
        """Carries the meaning: not a small word, or a negation, which turns it round."""
        return self.figure is not None or self.text in NEGATIONS or self.text not in SMALL

    @property
    def is_needed(self) -> bool:
        """May never be missing: a figure, a stand-in for one, a negation."""
        return self.figure is not None or self.text in SLOTS or self.text in NEGATIONS


def wording(text: str) -> tuple[Term, ...]:
    """The terms of a plain text; `first` and `last` count its space-separated words."""
    return terms_of(text.split())


def content_of(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(term for term in terms if term.is_content)


def terms_of(words: Sequence[str]) -> tuple[Term, ...]:
    """The terms of spoken words, in order. One word can hold several, a figure can span several words."""
    texts: list[str] = []
    places: list[int] = []
    for index, word in enumerate(words):
        for text in plain_words(word):
            texts.append(text)
            places.append(index)
    terms: list[Term] = []
    at = 0
    while at < len(texts):
        found = read_figure(texts, at)
        end = found[1] if found else at + 1
        terms.append(Term(" ".join(texts[at:end]), places[at], places[end - 1], found[0] if found else None))
        at = end
    return tuple(terms)


@lru_cache(maxsize=65536)
def plain_words(word: str) -> tuple[str, ...]:
    """Lower-case words in one spoken word: contractions written out, accents, signs and fillers dropped."""
    folded = unicodedata.normalize("NFKD", word.lower().replace("’", "'").replace("ʼ", "'"))
    folded = "".join(character for character in folded if not unicodedata.combining(character))
    texts: list[str] = []
    for token in _TOKEN.findall(folded):
        texts.extend(text for text in _written_out(token).split() if text not in FILLERS)
    return tuple(texts)


def _written_out(token: str) -> str:
    if token in _WHOLE:
        return _WHOLE[token]
    for ending, full in _ENDINGS.items():
        if token.endswith(ending) and len(token) > len(ending):
            return f"{token.removesuffix(ending)} {full}"
    return token.replace("'", "")


@lru_cache(maxsize=65536)
def bases(text: str) -> frozenset[str]:
    """What a word may be a form of, itself included: two words are forms of one where these meet."""
    if text == "never":
        return frozenset({"never", "not"})
    found = {text, IRREGULAR.get(text, text)}
    if len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "us", "is")):
        found.add(text[:-1])
        found.update({text[:-3] + "y"} if text.endswith("ies") else ())
        found.update({text[:-2]} if text.endswith(("ses", "xes", "zes", "ches", "shes", "oes")) else ())
    for ending in ("ing", "ed"):
        root = text.removesuffix(ending)
        if root != text and len(root) >= 2 and any(vowel in root for vowel in "aeiouy"):
            found |= {root, root + "e"}
            found.update({root[:-1]} if len(root) > 3 and root[-1] == root[-2] else ())
            found.update({root[:-1] + "y"} if root.endswith("i") else ())
    return frozenset(found)
