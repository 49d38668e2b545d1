"""How something is said: asked, denied, quoted from somebody else, hesitated over: what is fair to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from clipping.language.sentences import Script, Sentence, pause_after
from clipping.language.word_lists import FILLERS, NEGATIONS
from clipping.language.wording import plain_words

HESITATION = Fraction(9, 10)  # a pause within a sentence that a listener notices

_ASKING = re.compile(
    r"^(?:(?:but|and|so|well|now|ok|okay|minister|sorry|then)[ ,]+)*"
    r"(?:who|what|when|where|why|how|which|whose"
    r"|(?:do|does|did|is|are|was|were|will|would|can|could|should|shall|have|has|had|may|might)(?:n't|nt)?"
    r" (?:not )?(?:you|he|she|it|they|we|i|this|that|there|the|your|his|her|their|mr|ms|mrs|any|anyone)\b)"
)
_STATEMENT = re.compile(
    r"^(?:what|how|when|where|why|which|who)(?: \w+){0,3} (?:is|was|are) (?:that|this|simple|clear)\b"
)
_SAYING = (
    r"(?:said|says|saying|claimed|claims|claiming|wrote|writes|tweeted|posted|argued|argues|insisted|insists"
    r"|promised|told (?:us|me|you|parliament|voters|the \w+|this \w+)|boasted|boasts"
    r"|announced|stated|states|reckons|thinks|called|calls|accused|accuses)"
)
_OTHERS = (
    r"(?:he|she|they|it|you|who|people|some|many|critics|opponents|experts|everyone|everybody"
    r"|(?:the|your|his|her|their|our opponents'?|a|one|this|that) (?:[\w'-]+ ){1,4}?|[a-z]+ [a-z]+ )"
)
_QUOTING = (
    re.compile(rf"\b{_OTHERS} ?(?:have |has |had |have just |just |once |also |even |actually |then )?{_SAYING}\b"),
    re.compile(r"\b(?:i quote|quote|quoting|to quote|in (?:his|her|your|their) (?:own )?words|your words were)\b"),
    re.compile(r"\baccording to\b|\bin the words of\b|\b(?:it is|it has been|we were|we are|been) (?:said|told)\b"),
    re.compile(rf"\byour (?:own )?(?:manifesto|leaflet|website|colleague|leader|party|letter|report) {_SAYING}\b"),
)
_OWN = re.compile(
    r"\b(?:i|we)(?: have| had| will| would|'ve|'d)?(?: always| just| also| already| then| once| never)? "
    r"(?:said|say|told|promised|wrote|argued|insist|insisted|claim|claimed|announced|think|called)\b"
)
_AFTER = re.compile(
    rf"^(?:(?:he|she|they|you) {_SAYING}|(?:said|says|wrote|claimed|claims) (?:the|he|she|mr|ms|mrs|sir|dr)\b"
    r"|end quote|unquote|that is what (?:he|she|they|you) said)"
)
_NOT_REALLY = re.compile(r"\b(?:not (?:only|just|merely)|no (?:doubt|question)|nothing less|not surprising)\b")
_OPENING, _CLOSING = re.compile(r"[“\"«‘]"), re.compile(r"[”\"»]")


@dataclass(frozen=True, slots=True)
class Manner:
    """How words `first` to `last` were said. `quoting`: the wording that gives a quotation away, else ""."""

    is_question: bool
    is_denied: bool
    quoting: str
    hesitation: str
    speaker: str | None
    by_asker: bool  # said by whoever asks the questions here


def manner_of(script: Script, first: int, last: int, *, denies: bool = False) -> Manner:
    """How the words `first` to `last` were said. `denies`: the wording looked for is itself a denial."""
    sentence = script.sentences[script.sentence_at[last]]
    return Manner(
        is_question=is_question(sentence),
        is_denied=not denies and _is_denied(script, first, last),
        quoting=_quoting(script, first, last),
        hesitation=_hesitation(script, first, last),
        speaker=script.speaker_of(first),
        by_asker=asks(script, sentence.turn),
    )


def is_question(sentence: Sentence) -> bool:
    """By its mark; where the sentence has no mark, by its order of words."""
    text = sentence.text.rstrip("\"'”’)] ")
    if text.endswith("?"):
        return True
    if text.endswith((".", "!", "…")):
        return False
    plain = _plain(sentence.text)
    return bool(_ASKING.match(plain)) and not _STATEMENT.match(plain)


def asks(script: Script, turn: int) -> bool:
    """Whether this turn puts a question to somebody who then speaks."""
    own = script.turns[turn]
    if turn + 1 >= len(script.turns):
        return False
    asked = script.sentences[max(own.first_sentence, own.last_sentence - 1) : own.last_sentence + 1]
    return any(is_question(sentence) for sentence in asked)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").replace(",", "").split())


def _quoting(script: Script, first: int, last: int) -> str:
    """Who said it before, as the speaker puts it: in this sentence or the one that leads into it."""
    marked = _between_marks(script, first, last)
    if marked:
        return marked
    sentence = script.sentence_at[first]
    begin = script.sentences[sentence].first
    lead = _attribution(_plain(script.text(begin, first)))
    if not lead and sentence > 0 and script.sentences[sentence - 1].turn == script.sentences[sentence].turn:
        before = script.sentences[sentence - 1]
        ending = _attribution(_plain(before.text))
        colon = before.text.rstrip().endswith((":", "quote.", "quote"))
        lead = ending if colon or re.search(r"\bquot(?:e|ing)\b", ending) else ""
    end = script.sentences[script.sentence_at[last]].last
    after = _AFTER.match(_plain(script.text(last + 1, min(last + 8, end))))
    return lead or (after[0] if after else "")


def _attribution(lead: str) -> str:
    for pattern in _QUOTING:
        for found in pattern.finditer(lead):
            if not _OWN.search(lead[max(0, found.start() - 12) : found.end()]):
                return found[0].strip()
    return ""


def _between_marks(script: Script, first: int, last: int) -> str:
    """Within quotation marks of at least three words (fewer are a doubt, not a quotation)."""
    turn = script.turn_of(first)
    opened = None
    for index in range(max(turn.first, first - 60), first + 1):
        text = script.words[index].text
        if _OPENING.match(text):
            opened = index
        if opened is not None and index < first and _CLOSING.search(text[1:]):
            opened = None
    if opened is None:
        return ""
    ends = (i for i in range(opened, turn.last + 1) if _CLOSING.search(script.words[i].text[1:]))
    closed = next(ends, turn.last)
    return "in quotation marks" if closed >= last and closed - opened >= 2 else ""


def _is_denied(script: Script, first: int, last: int) -> bool:
    """A "not" in the words, or up to six words before them in the same sentence and clause."""
    begin = max(script.sentences[script.sentence_at[first]].first, first - 6)
    for index in range(first - 1, begin - 1, -1):
        if re.search(r"[,;:–—]$", script.words[index].text):
            begin = index + 1
            break
    text = _NOT_REALLY.sub("", " ".join(t for w in script.words[begin : last + 1] for t in plain_words(w.text)))
    return any(word in NEGATIONS for word in text.split())


def _hesitation(script: Script, first: int, last: int) -> str:
    """What a listener notices in the sentence: a filler, a word said twice, a long pause. "" if nothing."""
    begin = script.sentences[script.sentence_at[first]].first
    end = script.sentences[script.sentence_at[last]].last
    for index in range(begin, end + 1):
        plain = re.sub(r"[^\w]", "", script.words[index].text.lower())
        following = re.sub(r"[^\w]", "", script.words[index + 1].text.lower()) if index < end else ""
        if plain in FILLERS and plain not in {"err", "ah", "eh", "mm"}:
            return "the speaker hesitated"
        if plain and plain == following and plain not in {"that", "had", "very", "no", "yes", "never", "really"}:
            return "the speaker started again"
        pause = pause_after(script.words, index) if index < end else Fraction(0)
        if pause >= HESITATION:
            return f"the speaker paused for {float(pause):.1f} s"
    return ""
