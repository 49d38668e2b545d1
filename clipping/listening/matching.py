"""Where a recording says what a watchlist listens for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from clipping.language.sentences import Script, script_of
from clipping.language.wording import plain_words
from clipping.listening.entries import Entry, Watchlist
from clipping.listening.names import NameFinder
from clipping.listening.phrases import Span, find_all_of, find_near, find_phrase
from clipping.listening.spoken import Spoken
from transcription.transcript import Transcript

SHORTEST_TURN = 6  # words: a "yes" of a caller is no moment
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "rt", "hon", "prof", "mp"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (both included) match `wanted` of an entry: how well (0…1), how in words."""

    entry: Entry
    first: int
    last: int
    wanted: str
    quality: float
    how: str
    warnings: tuple[str, ...] = ()


def find_hits(
    transcript: Transcript, watchlist: Watchlist, *, programme: str | None = None, channel: str | None = None
) -> list[Hit]:
    """Every match of every entry, in the order in which things are said, then in the watchlist's order.

    An entry for another programme, channel or speaker doesn't match; where that is not known, it does,
    with a warning.
    """
    return hits_in(script_of(transcript), watchlist, programme=programme, channel=channel)


def hits_in(
    script: Script, watchlist: Watchlist, *, programme: str | None = None, channel: str | None = None
) -> list[Hit]:
    """As find_hits, for sentences already found."""
    if not script.words:
        return []
    spoken = Spoken(script)
    names = NameFinder(spoken)
    found: list[tuple[int, int, int, Hit]] = []
    for order, entry in enumerate(watchlist.entries):
        doubts = _place_doubts(entry, programme, channel)
        if doubts is None:
            continue
        for hit in _entry_hits(spoken, names, entry, doubts):
            found.append((hit.first, hit.last, order, hit))
    return [hit for _, _, _, hit in sorted(found, key=lambda row: row[:3])]


def is_same_person(label: str, wanted: str) -> bool:
    """Whether a speaker label of the captions names this person: "WHITLOCK" is Dana Whitlock."""
    said = [word for word in plain_words(label.replace(" ", "-")) if word not in _TITLES]
    meant = [word for word in plain_words(wanted.replace(" ", "-")) if word not in _TITLES]
    if not said or not meant:
        return label.strip().lower() == wanted.strip().lower()
    if set(said) <= set(meant) or set(meant) <= set(said):
        return said[-1] == meant[-1]
    return fuzz.ratio(" ".join(said), " ".join(meant)) >= 88


def shown_name(label: str) -> str:
    """A speaker label as people read it: captions write names in capitals."""
    return label.title() if label.isupper() else label


def _entry_hits(spoken: Spoken, names: NameFinder, entry: Entry, doubts: tuple[str, ...]) -> Iterator[Hit]:
    """The best hit of the entry at each place: overlapping ones are one."""
    found = list(_spans(spoken, names, entry))
    refused = {at for text in entry.unless for at in _sentences_saying(spoken, text)}
    taken: set[int] = set()
    for span, wanted in sorted(found, key=lambda f: (-f[0].quality, f[0].first, f[0].last, f[1])):
        first, last = spoken.terms[span.first].first, spoken.terms[span.last].last
        sentences = range(spoken.script.sentence_at[first], spoken.script.sentence_at[last] + 1)
        more = _speaker_doubts(spoken.script, entry, first)
        if more is None or not refused.isdisjoint(sentences) or not taken.isdisjoint(range(first, last + 1)):
            continue
        taken.update(range(first, last + 1))
        yield Hit(entry, first, last, wanted, span.quality, span.how, doubts + more)


def _spans(spoken: Spoken, names: NameFinder, entry: Entry) -> Iterator[tuple[Span, str]]:
    for text in entry.phrases:
        yield from ((span, text) for span in find_phrase(spoken, text))
    for text in entry.near:
        yield from ((span, text) for span in find_near(spoken, text))
    for text in entry.names:
        yield from ((span, text) for span in names.find(text))
    for text in entry.heard_as:
        yield from ((span, entry.names[0]) for span in names.find(text, heard_as=True))
    if entry.all_of:
        wanted = " + ".join(entry.all_of)
        yield from ((span, wanted) for span in find_all_of(spoken, entry.all_of, entry.within))
    if not (entry.phrases or entry.near or entry.names or entry.all_of):
        yield from _turns_of(spoken, entry.speakers)


def _turns_of(spoken: Spoken, speakers: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Each turn of these people, at its first sentence that says something."""
    of_word = {term.first: position for position, term in reversed(list(enumerate(spoken.terms)))}
    for turn in spoken.script.turns:
        wanted = next((who for who in speakers if turn.speaker and is_same_person(turn.speaker, who)), None)
        if wanted is None or turn.last - turn.first + 1 < SHORTEST_TURN:
            continue
        held = [of_word[word] for word in range(turn.first, turn.last + 1) if word in of_word]
        if held:
            yield Span(held[0], held[-1], 1.0, "is speaking"), wanted


def _sentences_saying(spoken: Spoken, text: str) -> Iterator[int]:
    for span in find_phrase(spoken, text):
        yield spoken.script.sentence_at[spoken.terms[span.first].first]


def _place_doubts(entry: Entry, programme: str | None, channel: str | None) -> tuple[str, ...] | None:
    """None where the entry is for somewhere else; else what is not known."""
    doubts: tuple[str, ...] = ()
    for what, known, wanted in (
        ("programme", programme, entry.programmes),
        ("channel", channel, entry.channels),
    ):
        if wanted and not known:
            doubts += (f"the {what} is not known; the entry '{entry.id}' is for {' or '.join(wanted)}",)
        elif wanted and not any(_is_same_title(known or "", one) for one in wanted):
            return None
    return doubts


def _speaker_doubts(script: Script, entry: Entry, first: int) -> tuple[str, ...] | None:
    speaker = script.speaker_of(first)
    if not entry.speakers:
        return ()
    if speaker is None:
        return (f"nothing says who speaks here; the entry '{entry.id}' is for {' or '.join(entry.speakers)}",)
    return () if any(is_same_person(speaker, wanted) for wanted in entry.speakers) else None


def _is_same_title(known: str, wanted: str) -> bool:
    return fuzz.token_set_ratio(known.lower(), wanted.lower()) >= 90
