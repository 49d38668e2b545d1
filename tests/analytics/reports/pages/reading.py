"""Reading a page as a person does: a section by a word of its finding, a table's cell by its row."""

from __future__ import annotations

import pandas as pd

from analytics.reports.page import Page, Section


def section(page: Page, words: str) -> Section:
    """The one section whose finding has those words."""
    (found,) = [one for one in page.sections if words in one.finding]
    return found


def table(page: Page, words: str) -> pd.DataFrame:
    held = section(page, words).table
    assert held is not None
    return held


def row(frame: pd.DataFrame, **where: str) -> pd.Series:
    """The one row with those values; columns by their names in small letters, spaces as underscores."""
    names = {str(name).lower().replace(" ", "_"): name for name in frame}
    kept = frame
    for name, value in where.items():
        kept = kept[kept[names[name]] == value]
    assert len(kept) == 1, (where, frame)
    return kept.iloc[0]


def drawn(one: Section) -> str:
    """All that its picture says and draws, as text."""
    assert one.chart is not None
    return str(one.chart.wide.json())
