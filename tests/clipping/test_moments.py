"""Moments: merged, ranked, and the reason said; by hand too."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipping.errors import CutImpossible
from clipping.language.sentences import script_of
from clipping.listening.entries import Kind
from clipping.listening.matching import find_hits, hits_in
from clipping.listening.moments import by_hand, find_moments, moments_of
from clipping.listening.watchlist import read_watchlist
from tests.clipping.scripts import end_of, said
from transcription.transcript import TimedBy

WATCHLIST = read_watchlist("""
entries:
  - {id: homes-claim, kind: claim, phrases: ["we have built 40,000 homes"],
     rebuttal: {line: "It was 11,300.", sources: [Table 213]}}
  - {id: homes, kind: mention, names: [Northgate]}
  - {id: oops, kind: slip-up, phrases: [I misspoke, we have built]}
""")
INTERVIEW = said(
    ("Ruth", "In March you said, and I quote, we have built 40,000 homes. Is that true?"),
    (
        "Dana",
        "We have a plan. In Northgate we have, er, we have built forty thousand homes. We are proud of it.",
    ),
    ("Ruth", "Have we built 40,000 homes or have we not?"),
    ("Dana", "I misspoke."),
)


def test_hits_in_one_sentence_are_one_moment_with_all_their_entries() -> None:
    best = find_moments(INTERVIEW, WATCHLIST)[0]
    assert best.quote == "In Northgate we have, er, we have built forty thousand homes."
    assert set(best.entries) == {"homes-claim", "homes", "oops"}
    assert best.rebuttal is not None
    assert best.rebuttal.sources == ("Table 213",)
    assert best.speaker == "Dana"


def test_the_reason_is_said_in_words() -> None:
    best = find_moments(INTERVIEW, WATCHLIST)[0]
    assert best.why.startswith("slip-up: “")
    assert "matches entry 'oops' word for word; the speaker hesitated" in best.why
    assert "also claim: matches entry 'homes-claim' in nearly these words" in best.why


def test_a_quotation_ranks_below_and_says_so() -> None:
    moments = find_moments(INTERVIEW, WATCHLIST)
    quoted = next(m for m in moments if m.quote.startswith("In March"))
    assert any("Ruth is quoting somebody else" in warning for warning in quoted.warnings)
    assert "counts for less: quoted from somebody else" in quoted.why
    assert quoted.score < moments[0].score / 2


def test_a_question_belongs_to_who_asks_it() -> None:
    asked = next(m for m in find_moments(INTERVIEW, WATCHLIST) if m.quote.startswith("Have we"))
    assert "part of a question: Ruth asks this and does not state it" in asked.warnings
    assert asked.speaker == "Ruth"


def test_a_denial_says_so_and_counts_for_less() -> None:
    (plain,) = find_moments(said(("D", "We have built 40,000 homes.")), WATCHLIST)
    (denied,) = find_moments(said(("D", "We have not built 40,000 homes.")), WATCHLIST)
    assert denied.score < plain.score
    assert any(warning.startswith("denied: D says") for warning in denied.warnings)


def test_words_timed_by_captions_carry_a_warning() -> None:
    (moment,) = find_moments(said(("D", "I misspoke."), timed_by=TimedBy.CUE), WATCHLIST)
    assert any("check in and out by ear" in warning for warning in moment.warnings)


def test_weight_doubles_the_score() -> None:
    text = "entries:\n  - {id: a, kind: claim, weight: %s, phrases: black hole}\n"
    one, two = (find_moments(said(("A", "The black hole.")), read_watchlist(text % w))[0].score for w in (1, 2))
    assert two == pytest.approx(2 * one, abs=0.001)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_hits_does_not_matter(rng: random.Random) -> None:
    script = script_of(INTERVIEW)
    hits = hits_in(script, WATCHLIST)
    shuffled = list(hits)
    rng.shuffle(shuffled)
    assert moments_of(script, shuffled) == moments_of(script, hits)


def test_the_same_hits_twice_change_nothing() -> None:
    script = script_of(INTERVIEW)
    hits = find_hits(INTERVIEW, WATCHLIST)
    assert moments_of(script, [*hits, *hits]) == moments_of(script, hits)


def test_moments_share_no_sentence() -> None:
    moments = sorted(find_moments(INTERVIEW, WATCHLIST), key=lambda m: m.start)
    assert all(one.end <= two.start for one, two in pairwise(moments))


def test_by_hand_means_the_sentence_said_then_or_nearest() -> None:
    start = INTERVIEW.words[0].start
    assert by_hand(INTERVIEW, Fraction(0)).quote.startswith("In March")
    moment = by_hand(INTERVIEW, start + 4)
    assert moment.kind is Kind.BY_HAND
    assert moment.start <= start + 4 <= moment.end


def test_by_hand_where_nothing_is_said_keeps_the_time_and_says_so() -> None:
    late = end_of(INTERVIEW) + 20
    moment = by_hand(INTERVIEW, late)
    assert (moment.start, moment.end, moment.quote) == (late, late, "")
    assert "nothing is said" in moment.warnings[0]


@pytest.mark.parametrize("at", [Fraction(-1), Fraction(100)])
def test_by_hand_outside_the_recording_is_an_input_error(at: Fraction) -> None:
    with pytest.raises(CutImpossible, match="outside the recording"):
        by_hand(INTERVIEW, at, duration=Fraction(100))


def test_nothing_said_gives_no_moments() -> None:
    assert find_moments(said(), WATCHLIST) == []
