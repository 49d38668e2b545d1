"""Which files are the lake now. `current.json` names them all and is replaced in one step, so nobody reads half."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from analytics.errors import LakeBusy, LakeDamaged

from .place import Place

POINTER: Final = "current.json"
VALUES, OBJECTS = "history/values", "history/objects"
CURRENT: Final = "current"
# A reader opens its files when its query begins: those of a generation stay for so long after the next has come.
READERS_GRACE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the lake. Keys of files; "" where there is none yet.

    `imports` are in the order they came in; `values` maps "platform/month" to the file of its current values;
    `retired` are files of earlier generations and when they went out of use.
    """

    number: int = 0
    imports: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    described: str = ""  # per object and source its newest description
    objects: str = ""  # per object all that is known of it
    receipts: str = ""
    links: str = ""
    clips: str = ""
    retired: dict[str, str] = field(default_factory=dict)

    def files(self) -> frozenset[str]:
        """Every current file, without history, which is never retired."""
        singles = (self.described, self.objects, self.receipts, self.links, self.clips)
        return frozenset(filter(None, (*self.values.values(), *singles)))

    def history(self, folder: str) -> list[str]:
        return [f"{folder}/{name}.parquet" for name in self.imports]

    def new_key(self, kind: str, suffix: str = "parquet") -> str:
        """A name that no file has had: a reader of an earlier generation is never given other bytes."""
        return f"{CURRENT}/{kind}/{self.number + 1:06d}-{secrets.token_hex(4)}.{suffix}"


def current(place: Place) -> Generation | None:
    """The generation that counts now; None before the first write. Raises LakeDamaged."""
    data = place.read(POINTER)
    if data is None:
        if place.store.listing(VALUES):
            raise _damaged(place, "is gone")
        return None
    try:
        found = Generation(**json.loads(data))
        return replace(found, imports=tuple(found.imports))
    except (ValueError, TypeError) as error:
        raise _damaged(place, f"can't be read ({error})") from error


def commit(place: Place, work: Path, before: Generation, after: Generation) -> Generation:
    """Make `after` the lake, as the generation behind `before`. Raises LakeBusy, DiskFull, NotWritable, StoreError."""
    now = datetime.now(UTC)
    kept, gone = _retired(before, after.files(), now)
    for key in gone:
        place.store.delete(key)
    following = replace(after, number=before.number + 1, retired=kept)
    if not place.is_local and last_known(place).number != before.number:
        raise LakeBusy(f"Somebody else has written to the lake at {place.store.root} meanwhile", "Run it again.")
    _point(place, work, following)
    return following


def begin(place: Place, work: Path) -> Generation:
    """The generation to go on from. An empty lake gets its pointer first: history without one is then a loss."""
    found = current(place)
    if found is None:
        found = Generation()
        _point(place, work, found)
    if place.is_local:
        _sweep_unnamed(place, found)
    return found


def last_known(place: Place) -> Generation:
    """The generation that counts now, or an empty one where there is none that can be read."""
    try:
        return current(place) or Generation()
    except LakeDamaged:
        return Generation()


def _point(place: Place, work: Path, generation: Generation) -> None:
    written = work / POINTER
    written.write_text(json.dumps(asdict(generation), indent=1), encoding="utf-8")
    place.store.publish(written, POINTER)


def _retired(before: Generation, live: frozenset[str], now: datetime) -> tuple[dict[str, str], list[str]]:
    """(what stays for its readers, what goes). A file that is in use again is neither."""
    listed = before.retired | dict.fromkeys(before.files(), now.isoformat())
    out = {key: since for key, since in listed.items() if key not in live}
    kept = {key: since for key, since in out.items() if datetime.fromisoformat(since) > now - READERS_GRACE}
    return kept, [key for key in out if key not in kept]


def _sweep_unnamed(place: Place, generation: Generation) -> None:
    """Remove what a killed writer had made ready. Nothing in history is ever removed."""
    named = generation.files() | generation.retired.keys()
    for key in place.store.listing(CURRENT):
        if key not in named:
            place.store.delete(key)


def _damaged(place: Place, what: str) -> LakeDamaged:
    return LakeDamaged(
        f"{place.address(POINTER)} {what}", "The history is kept: rebuild the lake from it (Lake.rebuild)."
    )
