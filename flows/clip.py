"""Cutting a clip: settle, render, verify, publish. The first file is announced while the others are made."""

from __future__ import annotations

import time
from typing import Literal

from archive.catalogue import clips, jobs
from archive.catalogue.clips import Rendition
from archive.catalogue.jobs import Claim
from archive.errors import CatalogueBusy, StoreError
from archive.store import workplace

from .asks import ClipAsk
from .claims import claimed
from .cutting import Cutting, settle
from .making import Making, proof_key
from .proofs import read_proof
from .results import ClipResult, MadeRendition
from .telling import Event, Tell
from .workspace import Workspace

ATTEMPTS = 5  # somebody else may finish other shapes of the same clip while we wait


def cut_clip(workspace: Workspace, ask: ClipAsk, tell: Tell) -> ClipResult:
    """Cut one clip in every shape asked for that is not there yet.

    A file is visible only once it is verified. A shape that fails is not listed; the others stay.

    Raises:
        SoundbiteError: the ask was wrong, or a file could not be made or verified.
    """
    began = time.monotonic()
    cutting = settle(workspace, ask)
    for _ in range(ATTEMPTS):
        if not missing_shapes(workspace, cutting):
            return _answer(workspace, cutting, began, "exists")
        _reopen(workspace, cutting)
        with claimed(workspace.catalogue, "clip", cutting.id, ask.model_dump(mode="json"), _actor(ask)) as claim:
            if isinstance(claim, Claim):
                return _make(workspace, cutting, claim, tell, began)
    raise CatalogueBusy(f"{cutting.id} is being made again and again by others", "Wait a little, then ask again.")


def missing_shapes(workspace: Workspace, cutting: Cutting) -> tuple[str, ...]:
    """Shapes asked for and not there: never made, their files gone, or their recipe changed since."""
    with workspace.catalogue.read() as tx:
        known = clips.find(tx, cutting.id)
    made = {rendition.recipe: rendition for rendition in known.renditions} if known else {}
    return tuple(
        recipe.name
        for recipe in cutting.recipes
        if recipe.name not in made
        or not workspace.local.exists(made[recipe.name].key)
        or not _is_current(workspace, cutting, recipe.name)
    )


def _is_current(workspace: Workspace, cutting: Cutting, name: str) -> bool:
    try:
        proof = read_proof(workspace.local, proof_key(cutting.id, name))
    except (StoreError, ValueError):  # gone, or written by another version
        return False
    return proof.plan.recipe in cutting.recipes


def _reopen(workspace: Workspace, cutting: Cutting) -> None:
    """Let a clip that was finished be claimed again: something of it is missing."""
    with workspace.catalogue.write("soundbite") as tx:
        if jobs.find(tx, "clip", cutting.id):  # reopen leaves alone what somebody works on
            jobs.reopen(tx, "clip", cutting.id, "a shape is missing")


def _make(workspace: Workspace, cutting: Cutting, claim: Claim, tell: Tell, began: float) -> ClipResult:
    missing = missing_shapes(workspace, cutting)
    if missing:
        quote = cutting.cut.quote
        tell(Event("clip", "began", f"“{quote[:60]}”" if quote else cutting.id))
        with workplace(workspace.local.work, cutting.id) as work:
            Making(workspace, cutting, claim, tell, began).make(missing, work)
    result = _answer(workspace, cutting, began, "made" if missing else "exists")
    with workspace.catalogue.write(_actor(cutting.ask)) as tx:
        jobs.finish(tx, claim, {"clip": cutting.id})
    tell(Event("clip", "ended"))
    return result


def _actor(ask: ClipAsk) -> str:
    return ask.asked_by or "soundbite"


def _answer(workspace: Workspace, cutting: Cutting, began: float, status: Literal["made", "exists"]) -> ClipResult:
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
