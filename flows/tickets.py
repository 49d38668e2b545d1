"""A ticket: one ask that was accepted while `soundbite up` runs, and everything that became of it.

A ticket is a file of JSON lines: the ask, then beginnings and events, then how it ended. The ask is on disk
before the person is told that it was accepted; whoever works on it holds a lock on the file, so an unfinished
ticket that nobody holds was cut off, and is taken up again. A line that a crash or a full disk tore is skipped.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import SoundbiteError
from archive.store import mapped_errors

from .asks import AskKind
from .house import lock_within
from .telling import Event

log = logging.getLogger(__name__)
MOST_BEGINNINGS = 2  # a job that ended its worker twice ends it again
LOOKERS_LEAVE_WITHIN_S = 0.3  # who looks whether a ticket is held locks it for an instant
LEFT_ALONE_S = 30.0  # a worker that died is back, and has its tickets again, well within this
HAND_OVER_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a ticket ended: a result document, or an error line with the exit code it stands for."""

    result: dict[str, Any] | None
    error: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody began to work on a ticket, or (`put_back`) a clean stop cut it off and the count begins anew."""

    at: str
    pid: int
    put_back: bool = False


Line = Event | Began | Ended


@dataclass(frozen=True, slots=True)
class Ticket:
    """The file of one accepted ask."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    def ask(self) -> tuple[AskKind, dict[str, Any]]:
        """What was asked. ValueError, KeyError or TypeError if that line is torn: then nobody was told yes."""
        with self.path.open("rb") as file:
            first = json.loads(file.readline())
        return first["kind"], first["ask"]

    def is_readable(self) -> bool:
        try:
            self.ask()
        except (ValueError, KeyError, TypeError):
            return False
        return True

    def tell(self, event: Event) -> None:
        """Never raises: a job must not fail because nobody could be told how far it is."""
        try:
            _append(self.path, {"event": event.to_json()})
        except (OSError, ValueError, TypeError) as error:
            log.debug("tell %s: not written: %s", self.name, error)

    def begin(self) -> None:
        self._note_beginning(put_back=False)

    def put_back(self) -> None:
        """It was cut off by a clean stop: what it began so far does not speak against it."""
        self._note_beginning(put_back=True)

    def _note_beginning(self, *, put_back: bool) -> None:
        line = {"at": datetime.now(UTC).isoformat(), "pid": os.getpid(), "put_back": put_back}
        with mapped_errors(self.path):
            _append(self.path, {"began": line})

    def beginnings(self) -> int:
        """How often it was begun and cut off."""
        count = 0
        for line in _lines(self.path, 0)[0]:
            if isinstance(line, Began):
                count = 0 if line.put_back else count + 1
        return count

    def end(self, ended: Ended) -> None:
        line = {"result": ended.result, "error": ended.error, "exit_code": ended.exit_code}
        with mapped_errors(self.path):
            _append(self.path, {"ended": line}, sync=True)

    def ended(self) -> Ended | None:
        return next((line for line in _lines(self.path, 0)[0] if isinstance(line, Ended)), None)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the ticket while working on it. Gives False if somebody else holds it."""
        with self.path.open("rb") as file:
            yield lock_within(file, LOOKERS_LEAVE_WITHIN_S)

    def is_held(self) -> bool:
        """Somebody works on it now."""
        with self.path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return True
            return False


def issue_ticket(folder: Path, kind: AskKind, ask: dict[str, Any]) -> Ticket:
    """Write an ask down; it is on disk when this returns. Raises DiskFull, NotWritable, StoreError."""
    path = folder / f"{int(time.time() * 1000):013d}-{uuid.uuid4().hex[:12]}.jsonl"
    with mapped_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _append(path, {"kind": kind, "ask": ask}, sync=True)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    return Ticket(path)


def unfinished(folder: Path) -> list[Ticket]:
    """Tickets that nobody works on and that have not ended, oldest first."""
    return Waiting(folder).due()


@dataclass(slots=True)
class Waiting:
    """The unfinished tickets of a folder, looked for again and again; each is due once in HAND_OVER_AGAIN_S."""

    folder: Path
    _past: set[Path] = field(default_factory=set)
    _given: dict[Path, float] = field(default_factory=dict)

    def due(self, quiet_s: float = 0.0) -> list[Ticket]:
        """Tickets that nobody holds and that nothing was written to for `quiet_s`, oldest first."""
        found = []
        for path in sorted(set(self.folder.glob("*.jsonl")) - self._past):
            ticket = Ticket(path)
            if ticket.is_held() or time.time() - path.stat().st_mtime < quiet_s:
                continue
            if ticket.ended() is not None or not ticket.is_readable():
                self._past.add(path)
            elif time.monotonic() - self._given.get(path, -HAND_OVER_AGAIN_S) >= HAND_OVER_AGAIN_S:
                found.append(ticket)
        return found

    def given(self, ticket: Ticket) -> None:
        """It was handed over."""
        self._given[ticket.path] = time.monotonic()


def work_on(ticket: Ticket, do: Callable[[AskKind, dict[str, Any]], dict[str, Any]]) -> dict[str, Any] | None:
    """Do what a ticket asks, once, and write down how it ended. None if it is held or already ended.

    One that has ended its worker MOST_BEGINNINGS times is not begun again: it ends with an error.
    """
    with ticket.held() as mine:
        if not mine or ticket.ended() is not None:
            return None
        if ticket.beginnings() >= MOST_BEGINNINGS:
            line = "it ended the worker twice. logs/worker.log has the details; ask again once that is mended."
            ticket.end(Ended(None, line, 1))
            return None
        ticket.begin()
        try:
            result = do(*ticket.ask())
        except SoundbiteError as error:
            ticket.end(Ended(None, str(error), error.exit_code))
            raise
        except Exception as error:
            ticket.end(Ended(None, f"it failed unexpectedly: {error!r}. The log has the details.", 1))
            raise
        ticket.end(Ended(result))
        return result


def follow(
    ticket: Ticket, still_up: Callable[[], bool], every_s: float = 0.05, left_alone_s: float = LEFT_ALONE_S
) -> Iterator[Event | Ended]:
    """Events as they are written, then how it ended.

    Stops without an end if `up` goes away, or if work had begun and for `left_alone_s` nobody goes on with it.
    """
    offset, has_begun, busy_at = 0, False, time.monotonic()
    while True:
        lines, offset = _lines(ticket.path, offset)
        for line in lines:
            if isinstance(line, Began):
                has_begun = True
                continue
            yield line
            if isinstance(line, Ended):
                return
        if not lines and not still_up():
            return
        if lines or not has_begun or ticket.is_held():
            busy_at = time.monotonic()
        elif time.monotonic() - busy_at >= left_alone_s:
            return
        time.sleep(every_s)


def _append(path: Path, document: dict[str, Any], *, sync: bool = False) -> None:
    data = json.dumps(document).encode() + b"\n"
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            data = b"\n" + data  # the line before was torn
        while data:
            data = data[os.write(handle, data) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def _lines(path: Path, offset: int) -> tuple[list[Line], int]:
    """Whole lines from `offset` on, without those that can't be read, and the offset behind them."""
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read()
    whole = data.rfind(b"\n") + 1
    read = (_line(line) for line in data[:whole].split(b"\n"))
    return [line for line in read if line is not None], offset + whole


def _line(data: bytes) -> Line | None:
    try:
        document = json.loads(data)
        if "event" in document:
            return Event.from_json(document["event"])
        if "began" in document:
            return Began(**document["began"])
        return Ended(**document["ended"]) if "ended" in document else None
    except (ValueError, TypeError):
        return None
