"""One recording's way into store and catalogue.

The order makes a kill harmless: a copy in the work folder (swept), then the original under its hash, then its
timeline, and last the row that makes it visible. Whatever is there already is found again by its hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from archive.catalogue import Catalogue, recording_id, recordings
from archive.catalogue.recordings import CaptionFile, Recording
from archive.errors import NotMedia, SettingsWrong
from archive.ingest.about import About, Said, about
from archive.ingest.sidecar import MAX_BYTES, Sidecar, read_sidecar
from archive.ingest.sources import (
    CAPTION_FORMATS,
    MAX_CAPTION_BYTES,
    MEDIA_SUFFIXES,
    Found,
    LocalFile,
    SourceFile,
    caption_language,
)
from archive.media import MediaInfo, Scan, probe, scan
from archive.store import ORIGINALS, Copied, Store, content_hash, workplace, write_atomic
from archive.timeline import Timeline

Step = Literal["copying", "reading"]
# Name of the file, what is done with it, and how much of that is done (0…1, or None where unknown).
OnStep = Callable[[str, Step, float | None], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where recordings are taken in, for whom, and what was said about them."""

    catalogue: Catalogue
    store: Store
    said: Said
    actor: str
    on_step: OnStep | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that we hold now, or held already; `reason` says what was new about a known one."""

    recording: Recording
    is_new: bool
    reason: str = ""


def take_in(found: Found, desk: Desk) -> Kept:
    """Take one recording in. Raises MediaError, SettingsWrong, SourceMissing, StoreError."""
    with workplace(desk.store.work, "ingest") as folder:
        work = _Work(found, desk, folder, _about(found, desk, folder))
        known = _known_in_place(found.media, desk)
        if known is not None:
            return _add_to_known(known, work)
        copied = _bring(found.media, folder, desk)
        known = _find(desk, copied.sha256)
        return _add_new(copied, work) if known is None else _add_to_known(known, work)


@dataclass(frozen=True, slots=True)
class _Work:
    """One recording on its way in: what was found, for whom, the work folder, and what is known about it."""

    found: Found
    desk: Desk
    folder: Path
    facts: About


def _about(found: Found, desk: Desk, folder: Path) -> About:
    sidecar = Sidecar()
    if found.sidecar is not None:
        data = found.sidecar.bring(folder / "sidecar").path.read_bytes()
        sidecar = read_sidecar(data[: MAX_BYTES + 1], found.sidecar.name)
    return about(PurePosixPath(found.media.name).stem, sidecar, desk.said)


def _known_in_place(media: SourceFile, desk: Desk) -> Recording | None:
    """A local file of a length that we know is hashed where it lies, which spares copying it again."""
    if not isinstance(media, LocalFile):
        return None
    size = media.size()
    if size == 0:
        raise NotMedia(f"{media.name} is empty")
    media.check_readable()
    with desk.catalogue.read() as tx:
        is_size_known = recordings.is_size_known(tx, size)
    if is_size_known:
        return _find(desk, content_hash(media.path))
    probe(media.path)  # what is no media is refused before gigabytes of it are copied
    return None


def _find(desk: Desk, sha256: str) -> Recording | None:
    with desk.catalogue.read() as tx:
        return recordings.find(tx, sha256=sha256)


def _bring(media: SourceFile, folder: Path, desk: Desk) -> Copied:
    suffix = PurePosixPath(media.name).suffix.lower()
    target = folder / f"recording{suffix if suffix in MEDIA_SUFFIXES else ''}"
    return media.bring(target, _bytes_step(media, desk))


def _bytes_step(media: SourceFile, desk: Desk) -> Callable[[int], None]:
    size = media.size()
    return lambda done: _step(desk, media.name, "copying", done / size if size else None)


def _scan_step(name: str, desk: Desk) -> Callable[[float], None]:
    return lambda share: _step(desk, name, "reading", share)


def _step(desk: Desk, name: str, step: Step, share: float | None) -> None:
    if desk.on_step is not None:
        desk.on_step(name, step, share)


def _add_new(copied: Copied, work: _Work) -> Kept:
    desk, name, aired_at = work.desk, work.found.media.name, work.facts.aired_at
    info = probe(copied.path)
    read = scan(copied.path, info, _scan_step(name, desk))
    if read.decoded <= 0:
        raise NotMedia(f"Nothing in {name} could be decoded")
    recording = replace(_recording(copied, info, read, work), captions=_keep_captions(work))
    timeline = read.timeline if aired_at is None else read.timeline.with_air_time(aired_at)
    desk.store.publish(copied.path, recording.key)
    _keep_timeline(timeline, recording.timeline_key, desk.store)
    with desk.catalogue.write(desk.actor) as tx:
        known = recordings.find(tx, sha256=copied.sha256)  # somebody else may have been faster
        if known is None:
            return Kept(recordings.add(tx, replace(recording, ingested_at=tx.now)), is_new=True)
    return _add_to_known(known, work)


def _add_to_known(known: Recording, work: _Work) -> Kept:
    """New captions are added, and what was said by hand corrects; what a name suggests fills only gaps."""
    desk, facts, said = work.desk, work.facts, work.desk.said
    captions = _keep_captions(work)
    with desk.catalogue.write(desk.actor) as tx:
        added = [caption.name for caption in captions if recordings.add_caption(tx, known.id, caption)]
        new = recordings.describe(
            tx,
            known.id,
            channel=said.channel or (None if known.channel else facts.channel),
            programme=said.programme or (None if known.programme else facts.programme),
            aired_at=facts.aired_at if said.aired_at or known.aired_at is None else None,
        )
    _renew_timeline(known, new, desk)
    reasons = [f"new captions: {', '.join(added)}"] if added else []
    if (known.channel, known.programme, known.aired_at) != (new.channel, new.programme, new.aired_at):
        reasons.append("channel, programme or air time corrected")
    return Kept(new, is_new=False, reason="; ".join(reasons))


def _renew_timeline(was: Recording, now: Recording, desk: Desk) -> None:
    """The timeline is derived: made again where it is gone, and told a corrected air time."""
    store, is_there = desk.store, desk.store.exists(now.timeline_key)
    if is_there and was.aired_at == now.aired_at:
        return
    if is_there:
        timeline = Timeline.from_json(store.get(now.timeline_key).read_text("utf-8"))
    else:
        original = store.get(now.key)
        timeline = scan(original, probe(original), _scan_step(now.name, desk)).timeline
    if now.aired_at is not None:
        timeline = timeline.with_air_time(now.aired_at)
    _keep_timeline(timeline, now.timeline_key, store)


def _recording(copied: Copied, info: MediaInfo, read: Scan, work: _Work) -> Recording:
    media, facts = work.found.media, work.facts
    identity = recording_id(copied.sha256)
    width, height = info.video.shown_size if info.video else (None, None)
    return Recording(
        id=identity,
        sha256=copied.sha256,
        size_bytes=copied.size_bytes,
        key=_original_key(copied.sha256, copied.path.suffix),
        name=media.name,
        source=media.shown,
        container=info.container,
        channel=facts.channel,
        programme=facts.programme,
        aired_at=facts.aired_at,
        ingested_at=datetime.now(UTC),
        declared=info.declared,
        duration=read.timeline.duration,
        decoded=read.decoded,
        width=width,
        height=height,
        frame_rate=info.video.frame_rate if info.video else None,
        has_sound=info.audio is not None,
        damage=read.damage,
        notes=facts.notes + read.notes,
        embedded=tuple(f"{stream.codec} {stream.language}".strip() for stream in info.captions),
        epochs=len(read.timeline.epochs),
        timeline_key=f"index/{identity}.timeline.json",
    )


def _keep_captions(work: _Work) -> tuple[CaptionFile, ...]:
    """Caption files are originals too: kept by hash, never changed."""
    return tuple(_keep_caption(file, number, work) for number, file in enumerate(work.found.captions))


def _keep_caption(file: SourceFile, number: int, work: _Work) -> CaptionFile:
    if (file.size() or 0) > MAX_CAPTION_BYTES:
        raise SettingsWrong(f"{file.name} is too long for captions", "Move it away from the recording.")
    copied = file.bring(work.folder / f"captions-{number}")
    suffix = PurePosixPath(file.name).suffix.lower()
    key = _original_key(copied.sha256, suffix)
    work.desk.store.publish(copied.path, key)
    language = caption_language(PurePosixPath(work.found.media.name).stem, file.name)
    return CaptionFile(key, file.name, CAPTION_FORMATS[suffix], language)


def _original_key(sha256: str, suffix: str) -> str:
    return f"{ORIGINALS}/{sha256[:2]}/{sha256}{suffix}"


def _keep_timeline(timeline: Timeline, key: str, store: Store) -> None:
    with workplace(store.work, "timeline") as folder:
        part = folder / "timeline.json"
        write_atomic(part, timeline.to_json())
        store.publish(part, key)
