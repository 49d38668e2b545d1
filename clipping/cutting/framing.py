"""Which words a clip holds: whole sentences around the moment, question with answer, within the limit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from clipping.cutting.exchange import exchange_around
from clipping.cutting.silences import Places
from clipping.errors import CutImpossible
from clipping.language.sentences import Script, clause_end, pause_after
from transcription.transcript import TimedBy

REST_OF_ANSWER = Fraction(12)  # seconds: an answer that ends so soon is heard out
_LEANING = frozenset({"and", "but", "so", "because", "which", "that", "it", "he", "she", "they", "or", "also", "then"})
_QUALIFYING = frozenset(
    {"but", "however", "although", "though", "except", "unless", "yet", "only", "sorry", "rather", "provided"}
)


@dataclass(slots=True)
class Frame:
    """Words `first` to `last` of the clip while they are being chosen, with the reasons and the warnings."""

    script: Script
    places: Places
    limit: Fraction
    first: int
    last: int
    why: list[str]
    warnings: list[str]

    def length(self, first: int, last: int) -> Fraction:
        return self.places.end_after(last) - self.places.start_before(first)

    def take(self, first: int, last: int) -> bool:
        """Widen to these words too, if that fits."""
        first, last = min(first, self.first), max(last, self.last)
        if self.length(first, last) > self.limit:
            return False
        self.first, self.last = first, last
        return True

    @property
    def sentences(self) -> tuple[int, int]:
        return self.script.sentence_at[self.first], self.script.sentence_at[self.last]


def frame_moment(script: Script, places: Places, first: int, last: int, limit: Fraction, least: Fraction) -> Frame:
    """The words of a clip around the moment's words `first` to `last`. Raises CutImpossible."""
    frame = Frame(script, places, limit, first, last, [], [])
    own = script.sentences[script.sentence_at[first]].first, script.sentences[script.sentence_at[last]].last
    if not (frame.length(first, last) <= limit and frame.take(*own)):
        _cut_sentence(frame, *own)
        return frame
    frame.why.append("whole sentences")
    if not _keep_exchange(frame):
        _take_lead_in(frame)
    _take_qualifier(frame)
    _allow_for_late_captions(frame)
    _reach_least(frame, least)
    _say_what_is_broken(frame)
    return frame


def _keep_exchange(frame: Frame) -> bool:
    """Question with answer. True if there is a question and it is in the clip."""
    first, last = frame.sentences
    exchange = exchange_around(frame.script, first, last)
    if exchange.question is None:
        return False
    asked = exchange.question
    if first <= asked[1]:
        _take_answer(frame, asked, exchange.answer)
        return True
    has_question = _take_question(frame, asked)
    end = _last(frame, exchange.answer[1]) if exchange.answer else 0
    if end > frame.last and frame.places.ends[end] <= _soon(frame) and frame.take(frame.first, end):
        frame.why.append("the answer is heard to its end")
    return has_question


def _take_answer(frame: Frame, asked: tuple[int, int], answer: tuple[int, int] | None) -> None:
    """The moment is in the question: from where it begins, until the answer ends."""
    frame.take(_first(frame, asked[0]), _last(frame, asked[1]))
    if answer is None:
        frame.warnings.append("this is a question, and nobody answers it in this recording")
        return
    if frame.take(frame.first, _last(frame, answer[1])):
        frame.why.append("a question with all of its answer")
        return
    heard = [i for i in range(answer[0], answer[1] + 1) if frame.take(frame.first, _last(frame, i))]
    more = frame.places.ends[_last(frame, answer[1])] - frame.places.ends[frame.last]
    if heard:
        frame.why.append("a question with as much of its answer as fits")
        frame.warnings.append(f"the answer goes on for {float(more):.0f} s: it doesn't fit the limit")
    else:
        frame.warnings.append("the answer to this question doesn't fit the limit and is left out")


def _take_question(frame: Frame, asked: tuple[int, int]) -> bool:
    """The moment is in an answer: with all of the question, or at least its last sentence."""
    for sentence in dict.fromkeys(asked):
        if frame.take(_first(frame, sentence), frame.last):
            frame.why.append("the question stays with its answer")
            return True
    question = frame.script.sentences[asked[1]]
    ago = frame.places.starts[frame.first] - frame.places.ends[question.last]
    frame.warnings.append(
        f"the question “{_short(question.text)}” was asked {float(ago):.0f} s earlier and doesn't fit"
    )
    return False


def _take_lead_in(frame: Frame) -> None:
    """A sentence that leans on the one before ("And that …") takes it along, two at most."""
    for _ in range(2):
        sentence = frame.script.sentences[frame.sentences[0]]
        begins_turn = sentence.first == frame.script.turns[sentence.turn].first
        if begins_turn or _word(frame, sentence.first) not in _LEANING:
            return
        if not frame.take(_first(frame, frame.sentences[0] - 1), frame.last):
            return
        frame.why.append("with the sentence that it leans on")


def _take_qualifier(frame: Frame) -> None:
    """A "But …" that follows at once belongs to what was said, above all when it weakens it."""
    for _ in range(2):
        following = frame.sentences[1] + 1
        if following >= len(frame.script.sentences):
            return
        sentence = frame.script.sentences[following]
        same_turn = sentence.turn == frame.script.sentences[frame.sentences[1]].turn
        if not same_turn or _word(frame, sentence.first) not in _QUALIFYING:
            return
        if not frame.take(frame.first, sentence.last):
            frame.warnings.append(f"what follows qualifies it and doesn't fit: “{_short(sentence.text)}”")
            return
        frame.why.append("with the sentence that qualifies it")


def _allow_for_late_captions(frame: Frame) -> None:
    """Words timed by their captions were said earlier than shown: one more sentence before is kept."""
    edges = {frame.places.timed_by[frame.first], frame.places.timed_by[frame.last]}
    if TimedBy.CUE not in edges:
        return
    if frame.sentences[0] and frame.take(_first(frame, frame.sentences[0] - 1), frame.last):
        frame.why.append("a sentence more at the front, since the captions may be late")
    frame.warnings.append("in and out are known only from caption times: check both by ear")


def _reach_least(frame: Frame, least: Fraction) -> None:
    """Too short to follow: more of the same speaker, first what comes after, then what came before."""
    while frame.length(frame.first, frame.last) < least:
        begin, end = frame.sentences
        own = (
            frame.script.turns[frame.script.sentences[begin].turn],
            frame.script.turns[frame.script.sentences[end].turn],
        )
        if end < own[1].last_sentence and frame.take(frame.first, _last(frame, end + 1)):
            continue
        if begin > own[0].first_sentence and frame.take(_first(frame, begin - 1), frame.last):
            continue
        if end + 1 < len(frame.script.sentences) and frame.take(frame.first, _last(frame, end + 1)):
            continue
        if not (begin and frame.take(_first(frame, begin - 1), frame.last)):
            return


def _say_what_is_broken(frame: Frame) -> None:
    """Captions without full stops were split at clauses and pauses: these are not the speaker's own ends."""
    begin, end = frame.sentences
    before = begin and frame.script.sentences[begin - 1]
    if not frame.script.sentences[end].is_whole or (before and not before.is_whole):
        frame.why[0] = "cut at clauses, since no full stop is near"
        frame.warnings.append("no full stop is near: it begins or ends in mid-sentence")


def _cut_sentence(frame: Frame, begin: int, end: int) -> None:
    """Words `begin` to `end` are whole sentences and don't fit: the best clause or pause on either side."""
    first, last = frame.first, frame.last
    if frame.length(first, last) > frame.limit:
        frame.warnings.append("the moment itself is longer than the limit: only its beginning is kept")
        starts, ends = [first], list(range(first, last))
    else:
        starts, ends = list(range(begin, first + 1)), list(range(last, end + 1))
    fits = [(a, b) for a in starts for b in ends if frame.length(a, b) <= frame.limit]
    if not fits:
        mend = "Allow a longer clip, or give in and out by hand"
        raise CutImpossible(f"no words fit into {float(frame.limit):g} s here", mend)
    frame.first, frame.last = max(fits, key=lambda pair: (_worth(frame, *pair), -pair[0], -pair[1]))
    seconds = float(frame.places.ends[end] - frame.places.starts[begin])
    frame.why.append("cut at a clause or a pause, since the sentence is too long")
    frame.warnings.append(
        f"what is said runs for {seconds:.0f} s without a break that fits {float(frame.limit):g} s: "
        "it begins or ends in mid-sentence"
    )


def _worth(frame: Frame, first: int, last: int) -> Fraction:
    """Good edges first, then more of the sentence."""
    full = frame.length(first, last) / frame.limit
    return _edge(frame.script, first - 1) + _edge(frame.script, last) + full / 2


def _edge(script: Script, word: int) -> Fraction:
    """How well one may cut after this word: a sentence's end 3, else 1 for a clause's, and the pause."""
    if word < 0:
        return Fraction(3)
    sentence = script.sentences[script.sentence_at[word]]
    if sentence.last == word and sentence.is_whole:
        return Fraction(3)
    return min(pause_after(script.words, word), Fraction(1)) + clause_end(script.words, word)


def _soon(frame: Frame) -> Fraction:
    return frame.places.ends[frame.last] + REST_OF_ANSWER


def _first(frame: Frame, sentence: int) -> int:
    return frame.script.sentences[sentence].first


def _last(frame: Frame, sentence: int) -> int:
    return frame.script.sentences[sentence].last


def _word(frame: Frame, word: int) -> str:
    return "".join(c for c in frame.script.words[word].text.lower() if c.isalpha())


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 14 else f"{' '.join(words[:14])} …"
