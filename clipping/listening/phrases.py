"""Wordings in speech: in their order (phrases), in any order (near), and several things close together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz

from clipping.language.wording import Term, content_of, wording
from clipping.listening.entries import Within
from clipping.listening.spoken import EXACT, INFLECTED, SLIP, Spoken

MOST_TERMS_A_SECOND = 8  # nobody speaks faster
SLIPPED_IN = 2  # words between two words of a phrase that are not in it


@dataclass(frozen=True, slots=True)
class Span:
    """Terms `first` to `last`, how alike (0…1), and how in words."""

    first: int
    last: int
    quality: float
    how: str


def find_phrase(spoken: Spoken, text: str) -> list[Span]:
    """Every place where a phrase is said: its content words in order, close together."""
    terms = wording(text)
    content = content_of(terms)
    missable = 0 if len(content) < 4 else 1 if len(content) < 8 else 2
    found = []
    for skipped in range(missable + 1):
        if any(term.is_needed for term in content[:skipped]):
            break
        for start in spoken.places(content[skipped]):
            places = _follow(spoken, content, start, skipped, missable)
            if places is not None:
                found.append(_span(spoken, terms, content, places))
    return best_apart(span for span in found if span is not None)


def find_near(spoken: Spoken, text: str) -> list[Span]:
    """Every place where the words of a wording are said close together, in whatever order."""
    terms = wording(text)
    content = tuple(dict.fromkeys(Term(t.text, 0, 0, t.figure) for t in content_of(terms)))
    missable = 0 if len(content) <= 3 else 1 if len(content) <= 5 else 2
    reach = 2 * len(terms) + 4
    found = []
    for start in sorted({place for term in content for place in spoken.places(term)}):
        places = [_first_from(spoken, term, start, start + reach) for term in content]
        missing = [term for term, place in zip(content, places, strict=True) if place is None]
        if len(missing) <= missable and not any(term.is_needed for term in missing):
            found.append(_span(spoken, terms, content, places, loosely=True))
    return best_apart(span for span in found if span is not None)


def find_all_of(spoken: Spoken, texts: Sequence[str], within: Within) -> list[Span]:
    """Every place where all wordings are said close together; no term counts for two of them."""
    parts = [_part(spoken, text) for text in texts]
    if not all(parts):
        return []
    names = ", ".join(f"“{text}”" for text in texts)
    rarest = min(parts, key=len)
    others = [part for part in parts if part is not rarest]
    reach = 2 * within.words if within.words else int((within.seconds or 0) * MOST_TERMS_A_SECOND)
    found = []
    for span in rarest:
        together = _gather(spoken, span, others, reach)
        if together is not None and _is_within(spoken, together, within):
            quality = fmean(one.quality for one in together)
            first, last = min(s.first for s in together), max(s.last for s in together)
            found.append(Span(first, last, quality, f"{names} within {within}"))
    return best_apart(found)


def best_apart(spans: Iterator[Span] | Sequence[Span]) -> list[Span]:
    """The best of those that overlap, in the order in which they are said."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (-s.quality, s.last - s.first, s.first)):
        places = range(span.first, span.last + 1)
        if taken.isdisjoint(places):
            kept.append(span)
            taken.update(places)
    return sorted(kept, key=lambda s: s.first)


def _follow(
    spoken: Spoken, content: Sequence[Term], start: int, skipped: int, missable: int
) -> list[int | None] | None:
    """From the first word's place, the nearest place of each next one; None if too many are missing."""
    places: list[int | None] = [None] * skipped + [start]
    at, before = start, content[skipped]
    for term in content[skipped + 1 :]:
        furthest = at + (term.first - before.last) + SLIPPED_IN + places.count(None)
        place = _first_from(spoken, term, at + 1, furthest + 1)
        places.append(place)
        if place is None and (term.is_needed or places.count(None) > missable):
            return None
        if place is not None:
            at, before = place, term
    return places


def _first_from(spoken: Spoken, term: Term, start: int, stop: int) -> int | None:
    places = spoken.places(term)
    return next((place for place in range(start, min(stop, len(spoken.terms))) if place in places), None)


def _span(
    spoken: Spoken,
    terms: Sequence[Term],
    content: Sequence[Term],
    places: Sequence[int | None],
    *,
    loosely: bool = False,
) -> Span | None:
    """The stretch that these places cover, if one person says it and not too much of it is misheard."""
    held = [place for place in places if place is not None]
    first, last = min(held), max(held)
    alike = [spoken.places(t)[p] if p is not None else 0.0 for t, p in zip(content, places, strict=True)]
    slips = alike.count(SLIP)
    allowed = 0 if len(content) < 2 else 1 if len(content) < 5 else 2
    if slips > allowed or spoken.turns[first] != spoken.turns[last] or len(set(held)) < len(held):
        return None
    first, last = _with_small_words(spoken, terms, first, last)
    texts = [term.text for term in spoken.terms[first : last + 1]]
    wanted = [term.text for term in terms]
    likeness = fuzz.ratio(" ".join(wanted), " ".join(texts)) / 100
    quality = 0.8 * fmean(alike) + 0.2 * likeness
    if loosely:
        return Span(first, last, round(0.85 * quality, 4), "in other words")
    return Span(first, last, round(quality, 4), _how(alike, texts == wanted))


def _with_small_words(spoken: Spoken, terms: Sequence[Term], first: int, last: int) -> tuple[int, int]:
    """Take in the small words with which the wording begins and ends, where they are said too."""
    head = [term.text for term in terms[: next(i for i, t in enumerate(terms) if t.is_content)]]
    tail = [term.text for term in terms[max(i for i, t in enumerate(terms) if t.is_content) + 1 :]]
    for text in reversed(head):
        if first and spoken.terms[first - 1].text == text and spoken.turns[first - 1] == spoken.turns[first]:
            first -= 1
    for text in tail:
        following = last + 1
        if following < len(spoken.terms) and spoken.terms[following].text == text:
            last += spoken.turns[following] == spoken.turns[last]
    return first, last


def _how(alike: Sequence[float], is_verbatim: bool) -> str:
    if is_verbatim:
        return "word for word"
    if SLIP in alike:
        return "allowing for a word misheard"
    if 0.0 in alike:
        return "but for a word"
    return "in nearly these words" if min(alike) in (EXACT, INFLECTED) else "in part"


def _part(spoken: Spoken, text: str) -> list[Span]:
    terms = wording(text)
    if len(terms) > 1:
        return find_phrase(spoken, text)
    places = spoken.places(terms[0])
    return [Span(place, place, quality, "") for place, quality in sorted(places.items()) if quality > SLIP]


def _gather(spoken: Spoken, span: Span, others: Sequence[Sequence[Span]], reach: int) -> list[Span] | None:
    """The nearest of each other part that does not lie on one chosen already."""
    chosen, home = [span], _sentence(spoken, span)
    for part in others:
        low = bisect_left(part, span.first - reach, key=_start)
        close = part[low : bisect_right(part, span.last + reach, key=_start)]
        free = [s for s in close if all(s.last < c.first or s.first > c.last for c in chosen)]
        if not free:
            return None
        # in the same sentence if there is one, then the nearest, then the later
        chosen.append(min(free, key=lambda s: (_sentence(spoken, s) != home, _gap(span, s), -s.first)))
    return chosen


def _start(span: Span) -> int:
    return span.first


def _sentence(spoken: Spoken, span: Span) -> int:
    return spoken.script.sentence_at[spoken.terms[span.first].first]


def _gap(one: Span, other: Span) -> int:
    return max(other.first - one.last, one.first - other.last)


def _is_within(spoken: Spoken, together: Sequence[Span], within: Within) -> bool:
    first = spoken.terms[min(span.first for span in together)].first
    last = spoken.terms[max(span.last for span in together)].last
    if within.seconds is not None:
        return spoken.script.words[last].end - spoken.script.words[first].start <= within.seconds
    return within.words is None or last - first + 1 <= within.words
