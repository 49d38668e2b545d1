"""A long list of whole numbers in rising order, kept small: differences, deflated, as text."""

from __future__ import annotations

import base64
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate


def _packed(values: Sequence[int]) -> str:
    steps = array("q", [b - a for a, b in zip([0, *values], values, strict=False)])
    if sys.byteorder == "big":
        steps.byteswap()
    return base64.b64encode(zlib.compress(steps.tobytes(), 6)).decode("ascii")


def _unpacked(text: str) -> array[int]:
    steps = array("q")
    steps.frombytes(zlib.decompress(base64.b64decode(text)))
    if sys.byteorder == "big":
        steps.byteswap()
    return array("q", accumulate(steps))


@dataclass(frozen=True)
class Marks:
    """Points in media time (in ticks of the timeline's time base), each with a byte position or −1."""

    ticks_packed: str = ""
    bytes_packed: str = ""

    @classmethod
    def of(cls, ticks: Sequence[int], positions: Sequence[int] = ()) -> Marks:
        """`ticks` in rising order; `positions` as many as ticks, or none at all."""
        return cls(_packed(ticks) if ticks else "", _packed(positions) if positions else "")

    @cached_property
    def ticks(self) -> array[int]:
        return _unpacked(self.ticks_packed) if self.ticks_packed else array("q")

    @cached_property
    def positions(self) -> array[int]:
        return _unpacked(self.bytes_packed) if self.bytes_packed else array("q")

    def __len__(self) -> int:
        return len(self.ticks)

    def last_at(self, tick: int) -> int | None:
        """Index of the last mark at or before `tick`, or None."""
        found = bisect_right(self.ticks, tick) - 1
        return found if found >= 0 else None

    def first_after(self, tick: int) -> int | None:
        """Index of the first mark after `tick`, or None."""
        found = bisect_right(self.ticks, tick)
        return found if found < len(self.ticks) else None
