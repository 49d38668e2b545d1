"""Eight processes write at once and nothing is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from archive.catalogue import Catalogue, audit, jobs, recordings
from tests.archive.rows import a_recording, claimed

WRITERS = 8
ROUNDS = 25


def write(path: Path, writer: int) -> None:
    with Catalogue.open(path, busy_timeout_s=120) as catalogue:
        for turn in range(ROUNDS):
            name = f"{writer}-{turn}"
            with catalogue.write(f"writer-{writer}") as tx:
                recordings.add(tx, a_recording(name))
            with catalogue.write(f"writer-{writer}") as tx:
                claim = claimed(tx, name)
                jobs.finish(tx, claim, {"by": writer})


def test_eight_writers_lose_nothing_and_the_chain_holds(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    children = []
    for writer in range(WRITERS):
        if not (pid := os.fork()):
            try:
                write(path, writer)
            except BaseException as error:
                os.write(2, f"{error!r}\n".encode())
                os._exit(1)
            os._exit(0)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * WRITERS
    with Catalogue.open(path) as catalogue, catalogue.read() as tx:
        assert len(recordings.all(tx)) == WRITERS * ROUNDS
        assert len(jobs.of(tx, "done")) == WRITERS * ROUNDS
        assert len(audit.acts(tx)) == WRITERS * ROUNDS * 3
        assert audit.verify_chain(tx) is None


def test_what_was_committed_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Catalogue.open(path).close()
    said: set[str] = set()
    for turn in range(12):
        reader, writer = os.pipe()
        if not (pid := os.fork()):
            write_and_say(path, turn, writer)
        os.close(writer)
        with os.fdopen(reader) as lines:
            for _ in range(turn):  # after so many commits, somewhere in the next
                said.add(lines.readline().strip())
            os.kill(pid, signal.SIGKILL)
            said.update(line.strip() for line in lines)
        os.waitpid(pid, 0)
    with Catalogue.open(path) as catalogue, catalogue.read() as tx:
        assert said <= {act.subject for act in audit.acts(tx)}
        assert len(said) >= sum(range(12))
        assert audit.verify_chain(tx) is None


def write_and_say(path: Path, turn: int, to: int) -> None:
    with Catalogue.open(path) as catalogue:
        for number in range(10_000):
            with catalogue.write("anna") as tx:
                audit.record(tx, "said", f"{turn}-{number}", {"text": "x" * 5000})
            os.write(to, f"{turn}-{number}\n".encode())


def test_one_job_is_claimed_by_one_of_eight(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Catalogue.open(path).close()
    children = []
    for _ in range(WRITERS):
        if not (pid := os.fork()):
            os._exit(try_to_claim(path))
        children.append(pid)
    won = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert sorted(won) == [0] + [3] * (WRITERS - 1)


def try_to_claim(path: Path) -> int:
    from datetime import timedelta

    with Catalogue.open(path, busy_timeout_s=120) as catalogue, catalogue.write("worker") as tx:
        claim = jobs.claim(tx, "clip", "c_1", owner=str(os.getpid()), lease=timedelta(minutes=1), request={})
    return 0 if claim else 3
