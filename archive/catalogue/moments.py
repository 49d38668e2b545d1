"""Moments worth answering: where, what kind, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Row, insert, select, update

from archive.catalogue import audit
from archive.catalogue.tables import moments
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import NotInCatalogue

_LISTS = ("entries", "warnings")


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One moment; times in exact seconds of media time. `id` is `moment_id(...)` of where and what it is.
    `rebuttal` is None or a JSON object; `found_at` is None until it is kept."""

    id: str
    recording_id: str
    start: Fraction
    end: Fraction
    kind: str
    score: float
    why: str
    quote: str
    entries: tuple[str, ...] = ()
    rebuttal: Mapping[str, object] | None = None
    warnings: tuple[str, ...] = ()
    speaker: str = ""  # "Name, role", where it is known who says it
    found_at: datetime | None = None


def put(tx: WriteTx, found: Iterable[MomentRow]) -> None:
    """Keep moments; one that is known already gets its new score and reasons. One act per moment changed."""
    for moment in found:
        known = tx.connection.execute(select(moments).where(moments.c.id == moment.id)).first()
        if known is None:
            tx.connection.execute(insert(moments).values(_values(moment, tx.now)))
            audit.record(tx, "moment.add", moment.id, {"recording": moment.recording_id, "kind": moment.kind})
        elif _values(_moment(known), tx.now) != _values(moment, tx.now):
            new = _values(moment, known.found_at)
            tx.connection.execute(update(moments).where(moments.c.id == moment.id).values(new))
            audit.record(tx, "moment.change", moment.id, {"score": moment.score, "why": moment.why})


def get(tx: Tx, id_or_prefix: str) -> MomentRow:
    """The moment with that id, or the only one whose id begins so. Raises NotInCatalogue."""
    wanted = id_or_prefix if id_or_prefix.startswith("m_") else f"m_{id_or_prefix}"
    query = select(moments).where(moments.c.id.startswith(wanted, autoescape=True)).limit(2)
    rows = tx.connection.execute(query).all()
    if len(rows) != 1:
        why = "Several moments begin with" if rows else "There is no moment"
        raise NotInCatalogue(f"{why} {id_or_prefix}", "`soundbite flag` shows the ids.")
    return _moment(rows[0])


def of(tx: Tx, recording_id: str) -> tuple[MomentRow, ...]:
    """A recording's moments, highest score first, then by time."""
    rows = tx.connection.execute(select(moments).where(moments.c.recording_id == recording_id)).all()
    return tuple(sorted((_moment(row) for row in rows), key=lambda m: (-m.score, m.start, m.id)))


def _values(moment: MomentRow, now: datetime) -> dict[str, object]:
    row = {field.name: getattr(moment, field.name) for field in fields(moment)} | {"found_at": now}
    rebuttal = None if moment.rebuttal is None else dict(moment.rebuttal)
    return row | {name: list(row[name]) for name in _LISTS} | {"rebuttal": rebuttal}


def _moment(row: Row[tuple[object, ...]]) -> MomentRow:
    found = dict(row._mapping)
    return MomentRow(**found | {name: tuple(found[name]) for name in _LISTS})
