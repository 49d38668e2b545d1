"""Work in two processes: in order, and never left behind by a dead parent or a broken pool."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from transcription.workers import in_order, usable_workers

REPOSITORY = Path(__file__).parents[2]


def squared(number: int) -> int:
    return number * number


def fragile(number: int) -> int:
    if "SpawnProcess" in type(__import__("multiprocessing").current_process()).__name__ and number == 3:
        os._exit(9)
    return number


def raising(number: int) -> int:
    raise ValueError(number)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(in_order(squared, range(9), workers)) == [n * n for n in range(9)]


def test_a_broken_pool_is_replaced_by_this_process() -> None:
    assert list(in_order(fragile, range(8), 2)) == list(range(8))


def test_an_error_in_the_work_is_the_callers_to_see() -> None:
    with pytest.raises(ValueError, match="0"):
        list(in_order(raising, range(3), 2))


def test_there_is_at_least_one_worker_and_at_most_two() -> None:
    assert 1 <= usable_workers() <= 2


SLOW = """
import os, sys, time
from transcription.workers import in_order
def slow(n):
    print(os.getpid(), flush=True)
    time.sleep(60)
if __name__ == "__main__":
    list(in_order(slow, range(2), 2))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        deadline = time.monotonic() + 30
        while is_alive(worker) and time.monotonic() < deadline:
            time.sleep(0.1)
    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
