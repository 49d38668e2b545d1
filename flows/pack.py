"""The share pack of a clip."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter

from archive.catalogue import clips, moments, recordings, transcripts
from archive.catalogue.clips import Clip
from archive.catalogue.moments import MomentRow
from archive.catalogue.recordings import Recording
from clipping.imprint import Imprint
from clipping.sharing.pack import PackInput, PackRendition, build_pack
from clipping.sharing.provenance import Origin, Source

from .making import proof_key
from .proofs import read_proof
from .results import PackResult
from .rows import row_to_moment
from .telling import Event, Tell
from .workspace import Workspace


def pack_clip(workspace: Workspace, clip: str, tell: Tell, *, asked_by: str = "") -> PackResult:
    """Build the share pack of a clip, or find it where it lies unchanged.

    Raises:
        NotInCatalogue, NotVerified, PackFailed, DiskFull, NotWritable.
    """
    with workspace.catalogue.read() as tx:
        held = clips.get(tx, clip)
        recording = recordings.get(tx, held.recording_id)
        moment = moments.get(tx, held.moment_id) if held.moment_id else None
        words = transcripts.get(tx, recording.id)
    tell(Event("pack", "began", held.id))
    given = _pack_input(workspace, held, recording, moment, words.engine if words else "")
    with _one_at_a_time(workspace.home / "run" / "packing.lock"):
        pack = build_pack(given, workspace.home / "packs", work=workspace.local.work)
    key = pack.folder.relative_to(workspace.home).as_posix()
    if held.pack_key != key:
        with workspace.catalogue.write(asked_by or "soundbite") as tx:
            clips.set_pack(tx, held.id, key)
    tell(Event("pack", "ended"))
    return PackResult(clip=held.id, folder=str(pack.folder), zip=str(pack.zip))


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Two that pack the same clip would want the same folder. The kernel drops the lock of a dead owner."""
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _pack_input(
    workspace: Workspace, clip: Clip, recording: Recording, moment: MomentRow | None, words_by: str
) -> PackInput:
    said = _Said(clip)
    _, _, timeline = workspace.media(recording)
    return PackInput(
        renditions=_renditions(workspace, clip),
        source=Source(
            recording=recording.id,
            sha256=recording.sha256,
            name=recording.name,
            channel=recording.channel or "",
            programme=recording.programme or "",
            aired_at=recording.aired_at,
            start=clip.start,
            end=clip.end,
            wall_start=timeline.wall_at(clip.start) if timeline.aired_at else None,
        ),
        origin=Origin(
            clip=clip.id,
            asked_by=clip.made_by,
            asked_at=clip.made_at,
            kind=moment.kind if moment else "by-hand",
            why=moment.why if moment else said.text("why"),
            before=said.text("before"),
            after=said.text("after"),
            words_by=words_by,
            warnings=(*said.texts("warnings"), *_doubts(words_by)),
        ),
        quote=moment.quote if moment else said.text("quote"),
        speaker=said.text("speaker"),
        credit=said.text("credit"),
        imprint=said.imprint,  # the one in the picture, whatever is in force now
        rebuttal=row_to_moment(moment).rebuttal if moment else None,
    )


def _doubts(words_by: str) -> tuple[str, ...]:
    """A quotation deserves two witnesses, and captions or a recogniser are one."""
    if words_by.startswith("captions"):
        return ("the words are the broadcaster's captions, which shorten and mishear: listen before you quote them",)
    return ("the words are a recogniser's: listen before you quote them",) if words_by.startswith("whisper") else ()


def _renditions(workspace: Workspace, clip: Clip) -> tuple[PackRendition, ...]:
    found = []
    for rendition in clip.renditions:
        proof = read_proof(workspace.local, proof_key(clip.id, rendition.recipe))
        found.append(PackRendition(workspace.local.get(rendition.key), rendition.recipe, proof.plan, proof.verified))
    return tuple(found)


class _Said:
    """What was written down with the clip when it was made."""

    def __init__(self, clip: Clip) -> None:
        self._request = clip.request

    def text(self, name: str) -> str:
        return str(self._request.get(name) or "")

    @property
    def imprint(self) -> Imprint:
        return TypeAdapter(Imprint).validate_python(self._request["imprint"])

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._request.get(name)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
