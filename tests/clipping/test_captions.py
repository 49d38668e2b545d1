"""Captions: every word once, in time, in lines that fit, and hostile text made harmless."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipping.look.captions import WEIGHT, Cue, cues
from clipping.look.lettering import clean, missing, runs, width, wrap
from clipping.look.recipe import load_recipe
from tests.clipping.conftest import say

RATE = Fraction(25)
RULE = load_recipe("vertical").captions


def captions(text: str, seconds: int = 60, each: Fraction = Fraction(3, 10)) -> tuple[Cue, ...]:
    return cues(say(text, each=each), Fraction(0), seconds * 25, RATE, RULE)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("abcdefghij,.?’é", min_size=1, max_size=14), min_size=1, max_size=60),
    st.integers(1, 9),
    st.integers(1, 400),
    st.sets(st.integers(0, 59), max_size=4),
)
def test_every_word_is_shown_once_in_order_inside_the_clip(
    texts: list[str], tenths: int, body: int, turns: set[int]
) -> None:
    text = " ".join(f"> {t}" if i in turns else t for i, t in enumerate(texts))
    words = say(text, each=Fraction(tenths, 10))
    made = cues(words, Fraction(0), body, RATE, RULE)
    inside = [clean(w.text) for w in words if (w.start + w.end) / 2 < body / RATE]
    assert "".join(word for cue in made for line in cue.lines for word in line) == "".join(inside)
    last = -1
    for cue in made:
        assert last < cue.first_frame <= cue.last_frame < body
        assert all(cue.first_frame <= lit <= cue.last_frame for lit in cue.lit)
        assert list(cue.lit) == sorted(cue.lit)
        assert 1 <= len(cue.lines) <= RULE.max_lines
        assert all(width(" ".join(line), WEIGHT, RULE.size) <= RULE.width for line in cue.lines)
        assert all(len(line) <= RULE.words_per_line for line in cue.lines)
        last = cue.last_frame


def test_another_speaker_begins_a_caption() -> None:
    made = captions("Yes or > no is what I asked")
    assert [cue.lines[0][0] for cue in made][1] == "no"
    assert made[0].text == "Yes or"


def test_captions_end_with_sentences_rather_than_inside_them() -> None:
    made = captions("It was fourteen. Nobody told the House. That is all.")
    assert [cue.text for cue in made] == ["It was fourteen.", "Nobody told the House.", "That is all."]


def test_no_caption_ends_on_an_article_where_that_can_be_helped() -> None:
    text = "I went with the council to see a mill and the canal in the middle of the night with a friend"
    for cue in captions(text)[:-1]:
        assert cue.lines[-1][-1] not in {"the", "a", "of", "and", "with", "in"}


def test_small_gaps_are_closed_and_long_ones_are_not() -> None:
    near = say("One two three. Four.") + say("Five.", Fraction(22, 10)) + say("Six.", Fraction(20))
    made = cues(near, Fraction(0), 25 * 30, RATE, RULE)
    assert made[0].last_frame + 1 == made[1].first_frame
    assert made[-1].first_frame - made[-2].last_frame > 25 * 10
    assert made[-1].last_frame < 25 * 30


def test_words_outside_the_cut_are_left_out_and_times_count_from_it() -> None:
    made = cues(say("before now after", Fraction(10), Fraction(1)), Fraction(11), 25, RATE, RULE)
    assert [cue.text for cue in made] == ["now"]
    assert made[0].first_frame == 0
    assert made[0].last_frame == 24


def test_a_word_wider_than_the_line_is_taken_apart_not_shrunk() -> None:
    made = captions("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch")
    assert "".join(word for cue in made for line in cue.lines for word in line).startswith("Llanfairpwll")
    assert all(width(" ".join(line), WEIGHT, RULE.size) <= RULE.width for cue in made for line in cue.lines)


def test_a_transcript_with_times_out_of_order_still_makes_ordered_captions() -> None:
    words = (*say("later words", Fraction(5)), *say("earlier words", Fraction(1)))
    made = cues(words, Fraction(0), 500, RATE, RULE)
    assert [c.first_frame for c in made] == sorted(c.first_frame for c in made)


@given(st.text(max_size=80))
def test_nothing_that_an_ass_file_or_a_reader_would_obey_is_left(text: str) -> None:
    made = clean(text)
    assert not set(made) & set("{}\\\n\r\t\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\0")
    assert made == made.strip()
    assert clean(made) == made


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        (r"{\an8}{\pos(0,0)}He said", "He said"),
        (r"one\Ntwo", "one/Ntwo"),
        ('"not one penny more"', "“not one penny more”"),
        ("we -- the party -- don't", "we – the party – don’t"),
        ("<i>never</i> 3 < 4", "never 3 < 4"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("the '80s", "the ’80s"),
        ("NOT ONE PENNY", "NOT ONE PENNY"),
    ],
)
def test_text_is_typeset_and_disarmed(written: str, drawn: str) -> None:
    assert clean(written) == drawn


def test_scripts_that_inter_lacks_are_drawn_by_the_faces_behind_it() -> None:
    faces = [run.face.name for run in runs("Hello שלום नमस्ते مرحبا", WEIGHT)]
    assert faces == ["Inter Extra Bold", "Noto Sans Hebrew Bold", "Noto Sans Devanagari Bold", "Noto Sans Arabic Bold"]
    assert missing("Hello שלום", WEIGHT) == ""
    assert missing("Hello 漢字 漢", WEIGHT) == "漢字"


def test_text_breaks_into_the_fewest_even_lines() -> None:
    assert wrap("one two three four", "medium", 30, 1000, 3) == ("one two three four",)
    lines = wrap("one two three four", "medium", 30, 150, 3)
    assert lines == ("one two", "three four")
    assert wrap("one two three four", "medium", 30, 20, 3) is None
