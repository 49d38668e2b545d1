"""Random histories of exports, in random order, against an oracle in plain Python that shares nothing with the lake."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.lake import Lake
from tests.analytics.rows import WHEN, extract

Key = tuple[str, str, str, str, str]  # object, metric, age, day, definition


@dataclass(frozen=True)
class Export:
    """What one file says, at one time. Numbers by key; None where the platform does not tell."""

    hour: int
    said: dict[Key, int | None] = field(hash=False)

    def rows(self) -> list[dict[str, object]]:
        when = {"snapshot_at": WHEN + timedelta(hours=self.hour)}
        return [
            _row(key) | ({} if number is None else {"low": float(number)}) | when for key, number in self.said.items()
        ]


def _row(key: Key) -> dict[str, object]:
    day = key[3]
    row: dict[str, object] = dict(zip(("object", "metric", "age", "definition"), (*key[:3], key[4]), strict=True))
    return row | ({"start": day} if day else {})


KEYS = st.tuples(
    st.sampled_from(["p1", "p2", "p3"]),
    st.sampled_from(["views", "impressions"]),
    st.sampled_from(["all", "18-24", "unknown"]),
    st.sampled_from(["", "2026-10-31", "2026-11-01"]),
    st.sampled_from(["first", "2025-03-31"]),
)
EXPORTS = st.builds(
    Export,
    hour=st.integers(0, 3),
    said=st.dictionaries(KEYS, st.one_of(st.none(), st.integers(0, 9)), max_size=8),
)


def oracle(imported: Sequence[Export]) -> dict[Key, int | None]:
    """The number of the newest export that has one; of two of one time the later import's."""
    best: dict[Key, tuple[bool, int, int]] = {}
    for place, export in enumerate(imported):
        for key, number in export.said.items():
            rank = (number is not None, export.hour, place)
            best[key] = max(best.get(key, rank), rank)
    return {key: imported[place].said[key] for key, (_, _, place) in best.items()}


def current(lake: Lake) -> dict[Key, int | None]:
    sql = "SELECT object, metric, age, coalesce(strftime(start, '%Y-%m-%d'), ''), definition, low FROM current_values"
    with lake.connect() as connection:
        rows = connection.sql(sql).fetchall()
    found = {(a, b, c, d, e): None if low is None else int(low) for a, b, c, d, e, low in rows}
    assert len(found) == len(rows), "a key twice"
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EXPORTS, min_size=1, max_size=5), st.data())
def test_any_history_comes_to_what_the_oracle_says(exports: list[Export], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(exports))))
    again = data.draw(st.lists(st.sampled_from(order), max_size=2))  # the same files once more
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(folder)
        for number in (*order, *again):
            lake.add(extract(*exports[number].rows()), import_id=f"i{number}", name="x", options={})
        expected = oracle([exports[number] for number in order])
        assert current(lake) == expected
        assert len(lake.frame("SELECT * FROM history")) == sum(len(export.said) for export in exports)
        Path(folder, "current.json").unlink()
        lake.rebuild()
        assert current(lake) == expected


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EXPORTS, min_size=2, max_size=4, unique_by=lambda export: export.hour), st.data())
def test_the_order_of_imports_makes_no_difference(exports: list[Export], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(exports))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        for folder, listed in ((one, exports), (other, shuffled)):
            for export in listed:
                Lake(folder).add(extract(*export.rows()), import_id=f"h{export.hour}", name="x", options={})
        assert current(Lake(one)) == current(Lake(other)) == oracle(exports)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EXPORTS, min_size=2, max_size=4), st.data())
def test_what_is_withdrawn_might_never_have_come(exports: list[Export], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(exports) - 1)))
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(folder)
        for number, export in enumerate(exports):
            lake.add(extract(*export.rows()), import_id=f"i{number}", name="x", options={})
        lake.withdraw(f"i{number}" for number in gone)
        assert current(lake) == oracle([export for number, export in enumerate(exports) if number not in gone])
