"""Where every word of a recording is said, also in other forms and slightly misheard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from clipping.language.sentences import Script
from clipping.language.wording import SLOTS, Term, bases, terms_of

EXACT, INFLECTED, SLIP = 1.0, 0.97, 0.85
SHORTEST_SLIP = 6  # letters: in shorter words one letter makes another word


class Spoken:
    """The terms of a recording and an index of them. `places` of a term: its positions → how alike (0…1)."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.terms = terms_of([word.text for word in script.words])
        self.turns = tuple(script.sentences[script.sentence_at[term.first]].turn for term in self.terms)
        self._said: dict[str, list[int]] = defaultdict(list)
        self._figures: list[int] = []
        for position, term in enumerate(self.terms):
            if term.figure is None:
                self._said[term.text].append(position)
            else:
                self._figures.append(position)
        self._of_base: dict[str, list[str]] = defaultdict(list)
        self._of_letter: dict[str, list[str]] = defaultdict(list)
        for text in self._said:
            for base in bases(text):
                self._of_base[base].append(text)
            if len(text) >= SHORTEST_SLIP:
                self._of_letter[text[0]].append(text)
        self._found: dict[Term, Mapping[int, float]] = {}

    def places(self, term: Term) -> Mapping[int, float]:
        """Positions among `terms` at which `term` is said → EXACT, INFLECTED or SLIP."""
        plain = Term(term.text, 0, 0, term.figure)
        if plain not in self._found:
            is_figure = plain.figure is not None or plain.text in SLOTS
            self._found[plain] = self._figure_places(plain) if is_figure else self._word_places(plain)
        return self._found[plain]

    def _figure_places(self, term: Term) -> dict[int, float]:
        return {place: EXACT for place in self._figures if _fits(term, self.terms[place])}

    def _word_places(self, term: Term) -> dict[int, float]:
        found: dict[int, float] = {}
        for text, quality in self._alike(term.text).items():
            found.update(dict.fromkeys(self._said[text], quality))
        return found

    def _alike(self, text: str) -> dict[str, float]:
        alike = dict.fromkeys(self._slips(text), SLIP)
        for base in bases(text):
            alike.update(dict.fromkeys(self._of_base.get(base, ()), INFLECTED))
        if text in self._said:
            alike[text] = EXACT
        return alike

    def _slips(self, text: str) -> Sequence[str]:
        if len(text) < SHORTEST_SLIP:
            return ()
        pool = self._of_letter.get(text[0], [])
        edits = len(text) // SHORTEST_SLIP
        found = process.extract(text, pool, scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
        return [choice for choice, _, _ in found]


def _fits(term: Term, said: Term) -> bool:
    """Whether a figure that was said may stand for the one looked for, or for its slot."""
    assert said.figure is not None  # noqa: S101 - the index holds figures only
    if term.figure is not None:
        return term.figure.agrees_with(said.figure)
    if said.figure.is_year or said.figure.is_one:
        return False
    return term.text in {"<number>", f"<{said.figure.unit}>"}
