"""The audit trail: one row per act, written with the act, chained by hashes, never changed.

Each row's hash covers its own fields and the hash before it, so a row changed, removed or slipped in breaks
the chain at that place. Cutting rows off the end does not: keep a `head` elsewhere to notice that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Row, insert, select

from archive.catalogue.ids import canonical_json
from archive.catalogue.tables import audit
from archive.catalogue.transaction import Tx, WriteTx

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `at` is UTC in ISO 8601, `detail` canonical JSON: both text, as they were hashed."""

    seq: int
    at: str
    actor: str
    act: str
    subject: str
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first row that does not fit, and why in words."""

    seq: int
    why: str


def record(tx: WriteTx, act: str, subject: str, detail: Mapping[str, object] | None = None) -> Act:
    """Write down that the transaction's actor did `act` ("clip.publish") to `subject` (an id)."""
    last = head(tx)
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    at, text = tx.now.astimezone(UTC).isoformat(), canonical_json(detail or {})
    row = Act(seq, at, tx.actor, act, subject, text, previous, "")
    row = Act(seq, at, tx.actor, act, subject, text, previous, _hash(row))
    tx.connection.execute(insert(audit).values({name: getattr(row, name) for name in Act.__dataclass_fields__}))
    return row


def head(tx: Tx) -> Act | None:
    """The last act."""
    row = tx.connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(1)).first()
    return _act(row) if row else None


def acts(tx: Tx, subject: str | None = None, limit: int | None = None) -> tuple[Act, ...]:
    """Acts in order, all or those on `subject`; with `limit` only the last so many."""
    query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return tuple(_act(row) for row in reversed(tx.connection.execute(query).all()))


def verify_chain(tx: Tx) -> BrokenLink | None:
    """Walk the whole trail; None if every link holds."""
    seq, previous = 0, FIRST
    for row in tx.connection.execute(select(audit).order_by(audit.c.seq)):
        act, seq = _act(row), seq + 1
        if act.seq != seq:
            return BrokenLink(seq, f"act {seq} is missing")
        if act.previous != previous:
            return BrokenLink(seq, f"act {seq} does not follow the act before it")
        if act.hash != _hash(act):
            return BrokenLink(seq, f"act {seq} was changed after it was written")
        previous = act.hash
    return None


def _hash(act: Act) -> str:
    fields = (act.seq, act.at, act.actor, act.act, act.subject, act.detail, act.previous)
    return hashlib.sha256(canonical_json(fields).encode()).hexdigest()


def _act(row: Row[tuple[object, ...]]) -> Act:
    return Act(**row._mapping)
