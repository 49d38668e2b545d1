"""Cutting a clip: settle, render, verify, publish. The first file is announced while the others are made."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.catalogue import clips, jobs
from archive.catalogue.clips import Clip, Rendition
from archive.catalogue.jobs import Claim, Job
from archive.media import Frame, frame_at
from archive.store import workplace
from clipping.proof.findings import Verified, demand
from clipping.proof.verify import verify_rendition
from clipping.rendering.job import MadeFile, RenderJob
from clipping.rendering.render import render
from clipping.sharing.stills import write_stills

from .asks import ClipAsk
from .claims import claimed
from .cutting import Cutting, settle
from .proofs import Proof, keep_proof
from .results import ClipResult, MadeRendition
from .telling import Event, Tell
from .workspace import Workspace


def cut_clip(workspace: Workspace, ask: ClipAsk, tell: Tell) -> ClipResult:
    """Cut one clip in every shape asked for that is not there yet.

    A file is visible only once it is verified. A shape that fails is not listed; the others stay.

    Raises:
        SoundbiteError: the ask was wrong, or a file could not be made or verified.
    """
    began = time.monotonic()
    cutting = settle(workspace, ask)
    missing = _missing(workspace, cutting)
    if not missing:
        return _answer(workspace, cutting, began, status="exists")
    key = f"{cutting.id}/{'+'.join(missing)}"
    _reopen_if_files_are_gone(workspace, key)
    with claimed(workspace.catalogue, "clip", key, ask.model_dump(mode="json"), _actor(ask)) as claim:
        if isinstance(claim, Job):
            return _answer(workspace, cutting, began, status="exists")
        tell(Event("clip", "began", f"“{cutting.cut.quote[:60]}”" if cutting.cut.quote else cutting.id))
        desk = _Desk(workspace, cutting, claim, tell, began)
        with workplace(workspace.local.work, cutting.id) as work:
            desk.make(missing, work)
        result = _answer(workspace, cutting, began, status="made")
        with workspace.catalogue.write(_actor(ask)) as tx:
            jobs.finish(tx, claim, {"clip": cutting.id})
    tell(Event("clip", "ended"))
    return result


def clip_folder(clip: str) -> str:
    """Where a clip's files lie in the store."""
    return f"clips/{clip}"


def proof_key(clip: str, recipe: str) -> str:
    """Where the proof of one of a clip's files lies in the store."""
    return f"{clip_folder(clip)}/{recipe}.json"


@dataclass(slots=True)
class _Desk:
    """One clip being made: files come from the render one by one, each is verified while the next is cut."""

    workspace: Workspace
    cutting: Cutting
    claim: Claim
    tell: Tell
    began: float
    published: list[Rendition] = field(default_factory=list)
    first_file_s: float = 0.0

    def make(self, recipes: tuple[str, ...], work: Path) -> None:
        cutting, held, dress = self.cutting, self.cutting.held, self.cutting.dress
        job = RenderJob(
            path=held.path,
            info=held.info,
            timeline=held.timeline,
            start=cutting.cut.start,
            end=cutting.cut.end,
            words=held.transcript.between(cutting.cut.start, cutting.cut.end),
            recipes=recipes,
            kit=dress.kit,
            credit=dress.credit,
            imprint=dress.imprint,
            speaker=dress.speaker,
            message=dress.message or None,
            work=work,
            cache=self.workspace.cache,
        )
        with ThreadPoolExecutor(1, thread_name_prefix="verify") as verifier:
            source = verifier.submit(self._source_frame)
            checks: list[Future[None]] = []

            def on_file(made: MadeFile) -> None:
                checks.append(verifier.submit(self._publish, made, source))

            render(job, on_file=on_file, on_progress=self._moved)
            failures = [error for check in checks if (error := check.exception())]
        if failures:
            raise failures[0]

    def _moved(self, fraction: float) -> None:
        self.tell(Event("clip", "moved", fraction=fraction))

    def _source_frame(self) -> Frame | None:
        """The recording's own picture at the in-point, fetched apart from the render."""
        held = self.cutting.held
        if held.info.video is None:
            return None
        return frame_at(held.path, held.timeline, held.timeline.snap(self.cutting.cut.start))

    def _publish(self, made: MadeFile, source: Future[Frame | None]) -> None:
        verified = verify_rendition(
            made.path,
            made.plan,
            source_frame=source.result(),
            audio="silent" if made.plan.loudness_lufs is None else "sound",
        )
        demand(verified, made.recipe)
        self._show(made, verified)

    def _show(self, made: MadeFile, verified: Verified) -> None:
        folder = clip_folder(self.cutting.id)
        still = made.path.with_suffix(".jpg")
        write_stills(made.path, verified.poster_frame, made.plan.frame_rate, still, None)
        self.workspace.local.publish(still, f"{folder}/{made.recipe}.jpg")
        proof = Proof(made.plan, verified)
        keep_proof(self.workspace.local, proof, proof_key(self.cutting.id, made.recipe), still.with_suffix(".json"))
        self.workspace.local.publish(made.path, f"{folder}/{made.recipe}.mp4")
        self.published.append(_rendition(made, verified, f"{folder}/{made.recipe}.mp4"))
        self.first_file_s = self.first_file_s or time.monotonic() - self.began
        with self.workspace.catalogue.write(_actor(self.cutting.ask)) as tx:
            clips.publish(tx, self.claim, self._clip(clips.find(tx, self.cutting.id)))
        self.tell(Event("clip", "file", path=str(self.workspace.local.get(f"{folder}/{made.recipe}.mp4"))))

    def _clip(self, before: Clip | None) -> Clip:
        """The clip as listed now: what was there before, and what was made since, in the order of the ask."""
        made = {r.recipe: r for r in (*(before.renditions if before else ()), *self.published)}
        cutting = self.cutting
        return Clip(
            id=cutting.id,
            recording_id=cutting.held.recording.id,
            moment_id=cutting.moment.id if cutting.moment else None,
            start=cutting.cut.start,
            end=cutting.cut.end,
            key=clip_folder(cutting.id),
            request={
                "ask": cutting.ask.model_dump(mode="json"),
                "credit": cutting.dress.credit,
                "imprint": cutting.dress.imprint.text,
                "quote": cutting.cut.quote,
                "why": cutting.cut.why,
                "before": cutting.cut.before,
                "after": cutting.cut.after,
                "warnings": list(cutting.warnings),
                "speaker": cutting.dress.speaker.name if cutting.dress.speaker else "",
            },
            made_by=_actor(cutting.ask),
            made_at=datetime.now(UTC),
            elapsed_s=time.monotonic() - self.began,
            first_file_s=self.first_file_s,
            renditions=tuple(made.values()),
        )


def _rendition(made: MadeFile, verified: Verified, key: str) -> Rendition:
    return Rendition(
        recipe=made.recipe,
        key=key,
        width=verified.width,
        height=verified.height,
        fps=verified.fps,
        frames=verified.frames,
        duration=verified.duration,
        size_bytes=verified.size_bytes,
        sha256=verified.sha256,
        loudness_lufs=verified.loudness_lufs,
    )


def _actor(ask: ClipAsk) -> str:
    return ask.asked_by or "soundbite"


def _missing(workspace: Workspace, cutting: Cutting) -> tuple[str, ...]:
    """Shapes that are asked for and not there: never made, or their files have gone."""
    with workspace.catalogue.read() as tx:
        known = clips.find(tx, cutting.id)
    there = {r.recipe for r in known.renditions if workspace.local.exists(r.key)} if known else set()
    return tuple(recipe.name for recipe in cutting.recipes if recipe.name not in there)


def _reopen_if_files_are_gone(workspace: Workspace, key: str) -> None:
    with workspace.catalogue.read() as tx:
        job = jobs.find(tx, "clip", key)
    if job and job.state == "done":
        with workspace.catalogue.write("soundbite") as tx:
            jobs.reopen(tx, "clip", key, "its files have gone")


def _answer(workspace: Workspace, cutting: Cutting, began: float, *, status: str) -> ClipResult:
    with workspace.catalogue.read() as tx:
        clip = clips.get(tx, cutting.id)
    wanted = [recipe.name for recipe in cutting.recipes]
    renditions = sorted((r for r in clip.renditions if r.recipe in wanted), key=lambda r: wanted.index(r.recipe))
    return ClipResult(
        clip=clip.id,
        recording=clip.recording_id,
        start=round(float(clip.start), 6),
        end=round(float(clip.end), 6),
        elapsed_s=round(time.monotonic() - began, 3),
        first_file_s=round(clip.first_file_s, 3) if status == "made" else None,
        renditions=tuple(_made(workspace, rendition) for rendition in renditions),
        status=status,
        moment=cutting.moment.id if cutting.moment else None,
        quote=cutting.moment.quote if cutting.moment else cutting.cut.quote,
        why=cutting.moment.why if cutting.moment else cutting.cut.why,
        warnings=cutting.warnings,
    )


def _made(workspace: Workspace, rendition: Rendition) -> MadeRendition:
    return MadeRendition(
        recipe=rendition.recipe,
        path=str(workspace.local.get(rendition.key)),
        width=rendition.width,
        height=rendition.height,
        fps=round(float(rendition.fps), 3),
        frames=rendition.frames,
        duration_s=round(float(rendition.duration), 3),
        sha256=rendition.sha256,
        loudness_lufs=rendition.loudness_lufs,
    )
