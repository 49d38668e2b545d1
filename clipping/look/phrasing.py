"""Where spoken words part into captions and captions into lines: the cheapest of all partings.

A caption ends best with a sentence, next with a clause or a breath, and badly after a word that leans on the
next ("the", "of", "to"). It never holds two speakers. Lines are even and don't end on a leaning word where
that can be helped. BBC Subtitle Guidelines ("Break at natural points"); the weights are ours, by eye.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

SHORTEST = Fraction(9, 10)  # seconds: less can't be read at ease
LONGEST = Fraction(4)
BREATH = Fraction(1, 4)

_LEANING = frozenset(
    """
    a an the of to in on at by for from with into onto over under about as than that which who whose
    and or but nor so if because when while is are was were be been am do does did have has had will
    would can could shall should may might must not no my your his her its our their this these
    those i you he she it we they mr mrs ms dr sir lord lady very more most
    """.split()  # noqa: SIM905 - words read better as words
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word as drawn. Seconds of clip time."""

    text: str
    start: Fraction
    end: Fraction
    opens_turn: bool = False  # another speaker begins


@dataclass(frozen=True, slots=True)
class Rule:
    """What fits: words a line, lines, and a measure of how much of the line a text takes (1 is all of it)."""

    words_per_line: int
    max_lines: int
    measure: Callable[[str], float]


Lines = tuple[tuple[Spoken, ...], ...]


def part(words: Sequence[Spoken], rule: Rule) -> tuple[Lines, ...]:
    """Captions as lines of words; every word once, in order."""
    captions: list[Lines] = []
    for turn in _turns(words):
        captions.extend(_cheapest(turn, rule))
    return tuple(captions)


def _turns(words: Sequence[Spoken]) -> list[list[Spoken]]:
    turns: list[list[Spoken]] = []
    for word in words:
        if word.opens_turn or not turns:
            turns.append([])
        turns[-1].append(word)
    return turns


def _cheapest(words: Sequence[Spoken], rule: Rule) -> list[Lines]:
    """Shortest path over the places where a caption may end."""
    most = rule.words_per_line * rule.max_lines
    cost = [0.0] + [inf] * len(words)
    came: list[tuple[int, Lines]] = [(0, ())] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - most), end):
            lines, price = _lines(words[start:end], rule)
            total = cost[start] + price + _price(words, start, end)
            if total < cost[end]:
                cost[end], came[end] = total, (start, lines)
    return _walk_back(came)


def _walk_back(came: Sequence[tuple[int, Lines]]) -> list[Lines]:
    captions: list[Lines] = []
    at = len(came) - 1
    while at > 0:
        at, lines = came[at]
        captions.append(lines)
    return captions[::-1]


def _price(words: Sequence[Spoken], start: int, end: int) -> float:
    """What it costs to show words[start:end] together, lines apart."""
    inside = range(start, end - 1)
    price = 1.0 + sum(1.2 for i in inside if _ends_sentence(words[i].text))
    price += sum(0.8 for i in inside if _pause(words, i) > 2 * BREATH)
    price += _parting(words, end) if end < len(words) else 0.0
    if end - start == 1 and not _ends_sentence(words[start].text):
        price += 1.0
    until = words[end].start if end < len(words) else words[end - 1].end
    shown = until - words[start].start
    return price + 2.0 * max(0.0, float(SHORTEST - shown)) + max(0.0, float(shown - LONGEST))


def _parting(words: Sequence[Spoken], end: int) -> float:
    """What it costs to end a caption before words[end]."""
    last = words[end - 1].text
    breath = -0.4 if _pause(words, end - 1) >= BREATH else 0.0
    if _ends_sentence(last):
        return -1.0 + breath
    if _ends_clause(last):
        return -0.6 + breath
    return (1.4 if _leans(last) else 0.4) + breath


def _lines(words: Sequence[Spoken], rule: Rule) -> tuple[Lines, float]:
    """The best lines for one caption and their price; infinite where it can't be."""
    whole = _share(words, rule)
    if len(words) == 1 or (whole <= 1 and len(words) <= rule.words_per_line):
        return (tuple(words),), 0.0
    best: tuple[Lines, float] = ((tuple(words),), inf)
    for cut in range(1, len(words)) if rule.max_lines > 1 else ():
        upper, lower = words[:cut], words[cut:]
        price = _line_price(upper, lower, rule)
        if price < best[1]:
            best = ((tuple(upper), tuple(lower)), price)
    return best


def _line_price(upper: Sequence[Spoken], lower: Sequence[Spoken], rule: Rule) -> float:
    if max(len(upper), len(lower)) > rule.words_per_line:
        return inf
    above, below = _share(upper, rule), _share(lower, rule)
    if max(above, below) > 1:
        return inf
    last = upper[-1].text
    lean = 0.0 if _ends_clause(last) or _ends_sentence(last) else 0.7 if _leans(last) else 0.15
    return abs(above - below) * 1.2 + lean


def _share(words: Sequence[Spoken], rule: Rule) -> float:
    return rule.measure(" ".join(word.text for word in words))


def _pause(words: Sequence[Spoken], i: int) -> Fraction:
    return words[i + 1].start - words[i].end if i + 1 < len(words) else Fraction(0)


def _bare(text: str) -> str:
    return text.rstrip("”’\")]'")


def _ends_sentence(text: str) -> bool:
    bare = _bare(text)
    return bare.endswith((".", "?", "!", "…")) and bare.rstrip(".").casefold() not in {
        "mr",
        "mrs",
        "ms",
        "dr",
    }


def _ends_clause(text: str) -> bool:
    return _bare(text).endswith((",", ";", ":", "–", "—"))


def _leans(text: str) -> bool:
    return text.strip("“‘(\"'").casefold() in _LEANING
