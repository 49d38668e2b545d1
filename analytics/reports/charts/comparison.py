"""Two numbers of each group and the way between them: whom we reach beside who there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.model.interval import Interval

from .. import words
from .canvas import BLUE, CONTEXT, ORANGE, Canvas, Chart, drawn, plain
from .marks import dot, level, upright
from .rows import EDGE, Row, axis_end, column_label, number_axis, row_canvas


@dataclass(frozen=True, slots=True)
class Pair:
    """One group: ours (None where not known) and what it is compared with."""

    label: str
    ours: Interval | None
    theirs: Interval
    group: str = ""
    is_key: bool = False


def comparison(rows: Sequence[Pair], ours: str, theirs: str, unit: words.Unit = "share") -> Chart:
    """A round blue dot with its interval for ours, an orange upright for what it is compared with."""
    named = [Row(row.label, _said(row, unit), row.group, is_key=row.is_key) for row in rows]
    return drawn(lambda is_narrow: _draw(rows, named, unit, (ours, theirs), is_narrow), "Thick line: the interval.")


def _said(row: Pair, unit: words.Unit) -> str:
    return f"{words.label(row.ours, unit)} against {words.label(row.theirs, unit)}"


def _draw(
    rows: Sequence[Pair], named: Sequence[Row], unit: words.Unit, names: tuple[str, str], is_narrow: bool
) -> Canvas:
    on = row_canvas(named, is_narrow, above=30, has_column=True)
    top = axis_end(span for row in rows for span in (row.ours, row.theirs)) * 1.03
    for place, (row, y) in enumerate(zip(rows, on.ys, strict=True)):
        _pair(on.figure, row, y, top)
        column_label(on, place, _coloured(row, unit), is_narrow)
    _names(on.figure, names, is_narrow)
    number_axis(on.figure, 0.0, top, unit)
    return on.figure


def _pair(figure: Canvas, row: Pair, y: float, top: float) -> None:
    theirs = row.theirs.middle
    if row.ours is not None:
        high = min(row.ours.high, top)
        level(figure, (row.ours.low + high) / 2, theirs, y, CONTEXT, 1.5, "below")
        level(figure, row.ours.low, high, y, BLUE, 5, "below")
        dot(figure, (row.ours.low + high) / 2, y, BLUE, 13)
    upright(figure, theirs, y - 9, y + 9, ORANGE, 4)


def _coloured(row: Pair, unit: words.Unit) -> str:
    said = f"{_in(BLUE, words.label(row.ours, unit))} against {_in(ORANGE, words.label(row.theirs, unit))}"
    return f"<b>{said}</b>" if row.is_key else said


def _names(figure: Canvas, names: tuple[str, str], is_narrow: bool) -> None:
    """Which is which, once, over all rows."""
    said = f"{_in(BLUE, f'<b>●  {plain(names[0])}</b>')}     {_in(ORANGE, f'<b>❙  {plain(names[1])}</b>')}"
    figure.write(said, 0, 12, xref="paper", xshift=-EDGE if is_narrow else 0)


def _in(colour: str, text: str) -> str:
    return f'<span style="color:{colour}">{text}</span>'
