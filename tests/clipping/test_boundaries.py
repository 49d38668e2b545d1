"""In and out: sentences, silences, question with answer, never inside a word, within the limit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clipping.cutting.boundaries import choose_cut, settle_cut
from clipping.errors import CutImpossible
from clipping.listening.moments import Moment, by_hand, find_moments
from clipping.listening.watchlist import read_watchlist
from tests.clipping.scripts import WORD, end_of, said
from transcription.transcript import Origin, TimedBy, Transcript, Word

OOPS = read_watchlist("entries:\n  - {id: oops, kind: slip-up, phrases: [I misspoke]}\n")
ASKED = read_watchlist("entries:\n  - {id: cost, kind: claim, phrases: [what did it cost]}\n")
ANSWER = "I misspoke. It was less, a good deal less, than we all thought then."
FILLING = "Let us talk about the long history of this matter in the county. "


def moment_in(transcript: Transcript, watchlist: object = OOPS) -> Moment:
    assert not isinstance(watchlist, Transcript)
    return find_moments(transcript, OOPS if watchlist is OOPS else ASKED)[0]


def test_the_question_stays_with_its_answer() -> None:
    talk = said(("Ruth", f"{FILLING * 3}Is it true?"), ("Dana", ANSWER), ("Ruth", FILLING))
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk))
    assert cut.quote == f"Is it true? {ANSWER}"
    assert "question stays with its answer" in cut.why
    assert cut.warnings == ()


def test_an_evaded_question_is_kept_until_its_answer_ends() -> None:
    answer = "There is a plan. It is a good plan. It cost nine million."
    talk = said(("Ruth", f"{FILLING}What did it cost?"), ("Dana", answer), ("Ruth", "Thank you."))
    cut = choose_cut(talk, moment_in(talk, ASKED), duration=end_of(talk))
    assert cut.quote == f"What did it cost? {answer}"


def test_an_answer_goes_over_a_word_thrown_in() -> None:
    talk = said(
        ("Ruth", "What did it cost?"),
        ("Dana", "There is a plan."),
        ("Ruth", "But minister."),
        ("Dana", "Nine million."),
    )
    cut = choose_cut(talk, moment_in(talk, ASKED), duration=end_of(talk))
    assert cut.quote.endswith("Nine million.")


def test_an_answer_that_is_too_long_stops_at_a_sentence_and_says_so() -> None:
    talk = said(("Ruth", "What did it cost?"), ("Dana", FILLING * 20))
    cut = choose_cut(talk, moment_in(talk, ASKED), duration=end_of(talk))
    assert cut.duration <= 55
    assert cut.quote.endswith("county.")
    assert any("the answer goes on for" in warning for warning in cut.warnings)


def test_a_question_too_far_back_is_said() -> None:
    talk = said(("Ruth", "What did it cost?"), ("Dana", FILLING * 20 + "I misspoke."))
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk))
    assert any("“What did it cost?” was asked" in warning for warning in cut.warnings)


def test_without_speakers_the_sentence_that_asks_is_the_question() -> None:
    talk = said(
        (None, f"{FILLING}Is it true? {ANSWER}"),
        speakers_marked=False,
    )
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk))
    assert cut.quote.startswith("Is it true? I misspoke.")


def test_what_qualifies_a_statement_is_not_cut_off() -> None:
    talk = said(
        (
            "Dana",
            f"{FILLING}I misspoke about the figures in the spring. But the figures were right. {FILLING}",
        )
    )
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk), least=Fraction(1))
    assert cut.quote.endswith("But the figures were right.")
    assert "qualifies" in cut.why


def test_a_sentence_that_leans_on_the_one_before_takes_it_along() -> None:
    talk = said(("Dana", f"{FILLING}There was a figure. And that is where I misspoke."))
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk), least=Fraction(1))
    assert cut.quote == "There was a figure. And that is where I misspoke."


def test_a_clip_has_a_useful_length_where_there_is_more_to_hear() -> None:
    talk = said(("Dana", f"{FILLING * 2}I misspoke. {FILLING * 2}"))
    assert choose_cut(talk, moment_in(talk), duration=end_of(talk)).duration >= 6


def test_a_sentence_over_the_limit_is_cut_at_a_clause_and_says_so() -> None:
    talk = said(
        (
            "Dana",
            "we went on and on about it for a very long time, " * 12 + "I misspoke, " + "and then more, " * 20 + "end.",
        )
    )
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk), limit=Fraction(12))
    assert cut.duration <= 12
    assert "I misspoke" in cut.quote
    assert cut.quote.endswith(",")
    assert any("mid-sentence" in warning for warning in cut.warnings)


def test_there_is_air_in_the_silence_and_none_of_the_neighbours() -> None:
    talk = said(
        ("A", FILLING),
        ("Dana", "[2] I misspoke about the figures and I am very, very sorry for all that, as you know."),
        ("A", "[2] Good."),
    )
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk))
    first = next(word for word in talk.words if word.text == "I")
    last = next(word for word in talk.words if word.text == "know.")
    assert (first.start - cut.start, cut.end - last.end) == (Fraction(1, 4), Fraction(3, 10))


def test_a_voice_that_begins_before_its_word_is_not_clipped() -> None:
    talk = said(
        ("A", FILLING),
        ("Dana", "[2] I misspoke about the figures and I am very, very sorry for all that, as you know."),
    )
    first = next(word for word in talk.words if word.text == "I")
    voiced = [(Fraction(1), first.start - 2), (first.start - Fraction(2, 5), end_of(talk))]
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk), voiced=voiced)
    assert cut.start == first.start - Fraction(2, 5) - Fraction(1, 4)


def test_words_that_touch_are_cut_exactly_between() -> None:
    talk = said(
        ("A", f"{FILLING}I misspoke about the figures in the year and I am sorry for that now. {FILLING}"),
        gap=Fraction(0),
    )
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk), least=Fraction(1))
    first = next(word for word in talk.words if word.text == "I")
    last = next(word for word in talk.words if word.text == "now.")
    assert (cut.start, cut.end) == (first.start, last.end)


def test_late_captions_keep_a_sentence_more_before() -> None:
    text = f"{FILLING}I misspoke about the figures in the year and I am very, very sorry for them all now."
    for timed_by, begins in ((TimedBy.ALIGNED, "I misspoke"), (TimedBy.CUE, "Let us talk")):
        talk = said(("Dana", text), timed_by=timed_by)
        assert choose_cut(talk, moment_in(talk), duration=end_of(talk)).quote.startswith(begins)


def test_the_context_is_the_thirty_seconds_on_either_side() -> None:
    talk = said(("Dana", f"{FILLING * 20}I misspoke. {FILLING * 20}"))
    cut = choose_cut(talk, moment_in(talk), duration=end_of(talk))
    for context in (cut.before, cut.after):
        assert 70 <= len(context.split()) <= 76
        assert context in talk.text()
    assert f"{cut.before} {cut.quote} {cut.after}" in talk.text()


def test_where_nothing_is_said_the_clip_stays_between_the_words() -> None:
    talk = said(("A", FILLING), ("B", f"[20] {FILLING}"))
    gap = talk.words[12].end
    cut = choose_cut(talk, by_hand(talk, gap + 8), duration=end_of(talk))
    assert gap <= cut.start < cut.end <= talk.words[13].start
    assert any("by eye" in warning for warning in cut.warnings)


def test_a_recording_without_words_still_gives_a_clip() -> None:
    cut = choose_cut(said(), by_hand(said(), Fraction(30)), duration=Fraction(60))
    assert (cut.start, cut.end) == (Fraction(27), Fraction(42))
    assert cut.quote == ""


@pytest.mark.parametrize("limit", [Fraction(0), Fraction(-1), Fraction(1, 10)])
def test_a_limit_in_which_nothing_fits_is_an_input_error(limit: Fraction) -> None:
    talk = said(("Dana", "I misspoke."))
    with pytest.raises(CutImpossible):
        choose_cut(talk, moment_in(talk), duration=end_of(talk), limit=limit)


def test_a_moment_beyond_the_end_is_an_input_error() -> None:
    talk = said(("Dana", "I misspoke."))
    with pytest.raises(CutImpossible, match="not within the recording"):
        choose_cut(talk, moment_in(talk), duration=Fraction(1, 2))


# by hand


TALK = said(("Ruth", "What did it cost?"), ("Dana", "There is a plan. It cost nine million."))


def settled(start: Fraction, end: Fraction, limit: Fraction | None = None) -> tuple[str, ...]:
    cut = settle_cut(TALK, start, end, duration=end_of(TALK), limit=limit)
    assert (cut.start, cut.end) == (start, end)
    return cut.warnings


def test_by_hand_in_and_out_are_kept_and_whole_exchanges_raise_no_objection() -> None:
    assert settled(TALK.words[0].start, TALK.words[-1].end) == ()


def test_by_hand_inside_a_word_is_kept_and_said() -> None:
    warnings = settled(TALK.words[0].start + WORD / 2, TALK.words[-1].end)
    assert "the in-point falls inside the word “What”" in warnings


def test_by_hand_in_mid_sentence_is_said_with_what_is_lost() -> None:
    warnings = settled(TALK.words[0].start, TALK.words[9].end)
    assert "it ends in mid-sentence: “… nine million.” is left out" in warnings


def test_by_hand_a_question_without_its_answer_is_said_and_the_other_way_round() -> None:
    assert settled(TALK.words[0].start, TALK.words[3].end) == ("it ends with a question whose answer is left out",)
    assert settled(TALK.words[4].start, TALK.words[-1].end) == ("the question is left out: “What did it cost?”",)


def test_by_hand_over_the_limit_is_said() -> None:
    assert "longer than the limit of 2 s" in settled(TALK.words[0].start, TALK.words[-1].end, Fraction(2))[0]


@pytest.mark.parametrize(("start", "end"), [(5, 4), (4, 4), (-1, 4), (1, 1000)])
def test_by_hand_the_wrong_way_round_or_outside_is_an_input_error(start: int, end: int) -> None:
    with pytest.raises(CutImpossible):
        settle_cut(TALK, Fraction(start), Fraction(end), duration=end_of(TALK))


# properties


@st.composite
def recordings(draw: st.DrawFn) -> tuple[Transcript, Fraction, list[tuple[Fraction, Fraction]]]:
    """Words one after another with any gaps, marks and speakers; voiced spans may contradict them."""
    at, words = Fraction(draw(st.integers(0, 200)), 100), []
    texts = st.sampled_from(["so", "Yes.", "what?", "But", "and,", "homes", "Will", "WE", "no.", "er"])
    for _ in range(draw(st.integers(1, 60))):
        length, gap = (
            Fraction(draw(st.integers(1, 90)), 100),
            Fraction(draw(st.sampled_from([0, 0, 1, 10, 30, 90, 600])), 100),
        )
        timed = draw(st.sampled_from(TimedBy))
        speaker = draw(st.sampled_from([None, None, None, "A", "B"]))
        words.append(Word(draw(texts), at, at + length, 1.0, Origin.CAPTIONS, timed, draw(st.booleans()), speaker))
        at += length + gap
    bounds = sorted(Fraction(n, 100) for n in draw(st.lists(st.integers(0, int(at * 100)), max_size=12)))
    voiced = list(zip(bounds[::2], bounds[1::2], strict=False))
    return Transcript(tuple(words), "en-GB", "test"), at + Fraction(draw(st.integers(0, 300)), 100), voiced


@settings(max_examples=150, deadline=None)
@given(recordings(), st.data())
def test_a_cut_is_inside_the_recording_outside_words_within_the_limit_and_holds_its_moment(
    recording: tuple[Transcript, Fraction, list[tuple[Fraction, Fraction]]], data: st.DataObject
) -> None:
    transcript, duration, voiced = recording
    at = Fraction(data.draw(st.integers(0, int(duration * 100) - 1)), 100)
    limit = Fraction(data.draw(st.integers(4, 60)))
    moment = by_hand(transcript, at, duration=duration)
    cut = choose_cut(transcript, moment, duration=duration, voiced=voiced, limit=limit)
    assert 0 <= cut.start < cut.end <= duration
    assert cut.duration <= limit
    for word in transcript.words:
        assert not word.start < cut.start < word.end
        assert not word.start < cut.end < word.end
    if moment.end - moment.start <= limit - 1:
        assert cut.start <= moment.start
        assert moment.end <= cut.end
    assert cut == choose_cut(transcript, moment, duration=duration, voiced=voiced, limit=limit)


@settings(max_examples=60, deadline=None)
@given(recordings())
def test_settling_a_chosen_cut_finds_no_word_cut(
    recording: tuple[Transcript, Fraction, list[tuple[Fraction, Fraction]]],
) -> None:
    transcript, duration, voiced = recording
    cut = choose_cut(
        transcript,
        by_hand(transcript, transcript.words[0].start, duration=duration + 1),
        duration=duration,
        voiced=voiced,
    )
    again = settle_cut(transcript, cut.start, cut.end, duration=duration)
    assert (again.start, again.end, again.quote) == (cut.start, cut.end, cut.quote)
    assert not [warning for warning in again.warnings if "inside the word" in warning]


@given(recordings(), st.integers(1, 50))
def test_words_that_overlap_are_cut_where_they_meet(
    recording: tuple[Transcript, Fraction, list[tuple[Fraction, Fraction]]], overlap: int
) -> None:
    transcript, duration, voiced = recording
    longer = tuple(replace(word, end=word.end + Fraction(overlap, 100)) for word in transcript.words)
    assume(longer[0].start < duration)
    messy = replace(transcript, words=longer)
    cut = choose_cut(messy, by_hand(messy, messy.words[0].start), duration=duration, voiced=voiced)
    assert 0 <= cut.start < cut.end <= duration
