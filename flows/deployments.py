"""The flows as Prefect serves them: typed, named and described, so that the form on its page is enough."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.states import Completed, Failed
from prefect.types.entrypoint import EntrypointType

from . import clip as clipping_step
from . import ingest as ingest_step
from . import pack as pack_step
from . import transcribe as transcribe_step
from .artifacts import show_clips
from .asks import ClipAsk, RunAsk
from .rapid import rapid_rebuttal as do_rapid_rebuttal
from .results import IngestedRecording, RunsResult
from .scheduled import import_metrics, overnight, report
from .settings import Settings
from .tracking import TRACKED, enter, log_event, tracked

Recipe = Literal["vertical", "portrait", "landscape", "landscape720"]
Engine = Literal["auto", "captions", "whisper"]


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
    with enter() as workspace:
        answer = tracked("ingest", ingest_step.ingest_source)(workspace, ask, log_event)
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
    with enter() as workspace:
        work = tracked("transcribe", transcribe_step.transcribe_recording)
        answer = work(workspace, recording, log_event, engine=engine, again=again, asked_by="Prefect's page")
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
    with enter() as workspace:
        made = tracked("clip", clipping_step.cut_clip)(workspace, ask, log_event)
        pack = tracked("pack", pack_step.pack_clip)(workspace, made.clip, log_event, asked_by="Prefect's page")
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
    with enter() as workspace:
        answer = do_rapid_rebuttal(workspace, ask, log_event, TRACKED)
        show_clips(workspace, answer.clips, answer.packs)
    return _outcome(answer)


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
    """All seven, ready to be served; those that nobody waits for have a schedule."""
    at_night, often, in_the_morning = (
        CronSchedule(cron=cron, timezone=settings.zone)
        for cron in (settings.overnight_cron, settings.import_cron, settings.report_cron)
    )
    by_module = partial(_deployment, entrypoint_type=EntrypointType.MODULE_PATH)
    return [
        by_module(rapid_rebuttal, "rapid-rebuttal"),
        by_module(clip, "clip"),
        by_module(ingest, "ingest"),
        by_module(transcribe, "transcribe"),
        by_module(overnight, "overnight", schedule=at_night, concurrency_limit=1),
        by_module(import_metrics, "import-metrics", schedule=often, concurrency_limit=1),
        by_module(report, "report", schedule=in_the_morning, concurrency_limit=1),
    ]


def _deployment(made_of: Any, name: str, **options: Any) -> RunnerDeployment:
    deployment: RunnerDeployment = made_of.to_deployment(name, **options)
    return deployment
