"""Names in speech, letter by letter, so that a misheard or oddly split name is still found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from clipping.language.word_lists import SMALL
from clipping.language.wording import plain_words
from clipping.listening.phrases import Span, best_apart
from clipping.listening.spoken import Spoken


class NameFinder:
    """Looks names up in every run of one to six spoken words, joined."""

    def __init__(self, spoken: Spoken) -> None:
        self._spoken = spoken
        words = spoken.script.words
        self._runs: dict[int, dict[str, list[int]]] = {}
        self._has_small_letters = sum(w.text[:1].islower() for w in words) * 4 >= len(words)

    def find(self, name: str, *, heard_as: bool = False) -> list[Span]:
        """Every place where a name is said. `heard_as`: the spelling is known to be wrong, taken as it is."""
        parts = plain_words(name.replace(" ", "-"))
        joined = "".join(parts)
        edits = 0 if heard_as else _edits(len(joined))
        found: list[Span] = []
        for size in {max(1, len(parts) - 1), len(parts), len(parts) + 1}:
            if edits == 0 and size != len(parts):
                continue
            found.extend(self._find(name, joined, size, edits, heard_as))
        return best_apart(found)

    def _find(self, name: str, joined: str, size: int, edits: int, heard_as: bool) -> Iterator[Span]:
        runs = self._runs_of(size)
        if edits == 0:
            alike = [(joined, 0)] if joined in runs else []
        else:
            found = process.extract(joined, runs.keys(), scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
            alike = [(text, int(distance)) for text, distance, _ in found]
        for text, distance in alike:
            for first in runs[text]:
                if self._is_name(name, first, first + size - 1, exact=distance == 0):
                    how = "by name" if distance == 0 and not heard_as else f"heard as “{self._said(first, size)}”"
                    yield Span(first, first + size - 1, round(1 - distance * 0.05, 4), how)

    def _runs_of(self, size: int) -> dict[str, list[int]]:
        if size not in self._runs:
            runs: dict[str, list[int]] = defaultdict(list)
            terms, turns = self._spoken.terms, self._spoken.turns
            for first in range(len(terms) - size + 1):
                if turns[first] == turns[first + size - 1]:
                    runs["".join(term.text for term in terms[first : first + size])].append(first)
            self._runs[size] = runs
        return self._runs[size]

    def _is_name(self, name: str, first: int, last: int, *, exact: bool) -> bool:
        """Where captions use small letters, a name has a capital; opening a sentence, that proves little."""
        if not self._has_small_letters or not name[:1].isupper():
            return exact or self._starts_alike(name, first)
        words = [self._spoken.script.words[t.first] for t in self._spoken.terms[first : last + 1]]
        if not any(word.text.lstrip("\"'“‘(")[:1].isupper() for word in words):
            return False
        begins = self._spoken.script.sentences
        at = self._spoken.script.sentence_at[self._spoken.terms[first].first]
        opens = begins[at].first == self._spoken.terms[first].first
        if exact:
            return not (opens and first == last and self._spoken.terms[first].text in SMALL)
        return not (opens and first == last) or self._starts_alike(name, first)

    def _starts_alike(self, name: str, first: int) -> bool:
        return plain_words(name)[0][:2] == self._spoken.terms[first].text[:2]

    def _said(self, first: int, size: int) -> str:
        terms = self._spoken.terms[first : first + size]
        return self._spoken.script.text(terms[0].first, terms[-1].last).strip(".,;:!?")


def _edits(letters: int) -> int:
    """How many letters may differ: none in short names, where one makes another name."""
    return 0 if letters <= 5 else 1 if letters <= 9 else 2 if letters <= 14 else 3
