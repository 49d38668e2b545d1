"""`soundbite up`: Prefect's server, the warm worker, the served schedules and the desk, as one process tree.

The catalogue is the truth, not Prefect: parts may be ended at any time and are started again.
"""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import StoreError

from .errors import PartFailed, PortTaken
from .house import House, environment, key_for, open_house, ready_file, sole_house
from .settings import Settings
from .tickets import unfinished

READY_WITHIN_S = 90.0  # a server on an empty home takes 25–30 s
STOP_WITHIN_S = 10.0
RESTARTS, RESTARTS_WITHIN_S = 5, 300.0
Say = Callable[[str], None]
_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy sees the key


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the house: a Python module, and the address that answers or the file that is there once ready."""

    name: str
    module: str
    ready_url: str | None = None
    ready_file: Path | None = None

    def is_ready(self, auth: str) -> bool:
        if self.ready_file is not None and not self.ready_file.exists():
            return False
        return self.ready_url is None or _answers(self.ready_url, auth)


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    started: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))


def prefect_parts(home: Path, settings: Settings) -> tuple[Part, ...]:
    """Prefect's own parts, in the order in which they start."""
    health = f"http://127.0.0.1:{settings.server_port}/api/health"
    return (
        Part("server", "flows.parts.server", health),
        Part("worker", "flows.parts.worker", ready_file=ready_file(home, "worker")),
        Part("schedules", "flows.parts.schedules"),
    )


def run_house(home: Path, settings: Settings, desk: Part, say: Say, on_open: Callable[[House], None]) -> None:
    """Start everything, keep it running, and stop it cleanly on SIGINT or SIGTERM.

    Raises:
        HouseTaken, PortTaken: it can't start.
        PartFailed: a part never became ready, or ended more than RESTARTS times in RESTARTS_WITHIN_S.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with sole_house(home):
        for port in (settings.server_port, settings.desk_port):
            _check_free(port)
        logs = home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        (home / "prefect").mkdir(exist_ok=True)
        shared = environment(home, settings)
        running: list[_Running] = []
        try:
            server, *others = prefect_parts(home, settings)
            for together in ((server,), (*others, desk)):  # the others need the server, not one another
                for part in together:
                    running.append(_start(part, shared, logs))
                    say(f"starting the {part.name}")
                for child in running[-len(together) :]:
                    _wait_ready(child, shared, stopping)
                if stopping.is_set():
                    return
            house = _house(home, settings)
            open_house(home, house)
            on_open(house)
            _keep(running, shared, logs, stopping, say)
        finally:
            say("stopping")
            _stop(running)
            if stopping.is_set():
                _put_back(home / "run" / "tickets")


def _house(home: Path, settings: Settings) -> House:
    desk, prefect = (f"http://127.0.0.1:{port}" for port in (settings.desk_port, settings.server_port))
    return House(os.getpid(), desk, prefect, key_for(home))


def _put_back(tickets: Path) -> None:
    """What we cut off ourselves did not end its worker."""
    for ticket in unfinished(tickets):
        with suppress(StoreError):
            if ticket.beginnings():
                ticket.put_back()


def _check_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} is in use", "Set server_port and desk_port in soundbite.toml to free ones."
            ) from error


def _start(part: Part, shared: dict[str, str], logs: Path) -> _Running:
    if part.ready_file is not None:
        part.ready_file.unlink(missing_ok=True)
    with (logs / f"{part.name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", part.module],
            env=shared,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the rest in order
        )
    return _Running(part, process)


def _wait_ready(running: _Running, shared: dict[str, str], stopping: threading.Event) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and not stopping.is_set():
        if running.process.poll() is not None:
            break
        if running.part.is_ready(shared["PREFECT_API_AUTH_STRING"]):
            return
        time.sleep(0.2)
    if not stopping.is_set():
        raise PartFailed(f"The {running.part.name} did not become ready", f"See logs/{running.part.name}.log.")


def _answers(url: str, auth: str) -> bool:
    request = urllib.request.Request(url, headers={"Authorization": _basic(auth)})  # noqa: S310 (our own loopback)
    try:
        with _straight.open(request, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _basic(auth: str) -> str:
    return "Basic " + base64.b64encode(auth.encode()).decode()


def _keep(running: Sequence[_Running], shared: dict[str, str], logs: Path, stopping: threading.Event, say: Say) -> None:
    while not stopping.wait(0.5):
        for child in running:
            if child.process.poll() is None:
                continue
            now = time.monotonic()
            if len(child.started) == RESTARTS and now - child.started[0] < RESTARTS_WITHIN_S:
                raise PartFailed(f"The {child.part.name} keeps ending", f"See logs/{child.part.name}.log.")
            child.started.append(now)
            say(f"the {child.part.name} ended ({child.process.returncode}); starting it again")
            child.process = _start(child.part, shared, logs).process


def _stop(running: Sequence[_Running]) -> None:
    """Last started, first stopped; whatever is left of a part's session after STOP_WITHIN_S is killed."""
    for child in reversed(running):
        _signal(child, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(STOP_WITHIN_S)
        _signal(child, signal.SIGKILL)
        child.process.wait()


def _signal(child: _Running, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.process.pid, number)  # each part leads its own session
