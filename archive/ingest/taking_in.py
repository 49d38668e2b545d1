"""The whole way in: find, fetch, hash, probe, index, keep, remember. Killed anywhere, it just runs again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Literal

from archive.catalogue import Catalogue
from archive.catalogue.recordings import Recording
from archive.errors import DiskFull, MediaError, SettingsWrong, SourceMissing
from archive.ingest.about import Said
from archive.ingest.keeping import Desk, Kept, OnStep, take_in
from archive.ingest.sources import Found, find_recordings
from archive.ingest.web import MAX_BYTES
from archive.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file. Seconds are floats here: this goes to the screen."""

    recording: str | None
    path: str
    status: Literal["new", "known", "refused"]
    reason: str = ""
    name: str = ""
    channel: str | None = None
    programme: str | None = None
    aired_at: datetime | None = None
    duration_s: float | None = None
    decoded_s: float | None = None
    damage: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    epochs: int = 0
    captions: tuple[str, ...] = ()


def ingest(
    source: str,
    into: Catalogue,
    store: Store,
    *,
    actor: str,
    channel: str | None = None,
    programme: str | None = None,
    aired_at: datetime | None = None,
    zone: str = "Europe/London",
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    on_step: OnStep | None = None,
    on_file: Callable[[Ingested], None] | None = None,
) -> list[Ingested]:
    """Take in a file, a folder with all below it, file://, s3:// or one http(s) file.

    What can't be used is reported as refused with its reason, and the rest goes on; `on_file` hears of each
    file as soon as it is done, which lasts even if a later one stops the run. A folder that can't be read is
    reported as refused; so is what no longer fits once the disk is full. Raises SourceMissing if there is
    nothing at all, SettingsWrong for a zone that isn't one or an impossible air time, and what stops every file:
    DiskFull (nothing was taken in), NotWritable, CatalogueBusy, FetchBroken.
    """
    store.sweep()
    said = Said(channel, programme, aired_at, zone)
    said.check()
    home = Path(store.root) if store.is_local else None
    unread: dict[Path, str] = {}
    found = find_recordings(
        source, skip=home, allow_private=allow_private, max_bytes=max_bytes, on_unread=unread.__setitem__
    )
    desk = Desk(into, store, said, actor, on_step)
    done = []
    for one in chain(_passed_over(unread), _each(found, desk)):
        done.append(one)
        if on_file is not None:
            on_file(one)
    return done


def _passed_over(unread: Mapping[Path, str]) -> Iterator[Ingested]:
    return (Ingested(None, str(path), "refused", why, name=path.name) for path, why in unread.items())


def _each(found: list[Found], desk: Desk) -> Iterator[Ingested]:
    held = 0
    for at, one in enumerate(found):
        try:
            kept = take_in(one, desk)
        except DiskFull as error:
            if not held:
                raise
            where = error.what.removeprefix("The disk is full: ")
            yield from (_refused(rest, f"the disk is full ({where}). {error.mend}") for rest in found[at:])
            return
        except (MediaError, SettingsWrong) as error:
            yield _refused(one, str(error))
        except SourceMissing as error:
            if len(found) == 1:
                raise
            yield _refused(one, str(error))
        else:
            held += 1
            yield _reported(one, kept)


def _refused(one: Found, why: str) -> Ingested:
    log.warning("ingest.refused %s: %s", one.media.shown, why)
    return Ingested(None, one.media.shown, "refused", why, name=one.media.name)


def _reported(one: Found, kept: Kept) -> Ingested:
    recording = kept.recording
    status: Literal["new", "known"] = "new" if kept.is_new else "known"
    log.info("ingest.%s %s %s", status, recording.id, one.media.shown)
    return Ingested(
        recording=recording.id,
        path=one.media.shown,
        status=status,
        reason=kept.reason,
        name=recording.name,
        channel=recording.channel,
        programme=recording.programme,
        aired_at=recording.aired_at,
        duration_s=float(recording.duration),
        decoded_s=float(recording.decoded),
        damage=recording.damage,
        notes=recording.notes,
        epochs=recording.epochs,
        captions=_caption_names(recording),
    )


def _caption_names(recording: Recording) -> tuple[str, ...]:
    return tuple(caption.name for caption in recording.captions) + recording.embedded
