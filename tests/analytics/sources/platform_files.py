"""Exports as text, read the way a person's file is: through recognition, without saying what they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analytics.importing import read_export
from analytics.model.extract import Ask, Extract

AS_OF = datetime(2026, 11, 1, 9, tzinfo=UTC)


def read_text(folder: Path, text: str, ask: Ask | None = None, name: str = "export.csv") -> Extract:
    """The one extract of a file that holds `text`; its name says nothing."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (extract,) = read_export(path, ask or Ask(as_of=AS_OF))
    return extract


def read_data(folder: Path, data: object, ask: Ask | None = None) -> Extract:
    """The same for JSON."""
    return read_text(folder, json.dumps(data), ask, "answer.json")


def total(extract: Extract, metric: str, **where: str) -> tuple[float, float]:
    """The sums of low and high over the values of `metric` that have those words in those columns."""
    values = rows(extract, metric, **where)
    return float(values["low"].sum()), float(values["high"].sum())


def rows(extract: Extract, metric: str, **where: str) -> pd.DataFrame:
    values = extract.values[extract.values["metric"] == metric]
    for column, word in where.items():
        values = values[values[column] == word]
    return values
