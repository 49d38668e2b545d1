"""What comes back for a claim."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analytics.model.interval import Interval

Verdict = Literal["supported", "unsupported", "impossible", "unclear"]
Plain = str | float | int | list[str] | list[float | int | None] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`known`: people or counts that the verdict leans on, None where nothing is; `share`: those over `denominator`.

    `sentence`: the strongest that is true, "" where nothing is known. `why`: one line, with how to say it otherwise
    where the verdict is "unclear".
    """

    verdict: Verdict
    why: str
    sentence: str = ""
    known: Interval | None = None
    share: Interval | None = None
    denominator: Interval | None = None
    arithmetic: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Plain]:
        """For --json: whole numbers as such, null for what is not known or has no upper end."""
        return {
            "verdict": self.verdict,
            "low": _number(self.known.low) if self.known else None,
            "high": _number(self.known.high) if self.known else None,
            "denominator": _one_or_two(self.denominator),
            "share": [_number(self.share.low), _number(self.share.high)] if self.share else None,
            "sentence": self.sentence,
            "arithmetic": list(self.arithmetic),
            "sources": list(self.sources),
            "missing": list(self.missing),
            "why": self.why,
        }


def _one_or_two(interval: Interval | None) -> float | int | list[float | int | None] | None:
    if interval is None:
        return None
    return _number(interval.low) if interval.is_exact else [_number(interval.low), _number(interval.high)]


def _number(number: float) -> float | int | None:
    if math.isinf(number):
        return None
    return int(number) if number == int(number) else number
