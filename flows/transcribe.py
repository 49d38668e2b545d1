"""A recording's words: found once, kept in the catalogue, searchable, and written out as WebVTT."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal

from archive.catalogue import jobs, recordings, transcripts
from archive.catalogue.jobs import Job
from archive.catalogue.recordings import Recording
from archive.store import write_atomic
from transcription.cues import CaptionInput
from transcription.engines import WhisperOptions
from transcription.engines.weights import find_weights
from transcription.errors import WeightsMissing
from transcription.search import WordIndex
from transcription.transcribe import Heard, transcribe
from transcription.transcript import Transcript
from transcription.webvtt import write_vtt

from .claims import claimed
from .results import TranscribeResult
from .rows import Span, json_to_spans, row_to_transcript, spans_to_json, transcript_to_row
from .settings import EngineName, Settings
from .telling import Event, Tell
from .workspace import Workspace


def transcribe_recording(
    workspace: Workspace,
    recording: str,
    tell: Tell,
    *,
    engine: EngineName | None = None,
    again: bool = False,
    asked_by: str = "",
) -> TranscribeResult:
    """Transcribe one recording, unless that was done and `again` is False.

    Raises:
        NotInCatalogue: no such recording.
        TranscriptionError: no captions to read and no engine that can run, and why.
    """
    actor = asked_by or "soundbite"
    with workspace.catalogue.read() as tx:
        held = recordings.get(tx, recording)
    wanted = engine or workspace.settings.engine
    request: dict[str, object] = {"engine": wanted, "captions": [caption.key for caption in held.captions]}
    _reopen_if_stale(workspace, held, request, actor, again=again)
    with claimed(workspace.catalogue, "transcribe", held.id, request, actor) as claim:
        if isinstance(claim, Job):
            return _answer(workspace, held, read_transcript(workspace, held)[0], status="known")
        tell(Event("transcribe", "began", held.name))
        began = time.monotonic()
        heard = _hear(workspace, held, wanted, tell)
        with workspace.catalogue.write(actor) as tx:
            jobs.check(tx, claim)  # nobody can take the job over from here to the commit
            _keep_beside(workspace, held, heard)
            result = _answer(workspace, held, heard.transcript, elapsed_s=round(time.monotonic() - began, 3))
            transcripts.put(tx, held.id, transcript_to_row(heard.transcript))
            jobs.finish(tx, claim, result.model_dump(mode="json"))
    tell(Event("transcribe", "ended"))
    return result


def read_transcript(workspace: Workspace, recording: Recording) -> tuple[Transcript, tuple[Span, ...]]:
    """The kept words and voiced stretches of a recording; none if it was never transcribed."""
    with workspace.catalogue.read() as tx:
        row = transcripts.get(tx, recording.id)
    if row is None:
        return Transcript((), "und", "none"), ()
    spans = json_to_spans(workspace.store.get(_voiced_key(recording)).read_text(encoding="utf-8"))
    return row_to_transcript(row), spans


def _answer(
    workspace: Workspace,
    held: Recording,
    transcript: Transcript,
    *,
    elapsed_s: float = 0.0,
    status: Literal["new", "known"] = "new",
) -> TranscribeResult:
    return TranscribeResult(
        recording=held.id,
        engine=transcript.engine,
        words=len(transcript.words),
        vtt=str(workspace.store.get(_vtt_key(held))),
        elapsed_s=elapsed_s,
        status=status,
        notes=transcript.notes,
    )


def _hear(workspace: Workspace, held: Recording, engine: EngineName, tell: Tell) -> Heard:
    path, info, timeline = workspace.media(held)
    captions = [CaptionInput(workspace.store.get(c.key), c.format, c.name) for c in held.captions]
    return transcribe(
        path,
        captions,
        engine=engine,
        whisper=whisper_options(workspace.settings, workspace.cache),
        info=info,
        timeline=timeline,
        on_progress=lambda fraction: tell(Event("transcribe", "moved", fraction=fraction)),
    )


def whisper_options(settings: Settings, cache: Path) -> WhisperOptions:
    """Where whisper's weights are, by the settings."""
    return WhisperOptions(
        model=settings.whisper_model,
        weights=settings.whisper_weights,
        cache=settings.whisper_cache or cache / "whisper",
        may_download=settings.whisper_download,
    )


def _keep_beside(workspace: Workspace, held: Recording, heard: Heard) -> None:
    """Keep what can be rebuilt: voiced stretches, the WebVTT file, the search index."""
    work = workspace.store.work / f"{held.id}.derived"
    for key, text in (
        (_voiced_key(held), spans_to_json(heard.voiced)),
        (_vtt_key(held), write_vtt(heard.transcript)),
    ):
        write_atomic(work, text)
        workspace.store.publish(work, key)
    WordIndex(workspace.home / "search" / "words.db").add(held.id, heard.transcript)


def _reopen_if_stale(
    workspace: Workspace, held: Recording, request: dict[str, object], actor: str, *, again: bool
) -> None:
    """Let it be done again if asked to, for another engine or new captions, or where what it gave is gone."""
    is_whole = all(workspace.store.exists(key) for key in (_voiced_key(held), _vtt_key(held)))
    with workspace.catalogue.write(actor) as tx:
        known = jobs.find(tx, "transcribe", held.id)
        if known is None or known.state != "done":
            return
        is_mute = known.result is not None and known.result["words"] == 0 and _can_listen(workspace)
        if again or not is_whole or is_mute or dict(known.request) != request:
            jobs.reopen(tx, "transcribe", held.id, "asked for again, or its captions or files have changed")


def _can_listen(workspace: Workspace) -> bool:
    """Whisper's weights are there now: a recording without words may have some after all."""
    try:
        return find_weights(whisper_options(workspace.settings, workspace.cache)).path is not None
    except WeightsMissing:
        return False


def _voiced_key(recording: Recording) -> str:
    return f"index/{recording.id}.voiced.json"


def _vtt_key(recording: Recording) -> str:
    return f"index/{recording.id}.vtt"
