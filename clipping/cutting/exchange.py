"""Questions and answers: which sentences belong together, so that neither is shown without the other."""

from __future__ import annotations

from dataclasses import dataclass

from clipping.language.sentences import Script, Turn
from clipping.language.speech import is_question

INTERJECTION = 4  # words: "But, minister …" is no turn of its own
LONGEST_QUESTION = 4  # sentences of preamble that belong to a question


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sentences of a question and its answer, both included. None where there is no such part."""

    question: tuple[int, int] | None
    answer: tuple[int, int] | None


def exchange_around(script: Script, first: int, last: int) -> Exchange:
    """The exchange of which sentences `first` to `last` are a part.

    In the question: its sentences and all of the answer. In an answer: the question it answers. Where
    captions don't mark speakers, a sentence that asks is the question, what follows the answer.
    """
    asked = _question_at(script, first, last)
    if asked is None:
        asked = _question_before(script, first)
    if asked is None:
        return Exchange(None, None)
    return Exchange(asked, _answer_after(script, asked[1]))


def _question_at(script: Script, first: int, last: int) -> tuple[int, int] | None:
    """The question that these sentences ask or lead up to, in the same turn."""
    turn = script.turns[script.sentences[last].turn]
    own = range(first, last + 1)
    if not _has_turns(script):
        return (first, last) if any(is_question(script.sentences[i]) for i in own) else None
    if turn.last_sentence >= len(script.sentences) - 1:
        return None
    asking = [i for i in range(first, turn.last_sentence + 1) if is_question(script.sentences[i])]
    ends_asking = is_question(script.sentences[turn.last_sentence]) or any(i in asking for i in own)
    # a rhetorical question within a long turn is not put to anybody
    if not asking or not ends_asking or turn.last_sentence - asking[-1] > 1:
        return None
    return (min(first, asking[0]), turn.last_sentence)


def _question_before(script: Script, first: int) -> tuple[int, int] | None:
    if not _has_turns(script):
        earlier = range(first - 1, max(-1, first - 7), -1)
        asking = next((i for i in earlier if is_question(script.sentences[i])), None)
        return None if asking is None else (asking, asking)
    at = _skip_interjections(script, script.sentences[first].turn)
    if at < 0:
        return None
    turn = script.turns[at]
    asked = [i for i in range(turn.first_sentence, turn.last_sentence + 1) if is_question(script.sentences[i])]
    if not asked or turn.last_sentence - asked[-1] > 1:
        return None
    begin = asked[-1]
    while begin - 1 in asked and asked[-1] - begin + 1 < LONGEST_QUESTION:
        begin -= 1
    return (begin, turn.last_sentence)


def _skip_interjections(script: Script, turn: int) -> int:
    """The turn before this one's speaker began: over short words thrown in and the same speaker going on."""
    speaker, at = script.turns[turn].speaker, turn - 1
    while at > 0 and _is_interjection(script, script.turns[at]) and _goes_on(script, at - 1, speaker):
        at -= 2
    return at


def _answer_after(script: Script, asked: int) -> tuple[int, int] | None:
    begin = asked + 1
    if begin >= len(script.sentences):
        return None
    if not _has_turns(script):
        end = begin
        while end + 1 < len(script.sentences) and not is_question(script.sentences[end + 1]):
            end += 1
        return (begin, end)
    at = script.sentences[begin].turn
    speaker = script.turns[at].speaker
    while (
        at + 2 < len(script.turns)
        and _is_interjection(script, script.turns[at + 1])
        and _goes_on(script, at + 2, speaker)
    ):
        at += 2
    return (begin, script.turns[at].last_sentence)


def _goes_on(script: Script, turn: int, speaker: str | None) -> bool:
    """Whether the speaker of this turn is the one interrupted. Unnamed speakers are taken to alternate."""
    return 0 <= turn < len(script.turns) and script.turns[turn].speaker == speaker


def _is_interjection(script: Script, turn: Turn) -> bool:
    asks = any(is_question(script.sentences[i]) for i in range(turn.first_sentence, turn.last_sentence + 1))
    return turn.last - turn.first < INTERJECTION and not asks


def _has_turns(script: Script) -> bool:
    return len(script.turns) > 1
