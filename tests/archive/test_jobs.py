"""Leases and fencing tokens: one worker at a time, and a late one changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from archive.catalogue import Catalogue, WriteTx, clips, jobs
from archive.catalogue.jobs import Claim
from archive.errors import LeaseLost, NotInCatalogue
from tests.archive.rows import WHEN, a_clip, claimed, with_recording

MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that we turn by hand."""

    def __init__(self) -> None:
        self.now = WHEN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(tmp_path: Path, clock: Clock) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.db", reserve_bytes=1, clock=clock) as opened:
        yield opened


def claim_again(tx: WriteTx) -> Claim | None:
    return jobs.claim(tx, "clip", "c_1", owner="worker-2", lease=MINUTE, request={})


def test_a_held_job_cannot_be_claimed(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        claimed(tx, minutes=1)
    with catalogue.write("anna") as tx:
        assert claim_again(tx) is None
        job = jobs.find(tx, "clip", "c_1")
        assert job is not None
        assert (job.state, job.owner, job.token, job.request) == ("running", "worker-1", 1, {"in": "1/3"})


def test_an_expired_lease_is_claimed_again_with_a_higher_token(catalogue: Catalogue, clock: Clock) -> None:
    with catalogue.write("anna") as tx:
        first = claimed(tx, minutes=1)
    clock.now += MINUTE
    with catalogue.write("anna") as tx:
        second = claim_again(tx)
    assert second is not None
    assert second.token > first.token
    assert second.job_id == first.job_id


def test_a_late_worker_can_neither_publish_nor_finish_nor_fail_nor_renew(catalogue: Catalogue, clock: Clock) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        late = claimed(tx, minutes=1)
    clock.now += MINUTE
    with catalogue.write("anna") as tx:
        assert claim_again(tx)
    with catalogue.write("anna") as tx:
        for attempt in (
            lambda: clips.publish(tx, late, a_clip("c_1", recording)),
            lambda: jobs.finish(tx, late, {}),
            lambda: jobs.fail(tx, late, "late"),
            lambda: jobs.renew(tx, late, MINUTE),
            lambda: jobs.check(tx, late),
        ):
            with pytest.raises(LeaseLost, match="was taken over by worker-2"):
                attempt()
        assert clips.find(tx, "c_1") is None


def test_a_late_worker_may_still_publish_if_nobody_took_over(catalogue: Catalogue, clock: Clock) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        claim = claimed(tx, minutes=1)
    clock.now += 60 * MINUTE
    with catalogue.write("anna") as tx:
        clips.publish(tx, claim, a_clip("c_1", recording))
        jobs.finish(tx, claim, {"clip": "c_1"})
        assert clips.get(tx, "c_1").token == claim.token


def test_a_renewed_lease_holds_longer(catalogue: Catalogue, clock: Clock) -> None:
    with catalogue.write("anna") as tx:
        claim = claimed(tx, minutes=1)
    clock.now += 0.5 * MINUTE
    with catalogue.write("anna") as tx:
        renewed = jobs.renew(tx, claim, 2 * MINUTE)
    assert renewed.token == claim.token
    clock.now += MINUTE
    with catalogue.write("anna") as tx:
        assert claim_again(tx) is None


def test_a_finished_job_is_not_done_again_and_keeps_its_result(catalogue: Catalogue, clock: Clock) -> None:
    with catalogue.write("anna") as tx:
        jobs.finish(tx, claimed(tx), {"clip": "c_1"})
    clock.now += 1000 * MINUTE
    with catalogue.write("anna") as tx:
        assert claim_again(tx) is None
        job = jobs.find(tx, "clip", "c_1")
        assert job is not None
        assert (job.state, job.result) == ("done", {"clip": "c_1"})


def test_a_failed_job_says_why_and_can_be_claimed_at_once(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        jobs.fail(tx, claimed(tx), "the disk is full")
        job = jobs.find(tx, "clip", "c_1")
        assert job is not None
        assert (job.state, job.why) == ("failed", "the disk is full")
        again = claim_again(tx)
        assert again is not None
        assert again.token == 2


def test_a_job_whose_result_is_gone_can_be_opened_again(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        jobs.finish(tx, claimed(tx), {"clip": "c_1"})
        jobs.reopen(tx, "clip", "c_1", "its files were deleted")
        again = claim_again(tx)
        assert again is not None
        assert again.token == 2
        with pytest.raises(NotInCatalogue):
            jobs.reopen(tx, "clip", "c_9", "never was")


def test_a_job_that_somebody_works_on_is_not_opened_again(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        claim = claimed(tx)
        assert not jobs.reopen(tx, "clip", "c_1", "its files have gone")
        assert not jobs.reopen(tx, "clip", "c_1", "worker-2 died", owner="worker-2")
        jobs.finish(tx, claim, {"clip": "c_1"})


def test_a_job_of_a_dead_owner_is_opened_again(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        claimed(tx)
        assert jobs.reopen(tx, "clip", "c_1", "worker-1 died", owner="worker-1")
        assert not jobs.reopen(tx, "clip", "c_1", "worker-1 died", owner="worker-1")  # failed: open already
        again = claim_again(tx)
        assert again is not None
        assert again.token == 2


def test_the_same_key_of_another_kind_is_another_job(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        claimed(tx)
        assert jobs.claim(tx, "pack", "c_1", owner="w", lease=MINUTE, request={}) is not None
        assert jobs.find(tx, "pack", "c_2") is None


def test_published_again_under_a_newer_token_the_clip_is_replaced(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        first = claimed(tx)
        clips.publish(tx, first, a_clip("c_1", recording))
        jobs.finish(tx, first, {})
        jobs.reopen(tx, "clip", "c_1", "gone")
        second = claim_again(tx)
        assert second is not None
        clips.publish(tx, second, a_clip("c_1", recording))
        assert clips.get(tx, "c_1").token == 2
        assert len(clips.of(tx)) == 1
        assert len(clips.get(tx, "c_1").renditions) == 1


class Workers(RuleBasedStateMachine):
    """However claims, failures and late workers mix: tokens only rise, and only the newest one publishes."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.catalogue = Catalogue.open(Path(self.folder.name) / "c.db", reserve_bytes=1, clock=self.clock)
        self.claims: list[Claim] = []
        self.done_by: int | None = None

    def teardown(self) -> None:
        self.catalogue.close()
        self.folder.cleanup()

    @rule()
    def claim(self) -> None:
        with self.catalogue.write("w") as tx:
            new = claim_again(tx)
        if new:
            assert self.done_by is None
            assert all(new.token > old.token for old in self.claims)
            self.claims.append(new)

    @rule()
    def wait(self) -> None:
        self.clock.now += 0.7 * MINUTE

    @precondition(lambda self: self.claims)
    @rule()
    def the_oldest_finishes(self) -> None:
        self._finish(self.claims[0])

    @precondition(lambda self: self.claims)
    @rule()
    def the_newest_finishes(self) -> None:
        self._finish(self.claims[-1])

    @precondition(lambda self: self.claims and self.done_by is None)
    @rule()
    def the_newest_fails(self) -> None:
        with self.catalogue.write("w") as tx:
            job = jobs.find(tx, "clip", "c_1")
            if job and job.state == "running":
                jobs.fail(tx, self.claims[-1], "no luck")

    def _finish(self, claim: Claim) -> None:
        try:
            with self.catalogue.write("w") as tx:
                jobs.finish(tx, claim, {"token": claim.token})
        except LeaseLost:
            return
        assert claim == self.claims[-1]
        assert self.done_by is None
        self.done_by = claim.token

    @invariant()
    def the_result_is_the_newest_ones(self) -> None:
        if not hasattr(self, "catalogue"):
            return
        with self.catalogue.read() as tx:
            job = jobs.find(tx, "clip", "c_1")
        assert (job.result if job else None) == ({"token": self.done_by} if self.done_by else None)


TestWorkers = Workers.TestCase
TestWorkers.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)
