from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.tables import header, kind_of, rows_of, shown, to_csv

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def test_what_a_column_holds_and_how_it_is_called_decide_how_it_is_shown() -> None:
    frame = pd.DataFrame(
        {
            "Clip": ["a", None],
            "Views": [91_204, np.nan],
            "Watched %": [0.312, 0.0004],
            "Spent £": [1_204.5, 3.0],
            "Posted": [date(2026, 11, 20), None],
            "Rate": [0.1234, float("inf")],
        }
    )
    kinds = [kind_of(frame, name) for name in frame.columns]
    rows = [[shown(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows_of(frame)]
    assert rows == [
        ["a", "91,204", "31%", "£1,204", "20 Nov 2026", "0.123"],
        ["–", "–", "under 0.1%", "£3", "–", "no upper end"],
    ]
    assert [header(name) for name in frame.columns][2:4] == ["Watched", "Spent"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_text_that_begins_like_a_formula_is_dead_in_csv(text: str) -> None:
    [cells] = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"a": [text], "b": [-2.5]})), newline="")))[1:]
    assert cells == [f"'{text}", "-2.5"]


@given(st.lists(st.tuples(TEXT, st.integers(-(10**12), 10**12)), max_size=8))
def test_csv_gives_back_what_was_written(rows: list[tuple[str, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["text", "number"])
    read = list(csv.reader(io.StringIO(to_csv(frame), newline="")))[1:]
    assert [(text.removeprefix("'"), int(number)) for text, number in read] == [
        (text.removeprefix("'"), number) for text, number in rows
    ]
