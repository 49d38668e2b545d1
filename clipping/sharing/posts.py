"""The words of a post, within each platform's own count.

Order: the quote with who said it, the answer with its first source, where it is from, who is responsible.
The credit and the imprint are never cut and, where the limit leaves 60 for the quote, never left out; where
it doesn't, the imprint (burned into the picture all through) is left out of the text, and that is said.
The answer's source goes first, then the quote is cut, between words; the answer itself goes only where fewer than
60 would be left for the quote. No hashtags.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]  # it ships no types: https://github.com/mrabarnett/mrab-regex

from clipping.sharing.platforms import Counted, Platform

LEAST_QUOTE = 60  # of the platform's own count
_LINK = regex.compile(r"https?://[^\s]+")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
# twitter-text configuration v3: these code points weigh 100, all others 200, of a scale of 100; a link is 23
_LIGHT = (range(4352), range(8192, 8206), range(8208, 8224), range(8242, 8248))
_LINK_WEIGHT = 23


@dataclass(frozen=True, slots=True)
class PostWords:
    """What there is to say. `answer` is the rebuttal's line, `source` where it stands; empty where none."""

    quote: str
    speaker: str
    credit: str
    imprint: str
    answer: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post's text. `length` is in the platform's own count; `notes` say what was left out."""

    text: str
    length: int
    limit: int
    notes: tuple[str, ...]


def graphemes(text: str) -> list[str]:
    """What a person would call the letters of a text (Unicode extended grapheme clusters)."""
    return list(regex.findall(r"\X", text))


def measured(text: str, counted: Counted) -> int:
    """The length of a text as a platform counts it."""
    if counted == "characters":
        return len(text)
    if counted == "graphemes":
        return len(graphemes(text))
    plain = unicodedata.normalize("NFC", text)
    links = len(_LINK.findall(plain))
    return links * _LINK_WEIGHT + sum(_weight(one) for one in graphemes(_LINK.sub("", plain)))


def _weight(grapheme: str) -> int:
    if _EMOJI.search(grapheme):
        return 2  # a whole emoji, however many code points it is made of
    return sum(1 if any(ord(char) in light for light in _LIGHT) else 2 for char in grapheme)


def shortened(text: str, limit: int, counted: Counted) -> str:
    """The text within `limit`, cut between words and ended with an ellipsis.

    A first word that is too long is cut itself, never inside a grapheme: an emoji stays whole or goes.
    """
    if measured(text, counted) <= limit:
        return text
    words = text.split()
    whole = _most(len(words) - 1, lambda n: measured(_cut(words[:n]), counted) <= limit)
    if whole:
        return _cut(words[:whole])
    letters = graphemes(words[0] if words else text)
    some = _most(len(letters), lambda n: measured("".join(letters[:n]) + "…", counted) <= limit)
    return "".join(letters[:some]) + "…" if some else ""


def _cut(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(",;:–—-") + "…"


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `count` that fits, by halving: longer never fits where shorter doesn't."""
    return bisect_left(range(1, count + 1), True, key=lambda n: not fits(n)) if count > 0 else 0


def write_post(words: PostWords, platform: Platform) -> Post:
    """The text for one platform by the rule above."""
    limit, counted = platform.text.limit, platform.text.counted
    foot, notes = [words.credit, words.imprint], []
    if _room(words, foot, platform) < LEAST_QUOTE:
        foot = [words.credit]
        notes.append(f"The imprint did not fit into {limit} and stands in the picture alone.")
    answers = [" ".join(part for part in (words.answer, words.source) if part), words.answer] if words.answer else []
    fitting = next((a for a in answers if _room(words, [a, *foot], platform) >= _least(words, counted)), "")
    if words.answer and fitting != answers[0]:
        what = "The answer's source" if fitting else "The answer"
        notes.append(f"{what} did not fit into {limit}; it is in rebuttal.txt.")
    rest = [fitting, *foot] if fitting else foot
    quote = shortened(words.quote, max(1, _room(words, rest, platform)), counted)
    if quote != words.quote:
        notes.append("The quote is cut short; the video has all of it.")
    text = _text(quote, words, rest)
    return Post(text, measured(text, counted), limit, tuple(notes))


def _least(words: PostWords, counted: Counted) -> int:
    """What a quote must be left with: a false claim is rather cut short than posted without its answer."""
    return min(LEAST_QUOTE, measured(words.quote, counted))


def _room(words: PostWords, foot: Sequence[str], platform: Platform) -> int:
    return platform.text.limit - measured(_text("", words, foot), platform.text.counted)


def _text(quote: str, words: PostWords, rest: Sequence[str]) -> str:
    said = f"“{quote.strip('“”')}”" if words.quote else ""  # no words are known: nothing to quote
    first = f"{said} – {words.speaker}" if said and words.speaker else said
    return "\n\n".join(part for part in (first, *rest) if part)
