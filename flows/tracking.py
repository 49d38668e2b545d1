"""Steps as Prefect tracks them: shown on its page, and tried again where the error is transient."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger

from archive.errors import SoundbiteError

from .lifeline import die_with_parent
from .rapid import STEPS, Steps
from .telling import Event
from .workspace import Workspace, open_workspace

P = ParamSpec("P")
R = TypeVar("R")
RETRIES, RETRY_AFTER_S = 2, 5


def _is_worth_another_try(_task: object, _run: object, state: State[Any]) -> bool:
    try:
        state.result()
    except SoundbiteError as error:
        return error.is_transient
    except Exception:
        return False
    return False


def tracked(name: str, step: Callable[P, R]) -> Callable[P, R]:
    """A step as a Prefect task: shown on the page, and tried again where the error is transient."""
    as_task = task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=RETRIES,
        retry_delay_seconds=RETRY_AFTER_S,
        retry_condition_fn=_is_worth_another_try,
    )
    return as_task(step)


TRACKED = Steps(
    ingest=tracked("ingest", STEPS.ingest),
    transcribe=tracked("transcribe", STEPS.transcribe),
    flag=tracked("flag", STEPS.flag),
    clip=tracked("clip", STEPS.clip),
    pack=tracked("pack", STEPS.pack),
)


def enter() -> Workspace:
    die_with_parent()  # a run of a stopped house stops with it; the catalogue says where to go on
    return open_workspace(Path(os.environ["SOUNDBITE_HOME"]))


def log_event(event: Event) -> None:
    if event.state != "moved":
        get_run_logger().info("%s %s %s", event.step, event.state, event.path or event.text)
