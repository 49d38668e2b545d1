"""One page a question, complete in one file: opens offline, prints on A4, reads without JavaScript but for pictures.

Titles and labels were written by strangers. Everything is escaped (autoescape is on for every template), and beyond
that the page's own policy lets no script run but the two that are named there by their hash, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import words
from .charts import Chart
from .page import Page, Section
from .tables import Kind, header, kind_of, rows_of, shown, to_csv

TEMPLATES: Final = Path(__file__).parent / "templates"
MOST_ROWS: Final = 700  # of a table on a page: every seat; the workbook has all
_LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over every page of one edition: `made_at` is aware of its zone."""

    title: str
    period: str
    made_at: datetime

    @property
    def made(self) -> str:
        """London time, in words."""
        local = self.made_at.astimezone(_LONDON)
        return f"{words.day(local.date())}, {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class _Table:
    caption: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int
    csv: str


@dataclass(frozen=True, slots=True)
class _Picture:
    wide: tuple[int, int]
    narrow: tuple[int, int]
    drawing: Markup
    reading: str


@dataclass(frozen=True, slots=True)
class _Shown:
    section: Section
    as_of: str
    picture: _Picture | None
    table: _Table | None


def page_html(page: Page, heading: Heading, pages: Sequence[Page] = ()) -> str:
    """The whole file of one page. `pages`: all of the edition, for the way from one to the next."""
    sections = [_shown(section) for section in page.sections]
    scripts = _scripts() if any(shown.picture for shown in sections) else ()
    return environment().get_template("page.html.j2").render(
        page=page, heading=heading, pages=pages, sections=sections,
        scripts=scripts, policy=_policy(scripts), style=_style(),
    )  # fmt: skip


def index_html(pages: Sequence[Page], heading: Heading) -> str:
    """Every question with its answer, and the way to its page."""
    return environment().get_template("index.html.j2").render(
        pages=pages, heading=heading, policy=_policy(()), style=_style()
    )  # fmt: skip


def _shown(section: Section) -> _Shown:
    return _Shown(
        section,
        words.day(section.as_of) if section.as_of else "",
        _picture(section.chart) if section.chart is not None else None,
        _table(section.finding, section.table) if section.table is not None else None,
    )


def _table(caption: str, frame: pd.DataFrame) -> _Table:
    columns = tuple((header(name), kind_of(frame, name)) for name in frame.columns)
    kinds = [kind for _, kind in columns]
    rows = tuple(
        tuple(shown(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows_of(frame[:MOST_ROWS])
    )
    return _Table(
        caption, columns, rows, max(0, len(frame) - MOST_ROWS), _data("text/csv;charset=utf-8", to_csv(frame))
    )


def _picture(chart: Chart) -> _Picture:
    """Both drawings as JSON that may stand in a page: no sign in it can end the element that it stands in."""
    wide, narrow = chart.wide, chart.narrow
    drawings = _inert_json({"wide": wide.json(), "narrow": narrow.json()})
    return _Picture((wide.width, wide.height), (narrow.width, narrow.height), drawings, chart.reading)


def _inert_json(value: object) -> Markup:
    text = json.dumps(value, default=_as_list, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # every sign that HTML reads was replaced


def _as_list(value: object) -> object:
    """numpy's numbers and days, which json does not know."""
    return value.isoformat() if isinstance(value, date) else float(value)  # type: ignore[arg-type]


def _policy(scripts: Sequence[Markup]) -> str:
    """Nothing is fetched; no script runs but these."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes or repr('none')}; style-src 'unsafe-inline'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _scripts() -> tuple[Markup, ...]:
    from plotly.offline import get_plotlyjs

    return Markup(get_plotlyjs()), Markup((TEMPLATES / "draw.js").read_text("utf-8"))  # noqa: S704  # ours


@cache
def _style() -> Markup:
    fonts = {
        weight: _data("font/woff2", (TEMPLATES / f"Inter-{weight}.woff2").read_bytes())
        for weight in ("Regular", "Bold")
    }
    css = (TEMPLATES / "report.css").read_text("utf-8")
    for weight, address in fonts.items():
        css = css.replace(f"Inter-{weight}.woff2", address)
    return Markup(css)  # noqa: S704  # ours


def _data(kind: str, content: str | bytes) -> str:
    held = content.encode() if isinstance(content, str) else content
    return f"data:{kind};base64,{base64.b64encode(held).decode()}"


@cache
def environment(*, is_html: bool = True) -> Environment:
    """The templates. Autoescape is on for all that is HTML; a text mail is no HTML."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=is_html, undefined=StrictUndefined)  # noqa: S701
    made.trim_blocks = made.lstrip_blocks = True
    return made
