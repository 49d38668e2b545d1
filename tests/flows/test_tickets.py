"""Tickets: what was accepted is never lost, and is done once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.errors import NotMedia
from flows.telling import Event
from flows.tickets import Ended, Ticket, follow, issue_ticket, unfinished, work_on


def test_an_accepted_ask_is_on_disk(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {"recording": "r_1"})
    assert Ticket(ticket.path).ask() == ("clip", {"recording": "r_1"})
    assert unfinished(tmp_path) == [ticket]


def test_events_and_the_end_are_followed_in_order(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "run", {})

    def work(kind: str, ask: dict[str, object]) -> dict[str, object]:
        ticket.tell(Event("ingest", "began", "a.ts"))
        ticket.tell(Event("ingest", "moved", fraction=0.5))
        return {"recording": "r_1"}

    assert work_on(ticket, work) == {"recording": "r_1"}
    seen = list(follow(ticket, still_up=lambda: True))
    assert [type(line) for line in seen] == [Event, Event, Ended]
    assert isinstance(seen[-1], Ended)
    assert seen[-1].result == {"recording": "r_1"}
    assert unfinished(tmp_path) == []


def test_an_ended_ticket_is_not_done_again(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    work_on(ticket, lambda kind, ask: {"clip": "c_1"})
    assert work_on(ticket, lambda kind, ask: pytest.fail("done twice")) is None


def test_a_failure_keeps_its_line_and_its_exit_code(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "run", {})

    def work(kind: str, ask: dict[str, object]) -> dict[str, object]:
        raise NotMedia("x.mp4 holds no media", "Give another file.")

    with pytest.raises(NotMedia):
        work_on(ticket, work)
    assert ticket.ended() == Ended(None, "x.mp4 holds no media. Give another file.", 2)


def test_a_half_written_line_is_left_for_later(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "run", {})
    with ticket.path.open("ab") as file:
        file.write(b'{"event": {"step": "cl')
    assert ticket.ended() is None


def test_following_stops_when_the_house_goes_away(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "run", {})
    assert list(follow(ticket, still_up=lambda: False)) == []


def test_a_ticket_whose_worker_was_killed_is_taken_up_again(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    code = (
        "import sys, time; from pathlib import Path; from flows.tickets import Ticket, work_on\n"
        "work_on(Ticket(Path(sys.argv[1])), lambda k, a: (print('working', flush=True), time.sleep(60)))"
    )
    worker = subprocess.Popen([sys.executable, "-c", code, str(ticket.path)], stdout=subprocess.PIPE)
    assert worker.stdout
    assert worker.stdout.readline() == b"working\n"
    assert unfinished(tmp_path) == []  # somebody works on it
    assert work_on(ticket, lambda kind, ask: pytest.fail("two at once")) is None
    worker.kill()
    worker.wait()
    worker.stdout.close()
    deadline = time.monotonic() + 10
    while not unfinished(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert work_on(ticket, lambda kind, ask: {"clip": "c_1"}) == {"clip": "c_1"}
