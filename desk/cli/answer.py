"""The answer on stdout: one JSON document, or lines for a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.results import Result


def give(result: Result, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a result as JSON or as lines."""
    if as_json:
        from flows.results import to_document

        sys.stdout.write(json.dumps(to_document(result), ensure_ascii=False, indent=2) + "\n")
    else:
        for line in lines:
            sys.stdout.write(line + "\n")
    sys.stdout.flush()


def clock(seconds: float) -> str:
    """12.5 → '00:12', for people; hours only where there are any."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def exact_clock(seconds: float) -> str:
    """12.5 → '00:00:12.500', as the commands take it."""
    from archive.timeline import format_time

    return format_time(Fraction(seconds).limit_denominator(1000))
