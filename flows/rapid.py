"""The main job: ingest → transcribe → flag → clip → pack, whoever asks and whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.errors import SoundbiteError

from .asks import ClipAsk, RunAsk
from .clip import cut_clip
from .cutting import distinct_moments
from .flag import flag_recording
from .ingest import ingest_source
from .pack import pack_clip
from .results import (
    ClipResult,
    FlaggedMoment,
    FlagResult,
    IngestedRecording,
    IngestResult,
    PackResult,
    RunResult,
    RunsResult,
    TranscribeResult,
)
from .telling import Tell
from .transcribe import transcribe_recording
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the job, plain or as Prefect tasks."""

    ingest: Callable[..., IngestResult]
    transcribe: Callable[..., TranscribeResult]
    flag: Callable[..., FlagResult]
    clip: Callable[..., ClipResult]
    pack: Callable[..., PackResult]


STEPS = Steps(ingest_source, transcribe_recording, flag_recording, cut_clip, pack_clip)


def rapid_rebuttal(workspace: Workspace, ask: RunAsk, tell: Tell, steps: Steps = STEPS) -> RunsResult:
    """Do the main job on every recording that the source holds.

    One recording's failure is told in its own answer and does not stop the others.

    Raises:
        SourceMissing: nothing there, or no media in it.
        WatchlistWrong: before any work is done.
    """
    watchlist = Path(ask.watchlist) if ask.watchlist else None
    workspace.watchlist(watchlist)  # a wrong watchlist is said before minutes are spent
    taken = steps.ingest(workspace, ask, tell)
    runs = tuple(_one(workspace, item, ask, tell, steps) for item in taken.recordings)
    first = runs[0]
    return RunsResult(
        **{name: getattr(first, name) for name in ("recording", "ingested", "transcript", "moments", "notes")},
        clips=tuple(clip for run in runs for clip in run.clips),
        packs=tuple(pack for run in runs for pack in run.packs),
        failures=tuple(failure for run in runs for failure in run.failures),
        runs=runs,
    )


def _one(workspace: Workspace, item: IngestedRecording, ask: RunAsk, tell: Tell, steps: Steps) -> RunResult:
    if item.recording is None:
        return RunResult(recording=None, ingested=item)
    answer = RunResult(recording=item.recording, ingested=item)
    try:
        heard = steps.transcribe(workspace, item.recording, tell, engine=ask.engine, asked_by=ask.asked_by)
        answer = answer.model_copy(update={"transcript": heard, "notes": heard.notes})
        flagged = steps.flag(
            workspace,
            item.recording,
            tell,
            watchlist=Path(ask.watchlist) if ask.watchlist else None,
            asked_by=ask.asked_by,
        )
        answer = answer.model_copy(update={"moments": flagged.moments})
    except SoundbiteError as error:
        return answer.model_copy(update={"failures": (f"{item.recording}: {error}",)})
    return _clips(workspace, answer, ask, tell, steps)


def _clips(workspace: Workspace, answer: RunResult, ask: RunAsk, tell: Tell, steps: Steps) -> RunResult:
    clips: list[ClipResult] = []
    packs: list[str] = []
    failures: list[str] = []
    recording = str(answer.recording)
    try:
        chosen = worth_clipping(workspace, recording, answer.moments, ask.clips)
    except SoundbiteError as error:
        return answer.model_copy(update={"failures": (f"{recording}: {error}",)})
    for moment in chosen:
        clip_ask = ClipAsk(
            recording=recording,
            moment=moment,
            recipes=ask.recipes,
            asked_by=ask.asked_by,
        )
        try:
            clip = steps.clip(workspace, clip_ask, tell)
            clips.append(clip)
            packs.append(steps.pack(workspace, clip.clip, tell, asked_by=ask.asked_by).folder)
        except SoundbiteError as error:
            failures.append(f"{moment}: {error}")
    return answer.model_copy(update={"clips": tuple(clips), "packs": tuple(packs), "failures": tuple(failures)})


def worth_clipping(
    workspace: Workspace, recording: str, moments: tuple[FlaggedMoment, ...], most: int | None
) -> tuple[str, ...]:
    """The best moments that score high enough and lead to different clips, as many as asked for or set."""
    limit = workspace.settings.clips_per_recording if most is None else most
    good = [moment.moment for moment in moments if moment.score >= workspace.settings.lowest_score]
    return distinct_moments(workspace, recording, good, limit)
