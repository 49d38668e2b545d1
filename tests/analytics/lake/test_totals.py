"""What an import comes to: each object once, however many ways its file splits it."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

import analytics
from analytics.lake.receipts import Total
from tests.analytics.rows import extract

Row = dict[str, object]


@pytest.fixture
def come_to(tmp_path: Path) -> Callable[..., dict[str, Total]]:
    def totals(*rows: Row) -> dict[str, Total]:
        receipt = analytics.open(tmp_path / "lake").add(extract(*rows), import_id="one", name="x", options={})
        return dict(receipt.totals)

    return totals


CELLS: list[Row] = [{"age": "18-24", "low": 3.0}, {"age": "25+", "low": 4.0}, {"age": "unknown", "low": 1.0}]
GENDERS: list[Row] = [{"gender": "female", "low": 5.0}, {"gender": "male", "low": 2.0}]
EXPECTED: dict[str, tuple[list[Row], dict[str, Total]]] = {
    "nothing": ([], {}),
    "objects add": ([{"low": 3.0}, {"low": 4.0, "object": "p2"}], {"views": 7}),
    "the whole, not its cells": ([{"low": 9.0}, *CELLS, *GENDERS], {"views": 9}),
    "cells where there is no whole": (CELLS, {"views": 8}),
    "one of two ways to split": ([*CELLS, *GENDERS], {"views": 8}),
    "each object by its own fullest": ([*CELLS, {"object": "p2", "low": 10.0}], {"views": 18}),
    "a lifetime, not its days": ([{"low": 9.0}, {"low": 2.0, "start": "2026-11-03"}], {"views": 9}),
    "days where there is no lifetime": (
        [{"low": 2.0, "start": "2026-11-03"}, {"low": 3.0, "start": "2026-11-04"}],
        {"views": 5},
    ),
    "all placements, not each": ([{"low": 9.0}, {"low": 4.0, "placement": "reels"}], {"views": 9}),
    "posts, not their account": ([{"low": 3.0}, {"object": "", "object_kind": "account", "low": 3.0}], {"views": 3}),
    "ads, not their campaign": (
        [{"object_kind": "ad", "low": 3.0}, {"object": "c1", "object_kind": "campaign", "low": 3.0}],
        {"views": 3},
    ),
    "an account alone": ([{"object": "", "object_kind": "account", "low": 3.0}], {"views": 3}),
    "ranges add at both ends": (
        [{"low": 0.0, "high": 999.0}, {"object": "p2", "low": 5.0, "high": math.inf}],
        {"views": (5, math.inf)},
    ),
    "people lie between the largest and the sum": (
        [{"metric": "reach", "low": 30.0}, {"metric": "reach", "low": 40.0, "object": "p2"}],
        {"reach": (40, 70)},
    ),
    "shares and averages come to nothing": (
        [{"metric": "views_share", "low": 0.5}, {"metric": "average_watch_time", "low": 4.0}, {"metric": "likes"}],
        {},
    ),
    "fractions stay": ([{"metric": "spend", "currency": "GBP", "low": 1.25}], {"spend": 1.25}),
    "two currencies": (
        [{"metric": "spend", "currency": "GBP", "low": 1.0}, {"metric": "spend", "currency": "EUR", "low": 2.0}],
        {"spend (EUR)": 2, "spend (GBP)": 1},
    ),
    "two meanings": (
        [{"low": 1.0}, {"low": 2.0, "object": "p2", "definition": "2025-03-31"}],
        {"views (2025-03-31)": 2, "views (first)": 1},
    ),
    "a line twice": ([{"low": 3.0, "line": 2}, {"low": 3.0, "line": 5}], {"views": 3}),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_totals_count_everything_once(come_to: Callable[..., dict[str, Total]], name: str) -> None:
    rows, expected = EXPECTED[name]
    assert come_to(*rows) == expected
