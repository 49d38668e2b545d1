"""The notebook in docs/lake.md does what it says, on a lake with two clips."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import analytics
from tests.analytics.rows import WHEN, extract

PAGE = Path(__file__).resolve().parents[3] / "docs" / "lake.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    lake = analytics.open(tmp_path / "soundbite" / "lake")
    rows: list[dict[str, object]] = [
        {"object": post, "metric": "impressions", "payment": "organic", "age": age, "gender": "female", "low": low}
        for post, age, low in (("p1", "18-24", 30.0), ("p1", "25-34", 10.0), ("p2", "18-24", 5.0))
    ]
    whole: dict[str, object] = {"object": "7301234567890123456"}
    lake.add(extract(*rows, whole | {"low": 4.0}), import_id="a", name="a.csv", options={})
    later = WHEN + timedelta(days=1)
    lake.add(extract(whole | {"low": 6.0, "snapshot_at": later}), import_id="b", name="b.csv", options={})
    links = pd.DataFrame({"platform": "facebook", "object": ["p1", "p2"], "clip": ["c_1", "c_2"]})
    lake.put_links(links, pd.DataFrame({"clip": ["c_1", "c_2"], "topic": "homes"}))
    return tmp_path


def test_the_notebook_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown: dict[str, object] = {}
    exec(EXAMPLES[0], shown)
    assert re.search(r"c_1 +75\.0 +25\.0\nc_2 +100\.0 +NaN", capsys.readouterr().out)
    changed = shown["changed"]
    assert isinstance(changed, pd.DataFrame)
    assert changed["low"].to_list() == [4.0, 6.0]


def test_the_watch_runs(home: Path) -> None:
    lake = analytics.open("~/soundbite/lake")
    exec(EXAMPLES[1], {"lake": lake, "since": datetime(2026, 11, 1, tzinfo=UTC)})
