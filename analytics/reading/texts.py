"""A column by the texts that occur in it: a million rows have a few thousand, and each is understood once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Texts:
    """`each` is a text once, in order of appearance (index 0, 1, …); `codes` says which one is in each row."""

    each: pd.Series
    codes: np.ndarray
    index: pd.Index

    @classmethod
    def of(cls, column: pd.Series) -> Texts:
        codes, each = pd.factorize(column, use_na_sentinel=False)
        return cls(pd.Series(each, name=column.name), codes, column.index)

    def spread(self, meant: pd.Series) -> pd.Series:
        """What each text means, in `meant` (index as `each`), for every row."""
        return pd.Series(meant.array.take(self.codes), self.index, name=self.each.name)

    def lines_of(self, wanted: Collection[str]) -> Iterator[tuple[int, str]]:
        """(line, text) of the rows that have one of those texts, in their order."""
        if not wanted:
            return iter(())
        found = np.flatnonzero(self.each.isin(list(wanted)).to_numpy()[self.codes])
        return zip(map(int, self.index[found]), self.each.array.take(self.codes[found]), strict=True)
