"""The files that `up` keeps in its home (key, doors, lock), and a desk whose Prefect is away."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from desk import door
from flows.errors import HouseTaken
from flows.house import House, environment, find_house, house_file, key_for, open_house, sole_house
from flows.settings import Settings
from flows.tickets import Ticket, unfinished

HOUSE = House(1, "http://127.0.0.1:1", "http://127.0.0.1:2", "k" * 24)


def post(home: Path, ask: Mapping[str, object], key: str) -> httpx.Response:
    async def ask_desk() -> httpx.Response:
        transport = httpx.ASGITransport(door.build(home))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/asks", json=ask, headers={"Authorization": f"Bearer {key}"})

    return asyncio.run(ask_desk())


def test_a_key_is_made_once_and_is_for_the_owner_alone(home: Path) -> None:
    key = key_for(home)
    assert len(key) >= 16
    assert key_for(home) == key
    assert (home / "run" / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (home / "run").iterdir()] == ["key"]


@pytest.mark.parametrize("written", [b"", b"short\n", b"\xff" * 30])
def test_a_key_that_is_cut_short_is_replaced(home: Path, written: bytes) -> None:
    (home / "run").mkdir(parents=True)
    (home / "run" / "key").write_bytes(written)
    key = key_for(home)
    assert len(key) >= 16
    assert key_for(home) == key


def test_all_who_make_the_key_at_once_get_the_same(home: Path) -> None:
    keys: list[str] = []
    start = threading.Barrier(8)

    def make() -> None:
        start.wait()
        keys.append(key_for(home))

    makers = [threading.Thread(target=make) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_doors_left_by_a_killed_house_are_not_believed(home: Path) -> None:
    (home / "run").mkdir(parents=True)
    open_house(home, HOUSE)
    with sole_house(home):
        assert find_house(home) is None
        open_house(home, HOUSE)
        assert find_house(home) == HOUSE
    assert not house_file(home).exists()


def test_a_house_that_starts_is_not_kept_out_by_one_who_looks(home: Path) -> None:
    with sole_house(home):
        pass
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            find_house(home)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for _ in range(20):
            with sole_house(home):
                time.sleep(0.001)
    finally:
        stop.set()
        looking.join()


def test_a_second_house_is_refused(home: Path) -> None:
    with sole_house(home), pytest.raises(HouseTaken), sole_house(home):
        pass


def test_no_proxy_stands_between_the_parts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet.example, localhost")
    monkeypatch.delenv("no_proxy", raising=False)
    shared = environment(home, Settings())
    assert shared["NO_PROXY"] == shared["no_proxy"] == "intranet.example,localhost,127.0.0.1"


def test_an_ask_is_accepted_while_prefect_is_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(ticket: Ticket) -> None:
        raise ConnectionError("the server restarts")

    monkeypatch.setattr(door, "hand_over", away)
    ask = {"kind": "clip", "ask": {"recording": "r_1", "start": "1", "end": "2"}}
    reply = post(home, ask, key_for(home))
    assert reply.status_code == 200
    assert [ticket.name for ticket in unfinished(home / "run" / "tickets")] == [reply.json()["ticket"]]


def test_an_empty_key_opens_nothing(home: Path) -> None:
    (home / "run").mkdir(parents=True, exist_ok=True)
    (home / "run" / "key").write_bytes(b"")
    assert post(home, {"kind": "clip", "ask": {}}, "").status_code == 401
