"""What is held: recordings and the clips made of them."""

from __future__ import annotations

from archive.catalogue import clips, recordings

from .results import HeldClip, HeldRecording, ListResult
from .workspace import Workspace


def list_held(workspace: Workspace) -> ListResult:
    """Every recording with its clips, first ingested first."""
    with workspace.catalogue.read() as tx:
        return ListResult(
            recordings=tuple(
                HeldRecording(
                    recording=held.id,
                    name=held.name,
                    channel=held.channel or "",
                    programme=held.programme or "",
                    aired_at=held.aired_at.isoformat() if held.aired_at else None,
                    duration_s=round(float(held.duration), 3),
                    clips=tuple(
                        HeldClip(
                            clip=clip.id,
                            start=round(float(clip.start), 3),
                            end=round(float(clip.end), 3),
                            quote=str(clip.request.get("quote") or ""),
                            recipes=tuple(rendition.recipe for rendition in clip.renditions),
                        )
                        for clip in clips.of(tx, held.id)
                    ),
                )
                for held in recordings.all(tx)
            )
        )
