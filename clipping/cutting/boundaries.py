"""In and out: the stretch of a recording that becomes a clip, and why exactly there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from clipping.cutting.exchange import exchange_around
from clipping.cutting.framing import Frame, frame_moment
from clipping.cutting.silences import Places, Span, places_of
from clipping.errors import CutImpossible
from clipping.language.sentences import Script, script_near
from clipping.listening.moments import Moment
from transcription.transcript import Transcript

LIMIT = Fraction(55)  # seconds of body: with the end card under the 60 s at which platforms begin to refuse
LEAST = Fraction(6)  # seconds: below this nobody knows what it was about
CONTEXT = Fraction(30)
REACH = Fraction(120)  # words further away decide nothing
BEFORE_SILENT, AFTER_SILENT = Fraction(3), Fraction(12)  # around a time at which nothing is said


@dataclass(frozen=True, slots=True)
class Cut:
    """One contiguous stretch, seconds of media time.

    `quote`: every word in it, verbatim. `before` and `after`: the words of 30 s either side. `why`: what
    decided the boundaries. `warnings`: what an editor must look at.
    """

    start: Fraction
    end: Fraction
    why: str
    quote: str
    before: str
    after: str
    warnings: tuple[str, ...] = ()

    @property
    def duration(self) -> Fraction:
        return self.end - self.start

    def shares(self, other: Cut) -> Fraction:
        """How much of the shorter one both show, 0…1: two moments can lead to nearly the same clip."""
        both = min(self.end, other.end) - max(self.start, other.start)
        return max(Fraction(0), both) / min(self.duration, other.duration)


def choose_cut(
    transcript: Transcript,
    moment: Moment,
    *,
    duration: Fraction,
    voiced: Sequence[Span] = (),
    limit: Fraction = LIMIT,
    least: Fraction = LEAST,
) -> Cut:
    """The clip around a moment: whole sentences, question with answer, cut in silences, within `limit`.

    `duration` is the recording's, `voiced` the stretches with a voice (none: the words' own times decide).
    Raises CutImpossible (input) where the moment lies outside the recording or nothing fits the limit.
    """
    _check_moment(moment, duration, limit)
    script = script_near(transcript, moment.start, moment.end, 2 * limit + REACH)
    places = places_of(script.words, voiced, duration)
    held = [i for i in range(len(script.words)) if _meets(places, i, moment)]
    if not held:
        return _silent_cut(script, places, moment, limit)
    frame = frame_moment(script, places, held[0], held[-1], limit, least)
    start, end = places.start_before(frame.first), places.end_after(frame.last)
    if end <= start:
        raise CutImpossible("the words here have no length", "Give in and out by hand")
    why = f"{', '.join(dict.fromkeys(frame.why))}; {_edges(frame, start, end)}"
    warnings = tuple(dict.fromkeys((*moment.warnings, *frame.warnings)))
    return _cut(script, start, end, why, warnings)


def settle_cut(
    transcript: Transcript,
    start: Fraction,
    end: Fraction,
    *,
    duration: Fraction,
    limit: Fraction | None = None,
) -> Cut:
    """In and out as a person gave them, kept exactly, with warnings where a listener would object.

    Raises CutImpossible (input) where in is not before out, or either lies outside the recording.
    """
    if end <= start:
        raise CutImpossible(f"in ({float(start):.3f} s) is not before out ({float(end):.3f} s)", "Swap them")
    if start < 0 or end > duration:
        mend = f"It lasts {float(duration):.3f} s"
        raise CutImpossible(f"{float(start):.3f}–{float(end):.3f} s is not within the recording", mend)
    script = script_near(transcript, start, end, REACH)
    warnings = _objections(script, places_of(script.words, (), duration), start, end)
    if limit is not None and end - start > limit:
        warnings.append(f"{float(end - start):.1f} s is longer than the limit of {float(limit):g} s")
    return _cut(script, start, end, "in and out given by hand", tuple(warnings))


def _check_moment(moment: Moment, duration: Fraction, limit: Fraction) -> None:
    if limit <= 0:
        raise CutImpossible(f"a limit of {float(limit):g} s leaves no room", "Allow some seconds")
    if not 0 <= moment.start <= moment.end or moment.start >= duration:
        raise CutImpossible(
            f"the moment at {float(moment.start):.3f} s is not within the recording",
            f"It lasts {float(duration):.3f} s",
        )


def _meets(places: Places, word: int, moment: Moment) -> bool:
    middle = (places.starts[word] + places.ends[word]) / 2
    return moment.start <= middle <= moment.end and places.starts[word] < places.duration


def _silent_cut(script: Script, places: Places, moment: Moment, limit: Fraction) -> Cut:
    """Nothing is said: some seconds around the time, as far as the words on either side allow."""
    floor = max((e for e in places.ends if e <= moment.start), default=Fraction(0))
    ceiling = min((s for s in places.starts if s >= moment.end), default=places.duration)
    start = max(floor, moment.start - min(BEFORE_SILENT, limit / 5))
    end = min(ceiling, moment.end + AFTER_SILENT, start + limit)
    if end <= start:
        raise CutImpossible(f"there is no room for a clip at {float(moment.start):.3f} s", "Give in and out by hand")
    warnings = tuple(dict.fromkeys((*moment.warnings, "no words are known here: choose in and out by eye")))
    return _cut(script, start, end, "some seconds around the time, since nothing is said", warnings)


def _edges(frame: Frame, start: Fraction, end: Fraction) -> str:
    """Where in and out fall, as an editor would put it."""
    before = frame.places.starts[frame.first] - start
    after = end - frame.places.ends[frame.last]
    began, ended = _at(frame, frame.first), _at(frame, frame.last)
    return f"in {_air(before)} before “{began}”, out {_air(after)} after “{ended}”"


def _air(seconds: Fraction) -> str:
    return f"{float(seconds):.2f} s" if seconds > 0 else "exactly"


def _at(frame: Frame, word: int) -> str:
    return frame.script.words[word].text


def _objections(script: Script, places: Places, start: Fraction, end: Fraction) -> list[str]:
    found = []
    for name, at in (("in", start), ("out", end)):
        word = places.word_around(at)
        if word is not None:
            found.append(f"the {name}-point falls inside the word “{script.words[word].text}”")
    held = [i for i in range(len(script.words)) if start <= (places.starts[i] + places.ends[i]) / 2 < end]
    if not held:
        return [*found, "no words are known in this stretch"]
    first, last = script.sentence_at[held[0]], script.sentence_at[held[-1]]
    begun, ended = script.sentences[first].first, script.sentences[last].last
    if begun != held[0]:
        found.append(f"it begins in mid-sentence: “{_lost(script, begun, held[0] - 1)} …” is left out")
    if ended != held[-1]:
        found.append(f"it ends in mid-sentence: “… {_lost(script, held[-1] + 1, ended)}” is left out")
    return found + _separations(script, first, last)


def _lost(script: Script, first: int, last: int) -> str:
    words = script.text(first, last).split()
    return " ".join(words) if len(words) <= 20 else f"{' '.join(words[:10])} … {' '.join(words[-10:])}"


def _separations(script: Script, first: int, last: int) -> list[str]:
    """A question without its answer, an answer without its question."""
    found = []
    opening = exchange_around(script, first, first)
    if opening.question and opening.question[1] < first:
        found.append(f"the question is left out: “{script.sentences[opening.question[1]].text}”")
    closing = exchange_around(script, last, last)
    if closing.question and closing.answer and closing.question[0] <= last < closing.answer[0]:
        found.append("it ends with a question whose answer is left out")
    return found


def _cut(script: Script, start: Fraction, end: Fraction, why: str, warnings: tuple[str, ...]) -> Cut:
    return Cut(
        start=start,
        end=end,
        why=why,
        quote=_said(script, start, end),
        before=_said(script, max(Fraction(0), start - CONTEXT), start),
        after=_said(script, end, end + CONTEXT),
        warnings=warnings,
    )


def _said(script: Script, start: Fraction, end: Fraction) -> str:
    """The words whose middle lies in [start, end)."""
    return " ".join(word.text for word in script.words if start <= (word.start + word.end) / 2 < end)
