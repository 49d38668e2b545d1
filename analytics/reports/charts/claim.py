"""A claim as a line against what is known."""

from __future__ import annotations

from typing import Final

from analytics.model.interval import Interval

from .. import words
from .canvas import INK, QUIET, SIGNAL, Canvas, Chart, drawn, plain
from .marks import solid, upright, whisker
from .rows import EDGE, axis_end, number_axis

_FLOOR: Final = 150  # px
_MOST_BOUNDS: Final = 1.6  # times the rest: bounds beyond that run out of the picture
_MOST_CEILING: Final = 3.0  # times the rest: one further off is named at the edge, not drawn


def claim(
    claimed: Interval,
    known: Interval,
    unit: words.Unit = "people",
    *,
    bounds: Interval | None = None,
    ceiling: float | None = None,
    ceiling_label: str = "",
) -> Chart:
    """The claimed number, upright in red and shaded as far as the claim goes, over what is known and its bounds.

    `ceiling`: what it can never be more than, such as the electorate, drawn where it helps to read the rest.
    """
    return drawn(
        lambda is_narrow: _draw(claimed, known, unit, bounds, ceiling, ceiling_label, is_narrow),
        "Dark bar: what we know. Thin line: bounds that always hold." if bounds else "Dark bar: what we know.",
    )


def _draw(
    claimed: Interval,
    known: Interval,
    unit: words.Unit,
    bounds: Interval | None,
    ceiling: float | None,
    ceiling_label: str,
    is_narrow: bool,
) -> Canvas:
    figure = Canvas(is_narrow, _FLOOR + 34, left=EDGE, right=24, top=4, bottom=30)
    figure.y.update(range=[_FLOOR, 0])
    top = axis_end([claimed, known]) * 1.05
    if bounds is not None:
        top = max(top, min(bounds.high * 1.05, top * _MOST_BOUNDS))
    if ceiling is not None and top < ceiling < top * _MOST_CEILING:
        top = ceiling * 1.05
    _claimed(figure, claimed, unit, top)
    if ceiling is not None:
        is_beyond = ceiling > top
        said = f"{plain(ceiling_label)}: {words.amount(ceiling, unit)}{' ▶' if is_beyond else ''}"
        _beside(figure, said, min(ceiling, top), top, 42, QUIET)
        if not is_beyond:
            upright(figure, ceiling, 52, 97, QUIET, 1.5, "dot")
    _known(figure, known, bounds, unit, top, claimed.low)
    number_axis(figure, 0.0, top, unit)
    return figure


def _claimed(figure: Canvas, claimed: Interval, unit: words.Unit, top: float) -> None:
    if not claimed.is_exact:
        end = min(claimed.high, top)
        shade = {"fillcolor": SIGNAL, "opacity": 0.1, "line": {"width": 0}, "layer": "below"}
        figure.shape(type="rect", x0=claimed.low, x1=end, y0=24, y1=_FLOOR, **shade)
    upright(figure, claimed.low, 24, _FLOOR, SIGNAL, 3)
    _beside(figure, f"<b>claimed: {words.label(claimed, unit)}</b>", claimed.low, top, 12, SIGNAL)


def _known(
    figure: Canvas, known: Interval, bounds: Interval | None, unit: words.Unit, top: float, claim_at: float
) -> None:
    """Its label keeps away from the claim's line."""
    high = min(known.high, top)
    if bounds is not None:
        whisker(figure, bounds, 84, top)
    solid(figure, known.low, max(high, known.low + top * 0.004), 84, 22, INK)
    said, is_right = f"<b>known: {words.label(known, unit)}</b>", known.low > claim_at or high < top * 0.4
    x, anchor = (known.low, "left") if is_right else (high, "right")
    figure.write(said, x, 110, xanchor=anchor, xshift=-2 if is_right else 2)


def _beside(figure: Canvas, text: str, x: float, top: float, y: float, colour: str) -> None:
    """To the right of its line where there is room, else to its left."""
    place = {"xanchor": "left", "xshift": -1} if x < top * 0.55 else {"xanchor": "right", "xshift": 2}
    figure.write(text, x, y, font={"color": colour}, **place)
