"""A claim as a line against what is known."""

from __future__ import annotations

from analytics.model.interval import Interval

from .. import words
from .canvas import INK, QUIET, SIGNAL, Canvas, Chart, drawn, plain
from .marks import solid, upright, whisker
from .rows import EDGE, axis_end, number_axis

_FLOOR = 150  # px


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
    spans = [claimed, known, *([bounds] if bounds else [])]
    top = axis_end([*(span.high for span in spans), claimed.low, ceiling or 0.0]) * 1.05
    _claimed(figure, claimed, unit, top)
    if ceiling is not None:
        upright(figure, ceiling, 52, _FLOOR, QUIET, 1.5, "dot")
        _beside(figure, f"{plain(ceiling_label)}: {words.amount(ceiling, unit)}", ceiling, top, 42, QUIET)
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
