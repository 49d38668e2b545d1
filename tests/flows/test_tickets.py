"""Tickets: what was accepted is never lost, and is done once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from archive.errors import DiskFull, NotMedia
from flows.telling import Event
from flows.tickets import Ended, Ticket, Waiting, follow, issue_ticket, unfinished, work_on


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


def full_disk(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_torn_line_is_skipped_and_the_next_one_stands_by_itself(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "run", {})
    with ticket.path.open("ab") as file:
        file.write(b'{"event": {"step": "cl')
    ticket.tell(Event("clip", "began"))
    ticket.end(Ended({"clip": "c_1"}))
    assert list(follow(ticket, still_up=lambda: True)) == [Event("clip", "began"), Ended({"clip": "c_1"})]


@pytest.mark.parametrize("torn", [b"", b'{"kind": "cl', b'{"kind": "cl\n', b"[]\n"])
def test_a_ticket_whose_ask_is_torn_was_never_accepted(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "1-a.jsonl").write_bytes(torn)
    whole = issue_ticket(tmp_path, "clip", {})
    assert unfinished(tmp_path) == [whole]


def test_short_writes_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
    assert issue_ticket(tmp_path, "clip", {"recording": "r_1"}).ask() == ("clip", {"recording": "r_1"})


def test_a_full_disk_refuses_an_ask_and_leaves_no_ticket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", full_disk)
    with pytest.raises(DiskFull):
        issue_ticket(tmp_path, "clip", {})
    assert list(tmp_path.iterdir()) == []


def test_telling_never_fails_the_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    with monkeypatch.context() as full:
        full.setattr(os, "write", full_disk)
        ticket.tell(Event("clip", "moved", fraction=0.5))
    ticket.tell(Event("clip", "file", path="/tv/caf\udce9.ts"))  # a name that is no UTF-8
    assert [line.path for line in follow(ticket, lambda: False) if isinstance(line, Event)] == ["/tv/caf\udce9.ts"]


def test_following_stops_when_work_had_begun_and_nobody_goes_on(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    ticket.begin()
    assert list(follow(ticket, still_up=lambda: True, left_alone_s=0.2)) == []


def test_following_goes_on_while_somebody_works_or_nobody_began(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    until = time.monotonic() + 0.5
    assert list(follow(ticket, still_up=lambda: time.monotonic() < until, left_alone_s=0.1)) == []
    assert time.monotonic() >= until  # not begun: it waits its turn
    ticket.begin()
    until = time.monotonic() + 0.5
    with ticket.held():
        assert list(follow(ticket, still_up=lambda: time.monotonic() < until, left_alone_s=0.1)) == []
    assert time.monotonic() >= until


def test_a_job_that_ended_its_worker_twice_is_not_begun_again(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    code = (
        "import os, sys; from pathlib import Path; from flows.tickets import Ticket, work_on\n"
        "work_on(Ticket(Path(sys.argv[1])), lambda k, a: os._exit(9))"
    )
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", code, str(ticket.path)], check=False).returncode == 9
    assert work_on(ticket, lambda kind, ask: pytest.fail("begun a third time")) is None
    ended = ticket.ended()
    assert ended is not None
    assert "ended the worker twice" in ended.error
    assert ended.exit_code == 1
    assert unfinished(tmp_path) == []


def test_a_clean_stop_does_not_speak_against_a_job(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    for _ in range(3):
        ticket.begin()
        ticket.put_back()
    assert work_on(ticket, lambda kind, ask: {"clip": "c_1"}) == {"clip": "c_1"}


def test_what_waits_is_handed_over_once_in_a_while_and_not_while_it_is_fresh(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    waiting = Waiting(tmp_path)
    assert waiting.due(quiet_s=60) == []
    assert waiting.due() == [ticket]
    assert waiting.due() == [ticket]  # handing it over failed
    waiting.given(ticket)
    assert waiting.due() == []


def test_looking_at_a_ticket_does_not_keep_it_from_being_worked_on(tmp_path: Path) -> None:
    ticket = issue_ticket(tmp_path, "clip", {})
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.001):
            ticket.is_held()

    looking = threading.Thread(target=look)
    looking.start()
    try:
        assert work_on(ticket, lambda kind, ask: {"clip": "c_1"}) == {"clip": "c_1"}
    finally:
        stop.set()
        looking.join()
