"""Ask the running `soundbite up` to do the work, and listen in: its worker is warm and begins at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import SoundbiteError
from flows.house import House, find_house
from flows.telling import Tell
from flows.tickets import Ended, Ticket, follow

if TYPE_CHECKING:
    from pydantic import BaseModel

    from flows.asks import AskKind


class AskFailed(SoundbiteError):
    """The job that the house did for us failed; `exit_code` is the job's own."""

    def __init__(self, what: str, code: int) -> None:
        super().__init__(what)
        self.code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        return self.code


def ask_house(house: House, home: Path, kind: AskKind, ask: BaseModel, tell: Tell) -> dict[str, object]:
    """Hand an ask to the house, tell its events, and give its result document.

    Raises:
        AskFailed: the job failed, or the house went away; the ask is kept then.
    """
    ticket = Ticket(home / "run" / "tickets" / f"{_accepted(house, kind, ask)}.jsonl")
    for line in follow(ticket, still_up=lambda: find_house(home) is not None):
        if not isinstance(line, Ended):
            tell(line)
        elif line.result is None:
            raise AskFailed(line.error, line.exit_code)
        else:
            return line.result
    if find_house(home) is None:
        raise AskFailed("soundbite up was stopped meanwhile. The job is kept and goes on when it starts again.", 1)
    raise AskFailed("No worker goes on with the job: see logs/worker.log, and whether the disk is full. It is kept.", 1)


def _accepted(house: House, kind: AskKind, ask: BaseModel) -> str:
    import httpx

    try:
        reply = httpx.post(
            f"{house.desk}/asks",
            json={"kind": kind, "ask": ask.model_dump(mode="json")},
            headers={"Authorization": f"Bearer {house.key}"},
            timeout=30,
            trust_env=False,  # no proxy sees the key
        )
        if reply.status_code == httpx.codes.INSUFFICIENT_STORAGE:
            raise AskFailed(str(reply.json()["detail"]), 1)
        reply.raise_for_status()
    except httpx.HTTPError as error:
        raise AskFailed(f"soundbite up did not take the job: {error}. Stop it to run without it.", 1) from error
    return str(reply.json()["ticket"])
