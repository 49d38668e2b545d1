"""The registry: every source once, and a file that nobody knows is refused with the nearest one."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pandas as pd
import pytest

from analytics import sources
from analytics.errors import ExportRefused, ExportUnclear
from analytics.reading import Document, Numbers, Table
from analytics.sources import SOURCES, recognise
from analytics.sources.columns import Measured, melt
from analytics.sources.contract import Match, Source


def table(*columns: str, delimiter: str = ",") -> Table:
    return Table(
        "file.csv", pd.DataFrame([["1"] * len(columns)], columns=columns, index=[2], dtype="str"), delimiter=delimiter
    )


def test_every_source_has_a_name_of_its_own() -> None:
    names = [source.name for source in SOURCES]
    assert len(set(names)) == len(names)
    assert all(source.title for source in SOURCES)


@pytest.mark.parametrize(
    "item",
    [
        table("a", "b"),
        table(""),
        Document("f", {}),
        Document("f", []),
        Document("f", [1, None, [[]]]),
        Document("f", {"data": {}}),
    ],
    ids=repr,
)
def test_what_nobody_knows_is_refused_and_nothing_breaks(item: Table | Document) -> None:
    with pytest.raises(ExportRefused, match="no export that we know"):
        recognise(item)


def test_the_nearest_source_is_named_with_what_differs() -> None:
    with pytest.raises(ExportRefused) as caught:
        recognise(table("Vidéo", "Engaged views", "Published"))
    assert "Closest is a plain table of videos; unknown here: Vidéo; missing:" in caught.value.what
    assert caught.value.column == "Vidéo"


def test_two_that_are_equally_sure_are_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    sure = dataclasses.replace(SOURCES[-1], recognise=lambda _: Match("1"))
    monkeypatch.setattr(sources, "SOURCES", (sure, dataclasses.replace(sure, title="another")))
    with pytest.raises(ExportUnclear, match="another"):
        recognise(table("a"))


def test_the_surer_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    def claiming(name: str, certainty: int) -> Source:
        return dataclasses.replace(SOURCES[-1], name=name, recognise=lambda _: Match("1", certainty=certainty))

    monkeypatch.setattr(sources, "SOURCES", (claiming("a", 1), claiming("b", 3), claiming("c", 2)))
    assert recognise(table("a"))[0].name == "b"


@pytest.mark.parametrize(
    ("platform", "row", "definition"),
    [
        ("youtube", {"grain": "day", "start": "2025-03-30", "end": "2025-03-31"}, "first"),
        ("youtube", {"grain": "day", "start": "2025-03-31", "end": "2025-04-01"}, "2025-03-31"),
        ("youtube", {"grain": "period", "start": "2025-03-01", "end": "2025-04-01"}, "undated"),
        ("youtube", {"grain": "lifetime"}, "undated"),
        ("youtube", {"grain": "lifetime", "counted_from": "2025-06-01"}, "2025-03-31"),
        ("youtube", {"grain": "lifetime", "counted_from": "2025-01-01"}, "undated"),
        ("other", {"grain": "lifetime"}, "first"),
    ],
)
def test_a_value_has_the_definition_of_its_whole_period(platform: str, row: dict[str, str], definition: str) -> None:
    times: dict[str, object] = {
        name: pd.Timestamp(row[name], tz="UTC") for name in ("start", "end", "counted_from") if name in row
    }
    said = times | {"platform": platform, "grain": row["grain"], "snapshot_at": datetime(2026, 5, 1, tzinfo=UTC)}
    one = pd.Series([1.0], index=[2])
    numbers = Numbers(one, one, pd.Series(["observed"], index=[2]))
    long = melt(pd.DataFrame(said, index=[2]), [Measured("views", numbers)])
    assert list(long["definition"]) == [definition]
    assert list(long["line"]) == [2]
