"""Finished clips and their renditions. A clip gets here only verified, and only under its job's token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Row, delete, insert, select, update

from archive.catalogue import audit, jobs
from archive.catalogue.tables import clips, renditions
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import NotInCatalogue


@dataclass(frozen=True, slots=True)
class Rendition:
    """One finished file of a clip: `key` in the store, sizes in pixels, `fps` and `duration` exact."""

    recipe: str
    key: str
    width: int
    height: int
    fps: Fraction
    frames: int
    duration: Fraction
    size_bytes: int
    sha256: str
    loudness_lufs: float | None  # None without sound


@dataclass(frozen=True, slots=True)
class Clip:
    """A finished clip; `start` and `end` are in and out in exact seconds of media time, `key` its folder in
    the store, `request` what was asked, `token` the fencing token under which it was published."""

    id: str
    recording_id: str
    moment_id: str | None
    start: Fraction
    end: Fraction
    key: str
    request: Mapping[str, object]
    made_by: str
    made_at: datetime
    elapsed_s: float
    first_file_s: float
    renditions: tuple[Rendition, ...]
    pack_key: str | None = None
    token: int = 0


def publish(tx: WriteTx, claim: jobs.Claim, clip: Clip) -> None:
    """List the clip, in place of what an earlier holder of the job listed. LeaseLost under a stale token.

    `clip.request` must be plain JSON. `token` is taken from the claim.
    """
    jobs.check(tx, claim)
    tx.connection.execute(delete(renditions).where(renditions.c.clip_id == clip.id))
    row = {field.name: getattr(clip, field.name) for field in fields(clip) if field.name != "renditions"}
    row |= {"request": dict(clip.request), "token": claim.token}
    is_known = tx.connection.execute(select(clips.c.id).where(clips.c.id == clip.id)).first()
    change = update(clips).where(clips.c.id == clip.id) if is_known else insert(clips)
    tx.connection.execute(change.values(row))
    for position, rendition in enumerate(clip.renditions):
        values = {field.name: getattr(rendition, field.name) for field in fields(rendition)}
        tx.connection.execute(insert(renditions).values(clip_id=clip.id, position=position, **values))
    detail = {"token": claim.token, "renditions": {r.recipe: r.sha256 for r in clip.renditions}}
    audit.record(tx, "clip.publish", clip.id, detail)


def set_pack(tx: WriteTx, clip_id: str, pack_key: str) -> None:
    """Note where the clip's share pack lies. NotInCatalogue."""
    clip = get(tx, clip_id)
    tx.connection.execute(update(clips).where(clips.c.id == clip.id).values(pack_key=pack_key))
    audit.record(tx, "clip.pack", clip.id, {"pack": pack_key})


def get(tx: Tx, id_or_prefix: str) -> Clip:
    """The clip with that id, or the only one whose id begins so. Raises NotInCatalogue."""
    wanted = id_or_prefix if id_or_prefix.startswith("c_") else f"c_{id_or_prefix}"
    query = select(clips).where(clips.c.id.startswith(wanted, autoescape=True)).limit(2)
    rows = tx.connection.execute(query).all()
    if len(rows) != 1:
        why = "Several clips begin with" if rows else "There is no clip"
        raise NotInCatalogue(f"{why} {id_or_prefix}", "`soundbite list` shows the ids.")
    return _clip(tx, rows[0])


def find(tx: Tx, clip_id: str) -> Clip | None:
    """The clip with exactly that id, if it was published."""
    row = tx.connection.execute(select(clips).where(clips.c.id == clip_id)).first()
    return _clip(tx, row) if row else None


def of(tx: Tx, recording_id: str | None = None) -> tuple[Clip, ...]:
    """Clips, newest first, all or those of one recording."""
    query = select(clips).order_by(clips.c.made_at.desc(), clips.c.id)
    if recording_id is not None:
        query = query.where(clips.c.recording_id == recording_id)
    return tuple(_clip(tx, row) for row in tx.connection.execute(query).all())


def _clip(tx: Tx, row: Row[tuple[object, ...]]) -> Clip:
    columns = [renditions.c[field.name] for field in fields(Rendition)]
    query = select(*columns).where(renditions.c.clip_id == row._mapping["id"]).order_by(renditions.c.position)
    return Clip(**row._mapping, renditions=tuple(Rendition(*found) for found in tx.connection.execute(query)))
