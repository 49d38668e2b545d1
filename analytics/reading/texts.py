"""What occurs in a table, once: a million rows have a few thousand texts, and each is understood once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.model.extract import RefusedRow


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


@dataclass(frozen=True, slots=True)
class Kinds:
    """The rows of a table that differ, each once (index = line of the first such row); `codes` says which is where."""

    each: pd.DataFrame
    codes: np.ndarray
    index: pd.Index

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Kinds:
        codes = np.zeros(len(frame), dtype="int64")
        for name in frame:
            of_column, texts = pd.factorize(frame[name], use_na_sentinel=False)
            if len(texts) > 1:  # renumbered each time, so that no product outgrows the numbers
                codes, _ = pd.factorize(codes * len(texts) + of_column)
        return cls(frame[~pd.Series(codes, frame.index).duplicated()], codes, frame.index)

    def spread(self, meant: pd.DataFrame) -> pd.DataFrame:
        """What each kind means, in `meant` (index as `each`), for every row."""
        return meant.take(self.codes).set_axis(self.index)

    def spread_problems(self, problems: Iterable[RefusedRow]) -> tuple[RefusedRow, ...]:
        """Problems of kinds (by the line in `each`) → of every row of that kind."""
        listed = list(problems)
        if not listed:
            return ()
        lines = pd.Series(self.index).groupby(self.codes).groups
        kinds = self.each.index.get_indexer([problem.line for problem in listed])
        return tuple(
            replace(problem, line=int(line))
            for problem, kind in zip(listed, kinds, strict=True)
            for line in self.index[lines[kind]]
        )
