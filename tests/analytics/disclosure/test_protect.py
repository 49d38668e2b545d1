"""Nobody can work out a group of 1 to 9 from what is shown: cells, totals, and the edition before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import milp

from analytics.disclosure.edition import TOTAL
from analytics.disclosure.protect import THRESHOLD, Protected, protect
from bench.disclosure import Attack, as_table, exact

tables = st.integers(1, 4).flatmap(
    lambda rows: st.lists(
        st.lists(st.one_of(st.integers(0, 14), st.integers(0, 300)), min_size=3, max_size=3),
        min_size=rows,
        max_size=rows,
    )
)


def table(*rows: list[int]) -> pd.DataFrame:
    cells = [(f"r{i}", f"c{j}", count) for i, row in enumerate(rows) for j, count in enumerate(row)]
    return pd.DataFrame(cells, columns=["row", "column", "count"])


def shown(protected: Protected, row: str, column: str) -> float:
    return as_table(protected.shown)[row, column]


def most_of_small(first: Protected, then: Protected, *, grows: bool = False) -> list[float]:
    """The most that each small published number can be for an attacker who shares no code with the product."""
    attack = Attack(as_table(first.shown), as_table(then.shown), grows=grows)
    found = []
    for edition, one in enumerate((first, then)):
        for i, j in np.argwhere((one.edition.counts > 0) & (one.edition.counts < THRESHOLD)):
            found.append(attack.most(edition, (one.edition.rows[i], one.edition.columns[j])))
    return found


def test_a_table_of_large_numbers_is_shown_whole_with_totals() -> None:
    found = protect(table([20, 30], [40, 50]))
    assert not found.shown["count"].isna().any()
    assert shown(found, TOTAL, TOTAL) == 140
    assert set(found.shown["state"]) == {"observed"}


def test_a_small_number_is_hidden_and_so_are_enough_others() -> None:
    found = protect(table([5, 30, 40], [60, 70, 80], [25, 35, 45]))
    assert np.isnan(shown(found, "r0", "c0"))
    assert found.shown["count"].isna().sum() == 4
    assert min(most_of_small(found, found)) >= THRESHOLD


def test_hidden_numbers_all_look_the_same() -> None:
    found = protect(table([5, 30, 40], [60, 70, 80], [25, 35, 45]))
    hidden = found.shown[found.shown["count"].isna()]
    assert set(hidden["state"]) == {"suppressed"}


def test_zero_is_shown_as_zero() -> None:
    found = protect(table([0, 30], [40, 50]))
    assert shown(found, "r0", "c0") == 0
    assert "zero" in set(found.shown["state"])


def test_a_small_total_is_hidden_too() -> None:
    found = protect(table([2, 3], [0, 0]))
    assert np.isnan(shown(found, TOTAL, TOTAL))


def test_a_single_row_is_protected_against_its_total() -> None:
    found = protect(table([4, 50, 60]))
    assert found.shown["count"].isna().sum() == 2
    assert min(most_of_small(found, found)) >= THRESHOLD


@settings(max_examples=25, deadline=None)
@given(tables)
def test_no_small_number_can_be_worked_out(rows: list[list[int]]) -> None:
    found = protect(table(*rows))
    assert min(most_of_small(found, found), default=THRESHOLD) >= THRESHOLD


@settings(max_examples=20, deadline=None)
@given(tables, st.data())
def test_nor_with_the_edition_before(rows: list[list[int]], data: st.DataObject) -> None:
    added = [[data.draw(st.sampled_from((0, 0, 1, 7, 12, 90))) for _ in row] for row in rows]
    first = protect(table(*rows))
    then = protect(
        table(*(list(map(sum, zip(row, more, strict=True))) for row, more in zip(rows, added, strict=True))),
        previous=first,
    )
    assert min(most_of_small(first, then, grows=True), default=THRESHOLD) >= THRESHOLD


@settings(max_examples=25, deadline=None)
@given(tables, st.integers(0, 11), st.integers(1, 12))
def test_two_editions_never_show_a_small_difference(rows: list[list[int]], place: int, more: int) -> None:
    changed = [row.copy() for row in rows]
    changed[place // 3 % len(rows)][place % 3] += more
    first = protect(table(*rows))
    before, after = as_table(first.shown), as_table(protect(table(*changed), previous=first).shown)
    assert not [key for key in before if 0 < abs(after[key] - before[key]) < THRESHOLD]


@settings(max_examples=20, deadline=None)
@given(tables, st.data())
def test_editions_of_overlapping_days_give_nobody_away(rows: list[list[int]], data: st.DataObject) -> None:
    """The second has the people of fewer days: what it lacks of the first is a group too, which an attacker with both
    must not find to be of 1 to 9."""
    gone = [[min(count, data.draw(st.sampled_from((0, 0, 1, 7, 12, 90)))) for count in row] for row in rows]
    fewer = [
        [count - less for count, less in zip(row, some, strict=True)] for row, some in zip(rows, gone, strict=True)
    ]
    first = protect(table(*rows))
    then = protect(table(*fewer), beside=[first.edition])
    attack = Attack(as_table(then.shown), as_table(first.shown), grows=True)
    for i, j in np.ndindex(first.edition.counts.shape):
        if 0 < first.edition.counts[i, j] - then.edition.counts[i, j] < THRESHOLD:
            key = first.edition.rows[i], first.edition.columns[j]
            aim = np.zeros(len(attack.cells))
            aim[attack.number[0, key]], aim[attack.number[1, key]] = 1, -1
            found = milp(aim, constraints=attack.rules, bounds=attack.bounds, integrality=np.ones(len(aim)))
            # Unbounded, large enough, or 0: a held number makes an outsider believe that nobody is in between.
            assert found.status != 0 or -found.fun >= THRESHOLD or -found.fun < 0.5


def test_a_small_move_is_held_until_it_is_large_and_totals_go_with_it() -> None:
    first = protect(table([20, 30], [40, 50]))
    second = protect(table([24, 30], [40, 50]), previous=first)
    third = protect(table([31, 30], [40, 50]), previous=second)
    assert second.held == {("r0", "c0")}
    assert (shown(second, "r0", "c0"), shown(second, TOTAL, TOTAL)) == (20, 140)
    assert (shown(third, "r0", "c0"), shown(third, TOTAL, TOTAL)) == (31, 151)
    assert third.held == frozenset()


def test_the_numbers_shown_add_up_to_their_totals() -> None:
    first = protect(table([20, 30], [40, 50]))
    found = exact(table([33, 30], [44, 90]))
    then = as_table(protect(table([33, 30], [44, 90]), previous=first).shown)
    assert found[TOTAL, TOTAL] == 197
    assert then[TOTAL, TOTAL] == sum(value for (row, column), value in then.items() if TOTAL not in (row, column))


def test_what_can_not_be_protected_is_not_published() -> None:
    found = protect(table([3, 0], [0, 0]))
    assert not (found.shown["count"] == 3).any()


@pytest.mark.parametrize(
    "wrong",
    [
        table([1, 2], [3, 4]).iloc[:-1],
        pd.concat([table([1, 2]), table([1, 2])]),
        table([1, -2]),
        table([1, 2]).assign(count=[1.5, 2.0]),
        table([1, 2]).assign(row=TOTAL),
    ],
)
def test_a_table_that_is_not_complete_whole_and_without_totals_is_a_mistake_of_ours(wrong: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"twice|complete|totals"):
        protect(wrong)
