"""Numbers in words, windows of time, ages, and what is parsed out of a sentence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analytics.claims.claim import Claim
from analytics.claims.grammar import parse
from analytics.claims.names import gazetteer
from analytics.claims.numbers import FRACTION, NUMBER, fraction_of, number_of
from analytics.claims.windows import EVER, read_window
from analytics.claims.wording import Sentence, plain
from analytics.errors import ClaimUnclear

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a quarter of a million", 250_000), ("half a million", 500_000), ("three quarters of a million", 750_000),
        ("1.2m", 1_200_000), ("1.2 million", 1_200_000), ("250,000", 250_000), ("250k", 250_000), ("3 grand", 3_000),
        ("two hundred and fifty thousand", 250_000), ("a million and a half", 1_500_000), ("2½ million", 2_500_000),
        ("one and a half million", 1_500_000), ("a hundred thousand", 100_000), ("hundreds of thousands", 200_000),
        ("tens of thousands", 20_000), ("thousands", 2_000), ("several hundred thousand", 300_000), ("dozens", 24),
        ("a couple of million", 2_000_000), ("a few thousand", 3_000), ("half a dozen", 6), ("twenty-five", 25),
        ("two million five hundred thousand", 2_500_000), ("three", 3), ("0", 0),
    ],
)  # fmt: skip
def test_numbers_as_people_say_them(words: str, number: float) -> None:
    match = re.search(NUMBER, plain(words))
    assert match is not None
    assert number_of(match[0]) == pytest.approx(number)


@pytest.mark.parametrize(
    ("words", "share"), [("two-thirds", 2 / 3), ("a third", 1 / 3), ("1/3", 1 / 3), ("½", 0.5), ("nine tenths", 0.9)]
)
def test_fractions_as_people_say_them(words: str, share: float) -> None:
    match = re.search(FRACTION, plain(words))
    assert match is not None
    assert fraction_of(match[0]) == pytest.approx(share)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in November", date(2026, 11, 1), date(2026, 11, 30)),
        ("in December", date(2025, 12, 1), date(2025, 12, 31)),
        ("last November", date(2025, 11, 1), date(2025, 11, 30)),
        ("in October and November", date(2026, 10, 1), date(2026, 11, 30)),
        ("last week", date(2026, 11, 9), date(2026, 11, 15)),
        ("this week", date(2026, 11, 16), date(2026, 11, 22)),
        ("in the past week", date(2026, 11, 16), date(2026, 11, 22)),
        ("in the last 30 days", date(2026, 10, 24), date(2026, 11, 22)),
        ("in the last two weeks", date(2026, 11, 9), date(2026, 11, 22)),
        ("in the last 24 hours", date(2026, 11, 21), date(2026, 11, 22)),
        ("over the weekend", date(2026, 11, 14), date(2026, 11, 15)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("last night", date(2026, 11, 21), date(2026, 11, 21)),
        ("on Monday", date(2026, 11, 16), date(2026, 11, 16)),
        ("since 1 November 2019", date(2019, 11, 1), TODAY),
        ("after 1 November 2026", date(2026, 11, 2), TODAY),
        ("until 12 December 2019", EVER, date(2019, 12, 12)),
        ("before 12 December 2019", EVER, date(2019, 12, 11)),
        ("from 6 to 12 December 2019", date(2019, 12, 6), date(2019, 12, 12)),
        ("between 6 November and 12 December 2019", date(2019, 11, 6), date(2019, 12, 12)),
        ("1-30 November", date(2026, 11, 1), date(2026, 11, 30)),
        ("from 30 December to 3 January", date(2025, 12, 30), date(2026, 1, 3)),
        ("from 2026-11-01 to 2026-11-15", date(2026, 11, 1), date(2026, 11, 15)),
        ("on 1/11/2026", date(2026, 11, 1), date(2026, 11, 1)),
        ("November 1st, 2026", date(2026, 11, 1), date(2026, 11, 1)),
        ("w/c 9 November", date(2026, 11, 9), date(2026, 11, 15)),
        ("in Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_windows_as_people_say_them(words: str, first: date, last: date) -> None:
    sentence = Sentence(words)
    window = read_window(sentence, TODAY)
    assert window is not None
    assert (window.first, window.last) == (first, last)
    assert set(sentence.unread()) <= {"in"}


@pytest.mark.parametrize("words", ["on 31 February 2026", "on 11/30/2026", "from 5 November 2026 to 1 November 2026"])
def test_dates_that_there_are_not_are_asked_about(words: str) -> None:
    with pytest.raises(ClaimUnclear):
        read_window(Sentence(words), TODAY)


def parsed(sentence: str) -> Claim:
    return parse(sentence, today=TODAY, gazetteer=gazetteer())


@pytest.mark.parametrize(
    ("who", "age", "gender"),
    [
        ("women over 55", "55+", "female"),
        ("over-55s", "55+", "all"),
        ("the over 65s", "65+", "all"),
        ("people aged 55 and over", "55+", "all"),
        ("women 25-34", "25-34", "female"),
        ("18 to 24 year olds", "18-24", "all"),
        ("18–24s", "18-24", "all"),
        ("under-25s", "0-24", "all"),
        ("people under 25", "0-24", "all"),
        ("men aged between 35 and 44", "35-44", "male"),
        ("pensioners", "66+", "all"),
        ("women in their thirties", "30-39", "female"),
        ("adults", "18+", "all"),
        ("men and women", "all", "all"),
        ("voters under 25", "18-24", "all"),
        ("55+ women", "55+", "female"),
    ],
)
def test_ages_and_genders_as_people_say_them(who: str, age: str, gender: str) -> None:
    claim = parsed(f"10,000 {who} saw our ads")
    assert (claim.cell.age, claim.cell.gender, claim.means.low) == (age, gender, 10_000)


def test_users_of_a_platform_are_meant_where_it_stands_with_the_people() -> None:
    assert parsed("one in three people on Facebook saw our videos").of == "users"
    assert parsed("one in three people saw our videos on Facebook").of == "people"
    assert parsed("our videos were seen by 40% of women on Instagram").of == "users"
    assert parsed("40% of Instagram users").of == "users"
    assert parsed("10,000 people on Facebook saw our videos").of == "people"


def test_paid_and_organic_are_told_apart() -> None:
    assert parsed("10,000 people saw our ads").payment == "paid"
    assert parsed("10,000 people saw our unpaid videos").payment == "organic"
    assert parsed("10,000 people saw our videos").payment == "all"


def test_a_number_that_is_more_than_the_words_round_it_is_still_a_count() -> None:
    claim = parsed("over 55 people in Wales saw our ads")
    assert (claim.cell.age, claim.means.low, claim.means.is_low_open) == ("all", 55, True)


def test_a_seat_of_before_2024_is_named_with_its_successors() -> None:
    with pytest.raises(ClaimUnclear, match="before 2024"):
        parsed("10,000 voters in E14000530 saw our ads")


@pytest.mark.parametrize(
    ("sentence", "low", "window"),
    [
        ("At least 2000 people saw our videos", 2000, None),
        ("up to 2000 people saw our videos", 0, None),
        ("2019 voters saw our ads", 2019, None),
        ("10,000 people saw our videos in 2025", 10_000, (date(2025, 1, 1), date(2025, 12, 31))),
        ("1 impression in the East Midlands", 1, None),
        ("10 views in the last week of November", 10, (date(2026, 11, 24), date(2026, 11, 30))),
        ("2,000 out of 69 million people saw our posts", 2000 / 69e6, None),
    ],
)
def test_a_number_like_a_year_is_a_year_only_after_a_word_that_says_so(
    sentence: str, low: float, window: tuple[date, date] | None
) -> None:
    claim = parse(sentence, today=TODAY, gazetteer=gazetteer())
    assert claim.means.low == pytest.approx(low)
    assert (claim.window and (claim.window.first, claim.window.last)) == window
