"""What occurs once is understood once, and every row gets its own back."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.extract import RefusedRow
from analytics.reading import parse_ids
from analytics.reading.texts import Kinds, Texts

WORDS = st.lists(st.sampled_from(["", "a", "b", "ä b", "1"]), max_size=30)


def column(texts: list[str], name: str = "Ad ID") -> pd.Series:
    return pd.Series(texts, pd.RangeIndex(2, 2 + len(texts)), dtype="str", name=name)


@given(WORDS)
def test_texts_come_back_to_their_rows(words: list[str]) -> None:
    given_column = column(words)
    texts = Texts.of(given_column)
    assert texts.each.is_unique
    pd.testing.assert_series_equal(texts.spread(texts.each), given_column)
    assert list(texts.lines_of({"a", "1"})) == [(at, one) for at, one in given_column.items() if one in ("a", "1")]


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 3), min_size=1, max_size=40))
def test_kinds_come_back_to_their_rows(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, pd.RangeIndex(5, 5 + len(rows), name="line"), columns=list("xyz"), dtype="str")
    kinds = Kinds.of(frame)
    assert len(kinds.each) == len(set(rows))
    pd.testing.assert_frame_equal(kinds.spread(kinds.each), frame, check_index_type=False)


def test_what_is_wrong_with_a_kind_is_wrong_with_each_row_of_it() -> None:
    frame = pd.DataFrame({"age": ["x", "18-24", "x", "y"]}, index=[2, 3, 5, 6], dtype="str")
    wrong = [RefusedRow(2, "age", "x", "no age"), RefusedRow(6, "age", "y", "no age")]
    assert [row.line for row in Kinds.of(frame).spread_problems(wrong)] == [2, 5, 6]


@pytest.mark.parametrize(("may_be_empty", "lines"), [(False, [2, 4, 5]), (True, [5])])
def test_an_id_may_be_left_out_where_the_source_says_so_but_not_damaged(may_be_empty: bool, lines: list[int]) -> None:
    _, refused = parse_ids(column(["", "123", " ", "1.7E+15"]), may_be_empty=may_be_empty)
    assert [row.line for row in refused] == lines
