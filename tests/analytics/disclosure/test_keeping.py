"""What was shown last time is remembered, but only once it has really been shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analytics.disclosure.keeping import Keeper


def table(count: int) -> pd.DataFrame:
    rows = [("18-24", "female", count), ("18-24", "male", 60), ("65+", "female", 70), ("65+", "male", 80)]
    return pd.DataFrame(rows, columns=["row", "column", "count"])


def shown(keeper: Keeper, count: int) -> float:
    frame = keeper.protect("clip c_1 facebook", table(count)).shown
    return float(frame[(frame["row"] == "18-24") & (frame["column"] == "female")]["count"].iloc[0])


def test_a_cell_that_moved_by_less_than_ten_keeps_what_was_shown(tmp_path: Path) -> None:
    first = Keeper(tmp_path)
    assert shown(first, 50) == 50
    first.keep()
    assert shown(Keeper(tmp_path), 55) == 50
    assert shown(Keeper(tmp_path), 61) == 61


def test_what_never_appeared_is_not_remembered(tmp_path: Path) -> None:
    assert shown(Keeper(tmp_path), 50) == 50
    assert shown(Keeper(tmp_path), 55) == 55


def test_asked_twice_it_is_the_same(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    assert shown(keeper, 50) == shown(keeper, 55)


def test_other_names_have_other_pasts(tmp_path: Path) -> None:
    first = Keeper(tmp_path)
    first.protect("another", table(50))
    first.keep()
    assert shown(Keeper(tmp_path), 55) == 55
