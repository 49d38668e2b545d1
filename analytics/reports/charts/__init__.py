"""Every chart that a report may have, each a function from plain rows to a Chart."""

from .bars import Bar, bars
from .canvas import Chart
from .claim import claim
from .comparison import Pair, comparison
from .forest import Rate, forest
from .hexes import hexes
from .multiples import AgeGender, Panel, age_gender
from .over_index import OverIndex, over_index
from .ranges import Range, ranges
from .timeline import Change, timeline

__all__ = [
    "AgeGender", "Bar", "Change", "Chart", "OverIndex", "Pair", "Panel", "Range", "Rate",
    "age_gender", "bars", "claim", "comparison", "forest", "hexes", "over_index", "ranges", "timeline",
]  # fmt: skip
