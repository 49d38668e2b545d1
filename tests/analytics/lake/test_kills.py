"""A writer that is killed at any file operation leaves the lake as it was, or as it was to be."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from analytics.lake import Lake
from tests.analytics.rows import WHEN, extract, objects
from tests.archive.kills import in_child

Seen = tuple[list[float], int, int, list[str]]

STRIDE = 7  # of some 60 file operations of an import every seventh
OLD: list[dict[str, object]] = [{"low": 1.0}, {"low": 2.0, "start": "2026-11-03"}]
NEW: list[dict[str, object]] = [
    {"low": 5.0, "snapshot_at": WHEN.replace(day=21)},
    {"low": 7.0, "start": "2026-10-03"},
]
NOTHING: Seen = ([], 0, 0, [])
ONE: Seen = ([1.0, 2.0], 2, 1, ["old"])
BOTH: Seen = ([2.0, 5.0, 7.0], 4, 2, ["new"])


def seen(folder: Path) -> Seen:
    """(current values, rows of history, imports, titles): of one generation all of them."""
    lake = Lake(folder)
    return (
        [float(low) for low in lake.frame("SELECT low FROM current_values ORDER BY low")["low"]],
        len(lake.frame("SELECT * FROM history")),
        len(lake.receipts()),
        [str(title) for title in lake.frame("SELECT title FROM objects")["title"]],
    )


def add_old(folder: Path) -> None:
    given = extract(*OLD, described=objects({"title": "old"}))
    Lake(folder).add(given, import_id="old", name="x", options={})


def add_new(folder: Path) -> None:
    given = extract(*NEW, described=objects({"title": "new", "snapshot_at": WHEN.replace(day=21)}))
    Lake(folder).add(given, import_id="new", name="x", options={})


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # 3.12 warns of forking beside threads
@pytest.mark.parametrize("is_first", [True, False], ids=["the first import", "a later import"])
def test_an_import_that_is_killed_is_there_whole_or_not_at_all(tmp_path: Path, is_first: bool) -> None:
    add, before, after = (add_old, NOTHING, ONE) if is_first else (add_new, ONE, BOTH)
    start = tmp_path / "start"
    add_old(tmp_path / "warm" if is_first else start)  # what is imported now is not a file operation later
    start.mkdir(exist_ok=True)
    found = []
    for kill_at in range(1, 200, STRIDE):
        folder = Path(shutil.copytree(start, tmp_path / f"killed-{kill_at}"))
        status = in_child(lambda folder=folder: add(folder), kill_at=kill_at)  # type: ignore[misc]
        found.append(seen(folder))
        assert found[-1] in (before, after), kill_at
        add(folder)
        assert seen(folder) == after
        if not os.WIFSIGNALED(status):
            break
    assert os.WIFEXITED(status)
    assert os.WEXITSTATUS(status) == 0
    assert found[0] == before
    assert found[-1] == after
