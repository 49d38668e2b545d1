"""What must hold of any sentence: the strongest true one is true, and what is weaker than the true is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.claims.check import check, judge
from analytics.claims.claim import Claim, Range
from analytics.claims.evidence import Evidence
from analytics.claims.grammar import parse
from analytics.claims.names import gazetteer
from analytics.model.interval import Interval
from analytics.model.reach import How, Reach

TODAY = date(2026, 11, 22)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

SHARES = ("40% of", "one in three", "most", "nearly half of", "fewer than one in ten", "between 20% and 30% of")
COUNTS = ("10,000", "more than a quarter of a million", "fewer than 2 million", "about 300,000", "2.4m", "at most 50")
PEOPLE = ("people", "voters", "women", "women over 55", "men aged 18 to 24", "under-25s", "target voters")
PLACES = ("", "in Wales", "in the North West", "in Bolsover", "in the UK", "in Ynys Môn")
SEEN = ("", "saw our videos", "saw our ads on Facebook", "saw our organic posts on Facebook and TikTok")
SAW_OFTEN = ("saw our videos at least twice", "watched our videos for 3 seconds", "saw Waiting list")
WHEN = ("", "in November", "last week", "since 1 November 2019", "yesterday", "until 12 December 2019")
THINGS = ("impressions", "views", "shares", "hours watched", "link clicks", "15-second views", "new followers")
ON = ("", "on Facebook", "on YouTube and X", "among women on TikTok")


Answering = Callable[[Reach | None, Interval | None], Evidence]


def _reach(number: Interval, how: How) -> Reach:
    hard = Interval(number.low / 2, number.high * 2)
    return Reach(number, number if how == "reported" else hard, how)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


sentences = st.one_of(
    st.builds(_joined, *map(st.sampled_from, (SHARES, PEOPLE, PLACES, SEEN + SAW_OFTEN, WHEN))),
    st.builds(_joined, *map(st.sampled_from, (COUNTS, PEOPLE, PLACES, SEEN + SAW_OFTEN, WHEN))),
    st.builds(_joined, *map(st.sampled_from, (COUNTS, THINGS, ON, PLACES, WHEN))),
)
numbers = st.tuples(st.integers(0, 80_000_000), st.integers(0, 80_000_000)).map(
    lambda pair: Interval(float(min(pair)), float(max(pair)))
)
exact = st.integers(0, 80_000_000).map(lambda number: Interval.exactly(float(number)))
hows = st.sampled_from(("reported", "bounds", "calibrated", "modelled"))


def _parsed(sentence: str, world: Evidence) -> Claim:
    return parse(sentence, today=TODAY, gazetteer=gazetteer(), names=world.names())


@QUICK
@given(sentences, st.one_of(numbers, exact), hows)
def test_the_strongest_sentence_parsed_and_checked_again_is_supported(
    answering: Answering, world: Evidence, sentence: str, number: Interval, how: How
) -> None:
    evidence = answering(_reach(number, how), number)
    answer = judge(sentence, evidence, today=TODAY)
    if not answer.sentence:
        return
    claim, again = _parsed(sentence, world), _parsed(answer.sentence, world)
    assert (again.metric, again.of, again.cell, again.platforms, again.payment, again.clips, again.target) == (
        claim.metric, claim.of, claim.cell, claim.platforms, claim.payment, claim.clips, claim.target,
    )  # fmt: skip
    assert check(again, evidence).verdict == "supported", (answer.sentence, answer)


@QUICK
@given(sentences, numbers, hows, st.floats(0, 1), st.floats(1, 10))
def test_a_claim_weaker_than_a_supported_one_is_supported(
    answering: Answering, world: Evidence, sentence: str, number: Interval, how: How, less: float, more: float
) -> None:
    evidence = answering(_reach(number, how), number)
    claim = _parsed(sentence, world)
    if check(claim, evidence).verdict != "supported":
        return
    weaker = replace(claim, means=Range(claim.means.low * less, claim.means.high * more))
    assert check(weaker, evidence).verdict == "supported"


@QUICK
@given(sentences, numbers, hows)
def test_what_is_impossible_is_so_for_every_number_in_the_evidence(
    answering: Answering, world: Evidence, sentence: str, number: Interval, how: How
) -> None:
    claim = _parsed(sentence, world)
    if check(claim, answering(_reach(number, how), number)).verdict == "impossible":
        for exactly in (Interval.exactly(number.low), Interval.exactly(number.high)):
            assert check(claim, answering(_reach(exactly, how), exactly)).verdict != "supported"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from((*SHARES, *COUNTS, *PEOPLE, *WHEN, "of", "and", "£", "1/0", "0", "%", "from", "to", "in")),
            max_size=8,
        ).map(" ".join),
    )
)
def test_no_words_whatever_make_it_fail(world: Evidence, text: str) -> None:
    answer = judge(text, world, today=TODAY)
    assert answer.why
    assert answer.as_json()["verdict"] in ("supported", "unsupported", "impossible", "unclear")
