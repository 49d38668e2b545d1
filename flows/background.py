"""Where a person waits: asks become background tasks of a warm worker, never deployment runs (9–20 s)."""

from __future__ import annotations

import importlib
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from .artifacts import show_clips
from .asks import AskKind, ClipAsk, RunAsk
from .results import ClipResult, RunsResult, to_document
from .tickets import Ticket, Waiting, work_on
from .workspace import open_workspace

log = logging.getLogger(__name__)
LOOK_AGAIN_S, QUIET_S = 12.0, 5.0
NEEDED_BY_WORK = ("flows.clip", "flows.rapid", "av", "numpy", "rapidocr_onnxruntime")


@task(name="ask", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def do_ask(ticket_path: str) -> str | None:
    """Do what a ticket asks. Gives the outcome in words, for Prefect's page."""
    ticket = Ticket(Path(ticket_path))
    home = Path(os.environ["SOUNDBITE_HOME"])
    made: list[ClipResult | RunsResult] = []

    def do(kind: AskKind, ask: dict[str, Any]) -> dict[str, Any]:
        made.append(_do(home, ticket, kind, ask))
        return to_document(made[0].model_copy(update={"is_tracked": True}))

    result = work_on(ticket, do)
    for answer in made:
        _show(home, ticket, answer)
    return None if result is None else f"{len(result.get('clips', [result]))} clips ready"


def _do(home: Path, ticket: Ticket, kind: AskKind, ask: dict[str, Any]) -> ClipResult | RunsResult:
    from .clip import cut_clip
    from .rapid import rapid_rebuttal

    with open_workspace(home) as workspace:
        if kind == "clip":
            return cut_clip(workspace, ClipAsk.model_validate(ask), ticket.tell)
        return rapid_rebuttal(workspace, RunAsk.model_validate(ask), ticket.tell)


def _show(home: Path, ticket: Ticket, answer: ClipResult | RunsResult) -> None:
    """Pictures for Prefect's page, once the ticket has ended: the clips are made whether the page is well or not."""
    try:
        with open_workspace(home) as workspace:
            if isinstance(answer, ClipResult):
                show_clips(workspace, [answer])
            else:
                show_clips(workspace, answer.clips, answer.packs)
    except Exception as error:
        log.warning("show %s: not on Prefect's page: %s", ticket.name, error)


def hand_over(ticket: Ticket) -> None:
    """Give a ticket to the warm worker."""
    do_ask.delay(str(ticket.path))


def take_up_unfinished(waiting: Waiting, quiet_s: float = 0.0) -> None:
    """Hand over what was accepted and cut off, or never handed over. Twice does no harm: it is worked on once."""
    try:
        for ticket in waiting.due(quiet_s):
            hand_over(ticket)
            waiting.given(ticket)
    except Exception as error:  # Prefect's server is restarting, say: we look again soon
        log.warning("take up: not handed over yet: %s", error)


def keep_taking_up(home: Path) -> None:
    """Take up what is unfinished now, and what turns out to be left lying, for as long as this process lives."""
    waiting = Waiting(home / "run" / "tickets")

    def look() -> None:
        take_up_unfinished(waiting)
        while True:
            time.sleep(LOOK_AGAIN_S)
            take_up_unfinished(waiting, QUIET_S)

    threading.Thread(target=look, daemon=True, name="take up").start()


def warm_up() -> None:
    """Import what the work needs before the first ask comes."""
    for name in NEEDED_BY_WORK:
        importlib.import_module(name)
