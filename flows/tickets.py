"""A ticket: one ask that was accepted while `soundbite up` runs, and everything that became of it.

A ticket is a file of JSON lines: the ask, then events, then how it ended. The ask is on disk before the
person is told that it was accepted; whoever works on it holds a lock on the file, so an unfinished ticket
that nobody holds was cut off, and is taken up again when `up` starts.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import SoundbiteError

from .asks import AskKind
from .telling import Event


@dataclass(frozen=True, slots=True)
class Ended:
    """How a ticket ended: a result document, or an error line with the exit code it stands for."""

    result: dict[str, Any] | None
    error: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Ticket:
    """The file of one accepted ask."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    def ask(self) -> tuple[AskKind, dict[str, Any]]:
        first = json.loads(self.path.read_text(encoding="utf-8").split("\n", 1)[0])
        return first["kind"], first["ask"]

    def tell(self, event: Event) -> None:
        _append(self.path, {"event": event.to_json()})

    def end(self, ended: Ended) -> None:
        line = {"result": ended.result, "error": ended.error, "exit_code": ended.exit_code}
        _append(self.path, {"ended": line}, sync=True)

    def ended(self) -> Ended | None:
        return next((line for line in _lines(self.path, 0)[0] if isinstance(line, Ended)), None)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the ticket while working on it. Gives False if another process holds it."""
        with self.path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True


def issue_ticket(folder: Path, kind: AskKind, ask: dict[str, Any]) -> Ticket:
    """Write an ask down; it is on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{int(time.time() * 1000):013d}-{uuid.uuid4().hex[:12]}.jsonl"
    _append(path, {"kind": kind, "ask": ask}, sync=True)
    return Ticket(path)


def unfinished(folder: Path) -> list[Ticket]:
    """Tickets that nobody works on and that have not ended, oldest first."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        ticket = Ticket(path)
        with ticket.held() as free:
            if free and ticket.ended() is None:
                found.append(ticket)
    return found


def work_on(ticket: Ticket, do: Callable[[AskKind, dict[str, Any]], dict[str, Any]]) -> dict[str, Any] | None:
    """Do what a ticket asks, once, and write down how it ended. None if it is held or already ended."""
    with ticket.held() as mine:
        if not mine or ticket.ended() is not None:
            return None
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


def follow(ticket: Ticket, still_up: Callable[[], bool], every_s: float = 0.05) -> Iterator[Event | Ended]:
    """Events as they are written, then how it ended; stops without an end if `up` goes away."""
    offset = 0
    while True:
        lines, offset = _lines(ticket.path, offset)
        for line in lines:
            yield line
            if isinstance(line, Ended):
                return
        if not lines and not still_up():
            return
        time.sleep(every_s)


def _append(path: Path, document: dict[str, Any], *, sync: bool = False) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(document, ensure_ascii=False) + "\n").encode())
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def _lines(path: Path, offset: int) -> tuple[list[Event | Ended], int]:
    """Whole lines from `offset` on, and the offset behind them."""
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read()
    whole = data.rfind(b"\n") + 1
    found: list[Event | Ended] = []
    for line in data[:whole].splitlines():
        document = json.loads(line)
        if "event" in document:
            found.append(Event.from_json(document["event"]))
        elif "ended" in document:
            found.append(Ended(**document["ended"]))
    return found, offset + whole
