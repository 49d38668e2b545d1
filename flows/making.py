"""One clip being made: files come from the render one by one, each is verified while the next is cut.

A file gets its final name, and is listed, in one writing transaction that checks the fencing token first: a
worker that lost its lease can overwrite nothing.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from archive.catalogue import clips, jobs
from archive.catalogue.clips import Clip, Rendition
from archive.catalogue.jobs import Claim
from archive.media import Frame, frame_at
from clipping.proof.findings import Verified, demand
from clipping.proof.verify import verify_rendition
from clipping.rendering.job import MadeFile, RenderJob
from clipping.rendering.render import render
from clipping.sharing.stills import write_stills

from .cutting import Cutting
from .proofs import Proof, write_proof
from .telling import Event, Tell
from .workspace import Workspace

VERIFIERS = 2  # the last two shapes are finished together


def clip_folder(clip: str) -> str:
    """Where a clip's files lie in the store."""
    return f"clips/{clip}"


def proof_key(clip: str, recipe: str) -> str:
    """Where the proof of one of a clip's files lies in the store."""
    return f"{clip_folder(clip)}/{recipe}.json"


@dataclass(frozen=True, slots=True)
class _Sources:
    """The recording's own pictures at the in-point and on either side, fetched apart from the render."""

    first: Frame | None
    neighbours: tuple[Frame, ...] = ()


@dataclass(slots=True)
class Making:
    """Makes the shapes of one settled clip under one claim."""

    workspace: Workspace
    cutting: Cutting
    claim: Claim
    tell: Tell
    began: float
    first_file_s: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def make(self, recipes: tuple[str, ...], work: Path) -> None:
        """Render, verify and publish `recipes`. Raises the first failure once the others are through."""
        with ThreadPoolExecutor(VERIFIERS, thread_name_prefix="verify") as verifier:
            sources = verifier.submit(self._sources)
            checks: list[Future[None]] = []

            def on_file(made: MadeFile) -> None:
                checks.append(verifier.submit(self._publish, made, sources))

            render(self._job(recipes, work), on_file=on_file, on_progress=self._moved)
            failures = [error for check in checks if (error := check.exception())]
        if failures:
            raise failures[0]

    def _job(self, recipes: tuple[str, ...], work: Path) -> RenderJob:
        cutting, held, dress = self.cutting, self.cutting.held, self.cutting.dress
        return RenderJob(
            path=held.path,
            info=held.info,
            timeline=held.timeline,
            start=cutting.cut.start,
            end=cutting.cut.end,
            words=cutting.words,
            recipes=recipes,
            kit=dress.kit,
            credit=dress.credit,
            imprint=dress.imprint,
            speaker=dress.speaker,
            message=dress.message or None,
            work=work,
            cache=self.workspace.cache,
        )

    def _moved(self, fraction: float) -> None:
        self.tell(Event("clip", "moved", fraction=fraction))

    def _sources(self) -> _Sources:
        held = self.cutting.held
        if held.info.video is None:
            return _Sources(None)
        timeline, rate = held.timeline, held.timeline.frame_rate or Fraction(25)
        first = timeline.snap(self.cutting.cut.start)
        around = (t for t in (first - 1 / rate, first + 3 / (2 * rate)) if 0 <= t < timeline.duration)
        neighbours = (frame_at(held.path, timeline, timeline.snap(t)) for t in around)
        return _Sources(frame_at(held.path, timeline, first), tuple(neighbours))

    def _publish(self, made: MadeFile, sources: Future[_Sources]) -> None:
        source = sources.result()
        verified = verify_rendition(
            made.path,
            made.plan,
            source_frame=source.first,
            neighbours=source.neighbours,
            audio="silent" if made.plan.loudness_lufs is None else "sound",
        )
        demand(verified, made.recipe)
        still, proof = made.path.with_suffix(".jpg"), made.path.with_suffix(".json")
        write_stills(made.path, verified.poster_frame, made.plan.frame_rate, still, None)
        write_proof(Proof(made.plan, verified), proof)
        with self._turn:
            self._show(made, verified, still, proof)

    def _show(self, made: MadeFile, verified: Verified, still: Path, proof: Path) -> None:
        local, folder = self.workspace.local, clip_folder(self.cutting.id)
        key = f"{folder}/{made.recipe}.mp4"
        with self.workspace.catalogue.write(self._actor) as tx:
            jobs.check(tx, self.claim)  # nobody can take the job over from here to the commit
            local.publish(still, f"{folder}/{made.recipe}.jpg")
            local.publish(proof, proof_key(self.cutting.id, made.recipe))
            local.publish(made.path, key)
            self.first_file_s = self.first_file_s or time.monotonic() - self.began
            clip = self._clip(clips.find(tx, self.cutting.id), _rendition(made, verified, key))
            clips.publish(tx, self.claim, clip)
        self.tell(Event("clip", "file", path=str(local.get(key))))

    @property
    def _actor(self) -> str:
        return self.cutting.ask.asked_by or "soundbite"

    def _clip(self, before: Clip | None, new: Rendition) -> Clip:
        """The clip as listed now: who asked first and why, what was there, and the new file."""
        made = {r.recipe: r for r in (*(before.renditions if before else ()), new)}
        now = before or self._new_clip()
        if self.cutting.moment and now.moment_id is None:  # cut by hand first, then flagged at the same place
            now = replace(now, moment_id=self.cutting.moment.id)
        elapsed = time.monotonic() - self.began
        return replace(now, elapsed_s=elapsed, first_file_s=self.first_file_s, renditions=tuple(made.values()))

    def _new_clip(self) -> Clip:
        cutting, dress = self.cutting, self.cutting.dress
        return Clip(
            id=cutting.id,
            recording_id=cutting.held.recording.id,
            moment_id=cutting.moment.id if cutting.moment else None,
            start=cutting.cut.start,
            end=cutting.cut.end,
            key=clip_folder(cutting.id),
            request={
                "ask": cutting.ask.model_dump(mode="json"),
                "credit": dress.credit,
                "imprint": asdict(dress.imprint),
                "speaker": cutting.said_by,
                "quote": cutting.cut.quote,
                "why": cutting.cut.why,
                "before": cutting.cut.before,
                "after": cutting.cut.after,
                "warnings": list(cutting.warnings),
            },
            made_by=self._actor,
            made_at=datetime.now(UTC),
            elapsed_s=0.0,
            first_file_s=0.0,
            renditions=(),
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
