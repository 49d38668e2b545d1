"""Exports as they came, each beside a note of what was said about it: the lake can be made again from here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from analytics.model.extract import Ask
from archive.errors import StoreError
from archive.store import Store, content_hash, mapped_errors, workplace

KEPT = "originals/exports"  # never changed, never deleted
ASKS = TypeAdapter(Ask)


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside an export: its name and its time when it came, and what was said about it. The mapping that
    `ask` names is a key of the store."""

    key: str
    name: str
    ask: Ask
    modified_at: str
    kept_at: str


def keep(store: Store, path: Path, said: Ask) -> None:
    """The bytes as they came, those of the mapping, and a note of what was said; all before the lake knows of them."""
    sha = content_hash(path)
    key = _put(store, path, f"{KEPT}/{sha}{path.suffix.lower()}")
    if said.mapping:
        mapping = Path(said.mapping)
        said = replace(said, mapping=_put(store, mapping, f"{KEPT}/{content_hash(mapping)}.mapping.yaml"))
    now = datetime.now(UTC).isoformat()
    note = Note(key, path.name, said, datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(), now)
    written = json.dumps(asdict(note), default=str, ensure_ascii=False, sort_keys=True)
    with workplace(store.work, "export") as folder:
        part = folder / "note.json"
        part.write_text(written, encoding="utf-8")
        store.publish(part, f"{KEPT}/{sha}-{hashlib.sha256(written.encode()).hexdigest()[:12]}.json")


def notes(store: Store) -> tuple[list[Note], dict[str, str]]:
    """What was said last of every export, and of its other times of download, in the order in which they came; and the
    notes that can't be read, each with why."""
    found, broken = list[Note](), dict[str, str]()
    for key in store.listing(KEPT):
        if not key.endswith(".json") or "-" not in key:  # an export may be JSON itself
            continue
        try:
            note = json.loads(store.get(key).read_text(encoding="utf-8"))
            found.append(Note(**{**note, "ask": ASKS.validate_python(note["ask"])}))
        except (OSError, StoreError, ValueError, TypeError, KeyError) as error:
            broken[key] = f"this note can't be read ({' '.join(str(error).split())[:120]})"
    found.sort(key=lambda note: note.kept_at)
    last = {note.key: _but_time(note) for note in found}
    return [note for note in found if _but_time(note) == last[note.key]], broken


@contextmanager
def unpacked(store: Store, note: Note) -> Iterator[tuple[Path, Ask]]:
    """The export with the time that it had, and what to ask of it. StoreError where either is gone."""
    mapping = str(store.get(note.ask.mapping)) if note.ask.mapping else ""
    when = datetime.fromisoformat(note.modified_at).timestamp()
    with workplace(store.work, "export") as folder:
        path = folder / Path(note.key).name
        with mapped_errors(path):
            shutil.copyfile(store.get(note.key), path)
            os.utime(path, (when, when))
        yield path, replace(note.ask, mapping=mapping)


def _put(store: Store, path: Path, key: str) -> str:
    return key if store.exists(key) else store.put(path, key)


def _but_time(note: Note) -> Ask:
    return replace(note.ask, as_of=None)
