"""Jobs: one worker at a time, by a lease; a late one is known by its fencing token.

`claim` hands out a lease with a token one higher than any before it. Who publishes shows the token, inside
the writing transaction that makes the result visible: since there is one writer at a time, nobody can take
the job over between the check and the commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Row, insert, select, update

from archive.catalogue import audit
from archive.catalogue.tables import jobs
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import LeaseLost, NotInCatalogue

State = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. `result` is a JSON object once done, `why` one line once failed."""

    id: int
    kind: str
    key: str
    state: State
    owner: str
    token: int
    lease_until: datetime
    request: Mapping[str, object]
    result: Mapping[str, object] | None
    why: str
    created_at: datetime
    changed_at: datetime

    def is_held(self, now: datetime) -> bool:
        """Somebody works on it and their lease has not run out."""
        return self.state == "running" and now < self.lease_until


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a job until `lease_until`, or for as long as nobody else claims it after that."""

    job_id: int
    kind: str
    key: str
    token: int
    lease_until: datetime


def claim(
    tx: WriteTx, kind: str, key: str, *, owner: str, lease: timedelta, request: Mapping[str, object]
) -> Claim | None:
    """Claim the job, new, failed or left by an owner whose lease ran out.

    None if it is done (`find` has the result) or somebody holds it.
    """
    job, until = find(tx, kind, key), tx.now + lease
    if job and (job.state == "done" or job.is_held(tx.now)):
        return None
    token = job.token + 1 if job else 1
    row = {"state": "running", "owner": owner, "token": token, "lease_until": until, "changed_at": tx.now}
    row |= {"request": dict(request), "result": None, "why": ""}
    if job:
        job_id = job.id
        tx.connection.execute(update(jobs).where(jobs.c.id == job_id).values(row))
    else:
        new = insert(jobs).values(kind=kind, key=key, created_at=tx.now, **row).returning(jobs.c.id)
        job_id = tx.connection.execute(new).scalar_one()
    audit.record(tx, "job.claim", f"{kind}/{key}", {"owner": owner, "token": token})
    return Claim(job_id, kind, key, token, until)


def renew(tx: WriteTx, claim: Claim, lease: timedelta) -> Claim:
    """A longer lease on the same token. LeaseLost if somebody else has the job. No act: nothing was done."""
    check(tx, claim)
    until = tx.now + lease
    tx.connection.execute(update(jobs).where(jobs.c.id == claim.job_id).values(lease_until=until))
    return replace(claim, lease_until=until)


def check(tx: WriteTx, claim: Claim) -> Job:
    """The job, if `claim` still holds it: its token is the newest and it is running. Else LeaseLost.

    Only in a writing transaction, in which nobody can take the job over until the commit.
    """
    job = find(tx, claim.kind, claim.key)
    if job is None or job.token != claim.token or job.state != "running":
        raise LeaseLost(
            f"{claim.kind} {claim.key} was taken over by {job.owner if job else 'somebody'}",
            "Nothing was published here; the other worker's result counts.",
        )
    return job


def finish(tx: WriteTx, claim: Claim, result: Mapping[str, object]) -> None:
    """The job is done; whoever asks for it again gets `result`. LeaseLost under a stale token."""
    check(tx, claim)
    _end(tx, claim, state="done", result=dict(result), why="")
    audit.record(tx, "job.finish", f"{claim.kind}/{claim.key}", {"token": claim.token})


def fail(tx: WriteTx, claim: Claim, why: str) -> None:
    """The job failed, `why` in one line; it can be claimed again. LeaseLost under a stale token."""
    check(tx, claim)
    _end(tx, claim, state="failed", result=None, why=why)
    audit.record(tx, "job.fail", f"{claim.kind}/{claim.key}", {"token": claim.token, "why": why})


def reopen(tx: WriteTx, kind: str, key: str, why: str, *, owner: str | None = None) -> bool:
    """Let a job be claimed again: one that is done and whose result is gone, or, given a dead `owner`, theirs.

    False, and nothing changes, in any other state: somebody else may have begun it since the caller looked.
    Raises NotInCatalogue.
    """
    job = find(tx, kind, key)
    if job is None:
        raise NotInCatalogue(f"There is no job {kind} {key}")
    if not (job.state == "done" or (job.state == "running" and job.owner == owner)):
        return False
    row = {"state": "failed", "result": None, "why": why, "changed_at": tx.now}
    tx.connection.execute(update(jobs).where(jobs.c.id == job.id).values(row))
    audit.record(tx, "job.reopen", f"{kind}/{key}", {"why": why})
    return True


def find(tx: Tx, kind: str, key: str) -> Job | None:
    """The job of that kind and key, whatever its state."""
    row = tx.connection.execute(select(jobs).where(jobs.c.kind == kind, jobs.c.key == key)).first()
    return _job(row) if row else None


def of(tx: Tx, state: State | None = None) -> tuple[Job, ...]:
    """Jobs, newest change first, all or those in `state`."""
    query = select(jobs).order_by(jobs.c.changed_at.desc(), jobs.c.id.desc())
    if state is not None:
        query = query.where(jobs.c.state == state)
    return tuple(_job(row) for row in tx.connection.execute(query))


def _end(tx: WriteTx, claim: Claim, *, state: State, result: dict[str, object] | None, why: str) -> None:
    row = {"state": state, "result": result, "why": why, "lease_until": tx.now, "changed_at": tx.now}
    tx.connection.execute(update(jobs).where(jobs.c.id == claim.job_id).values(row))


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(**row._mapping)
