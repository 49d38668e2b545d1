"""A trigram model of a stretch of captions, so that the decoder expects what the captions say.

ARPA format, back-off with a fixed share of discounted mass at each order (as pocketsphinx's own `lm.py` does
it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log10

START, END = "<s>", "</s>"
_ENDING = 0.02  # of the unigram mass: a stretch of sound may end after any word


def trigram_arpa(tokens: Sequence[str], discount: float = 0.2) -> str:
    """ARPA text for the token sequence. `discount` is left for unseen continuations at each order."""
    unigrams = Counter(tokens)
    bigrams = Counter(pairwise(tokens))
    trigrams = Counter(zip(tokens, tokens[1:], tokens[2:], strict=False))
    total = len(tokens)
    p1 = {word: (1 - _ENDING) * count / total for word, count in unigrams.items()}
    follow = Counter(first for first, _ in bigrams.elements())
    p2 = {pair: (1 - discount) * count / follow[pair[0]] for pair, count in bigrams.items()}
    lines = ["\\data\\", f"ngram 1={len(p1) + 2}"]
    lines += [f"ngram 2={len(p2)}"] * bool(p2) + [f"ngram 3={len(trigrams)}"] * bool(trigrams)
    lines += ["", "\\1-grams:", f"-99 {START} 0", f"{log10(_ENDING):.4f} {END}"]
    lines += _unigram_lines(p1, p2, discount)
    if p2:
        lines += ["", "\\2-grams:", *_bigram_lines(p2, trigrams, discount)]
    if trigrams:
        lines += ["", "\\3-grams:", *_trigram_lines(bigrams, trigrams, discount)]
    return "\n".join([*lines, "", "\\end\\", ""])


def _unigram_lines(p1: dict[str, float], p2: dict[tuple[str, str], float], discount: float) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for first, second in p2:
        seen[first] += p1[second]  # type: ignore[assignment]
    for word, probability in sorted(p1.items()):
        back_off = discount / max(1 - seen[word], 1e-3) if word in seen else 1.0
        yield f"{log10(probability):.4f} {word} {log10(back_off):.4f}"


def _bigram_lines(
    p2: dict[tuple[str, str], float], trigrams: Counter[tuple[str, str, str]], discount: float
) -> Iterator[str]:
    seen: dict[tuple[str, str], float] = {}
    for first, second, third in trigrams:
        seen[first, second] = seen.get((first, second), 0.0) + p2[second, third]
    for pair, probability in sorted(p2.items()):
        back_off = discount / max(1 - seen[pair], 1e-3) if pair in seen else 1.0
        yield f"{log10(probability):.4f} {pair[0]} {pair[1]} {log10(back_off):.4f}"


def _trigram_lines(
    bigrams: Counter[tuple[str, str]], trigrams: Counter[tuple[str, str, str]], discount: float
) -> Iterator[str]:
    for (first, second, third), count in sorted(trigrams.items()):
        probability = (1 - discount) * count / bigrams[first, second]
        yield f"{log10(min(probability, 1.0)):.4f} {first} {second} {third}"
