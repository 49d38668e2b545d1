"""What was shown last time, kept for the next: without it two editions together could give away a small group."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from archive.errors import StoreError
from archive.store import mapped_errors, write_atomic

from .edition import Edition
from .protect import THRESHOLD, Protected, as_shown, protect


@dataclass
class Keeper:
    """Protects tables by name, each against what was last shown under that name in `folder`.

    Nothing is kept until `keep`: an edition that never appeared reveals nothing. Without a folder there is no past.
    """

    folder: Path | None = None
    threshold: int = THRESHOLD
    _asked: dict[str, Protected] = field(default_factory=dict)

    def protect(self, name: str, table: pd.DataFrame) -> Protected:
        """As `disclosure.protect`, against the table that was shown before under `name`. Asked twice it is the same."""
        if name not in self._asked:
            self._asked[name] = protect(table, self.threshold, self._before(name))
        return self._asked[name]

    def keep(self) -> None:
        """Remember what was shown. Raises DiskFull, NotWritable, StoreError."""
        for name, protected in self._asked.items():
            if self.folder is not None:
                write_atomic(self._path(name), json.dumps(_document(name, protected.edition)))

    def _path(self, name: str) -> Path:
        if self.folder is None:
            raise StoreError("Nothing is kept without a folder")
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"

    def _before(self, name: str) -> Protected | None:
        if self.folder is None or not self._path(name).exists():
            return None
        with mapped_errors(self._path(name)):
            edition = _edition(json.loads(self._path(name).read_text(encoding="utf-8")))
        return Protected(as_shown(edition), frozenset(), False, edition)


def _document(name: str, edition: Edition) -> dict[str, object]:
    arrays = {"counts": edition.counts.tolist(), "shown": edition.shown.tolist()}
    return {"name": name, "rows": edition.rows, "columns": edition.columns, **arrays}


def _edition(kept: dict[str, list[object]]) -> Edition:
    rows, columns = (tuple(map(str, kept[name])) for name in ("rows", "columns"))
    return Edition(rows, columns, np.array(kept["counts"], int), np.array(kept["shown"], bool))
