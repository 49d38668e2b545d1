"""The flows as Prefect serves them: typed, named and described, so that the form on its page is enough."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from prefect.types.entrypoint import EntrypointType

from archive.errors import SoundbiteError

from . import clip as clipping_step
from . import ingest as ingest_step
from . import overnight as overnight_step
from . import pack as pack_step
from . import transcribe as transcribe_step
from .artifacts import show_clips
from .asks import ClipAsk, RunAsk
from .lifeline import die_with_parent
from .rapid import STEPS, Steps
from .rapid import rapid_rebuttal as do_rapid_rebuttal
from .results import IngestedRecording, RunsResult
from .settings import Settings
from .telling import Event
from .workspace import Workspace, open_workspace

P = ParamSpec("P")
R = TypeVar("R")
Recipe = Literal["vertical", "portrait", "landscape", "landscape720"]
Engine = Literal["auto", "captions", "whisper"]
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


def _enter() -> Workspace:
    die_with_parent()  # a run of a stopped house stops with it; the catalogue says where to go on
    return open_workspace(Path(os.environ["SOUNDBITE_HOME"]))


def _log(event: Event) -> None:
    if event.state != "moved":
        get_run_logger().info("%s %s %s", event.step, event.state, event.path or event.text)


@flow(name="ingest", description="Take a file, a folder or an address into the archive.")
def ingest(
    source: str, channel: str | None = None, programme: str | None = None, aired_at: str | None = None
) -> State[Any]:
    """Take recordings in.

    Args:
        source: A file, a folder, or an address: file://, s3://, http(s)://.
        channel: Channel, if the file does not say.
        programme: Programme, if the file does not say.
        aired_at: When it aired: 2026-11-20 22:00 in the settings' zone, or with a zone.
    """
    ask = RunAsk(source=source, channel=channel, programme=programme, aired_at=aired_at, asked_by="Prefect's page")
    with _enter() as workspace:
        answer = tracked("ingest", ingest_step.ingest_source)(workspace, ask, _log)
    states = [item.status for item in answer.recordings]
    words = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
    return _refused(answer.recordings) or Completed(message=words)


@flow(name="transcribe", description="A recording's words and their times.")
def transcribe(recording: str, engine: Engine = "auto", again: bool = False) -> State[Any]:
    """Transcribe one recording.

    Args:
        recording: The recording's id (r_…) or the beginning of it.
        engine: Where the words come from: its own captions, whisper, or captions first.
        again: Do it again even if a transcript is there.
    """
    with _enter() as workspace:
        work = tracked("transcribe", transcribe_step.transcribe_recording)
        answer = work(workspace, recording, _log, engine=engine, again=again, asked_by="Prefect's page")
    return Completed(message=f"{answer.words} words from {answer.engine}")


@flow(name="clip", description="Cut one clip in every shape; each file is verified before it is visible.")
def clip(
    recording: str,
    start: str | None = None,
    end: str | None = None,
    moment: str | None = None,
    recipes: list[Recipe] | None = None,
    speaker: str = "",
    message: str = "",
) -> State[Any]:
    """Cut one clip.

    Args:
        recording: The recording's id (r_…) or the beginning of it.
        start: In-point: HH:MM:SS.mmm, seconds, or a wall clock such as 2026-11-20T22:14:03Z.
        end: Out-point, written the same way.
        moment: A flagged moment (m_…), instead of in and out.
        recipes: Shapes to make, the most urgent first; the settings' own if empty.
        speaker: Who speaks, for the lower third: 'Name, role'.
        message: The line on the end card.
    """
    ask = ClipAsk(
        recording=recording,
        start=start,
        end=end,
        moment=moment,
        recipes=tuple(recipes or ()),
        speaker=speaker,
        message=message,
        asked_by="Prefect's page",
    )
    with _enter() as workspace:
        made = tracked("clip", clipping_step.cut_clip)(workspace, ask, _log)
        pack = tracked("pack", pack_step.pack_clip)(workspace, made.clip, _log, asked_by="Prefect's page")
        show_clips(workspace, [made], [pack.folder])
    shapes = ", ".join(rendition.recipe for rendition in made.renditions)
    return Completed(message=f"Clip {made.clip} {made.status}: {shapes}")


@flow(name="rapid rebuttal", description="The main job: ingest, transcribe, flag, clip, verify, pack.")
def rapid_rebuttal(
    source: str,
    channel: str | None = None,
    programme: str | None = None,
    aired_at: str | None = None,
    watchlist: str | None = None,
    recipes: list[Recipe] | None = None,
    clips: int | None = None,
    engine: Engine | None = None,
) -> State[Any]:
    """From a recording to finished clips.

    Args:
        source: A file, a folder, or an address: file://, s3://, http(s)://.
        channel: Channel, if the file does not say.
        programme: Programme, if the file does not say.
        aired_at: When it aired: 2026-11-20 22:00 in the settings' zone, or with a zone.
        watchlist: Path of the watchlist to flag with; the settings' own if empty.
        recipes: Shapes to make, the most urgent first; the settings' own if empty.
        clips: How many of the best moments become clips; the settings' own if empty.
        engine: Where the words come from; the settings' own if empty.
    """
    ask = RunAsk(
        source=source,
        channel=channel,
        programme=programme,
        aired_at=aired_at,
        watchlist=watchlist,
        recipes=tuple(recipes or ()),
        clips=clips,
        engine=engine,
        asked_by="Prefect's page",
    )
    with _enter() as workspace:
        answer = do_rapid_rebuttal(workspace, ask, _log, TRACKED)
        show_clips(workspace, answer.clips, answer.packs)
    return _outcome(answer)


@flow(
    name="overnight",
    description="Sweep a folder: everything new is taken in, transcribed, flagged and clipped.",
)
def overnight(folder: str | None = None) -> State[Any]:
    """The scheduled sweep. A second run on the same folder finds nothing to do.

    Args:
        folder: Folder to sweep; the settings' watch_folder if empty.
    """
    with _enter() as workspace:
        answer = overnight_step.sweep(
            workspace, _log, folder=Path(folder) if folder else None, asked_by="overnight", steps=TRACKED
        )
        show_clips(workspace, answer.clips, answer.packs)
    words = f"{answer.new} new, {answer.known} known, {answer.refused} refused; {len(answer.clips)} clips"
    if answer.failures:
        return Failed(message=f"{words}; {len(answer.failures)} failed: {answer.failures[0]}")
    return Completed(message=words)


def _refused(items: Sequence[IngestedRecording]) -> State[Any] | None:
    """A failure with the reason where nothing could be taken in."""
    if any(item.status != "refused" for item in items):
        return None
    return Failed(message=f"Refused: {items[0].path}: {items[0].reason}")


def _outcome(answer: RunsResult) -> State[Any]:
    failures = [failure for run in answer.runs for failure in run.failures]
    refused = _refused([run.ingested for run in answer.runs])
    if refused:
        return refused
    moments = sum(len(run.moments) for run in answer.runs)
    words = f"{moments} moments flagged, {sum(len(run.clips) for run in answer.runs)} clips ready"
    if failures:
        return Failed(message=f"{words}; {len(failures)} failed: {failures[0]}")
    return Completed(message=words)


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """All five, ready to be served. Only `overnight` has a schedule."""
    at_night = CronSchedule(cron=settings.overnight_cron, timezone=settings.zone)
    by_module = partial(_deployment, entrypoint_type=EntrypointType.MODULE_PATH)
    return [
        by_module(rapid_rebuttal, "rapid-rebuttal"),
        by_module(clip, "clip"),
        by_module(ingest, "ingest"),
        by_module(transcribe, "transcribe"),
        by_module(overnight, "overnight", schedule=at_night, concurrency_limit=1),
    ]


def _deployment(made_of: Any, name: str, **options: Any) -> RunnerDeployment:
    deployment: RunnerDeployment = made_of.to_deployment(name, **options)
    return deployment
