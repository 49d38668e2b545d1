"""Which locale numbers are in: a person says, the file's kind says, or it is a question."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reading import Table, parse_decimals
from analytics.reading.locales import locale_of_numbers, written
from analytics.reading.separators import UNDECIDED

TABLE = Table("x.csv", pd.DataFrame({"a": ["1.234"]}))


@pytest.mark.parametrize(
    ("delimiter", "asked", "is_by_person", "locale"),
    [
        (",", "", False, ""), (";", "", False, UNDECIDED), ("", "", False, ""), (";", "de", False, "de"),
        (",", "", True, UNDECIDED), ("", "", True, ""), ("", "de", True, "de"),
    ],
)  # fmt: skip
def test_what_a_person_says_wins(delimiter: str, asked: str, is_by_person: bool, locale: str) -> None:
    assert locale_of_numbers(replace(TABLE, delimiter=delimiter), asked, is_by_person=is_by_person) == locale


def test_a_program_writes_as_programs_do_whatever_anybody_says() -> None:
    assert locale_of_numbers(replace(TABLE, is_machine=True), "de-DE") == ""


@given(st.floats(0, 1e12), st.sampled_from(["", "de-DE", "en-GB", "fr-FR", "tr"]))
def test_a_number_in_no_locale_is_read_back_as_itself(number: float, locale: str) -> None:
    column = pd.Series([written(number, locale)], index=[2], name="a", dtype="str")
    assert parse_decimals(column, locale, machine=not locale).low.iloc[0] == number
