"""Recordings, and the caption files that came beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Row, func, insert, select, update

from archive.catalogue import audit
from archive.catalogue.tables import caption_files, recordings
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import NotInCatalogue

_PREFIX = "r_"
_LISTS = ("damage", "notes", "embedded")


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """A caption file in the store. `format` is "srt" or "webvtt"; `language` BCP 47, or "" where unknown."""

    key: str
    name: str
    format: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that we hold. `declared` is what its header says, `duration` what its timeline holds and
    `decoded` what could be decoded, all in exact seconds; `width`, `height` and `frame_rate` are None without
    a picture. `key` and `timeline_key` lead to the store. `embedded`
    names the caption streams inside the file, `notes` say what was uncertain, in words."""

    id: str
    sha256: str
    size_bytes: int
    key: str
    name: str
    source: str
    container: str
    channel: str | None
    programme: str | None
    aired_at: datetime | None
    ingested_at: datetime
    declared: Fraction | None
    duration: Fraction
    decoded: Fraction
    width: int | None
    height: int | None
    frame_rate: Fraction | None
    has_sound: bool
    damage: tuple[str, ...]
    notes: tuple[str, ...]
    embedded: tuple[str, ...]
    epochs: int
    timeline_key: str
    captions: tuple[CaptionFile, ...] = ()

    @property
    def has_picture(self) -> bool:
        return self.width is not None


def add(tx: WriteTx, recording: Recording) -> Recording:
    """Take in a recording with its caption files. CatalogueError if its bytes are known already."""
    row = {field.name: getattr(recording, field.name) for field in fields(recording) if field.name != "captions"}
    row |= {name: list(row[name]) for name in _LISTS}
    tx.connection.execute(insert(recordings).values(row))
    for caption in recording.captions:
        _insert_caption(tx, recording.id, caption)
    detail = {"name": recording.name, "sha256": recording.sha256, "damage": recording.damage}
    audit.record(tx, "recording.add", recording.id, detail)
    return recording


def add_caption(tx: WriteTx, recording_id: str, caption: CaptionFile) -> bool:
    """Put a caption file to a recording; False, and no act, if it is there already."""
    if any(known.key == caption.key for known in _captions(tx, recording_id)):
        return False
    _insert_caption(tx, recording_id, caption)
    audit.record(tx, "recording.add_caption", recording_id, {"name": caption.name, "key": caption.key})
    return True


def describe(
    tx: WriteTx,
    recording_id: str,
    *,
    channel: str | None = None,
    programme: str | None = None,
    aired_at: datetime | None = None,
    notes: Iterable[str] = (),
) -> Recording:
    """Correct what is known about a recording: what is given replaces, notes are added. Its bytes stay."""
    was = get(tx, recording_id)
    given = {"channel": channel, "programme": programme, "aired_at": aired_at}
    new = {name: value for name, value in given.items() if value is not None and value != getattr(was, name)}
    added = [note for note in notes if note not in was.notes]
    if not new and not added:
        return was
    change = update(recordings).where(recordings.c.id == was.id)
    tx.connection.execute(change.values(**new, notes=[*was.notes, *added]))
    audit.record(tx, "recording.describe", was.id, new)
    return get(tx, was.id)


def get(tx: Tx, id_or_prefix: str) -> Recording:
    """The recording with that id, or the only one whose id begins so ("r_3f" or "3f").

    Any beginning will do, "r_" too while there is one recording. Raises NotInCatalogue, also where several begin so.
    """
    wanted = id_or_prefix if id_or_prefix.startswith(_PREFIX) else _PREFIX + id_or_prefix
    query = select(recordings).where(recordings.c.id.startswith(wanted, autoescape=True)).limit(2)
    found = tx.connection.execute(query).all()
    if len(found) != 1 or not id_or_prefix:
        why = "Several recordings begin with" if len(found) > 1 and id_or_prefix else "There is no recording"
        raise NotInCatalogue(f"{why} {id_or_prefix}", "`soundbite list` shows the ids.")
    return _recording(tx, found[0])


def find(tx: Tx, *, sha256: str) -> Recording | None:
    """The recording of exactly these bytes."""
    row = tx.connection.execute(select(recordings).where(recordings.c.sha256 == sha256)).first()
    return _recording(tx, row) if row else None


def is_size_known(tx: Tx, size_bytes: int) -> bool:
    """Some recording has this length, so it is worth hashing a file before copying it."""
    query = select(func.count()).select_from(recordings).where(recordings.c.size_bytes == size_bytes)
    return bool(tx.connection.scalar(query))


def all(tx: Tx) -> tuple[Recording, ...]:
    """Every recording, first ingested first."""
    query = select(recordings).order_by(recordings.c.ingested_at, recordings.c.id)
    return tuple(_recording(tx, row) for row in tx.connection.execute(query).all())


def _insert_caption(tx: WriteTx, recording_id: str, caption: CaptionFile) -> None:
    position = len(_captions(tx, recording_id))
    row = {field.name: getattr(caption, field.name) for field in fields(caption)}
    tx.connection.execute(insert(caption_files).values(recording_id=recording_id, position=position, **row))


def _captions(tx: Tx, recording_id: str) -> tuple[CaptionFile, ...]:
    c = caption_files.c
    query = select(c.key, c.name, c.format, c.language).where(c.recording_id == recording_id).order_by(c.position)
    return tuple(CaptionFile(*row) for row in tx.connection.execute(query))


def _recording(tx: Tx, row: Row[tuple[object, ...]]) -> Recording:
    found = dict(row._mapping)
    found |= {name: tuple(found[name]) for name in _LISTS}
    return Recording(**found, captions=_captions(tx, row._mapping["id"]))
