"""Where a person waits: asks become background tasks of a warm worker, never deployment runs (9–20 s)."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from .artifacts import show_clips
from .asks import AskKind, ClipAsk, RunAsk
from .results import to_document
from .tickets import Ticket, unfinished, work_on
from .workspace import open_workspace

NEEDED_BY_WORK = ("flows.clip", "flows.rapid", "av", "numpy", "rapidocr_onnxruntime")


@task(name="ask", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def do_ask(ticket_path: str) -> str | None:
    """Do what a ticket asks. Gives the outcome in words, for Prefect's page."""
    ticket = Ticket(Path(ticket_path))
    home = Path(os.environ["SOUNDBITE_HOME"])
    result = work_on(ticket, lambda kind, ask: _do(home, ticket, kind, ask))
    return None if result is None else f"{len(result.get('clips', [result]))} clips ready"


def _do(home: Path, ticket: Ticket, kind: AskKind, ask: dict[str, Any]) -> dict[str, Any]:
    from .clip import cut_clip
    from .rapid import rapid_rebuttal

    with open_workspace(home) as workspace:
        if kind == "clip":
            clip = cut_clip(workspace, ClipAsk.model_validate(ask), ticket.tell)
            show_clips(workspace, [clip])
            return to_document(clip.model_copy(update={"is_tracked": True}))
        runs = rapid_rebuttal(workspace, RunAsk.model_validate(ask), ticket.tell)
        show_clips(workspace, runs.clips, runs.packs)
        return to_document(runs.model_copy(update={"is_tracked": True}))


def hand_over(ticket: Ticket) -> None:
    """Give a ticket to the warm worker."""
    do_ask.delay(str(ticket.path))


def take_up_unfinished(home: Path) -> None:
    """What was accepted and cut off goes on now. A ticket that is handed over twice is worked on once."""
    for ticket in unfinished(home / "run" / "tickets"):
        hand_over(ticket)


def warm_up() -> None:
    """Import what the work needs before the first ask comes."""
    for name in NEEDED_BY_WORK:
        importlib.import_module(name)
