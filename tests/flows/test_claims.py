"""Claims: a job is done once, by the living."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from archive.catalogue import Catalogue, jobs
from archive.catalogue.jobs import Claim, Job
from archive.errors import DiskFull
from flows import claims
from flows.claims import claimed, is_dead, whoami


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(tmp_path / "catalogue.db")


def finish(catalogue: Catalogue, claim: Claim | Job, result: dict[str, object]) -> None:
    assert isinstance(claim, Claim)
    with catalogue.write("anna") as tx:
        jobs.finish(tx, claim, result)


def test_a_finished_job_gives_its_result(catalogue: Catalogue) -> None:
    with claimed(catalogue, "clip", "c_1", {}, "anna") as claim:
        finish(catalogue, claim, {"made": 1})
    with claimed(catalogue, "clip", "c_1", {}, "anna") as again:
        assert isinstance(again, Job)
        assert again.result == {"made": 1}


def test_a_failed_job_can_be_claimed_again_and_keeps_the_reason(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="no picture"), claimed(catalogue, "clip", "c_1", {}, "anna"):
        raise ValueError("no picture")
    with catalogue.read() as tx:
        job = jobs.find(tx, "clip", "c_1")
    assert job is not None
    assert (job.state, job.why) == ("failed", "no picture")
    with claimed(catalogue, "clip", "c_1", {}, "anna") as claim:
        assert isinstance(claim, Claim)
        assert claim.token == 2
        finish(catalogue, claim, {})


def test_a_job_of_a_killed_process_is_taken_over_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    code = (
        "import sys, time; from archive.catalogue import Catalogue; from flows.claims import claimed\n"
        "with claimed(Catalogue.open(sys.argv[1]), 'clip', 'c_1', {}, 'anna'):\n"
        "    print('mine', flush=True); time.sleep(60)"
    )
    path = str(tmp_path / "catalogue.db")
    worker = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE)
    assert worker.stdout
    assert worker.stdout.readline() == b"mine\n"
    worker.kill()
    worker.wait()
    worker.stdout.close()
    with claimed(catalogue, "clip", "c_1", {}, "ben") as claim:
        assert isinstance(claim, Claim)
        assert claim.token == 2
        finish(catalogue, claim, {})


def test_who_asks_for_what_another_makes_waits_for_it(catalogue: Catalogue) -> None:
    got: list[Claim | Job] = []

    def ask() -> None:
        with claimed(catalogue, "clip", "c_1", {}, "ben") as found:
            got.append(found)

    with claimed(catalogue, "clip", "c_1", {}, "anna") as claim:
        waiting = threading.Thread(target=ask)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        finish(catalogue, claim, {"made": 1})
    waiting.join(10)
    assert isinstance(got[0], Job)


def test_the_living_are_not_taken_for_dead() -> None:
    assert not is_dead(whoami())
    assert not is_dead("elsewhere/1/0.00")
    host = whoami().split("/")[0]
    assert is_dead(f"{host}/{max(psutil.pids()) + 100000}/0.00")
    assert is_dead(f"{host}/{psutil.Process().pid}/1.00")  # the same number, another process


def test_a_full_disk_neither_ends_the_keeper_nor_hides_the_error(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    renewed = threading.Event()

    def renew(*_: object) -> None:
        if caplog.text.count("renew clip c_1") >= 2:
            renewed.set()
        raise DiskFull("The disk is full")

    def fail(*_: object) -> None:
        raise DiskFull("The disk is full")

    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=0.15))
    monkeypatch.setattr(jobs, "renew", renew)
    monkeypatch.setattr(jobs, "fail", fail)

    def work() -> None:
        with claimed(catalogue, "clip", "c_1", {}, "anna"):
            assert renewed.wait(10)  # it goes on trying
            raise ValueError("no picture")

    with pytest.raises(ValueError, match="no picture"):
        work()
    assert "fail clip c_1: not written: The disk is full" in caplog.text
