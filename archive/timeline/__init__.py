"""When things happen: exact media time, the air clock, and breaks in a recording."""

from archive.timeline.clock import format_time, parse_time
from archive.timeline.marks import Marks
from archive.timeline.timeline import Epoch, Timeline

__all__ = ["Epoch", "Marks", "Timeline", "format_time", "parse_time"]
