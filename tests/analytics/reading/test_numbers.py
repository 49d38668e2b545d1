"""Numbers from text: exact, an interval, missing, impossible, or a question. Never a guess."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analytics.errors import ExportRefused, ExportUnclear
from analytics.reading import (
    Numbers,
    parse_counts,
    parse_decimals,
    parse_durations,
    parse_ids,
    parse_money,
    parse_shares,
)
from analytics.reading.ids import doubt_of


def column(*texts: str) -> pd.Series:
    return pd.Series(texts, index=range(2, 2 + len(texts)), name="Views", dtype="str")


def one(parse: Callable[..., Numbers], text: str, locale: str = "") -> tuple[str, float, float]:
    read = parse(column(text), locale)
    return read.state.iloc[0], read.low.iloc[0], read.high.iloc[0]


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("1234", "", 1234), ("1,234", "", 1234), ("1,234,567", "", 1234567), ("12,34,567", "", 1234567),
        ("1 234", "", 1234), ("1\u00a0234", "", 1234), ("1\u202f234\u202f567", "", 1234567), ("1’234", "", 1234),
        ("1'234", "de-CH", 1234), ("1.234", "de-DE", 1234), ("1.234.567", "", 1234567), ("1.234,0", "de", 1234),
        ("1234.0", "en", 1234), ('="0012"', "", 12), (" 7\u200f", "", 7), ("0", "", 0), ("١٢٣", "", 123),
    ],
)  # fmt: skip
def test_a_count_that_is_certain(text: str, locale: str, number: int) -> None:
    assert one(parse_counts, text, locale) == ("observed" if number else "zero", number, number)


@pytest.mark.parametrize(("text", "locale"), [("1.234", ""), ("1.234", "en"), ("1,234", "und"), ("1,234", "de-DE")])
def test_a_count_that_could_be_two_is_a_question(text: str, locale: str) -> None:
    with pytest.raises(ExportUnclear, match="--locale") as caught:
        parse_counts(column("5", text), locale)
    assert (caught.value.line, caught.value.column, caught.value.value) == (3, "Views", text)


@pytest.mark.parametrize("sentinel", ["", "-", "--", "–", "NAN", "N/A", "n/a", "null", " "])
def test_missing_is_not_zero(sentinel: str) -> None:
    read = parse_counts(column(sentinel, "0"))
    assert list(read.state) == ["unavailable", "zero"]
    assert math.isnan(read.low.iloc[0])
    assert not read.problems


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-3", "below zero"), ("−3", "below zero"), ("(3)", "below zero"), ("NaN", "not a number"),
        ("1.7E+15", "shortened by a spreadsheet"), ("1E3", "shortened by a spreadsheet"), ("3.апр", "into a date"),
        ("03.Apr", "into a date"), ("Apr-03", "into a date"), ("2026-04-03 00:00:00", "into a date"),
        ("12.5", "no whole number"), ("many", "no whole number"), ("9" * 18, "larger"), ("9-5", "no whole number"),
        ("#REF!", "no whole number"), ("=1+1", "no whole number"), ("1_000", "no whole number"), ("0x1F", "no whole"),
        ("1,23,4", "no whole number"), ("Infinity", "no whole number"),
    ],
)  # fmt: skip
def test_what_no_count_can_be_refuses_its_row(text: str, why: str) -> None:
    read = parse_counts(column("5", text))
    (problem,) = read.problems
    assert (problem.line, problem.column, problem.value) == (3, "Views", text)
    assert why in problem.why
    assert list(read.state) == ["observed", "unavailable"]


@pytest.mark.parametrize(
    ("text", "state", "low", "high"),
    [
        ("<10", "suppressed", 0, 9), ("< 1,000", "suppressed", 0, 999), ("≤5", "suppressed", 0, 5),
        ("&lt;10", "suppressed", 0, 9), ("0-9", "observed", 0, 9), ("1,000 – 4,999", "observed", 1000, 4999),
        ("1000+", "observed", 1000, math.inf), (">1000", "observed", 1001, math.inf),
        ("1.2K", "observed", 1150, 1299), ("12k", "observed", 11500, 12999), ("1.25M", "observed", 1245000, 1259999),
        ("1,2 Mio.", "observed", 1_150_000, 1_299_999), ("3 тыс.", "observed", 2500, 3999),
    ],
)  # fmt: skip
def test_what_is_not_exact_is_an_interval(text: str, state: str, low: float, high: float) -> None:
    assert one(parse_counts, text) == (state, low, high)


def test_a_rounded_count_is_said() -> None:
    (repair,) = parse_counts(column("1.2K")).repairs
    assert repair.line == 2
    assert "1,150 to 1,299" in repair.what
    assert [r.line for r in parse_counts(column(*["1.2K"] * 30)).repairs] == [0]


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("3 mil.", "cs-CZ", 3e6),
        ("3 mil", "es-ES", 3e3),
        ("3 B", "tr-TR", 3e3),
        ("3B", "en-GB", 3e9),
        ("3 Md", "fr", 3e9),
    ],
)
def test_words_for_thousands_are_those_of_the_language(text: str, locale: str, number: float) -> None:
    read = parse_counts(column(text), locale)
    assert read.low.iloc[0] <= number <= read.high.iloc[0] < number * 4 / 3


@pytest.mark.parametrize("text", ["3 mil", "1,2 B", "3 Md", "2 mn"])
def test_a_word_that_differs_by_language_is_a_question(text: str) -> None:
    with pytest.raises(ExportUnclear, match="another language"):
        parse_counts(column(text))


@pytest.mark.parametrize(("text", "locale"), [("2.000", ""), ("2.000", "en"), ("15.000", "und"), ("2,000", "de")])
def test_a_count_with_three_decimals_is_a_question(text: str, locale: str) -> None:
    with pytest.raises(ExportUnclear):
        parse_counts(column(text, "7"), locale)


@pytest.mark.parametrize(("texts", "locale"), [(("2.000",), "en-GB"), (("2.000", "1,234,567"), "")])
def test_a_country_or_the_column_answers_it(texts: tuple[str, ...], locale: str) -> None:
    assert parse_counts(column(*texts), locale).low.iloc[0] == 2


@pytest.mark.parametrize("empty", ["NULL", "TBC", "NaN"])
def test_no_amount_names_no_currency(empty: str) -> None:
    numbers, currency = parse_money(column(empty, "£5.00"), machine=True)
    assert (currency, numbers.low.iloc[1]) == ("GBP", 5)
    assert math.isnan(numbers.low.iloc[0])
    assert parse_money(column("NULL", "3.00"), machine=True)[1] == ""


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("1,234", "0.5"), [1234, 0.5]),
        (("1,234", "0,5"), [1.234, 0.5]),
        (("387.296", "1183689.3666"), [387.296, 1183689.3666]),
        (("1.234", "1.234,56"), [1234, 1234.56]),
    ],
)
def test_the_column_itself_can_decide_the_decimal_sign(texts: tuple[str, ...], numbers: list[float]) -> None:
    assert list(parse_decimals(column(*texts)).low) == numbers


@pytest.mark.parametrize("texts", [("1.234",), ("1,234",), ("0.5", "0,5")])
def test_a_decimal_that_could_be_two_is_a_question(texts: tuple[str, ...]) -> None:
    with pytest.raises(ExportUnclear):
        parse_decimals(column(*texts))


def test_a_machine_always_means_the_point() -> None:
    assert list(parse_decimals(column("1.234", "4.2e-05"), machine=True).low) == [1.234, 4.2e-05]


def test_signs_are_for_those_who_ask() -> None:
    assert list(parse_decimals(column("-1.5", "2"), "en", may_be_negative=True).low) == [-1.5, 2]
    assert parse_decimals(column("-1.5"), "en").problems


@pytest.mark.parametrize(("text", "share"), [("33.56", 0.3356), ("33,56 %", 0.3356), ("0.5%", 0.005), ("100%", 1)])
def test_per_cent_becomes_a_share(text: str, share: float) -> None:
    assert one(parse_shares, text)[1:] == (share, share)


def test_a_share_below_what_is_shown_is_suppressed() -> None:
    assert one(parse_shares, "<0.1%") == ("suppressed", 0, 0.001)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:04:34", 274), ("4:34", 274), ("271 s", 271), ("271", 271), ("4m 34s", 274), ("PT4M34S", 274),
        ("1:02:03.5", 3723.5), ("1h 2m", 3720), ("12:00:00", 43200),
    ],
)  # fmt: skip
def test_durations_become_seconds(text: str, seconds: float) -> None:
    assert one(parse_durations, text)[1:] == (seconds, seconds)


def test_a_clock_that_no_clock_shows_is_refused() -> None:
    assert parse_durations(column("0:99:99")).problems


@pytest.mark.parametrize(
    ("texts", "amount", "currency"),
    [
        (("£1,234.50", "£3"), 1234.5, "GBP"),
        (("1.234,56 €",), 1234.56, "EUR"),
        (("12.50",), 12.5, ""),
        (("$5.10",), 5.1, "$"),
    ],
)
def test_money_and_its_currency(texts: tuple[str, ...], amount: float, currency: str) -> None:
    numbers, named = parse_money(column(*texts))
    assert (numbers.low.iloc[0], named) == (amount, currency)


def test_two_currencies_are_a_question() -> None:
    with pytest.raises(ExportUnclear):
        parse_money(column("£5", "€5"))


def test_a_locale_that_is_none_is_refused() -> None:
    with pytest.raises(ExportRefused, match="no locale"):
        parse_counts(column("1"), "klingon-XX")


@pytest.mark.parametrize("text", ["1.7E+15", "2,07E+18", "", "2.07400000000000E+18"])
def test_an_id_that_a_spreadsheet_shortened_is_refused(text: str) -> None:
    ids, refused = parse_ids(column("0012300000000000001", text))
    assert ids.iloc[0] == "0012300000000000001"
    assert [row.line for row in refused] == [3]


def test_one_long_id_that_ends_in_noughts_is_doubted() -> None:
    once = column("7567452112981060000", "7567452112981060000", "abc")
    assert not parse_ids(once)[1]
    assert "ends in noughts" in doubt_of(once)
    assert doubt_of(column("7567452112981069079")) == doubt_of(column("123000")) == ""


def test_ids_that_all_end_in_zeros_were_cut() -> None:
    assert len(parse_ids(column("1234567890123450", "1234567890123460"))[1]) == 2
    _, refused = parse_ids(column("7567452112981060000", "7567452112981070000"))
    assert [row.line for row in refused] == [2, 3]
    assert not parse_ids(column("7567452112981060000", "7567452112981069079"))[1]


@pytest.mark.parametrize(
    ("text", "read"), [('="00123"', "00123"), ("123.0", "123"), ("abc-_9", "abc-_9"), ("12E90", "12E90")]
)
def test_ids_lose_only_their_wrapping(text: str, read: str) -> None:
    ids, refused = parse_ids(column(text))
    assert (ids.iloc[0], refused) == (read, ())


@given(st.integers(0, 10**15), st.sampled_from([("en-GB", ","), ("de-DE", "."), ("fr-FR", "\u202f"), ("de-CH", "’")]))
def test_grouped_and_bare_are_the_same_number(number: int, how: tuple[str, str]) -> None:
    locale, group = how
    grouped = f"{number:,}".replace(",", group)
    assert list(parse_counts(column(str(number), grouped), locale).low) == [number, number]


@given(st.text(max_size=12))
def test_any_text_has_an_interval_a_state_or_a_question(text: str) -> None:
    for parse in (parse_counts, parse_decimals, parse_shares, parse_durations):
        try:
            state, low, high = one(parse, text)
        except ExportUnclear:
            continue
        assert (state == "unavailable") == math.isnan(low) == math.isnan(high)
        assert math.isnan(low) or 0 <= low <= high


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=4), st.sampled_from("KM"))
def test_what_is_rounded_contains_what_it_was(numbers: list[int], scale: str) -> None:
    factor = {"K": 1_000, "M": 1_000_000}[scale]
    shown = [f"{number / factor:.1f}{scale}" for number in numbers]
    assume(all(text.split(".")[0] for text in shown))
    read = parse_counts(column(*shown))
    assert ((read.low <= numbers) & (numbers <= read.high)).all()
