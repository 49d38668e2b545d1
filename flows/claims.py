"""Doing a job once: a lease in the catalogue, kept alive while we work, taken over from the dead at once."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import psutil

from archive.catalogue import Catalogue, jobs
from archive.catalogue.jobs import Claim, Job
from archive.errors import LeaseLost

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
LOOK_AGAIN_S = 0.2


def whoami() -> str:
    """This process, named so that others on this machine can tell whether it still lives."""
    return f"{socket.gethostname()}/{os.getpid()}/{psutil.Process().create_time():.2f}"


def is_dead(owner: str) -> bool:
    """Surely dead: it was on this machine and is gone. Owners elsewhere are left to their lease."""
    host, _, rest = owner.partition("/")
    pid, _, born = rest.partition("/")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != born
    except psutil.NoSuchProcess:
        return True


@contextmanager
def claimed(
    catalogue: Catalogue, kind: str, key: str, request: Mapping[str, object], actor: str
) -> Iterator[Claim | Job]:
    """The right to do a job, or the job as somebody finished it. Waits while a living owner works on it.

    The claim is kept alive until the block ends, and failed if the block raises; finishing it is the
    block's own act, in the transaction that makes the result visible.
    """
    got = _claim_or_wait(catalogue, kind, key, request, actor)
    if isinstance(got, Job):
        yield got
        return
    with _kept_alive(catalogue, got, actor):
        try:
            yield got
        except BaseException as error:
            _give_back(catalogue, got, actor, " ".join(str(error).split())[:500] or type(error).__name__)
            raise


def _give_back(catalogue: Catalogue, claim: Claim, actor: str, why: str) -> None:
    """Fail the job. Never raises: what the job failed of is what the caller must hear."""
    try:
        with catalogue.write(actor) as tx:
            jobs.fail(tx, claim, why)
    except LeaseLost:
        pass  # nothing to give back
    except Exception as error:  # the lease runs out by itself
        log.warning("fail %s %s: not written: %s", claim.kind, claim.key, error)


def _claim_or_wait(catalogue: Catalogue, kind: str, key: str, request: Mapping[str, object], actor: str) -> Claim | Job:
    while True:
        with catalogue.write(actor) as tx:
            known = jobs.find(tx, kind, key)
            if known and known.is_held(tx.now) and is_dead(known.owner):
                jobs.reopen(tx, kind, key, f"{known.owner} died", owner=known.owner)
            claim = jobs.claim(tx, kind, key, owner=whoami(), lease=LEASE, request=request)
        if claim is not None:
            return claim
        if known and known.state == "done":
            return known
        time.sleep(LOOK_AGAIN_S)


@contextmanager
def _kept_alive(catalogue: Catalogue, claim: Claim, actor: str) -> Iterator[None]:
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            try:
                with catalogue.write(actor) as tx:
                    jobs.renew(tx, claim, LEASE)
            except LeaseLost:
                return  # it shows when we publish: the token decides, not this thread
            except Exception as error:  # a full or busy disk may be better at the next turn
                log.warning("renew %s %s: not written: %s", claim.kind, claim.key, error)

    keeper = threading.Thread(target=renew, daemon=True, name=f"lease {claim.kind} {claim.key}")
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()
