"""`take`: text (or JSON) written to a file and read the whole way, recognised among all sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.model.extract import Ask, Extract
from analytics.reading import read_tables
from analytics.sources import recognise
from analytics.sources.contract import Known

SEEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
Take = Callable[..., Extract]


@pytest.fixture
def take_all(tmp_path: Path) -> Callable[..., list[Extract]]:
    def taken(content: object, *, encoding: str = "utf-8", **asked: object) -> list[Extract]:
        is_text = isinstance(content, str)
        path = tmp_path / ("export.csv" if is_text else "answer.json")
        path.write_text(str(content) if is_text else json.dumps(content), encoding=encoding)
        ask = Ask(**asked)  # type: ignore[arg-type]
        found = []
        for item in read_tables(path):
            source, match = recognise(item)
            found.append(source.read(item, match, ask, Known(SEEN, "given" if ask.as_of else "file time")))
        return found

    return taken


@pytest.fixture
def take(take_all: Callable[..., list[Extract]]) -> Take:
    return lambda content, **asked: take_all(content, **asked)[0]
