"""What an answer carries: the numbers, the arithmetic, and the strongest true sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analytics.claims.check import judge
from analytics.claims.evidence import Evidence
from analytics.model.interval import Interval
from analytics.model.reach import Reach

TODAY = date(2026, 11, 22)


Answering = Callable[[Reach | None, Interval | None], Evidence]


def test_impressions_in_bolsover_are_supported_and_voters_impossible(world: Evidence) -> None:
    shown = judge("more than a quarter of a million impressions in Bolsover", world, today=TODAY).as_json()
    assert (shown["verdict"], shown["low"], shown["high"], shown["denominator"]) == ("supported", 309485, 309485, None)
    assert shown["sentence"].startswith("More than 300,000 impressions of our posts in Bolsover")  # type: ignore[union-attr]
    assert "electorate of Bolsover: 77,207" in shown["arithmetic"]  # type: ignore[operator]
    voters = judge("more than a quarter of a million voters in Bolsover", world, today=TODAY).as_json()
    assert (voters["verdict"], voters["high"], voters["denominator"]) == ("impossible", 77207, 77207)
    assert voters["sentence"].startswith("No more than 78,000 voters in Bolsover saw our posts")  # type: ignore[union-attr]
    assert set(voters) == {
        "verdict", "low", "high", "denominator", "share", "sentence", "arithmetic", "sources", "missing", "why",
    }  # fmt: skip


def test_a_share_carries_people_denominator_and_share(world: Evidence) -> None:
    answer = judge("one in four people on Facebook saw our videos in November", world, today=TODAY).as_json()
    assert (answer["low"], answer["high"], answer["denominator"]) == (14_000_000, 14_000_000, [40_000_000, 44_000_000])
    assert answer["share"] == pytest.approx([14 / 44, 14 / 40])
    assert answer["sources"] == ["export of facebook"]


def test_a_model_without_calibration_proves_nothing_its_bounds_do(answering: Answering) -> None:
    modelled = Reach(Interval(3e6, 4e6), Interval(2e6, 5e6), "modelled")
    sentence = "{} million people saw our videos on Facebook"
    answers = {n: judge(sentence.format(n), answering(modelled, None), today=TODAY).verdict for n in (2, 3, 6)}
    assert answers == {2: "supported", 3: "unsupported", 6: "impossible"}


def test_a_calibrated_interval_is_leant_on_and_its_bounds_are_the_limit(answering: Answering) -> None:
    calibrated = Reach(Interval(3e6, 4e6), Interval(2e6, 5e6), "calibrated", 3.4e6, "beta-binomial")
    sentence = "{} million people saw our videos on Facebook"
    answers = {n: judge(sentence.format(n), answering(calibrated, None), today=TODAY).verdict for n in (3, 4, 5, 6)}
    assert answers == {3: "supported", 4: "unsupported", 5: "unsupported", 6: "impossible"}


def test_more_people_reached_than_there_are_is_cut_to_all_of_them(answering: Answering) -> None:
    everybody = Reach(Interval(9e6, 9e6), Interval(9e6, 9e6), "reported")
    answer = judge("all people in Wales saw our videos", answering(everybody, None), today=TODAY)
    assert (answer.verdict, answer.share) == ("supported", Interval(1.0, 1.0))


def test_without_anything_held_it_says_what_to_do(empty: Evidence) -> None:
    answer = judge("10 people saw our videos", empty, today=TODAY)
    assert answer.verdict == "unclear"
    assert "metrics import" in answer.why


def test_dates_that_were_not_said_are_named(world: Evidence) -> None:
    answer = judge("most people in Wales", world, today=TODAY)
    assert answer.missing == ("No dates were said: all that is held is meant, from 1 October to 20 November 2026.",)
    assert judge("most people in Wales in November", world, today=TODAY).missing == ()


@pytest.mark.parametrize(
    ("claim", "strongest"),
    [
        ("most people in Wales", "More than 56% of people in Wales saw our posts from 1 October to 20 November 2026."),
        (
            "one in ten women over 55 in Scotland saw our clip",
            'At least 100% of women aged 55 and over in Scotland saw our clip "Waiting list" from 1 October to 20 '
            "November 2026.",
        ),
        (
            "2m people on Facebook saw it yesterday",
            "At least 14 million people saw our posts on Facebook on 21 November 2026.",
        ),
        (
            "one in four people on Facebook saw it this week",
            "More than 31% of people on Facebook saw our posts from 16 to 22 November 2026.",
        ),
        (
            "half of our views on TikTok came from women in November",
            "More than 62% of our views on TikTok came from women from 1 to 30 November 2026.",
        ),
        (
            "hundreds of hours watched on YouTube in November",
            "More than 11,000 hours watched of our posts on YouTube from 1 to 30 November 2026.",
        ),
    ],
)
def test_the_strongest_sentence_is_rounded_so_that_it_stays_true(claim: str, strongest: str, world: Evidence) -> None:
    assert judge(claim, world, today=TODAY).sentence == strongest


def test_what_a_word_was_taken_for_is_said(world: Evidence) -> None:
    assert "includes that age" in judge("1,000 women over 55 in Scotland", world, today=TODAY).why
    assert "for 3 seconds" in judge("7 million women watched it", world, today=TODAY).why
    assert "registered" in judge("10,000 voters in Bolsover saw our ads", world, today=TODAY).why
    assert "not people" in judge("10 impressions in Bolsover", world, today=TODAY).why


def test_views_of_one_platform_bound_nobody_on_another(world: Evidence) -> None:
    """Facebook gives no views here and TikTok does: those are no ceiling on people in Scotland."""
    answer = judge("all women in Scotland saw our videos", world, today=TODAY)
    assert answer.verdict == "unsupported"
    assert answer.share == Interval(0.0, 1.0)
