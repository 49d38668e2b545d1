"""What a page says, apart from how it is shown: the question, the answer, and sections that stand behind it.

The same Page becomes HTML, a sheet and a paragraph of mail: whatever is only in a chart is lost in the other two,
so a section with a chart has its table, and its finding says in words what the chart shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from .charts.canvas import Chart

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Section:
    """One finding. `finding` is its title, a sentence that is true; `alt` says what a chart's picture shows.

    `table`: the numbers behind it, tidy, columns named as a reader would; one row a row. Text, whole numbers,
    floats, dates and None. Column names that end in "%" hold shares 0…1 and are shown as percentages; those that
    end in "£" are pounds. It is folded beneath a chart and lies open where there is none.
    `source` names exports and tables, `as_of` the day of the newest download in it, `note` what to keep in mind.
    ValueError: a chart without its alt text or its table.
    """

    finding: str
    source: str
    as_of: date | None = None
    chart: Chart | None = None
    alt: str = ""
    table: pd.DataFrame | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.chart is not None and (not self.alt or self.table is None):
            raise ValueError(f"the chart of {self.finding!r} needs an alt text and its table")


@dataclass(frozen=True, slots=True)
class Page:
    """One question. `answer`: a sentence to say aloud, its interval in ordinary words. `compared`: with the usual.

    `freshness`: how new the newest and the oldest numbers are. `missing`: what is not in here, a line each.
    `slug` names its file: lower-case words and hyphens; ValueError otherwise.
    """

    slug: str
    question: str
    answer: str
    compared: str = ""
    freshness: str = ""
    missing: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug) or self.slug == "index":
            raise ValueError(f"no page name: {self.slug!r}")
