"""What was shown is remembered by table and by days, and nothing that was shown gives the next edition away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.disclosure.keeping import Keeper
from analytics.model.scope import Window
from archive.store import Store

FORTNIGHT = Window(date(2026, 11, 1), date(2026, 11, 14))
A_DAY_LESS = Window(date(2026, 11, 2), date(2026, 11, 14))
NEXT_DAYS = Window(date(2026, 11, 15), date(2026, 11, 28))


def table(count: int) -> pd.DataFrame:
    rows = [("18-24", "female", count), ("18-24", "male", 60), ("65+", "female", 70), ("65+", "male", 80)]
    return pd.DataFrame(rows, columns=["row", "column", "count"])


def shown(keeper: Keeper, count: int, window: Window = FORTNIGHT, name: str = "clip c_1 facebook") -> float:
    frame = keeper.protect(name, window, table(count)).shown
    return float(frame[(frame["row"] == "18-24") & (frame["column"] == "female")]["count"].iloc[0])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """With 50 shown of the fortnight."""
    store = Store(tmp_path)
    first = Keeper(store)
    assert shown(first, 50) == 50
    first.keep()
    return store


def test_a_cell_that_moved_by_less_than_ten_keeps_what_was_shown(store: Store) -> None:
    assert shown(Keeper(store), 55) == 50
    assert shown(Keeper(store), 61) == 61


def test_what_is_not_kept_is_not_remembered(tmp_path: Path) -> None:
    assert shown(Keeper(Store(tmp_path)), 50) == 50
    assert shown(Keeper(Store(tmp_path)), 55) == 55


def test_one_table_with_two_sets_of_counts_is_a_mistake_of_ours(store: Store) -> None:
    keeper = Keeper(store)
    assert shown(keeper, 70) == shown(keeper, 70)
    with pytest.raises(ValueError, match="two tables are called"):
        shown(keeper, 71)


def test_days_that_overlap_do_not_give_away_those_that_are_in_one_only(store: Store) -> None:
    """45 of 2 to 14 November beside 50 of 1 to 14 November would be five people of the first."""
    frame = Keeper(store).protect("clip c_1 facebook", A_DAY_LESS, table(45)).shown
    assert pd.isna(frame["count"].iloc[0])
    assert frame["count"].isna().sum() >= 4  # nor is it what the totals leave
    assert shown(Keeper(store), 38, A_DAY_LESS) == 38
    assert shown(Keeper(store), 50, A_DAY_LESS) == 50


def test_other_days_and_other_tables_have_other_pasts(store: Store) -> None:
    assert shown(Keeper(store), 55, NEXT_DAYS) == 55
    assert shown(Keeper(store), 55, name="another") == 55


def test_every_kept_edition_counts_not_only_the_last(store: Store) -> None:
    second = Keeper(store)
    assert shown(second, 90, A_DAY_LESS) == 90
    second.keep()
    third = Window(date(2026, 11, 3), date(2026, 11, 14))
    assert pd.isna(shown(Keeper(store), 47, third))
    assert pd.isna(shown(Keeper(store), 88, third))
    assert shown(Keeper(store), 70, third) == 70
