"""Killing our own work for real: a forked child gets SIGKILL before its n-th file operation."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

FILE_EVENTS = ("open", "os.", "shutil.")


def in_child(work: Callable[[], None], *, kill_at: int | None = None) -> int:
    """Run `work` in a forked child; its wait status. `kill_at`: SIGKILL before that file operation."""
    pid = os.fork()
    if pid == 0:
        try:
            if kill_at is not None:
                _kill_before(kill_at)
            work()
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    return os.waitpid(pid, 0)[1]


def open_to_all(path: Path) -> None:
    """Let another user reach `path`: pytest's own folders are for their owner alone. The shared one stays as it is."""
    for folder in path.parents:
        if folder == Path(tempfile.gettempdir()):
            return
        folder.chmod(0o755)


def _kill_before(count: int) -> None:
    left = [count]

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(FILE_EVENTS):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def until_not_killed(work: Callable[[], None], check: Callable[[], None]) -> int:
    """Kill `work` before its 1st, 2nd, 3rd … file operation, `check` after each, until it gets through."""
    for kill_at in range(1, 400):
        status = in_child(work, kill_at=kill_at)
        check()
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            return kill_at
    raise AssertionError("never got through")
