"""What was shown before, kept for what comes: without it editions together could give away a small group."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from analytics.model.scope import Window
from archive.store import Store, mapped_errors, workplace

from .edition import Edition, edition_of
from .protect import THRESHOLD, Protected, as_shown, protect

FOLDER = "disclosed"


@dataclass
class Keeper:
    """Protects tables by name and window: each against what was last shown of the same window, and against what was
    shown of every window that shares days with it (1 to 14 November, 2 to 14 November).

    A name says everything that defines the table but its days. `keep` remembers what was asked; call it before anything
    appears, for what was shown and is not remembered protects nobody. The exact counts are kept in `store`, which all
    who publish must share; two who publish at the same moment do not see each other. Without a store there is no past.
    """

    store: Store | None = None
    threshold: int = THRESHOLD
    _asked: dict[str, dict[Window, tuple[Edition, Protected]]] = field(default_factory=dict)

    def protect(self, name: str, window: Window, table: pd.DataFrame) -> Protected:
        """As `disclosure.protect`. ValueError if the same table comes back in one run with other counts."""
        fresh, asked = edition_of(table), self._asked.setdefault(name, {})
        if window not in asked:
            kept = self._kept(name) | {other: protected.edition for other, (_, protected) in asked.items()}
            beside = [edition for other, edition in kept.items() if other != window and _overlap(other, window)]
            before = _protected(kept[window]) if window in kept else None
            asked[window] = (fresh, protect(table, self.threshold, before, beside))
        known, protected = asked[window]
        if not _is_same(known, fresh):
            raise ValueError(f"two tables are called {name!r}, of {window.first} to {window.last}")
        return protected

    def keep(self) -> None:
        """Remember what is about to be shown. Raises DiskFull, NotWritable, StoreError."""
        for name, asked in self._asked.items():
            if self.store is None:
                continue
            editions = self._kept(name) | {window: protected.edition for window, (_, protected) in asked.items()}
            with workplace(self.store.work, FOLDER) as folder:
                part = folder / "editions.json"
                part.write_text(json.dumps({"name": name, "editions": _documents(editions)}), encoding="utf-8")
                self.store.publish(part, _key(name))

    def _kept(self, name: str) -> dict[Window, Edition]:
        if self.store is None or not self.store.exists(_key(name)):
            return {}
        path = self.store.get(_key(name))
        with mapped_errors(path):
            kept = json.loads(path.read_text(encoding="utf-8"))
        return {_window(one): _edition(one) for one in kept["editions"]}


def _key(name: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"


def _overlap(one: Window, other: Window) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_same(one: Edition, other: Edition) -> bool:
    return (one.rows, one.columns) == (other.rows, other.columns) and np.array_equal(one.counts, other.counts)


def _protected(edition: Edition) -> Protected:
    return Protected(as_shown(edition), frozenset(), False, edition)


def _documents(editions: dict[Window, Edition]) -> list[dict[str, object]]:
    return [
        {
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "rows": edition.rows,
            "columns": edition.columns,
            "counts": edition.counts.tolist(),
            "shown": edition.shown.tolist(),
        }
        for window, edition in editions.items()
    ]


def _window(kept: dict[str, str]) -> Window:
    return Window(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]))


def _edition(kept: dict[str, list[object]]) -> Edition:
    rows, columns = (tuple(map(str, kept[name])) for name in ("rows", "columns"))
    return Edition(rows, columns, np.array(kept["counts"], int), np.array(kept["shown"], bool))
