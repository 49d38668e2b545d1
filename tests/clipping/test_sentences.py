"""Sentences and turns, with and without punctuation; how things are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipping.language.sentences import MOST_WORDS, Script, script_of
from clipping.language.speech import is_question, manner_of
from tests.clipping.scripts import said


def sentences(*texts: str) -> list[str]:
    return [one.text for one in script_of(said(*(("A", text) for text in texts))).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Okafor met Dr. Lee at No. 10 today.",
        "It cost 3.5 million pounds.",
        "The U.K. economy grew.",
        "We will ... er ... look at it.",
        "J. K. Lowe said so.",
    ],
)
def test_a_full_stop_that_ends_nothing_is_no_end(text: str) -> None:
    assert sentences(text) == [text]


def test_marks_end_sentences_also_inside_quotation_marks() -> None:
    assert sentences("He said “no.” Why? We don’t know!") == ["He said “no.”", "Why?", "We don’t know!"]


def test_a_hesitation_does_not_end_a_sentence_that_has_a_full_stop() -> None:
    assert len(sentences("We have [3] built homes.")) == 1


def test_without_marks_a_pause_ends_a_sentence() -> None:
    assert sentences("WE HAVE A PLAN [1] IT IS A GOOD PLAN") == ["WE HAVE A PLAN", "IT IS A GOOD PLAN"]


def test_another_speaker_ends_a_sentence_without_a_mark() -> None:
    script = script_of(said(("A", "but what about"), ("B", "let me finish")))
    assert [one.text for one in script.sentences] == ["but what about", "let me finish"]
    assert [turn.speaker for turn in script.turns] == ["A", "B"]


def test_another_name_is_another_turn_even_where_no_change_is_marked() -> None:
    script = script_of(said(("A", "One two."), ("B", "Three four."), speakers_marked=False))
    assert len(script.turns) == 2


def test_words_without_marks_or_pauses_are_split_by_clauses() -> None:
    script = script_of(said((None, "we have to do this and we will do it because it matters " * 20)))
    assert max(one.last - one.first + 1 for one in script.sentences) <= MOST_WORDS
    assert any(not one.is_whole for one in script.sentences)


@given(
    st.lists(st.sampled_from(["so", "Yes.", "what?", "Mr.", "and,", "[1]", "[6]", "HOMES", "…"]), max_size=200),
    st.booleans(),
)
def test_sentences_cover_every_word_once_and_in_order(tokens: list[str], marked: bool) -> None:
    turns = [("A", " ".join(tokens[:50])), ("B", " ".join(tokens[50:]))]
    script = script_of(said(*turns, speakers_marked=marked))
    covered = [i for one in script.sentences for i in range(one.first, one.last + 1)]
    assert covered == list(range(len(script.words)))
    assert [i for turn in script.turns for i in range(turn.first, turn.last + 1)] == covered
    for one in script.sentences:
        assert script.turns[one.turn].first <= one.first <= one.last <= script.turns[one.turn].last


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Will you resign?", True),
        ("will you resign", True),
        ("BUT MINISTER HOW MANY HOMES", True),
        ("did you or did you not say it", True),
        ("What matters is that we act.", False),
        ("what matters is that we act", False),
        ("we will see", False),
        ("Will you resign.", False),
    ],
)
def test_a_question_is_known_by_its_mark_or_by_its_order(text: str, asks: bool) -> None:
    (one,) = script_of(said(("A", text))).sentences
    assert is_question(one) is asks


def place(script: Script, words: str) -> tuple[int, int]:
    size = len(words.split())
    first = next(i for i in range(len(script.words)) if script.text(i, i + size - 1).strip("“”.,?'\"") == words)
    return first, first + size - 1


LINE = "we have built 40,000 homes"


@pytest.mark.parametrize(
    "text",
    [
        f"You said in March that {LINE}.",
        f"The prime minister told us {LINE}.",
        f"And I quote: {LINE}.",
        f"Her department claims {LINE}.",
        f"Dana Whitlock has said {LINE}.",
        f"According to your own leaflet {LINE}.",
        f"The leaflet has one line. “{LINE}.”",
        f"Well, {LINE}, she says.",
        f"Let me quote. {LINE}.",
    ],
)
def test_reported_speech_is_noticed(text: str) -> None:
    script = script_of(said(("Ruth", text)))
    assert manner_of(script, *place(script, LINE)).quoting


@pytest.mark.parametrize(
    "text",
    [
        f"I have always said {LINE}.",
        f"As I said, {LINE}.",
        f"Let me be clear, {LINE}.",
        f"He said nothing of use. And {LINE}.",
        f"And we promised it: {LINE}.",
        f"After “all” that, {LINE}.",
    ],
)
def test_ones_own_words_are_no_quotation(text: str) -> None:
    script = script_of(said(("Dana", text)))
    assert manner_of(script, *place(script, LINE)).quoting == ""


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("It is not true that we have built 40,000 homes.", True),
        ("It is simply not the case that we have built 40,000 homes.", True),
        ("Nobody says we have built 40,000 homes.", True),
        ("Not only have we but we have built 40,000 homes.", False),
        ("There is no doubt we have built 40,000 homes.", False),
        ("No, we have built 40,000 homes.", False),
    ],
)
def test_a_denial_is_noticed_near_the_words(text: str, denied: bool) -> None:
    script = script_of(said(("Dana", text)))
    assert manner_of(script, *place(script, LINE)).is_denied is denied


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("We have, er, we have built 40,000 homes.", "hesitated"),
        ("We we have built 40,000 homes.", "started again"),
        ("Well [2] we have built 40,000 homes.", "paused"),
        ("And we have built 40,000 homes.", ""),
    ],
)
def test_hesitation_is_noticed(text: str, noticed: str) -> None:
    script = script_of(said(("Dana", text)))
    hesitation = manner_of(script, *place(script, LINE)).hesitation
    assert noticed in hesitation
    assert bool(hesitation) is bool(noticed)


def test_an_empty_transcript_has_no_sentences() -> None:
    script = script_of(said())
    assert (script.sentences, script.turns, script.sentence_at) == ((), (), ())
