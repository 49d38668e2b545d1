"""Dates from text: one reading for the whole column, or a question."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import ExportRefused, ExportUnclear
from analytics.reading import parse_dates


def column(*texts: str) -> pd.Series:
    return pd.Series(texts, index=range(2, 2 + len(texts)), name="Date", dtype="str")


def day(text: str, locale: str = "") -> str:
    read = parse_dates(column(text), locale)
    assert not read.problems
    return str(read.start.iloc[0].date())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-05-01", "2026-05-01"), ("2025/10/31", "2025-10-31"), ("20210813", "2021-08-13"),
        ("31.12.2025", "2025-12-31"),
        ("Jun 7, 2020", "2020-06-07"), ("7 June 2020", "2020-06-07"), ("Sat, Sep 6, 2025", "2025-09-06"),
        ("Sunday, June 7, 2020", "2020-06-07"), ("7. Juni 2020", "2020-06-07"), ("7 de junio de 2020", "2020-06-07"),
        ("3 апр. 2025 г.", "2025-04-03"), ("12 août 2024", "2024-08-12"), ("12 aout 2024", "2024-08-12"),
        ("5 września 2024", "2024-09-05"), ("2025年11月1日", "2025-11-01"), ("Sept 3, 2021", "2021-09-03"),
        ("1572652800", "2019-11-02"), ("31/10/2025", "2025-10-31"), ("10/31/2025", "2025-10-31"),
        ("5/5/2025", "2025-05-05"),
        ("1st May 2024", "2024-05-01"),
    ],
)  # fmt: skip
def test_a_date_that_is_certain(text: str, meant: str) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(("locale", "meant"), [("en-GB", "2025-01-11"), ("en-US", "2025-11-01"), ("fr", "2025-01-11")])
def test_the_locale_says_which_number_is_the_day(locale: str, meant: str) -> None:
    assert day("11/01/2025", locale) == meant


def test_one_row_decides_for_all() -> None:
    read = parse_dates(column("11/01/2025 11:04", "10/31/2025 09:00"))
    assert [str(start) for start in read.start] == ["2025-11-01 11:04:00+00:00", "2025-10-31 09:00:00+00:00"]


@pytest.mark.parametrize("texts", [("11/01/2025",), ("1/13/2025", "13/1/2025")])
def test_day_or_month_is_a_question(texts: tuple[str, ...]) -> None:
    with pytest.raises(ExportUnclear, match="--locale") as caught:
        parse_dates(column(*texts))
    assert caught.value.column == "Date"


def test_the_contract_of_a_source_answers_it() -> None:
    assert str(parse_dates(column("11/01/2025"), order="mdy").start.iloc[0].date()) == "2025-11-01"


def test_without_a_year_the_period_is_asked_for() -> None:
    with pytest.raises(ExportUnclear, match="--from"):
        parse_dates(column("Jun 7"))
    with pytest.raises(ExportUnclear, match="twice"):
        parse_dates(column("Jun 7"), first=date(2024, 1, 1), last=date(2025, 12, 31))


def test_the_period_gives_the_year() -> None:
    read = parse_dates(column("30 Dec", "2 Jan", "Feb 29"), first=date(2024, 12, 1), last=date(2025, 1, 31))
    assert [str(start.date()) for start in read.start[:2]] == ["2024-12-30", "2025-01-02"]
    assert [problem.line for problem in read.problems] == [4]


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-", "garbage", "45962", "13/31/2025", "1970-01-01", "June", "7", "24:61"]
)
def test_what_is_no_date_refuses_its_row(text: str) -> None:
    read = parse_dates(column("2026-05-01", text))
    assert [(problem.line, problem.value) for problem in read.problems] == [(3, text)]
    assert read.start.notna().tolist() == [True, False]


def test_an_empty_date_is_none_and_no_problem() -> None:
    read = parse_dates(column("", "--", "2026-05-01"))
    assert (read.start.isna().tolist(), read.problems) == ([True, True, False], ())


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2019-11-03T08:29:55+0000", "2019-11-03 08:29:55"), ("2026-05-01T10:00:00-07:00", "2026-05-01 17:00:00"),
        ("2021-08-15 14:26:38.244 UTC", "2021-08-15 14:26:38.244000"), ("2026-05-01 7:04 PM", "2026-05-01 18:04:00"),
        ("2026-05-01 12:00 am", "2026-04-30 23:00:00"), ("2026-12-01 10:00", "2026-12-01 10:00:00"),
        ("Jul 1, 2026, 10:00 AM", "2026-07-01 09:00:00"), ("2026-05-01 10:00:00 PDT", "2026-05-01 17:00:00"),
    ],
)  # fmt: skip
def test_local_times_become_utc_and_offsets_win(text: str, utc: str) -> None:
    read = parse_dates(column(text), "en-GB", zone="Europe/London")
    assert str(read.start.iloc[0]) == f"{utc}+00:00"


def hours(*texts: str, of: tuple[str, ...] = ()) -> tuple[list[str], list[int], list[int]]:
    texts_read = column(*texts)
    within = pd.Series(of or ["a"] * len(texts), texts_read.index)
    read = parse_dates(texts_read, zone="Europe/London", within=within)
    shown = [start.strftime("%H:%M") if start is not pd.NaT else "" for start in read.start]
    return shown, [problem.line for problem in read.problems], [repair.line for repair in read.repairs]


def test_both_hours_of_the_october_night_are_kept() -> None:
    night = [f"2026-10-25 {clock}" for clock in ("00:00", "01:00", "01:00", "02:00")]
    assert hours(*night) == (["23:00", "00:00", "01:00", "02:00"], [], [])


def test_the_later_hour_is_counted_for_each_video() -> None:
    night = ["2026-10-25 00:00", *["2026-10-25 01:00"] * 3]
    assert hours(*night, of=("a", "a", "b", "a")) == (["23:00", "00:00", "00:00", "01:00"], [], [4])


def test_newest_first_the_later_hour_stands_first() -> None:
    night = [f"2026-10-25 {clock}" for clock in ("02:00", "01:00", "01:00", "00:00")]
    assert hours(*night) == (["02:00", "01:00", "00:00", "23:00"], [], [])


@pytest.mark.parametrize("beside", [[], ["2026-10-25 02:00"]])
def test_an_hour_twice_without_a_direction_is_a_question(beside: list[str]) -> None:
    with pytest.raises(ExportUnclear, match="clock went back"):
        hours(*beside, *["2026-10-25 01:00"] * 2, *beside)


def test_the_same_hour_a_third_time_is_refused() -> None:
    night = ["2026-10-25 00:00", *["2026-10-25 01:00"] * 3]
    assert hours(*night) == (["23:00", "00:00", "01:00", ""], [5], [])


def test_an_hour_that_never_was_is_refused() -> None:
    assert hours("2026-03-29 01:30", "2026-03-29 02:00") == (["", "01:00"], [2], [])


def test_there_is_no_such_zone() -> None:
    with pytest.raises(ExportRefused, match="time zone"):
        parse_dates(column("2026-05-01"), zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("2026-05-01", "day"),
        ("2026-05-01T00:00:00", "day"),
        ("2026-05-01 07:00", "hour"),
        ("2026-05-01 07:04", "instant"),
    ],
)
def test_the_grain_is_what_is_written(text: str, grain: str) -> None:
    assert parse_dates(column(text)).grain == grain


moments = st.datetimes(datetime(2005, 1, 1), datetime(2099, 1, 1))


@given(st.lists(moments, min_size=1, max_size=5), st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S"]))
def test_what_was_written_is_read_back(times: list[datetime], written: str) -> None:
    whole = [time.replace(microsecond=0) for time in times]
    read = parse_dates(column(*(time.strftime(written) for time in whole)))
    assert [start.to_pydatetime() for start in read.start] == [time.replace(tzinfo=UTC) for time in whole]


@given(moments.map(lambda time: time.replace(minute=0, second=0, microsecond=0)))
def test_a_local_hour_is_within_an_hour_of_utc(time: datetime) -> None:
    read = parse_dates(column(f"{time:%Y-%m-%d %H:%M}"), zone="Europe/London")
    if not read.problems:
        assert time.replace(tzinfo=UTC) - read.start.iloc[0] in (timedelta(0), timedelta(hours=1))


@given(st.text(max_size=20))
def test_any_text_is_a_date_none_or_a_question(text: str) -> None:
    try:
        read = parse_dates(column(text), zone="Europe/London")
    except ExportUnclear:
        return
    assert len(read.start) == 1
