"""Moments worth a clip: watchlist hits merged and ranked, with the reason in words, or chosen by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from clipping.errors import CutImpossible
from clipping.language.sentences import Script, script_near, script_of
from clipping.language.speech import Manner, manner_of
from clipping.language.word_lists import NEGATIONS
from clipping.language.wording import plain_words
from clipping.listening.entries import Entry, Kind, Rebuttal, Watchlist
from clipping.listening.matching import Hit, hits_in
from transcription.transcript import TimedBy, Transcript

KIND_VALUE = {
    Kind.SLIP_UP: 1.2,
    Kind.LANDED: 1.1,
    Kind.CLAIM: 1.0,
    Kind.VOICES: 0.8,
    Kind.MENTION: 0.6,
    Kind.BY_HAND: 1.0,
}
QUOTED, ASKED, DENIED, SPEAKER_UNKNOWN, HESITATED = 0.4, 0.6, 0.6, 0.85, 1.15
ALSO = 0.25  # of the score of each further entry in the same moment
NEARBY = Fraction(5)  # seconds from a time given by hand to the words that were meant
REACH = Fraction(120)  # words further away decide nothing
LONGEST_QUOTE = 60  # words


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch worth a clip.

    `start` and `end`: the words themselves, seconds of media time. `quote`: verbatim, whole sentences where
    they are not too long. `why`: the reason for its rank. `warnings`: what an editor must know.
    """

    start: Fraction
    end: Fraction
    kind: Kind
    score: float
    why: str
    quote: str
    entries: tuple[str, ...] = ()
    rebuttals: tuple[Rebuttal, ...] = ()
    warnings: tuple[str, ...] = ()
    speaker: str | None = None

    @property
    def rebuttal(self) -> Rebuttal | None:
        """The answer of the entry that counts most here."""
        return self.rebuttals[0] if self.rebuttals else None


def find_moments(
    transcript: Transcript, watchlist: Watchlist, *, programme: str | None = None, channel: str | None = None
) -> list[Moment]:
    """The watchlist's moments, best first. The same input gives the same list in the same order."""
    script = script_of(transcript)
    return moments_of(script, hits_in(script, watchlist, programme=programme, channel=channel))


def moments_of(script: Script, hits: Iterable[Hit]) -> list[Moment]:
    """Hits that overlap or share a sentence are one moment; best first, in whatever order they come."""
    return rank(_moment(script, group) for group in _groups(script, hits))


def rank(moments: Iterable[Moment]) -> list[Moment]:
    """Highest score first; of equals the earlier."""
    return sorted(moments, key=lambda m: (-m.score, m.start, m.end, m.kind, m.entries))


def by_hand(transcript: Transcript, at: Fraction, *, duration: Fraction | None = None) -> Moment:
    """The moment that a person means by a time: the sentence said then, or the nearest within five seconds.

    Raises CutImpossible (input) for a time outside the recording.
    """
    if at < 0 or (duration is not None and at >= duration):
        raise CutImpossible(f"{float(at):.3f} s is outside the recording", "Give a time within it")
    script = script_near(transcript, at, at, REACH)
    near = [one for one in script.sentences if _distance(script, one.first, one.last, at) <= NEARBY]
    if not near:
        quiet = (f"nothing is said within {NEARBY} s of this time",)
        return Moment(at, at, Kind.BY_HAND, 1.0, "by-hand: chosen by a person", "", warnings=quiet)
    # of two equally near, the one that begins after the time: people press the key just before it is said
    one = min(near, key=lambda s: (_distance(script, s.first, s.last, at), script.words[s.first].start < at))
    manner = manner_of(script, one.first, one.last)
    return Moment(
        start=script.words[one.first].start,
        end=script.words[one.last].end,
        kind=Kind.BY_HAND,
        score=1.0,
        why="by-hand: chosen by a person",
        quote=one.text,
        warnings=(*_cautions(manner, denied=False), *_time_doubts(script, one.first, one.last)),
        speaker=manner.speaker,
    )


def _distance(script: Script, first: int, last: int, at: Fraction) -> Fraction:
    return max(Fraction(0), script.words[first].start - at, at - script.words[last].end)


def _groups(script: Script, hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits joined where their sentences meet. Sorted first, so that the order of the input can't matter."""
    groups: list[list[Hit]] = []
    reach = -1
    for hit in sorted(hits, key=lambda h: (h.first, h.last, h.entry.id, h.wanted, -h.quality)):
        if groups and script.sentence_at[hit.first] <= reach:
            groups[-1].append(hit)
        else:
            groups.append([hit])
            reach = -1
        reach = max(reach, script.sentence_at[hit.last])
    return groups


def _moment(script: Script, hits: Sequence[Hit]) -> Moment:
    weighed = sorted(
        ((_score(hit, _manner(script, hit)), hit) for hit in hits),
        key=lambda row: (-row[0], row[1].first, row[1].last, row[1].entry.id, row[1].wanted),
    )
    best_of: dict[str, tuple[float, Hit]] = {}
    for score, hit in weighed:
        best_of.setdefault(hit.entry.id, (score, hit))
    ranked = list(best_of.values())
    score, best = ranked[0]
    first, last = min(hit.first for hit in hits), max(hit.last for hit in hits)
    manner = _manner(script, best)
    return Moment(
        start=script.words[first].start,
        end=script.words[last].end,
        kind=best.entry.kind,
        score=round(score + ALSO * sum(other for other, _ in ranked[1:]), 3),
        why=_why(script, best, manner, [hit for _, hit in ranked[1:]]),
        quote=_quote(script, first, last),
        entries=tuple(best_of),
        rebuttals=tuple(dict.fromkeys(hit.entry.rebuttal for _, hit in ranked if hit.entry.rebuttal)),
        warnings=_warnings(script, hits, manner, best),
        speaker=script.speaker_of(best.first),
    )


def _manner(script: Script, hit: Hit) -> Manner:
    denies = any(word in NEGATIONS for part in hit.wanted.split() for word in plain_words(part))
    return manner_of(script, hit.first, hit.last, denies=denies)


def _counts_denial(entry: Entry) -> bool:
    """A name or a voice can't be denied; a statement can."""
    return entry.kind not in {Kind.MENTION, Kind.VOICES}


def _score(hit: Hit, manner: Manner) -> float:
    score = hit.entry.weight * KIND_VALUE[hit.entry.kind] * hit.quality
    if hit.entry.kind is not Kind.MENTION:
        score *= QUOTED if manner.quoting else 1.0
        score *= ASKED if manner.is_question else 1.0
    if _counts_denial(hit.entry):
        score *= DENIED if manner.is_denied else 1.0
    if hit.entry.kind is Kind.SLIP_UP and manner.hesitation:
        score *= HESITATED
    return score * (SPEAKER_UNKNOWN if hit.warnings else 1.0)


def _why(script: Script, best: Hit, manner: Manner, others: Sequence[Hit]) -> str:
    said = _quote(script, best.first, best.last, whole=False)
    parts = [f"{best.entry.kind}: “{said}” — {_matches(best)}"]
    if manner.hesitation and best.entry.kind is Kind.SLIP_UP:
        parts.append(manner.hesitation)
    if best.entry.weight != 1:
        parts.append(f"weight {best.entry.weight:g}")
    parts.extend(f"also {hit.entry.kind}: {_matches(hit)}" for hit in others)
    less = _less(best, manner)
    if less:
        parts.append(f"counts for less: {' and '.join(less)}")
    return "; ".join(parts)


def _matches(hit: Hit) -> str:
    if hit.how == "is speaking":
        return f"{hit.wanted} is speaking, as entry '{hit.entry.id}' asks"
    if " within " in hit.how:
        return f"matches entry '{hit.entry.id}': {hit.how}"
    if hit.how.startswith(("by name", "heard as")):
        return f"names {hit.wanted} ({hit.how}), entry '{hit.entry.id}'"
    return f"matches entry '{hit.entry.id}' {hit.how}"


def _less(best: Hit, manner: Manner) -> list[str]:
    counted = best.entry.kind is not Kind.MENTION
    reasons = ["quoted from somebody else"] if manner.quoting and counted else []
    reasons += ["part of a question"] if manner.is_question and counted else []
    reasons += ["denied"] if manner.is_denied and _counts_denial(best.entry) else []
    return reasons + (["not known to be asked for here"] if best.warnings else [])


def _quote(script: Script, first: int, last: int, *, whole: bool = True) -> str:
    """Verbatim: the whole sentences, or the words alone with … where the sentences are too long."""
    begin = script.sentences[script.sentence_at[first]].first
    end = script.sentences[script.sentence_at[last]].last
    if whole and end - begin < LONGEST_QUOTE:
        return script.text(begin, end)
    if last - first >= LONGEST_QUOTE:
        return f"{script.text(first, first + LONGEST_QUOTE - 1)} …"
    if not whole:
        return script.text(first, last).strip(".,;:?!")
    return f"{'… ' if first > begin else ''}{script.text(first, last)}{' …' if last < end else ''}"


def _warnings(script: Script, hits: Sequence[Hit], manner: Manner, best: Hit) -> tuple[str, ...]:
    found = list(_cautions(manner, denied=_counts_denial(best.entry)))
    for hit in hits:
        found.extend(hit.warnings)
    first, last = min(hit.first for hit in hits), max(hit.last for hit in hits)
    return tuple(dict.fromkeys((*found, *_time_doubts(script, first, last))))


def _cautions(manner: Manner, *, denied: bool) -> tuple[str, ...]:
    """What would be unfair to leave out, as an editor would say it."""
    who = manner.speaker or ("the person who asks the questions" if manner.by_asker else "the speaker")
    found: list[str] = []
    if manner.quoting:
        how = manner.quoting if manner.quoting.startswith("in quot") else f"“{manner.quoting}”"
        found.append(f"{who} is quoting somebody else ({how}): these are not the speaker's own words")
    if manner.is_question:
        found.append(f"part of a question: {who} asks this and does not state it")
    if manner.is_denied and denied:
        found.append(f"denied: {who} says that this is not so, or the words are turned round by a “not”")
    return tuple(found)


def _time_doubts(script: Script, first: int, last: int) -> tuple[str, ...]:
    if any(word.timed_by is TimedBy.CUE for word in script.words[first : last + 1]):
        return ("the words are timed only by their captions, which may be late: check in and out by ear",)
    return ()
