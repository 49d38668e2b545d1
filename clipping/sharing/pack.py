"""The share pack: a folder and a zip with all that a person needs to post a clip, and its record.

A pack appears whole or not at all. A pack that is already there is kept as it is while nothing in it was
changed; otherwise (somebody may have edited a post) the new one stands beside it under another name.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.store import content_hash, publish_dir, publish_file, workplace, write_atomic
from clipping.errors import PackFailed
from clipping.imprint import Imprint
from clipping.listening.entries import Rebuttal
from clipping.look.shapes import ShapePlan
from clipping.proof.findings import Verified, demand
from clipping.sharing.pack_words import readme, rebuttal_text, write_posts
from clipping.sharing.platforms import Platform, load_platforms
from clipping.sharing.posts import PostWords
from clipping.sharing.provenance import FileFact, Origin, Source, clip_json, rendition_record
from clipping.sharing.stills import write_stills
from clipping.sharing.subtitles import srt, vtt, widest

RECORD = "clip.json"
MOST_SLUG = 48  # characters of a quote in a file name
_MOST_AGAIN = 100


@dataclass(frozen=True, slots=True)
class PackRendition:
    """One verified file and what it was verified against."""

    path: Path
    recipe: str
    plan: ShapePlan
    verified: Verified


@dataclass(frozen=True, slots=True)
class PackInput:
    """Everything that goes into a pack. The first rendition gives the thumbnail."""

    renditions: tuple[PackRendition, ...]
    source: Source
    origin: Origin
    quote: str
    speaker: str
    credit: str
    imprint: Imprint
    rebuttal: Rebuttal | None = None
    platforms: dict[str, Platform] = field(default_factory=load_platforms)


@dataclass(frozen=True, slots=True)
class Pack:
    """Where a pack lies."""

    folder: Path
    zip: Path


def build_pack(pack: PackInput, parent: Path, *, work: Path | None = None) -> Pack:
    """Put a pack together below `parent`: `<slug>/` and `<slug>.zip`. `work` is where it is put together,
    on the same disk; the parent itself if None.

    Raises NotVerified for a rendition that failed a check, PackFailed where a file is not the verified one,
    DiskFull and NotWritable.
    """
    if not pack.renditions:
        raise PackFailed("There is nothing to pack", "Cut the clip first")
    for rendition in pack.renditions:
        demand(rendition.verified, rendition.path.name)
    final, is_there = _place(parent, f"{slug(pack.quote)}-{pack.origin.clip[-6:]}", pack)
    if not is_there:
        with workplace(work or parent, ".pack") as folder:
            made = folder / final.name
            made.mkdir()
            _fill(made, pack)
            publish_dir(made, final)
    zipped = final.with_name(f"{final.name}.zip")
    if not is_there or not zipped.exists():
        with workplace(work or parent, ".zip") as folder:
            publish_file(_zipped(final, folder / zipped.name, pack.origin.asked_at), zipped)
    return Pack(final, zipped)


def check_pack(folder: Path) -> tuple[str, ...]:
    """What is wrong with a pack, one line each: files changed, missing, or unknown to its record."""
    try:
        listed = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
        wanted = {str(file["name"]): str(file["sha256"]) for file in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return (f"{RECORD} is missing or can't be read",)
    found = {str(p.relative_to(folder).as_posix()) for p in folder.rglob("*") if p.is_file()} - {RECORD}
    said = [f"{name} is missing" for name in sorted(wanted.keys() - found)]
    said += [f"{name} is not in {RECORD}" for name in sorted(found - wanted.keys())]
    both = sorted(found & wanted.keys())
    said += [f"{name} was changed" for name in both if content_hash(folder / name) != wanted[name]]
    return tuple(said)


def slug(text: str) -> str:
    """A file name that people can read and every system takes: a to z, 0 to 9, hyphens; whole words."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > MOST_SLUG:
            break
        name = f"{name}-{word}" if name else word
    return name or (words[0][:MOST_SLUG] if words else "clip")


def _place(parent: Path, name: str, pack: PackInput) -> tuple[Path, bool]:
    """A free place, or the one where this very pack already lies unchanged."""
    parent.mkdir(parents=True, exist_ok=True)
    for again in range(1, _MOST_AGAIN):
        final = parent / (name if again == 1 else f"{name}-{again}")
        if not final.exists():
            return final, False
        if _is_same(final, pack) and not check_pack(final):
            return final, True
    raise PackFailed(f"There are {_MOST_AGAIN} packs called {name}", f"Remove some from {parent}")


def _is_same(folder: Path, pack: PackInput) -> bool:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        held = record["digest"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(held == _digest(pack))


def _digest(pack: PackInput) -> str:
    """Of everything that a pack says: a mended rebuttal or another warning makes another pack."""
    facts = {
        "source": asdict(pack.source),
        "origin": asdict(pack.origin),
        "said": [pack.quote, pack.speaker, pack.credit, pack.imprint.text],
        "rebuttal": asdict(pack.rebuttal) if pack.rebuttal else None,
        "files": [[rendition.recipe, rendition.verified.sha256] for rendition in pack.renditions],
        "platforms": {name: platform.model_dump() for name, platform in pack.platforms.items()},
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _fill(folder: Path, pack: PackInput) -> None:
    name = slug(pack.quote)
    videos = {rendition.recipe: f"{name}-{rendition.recipe}.mp4" for rendition in pack.renditions}
    for rendition in pack.renditions:
        _copy_verified(rendition, folder / videos[rendition.recipe])
    _pictures(folder, name, pack)
    _captions(folder, name, [rendition.plan for rendition in pack.renditions])
    posts = write_posts(folder / "posts", _words(pack), pack.platforms, _sizes(pack), videos)
    _write(folder / "imprint.txt", pack.imprint.text + "\n")
    _write(folder / "credit.txt", pack.credit + "\n")
    if pack.rebuttal:
        _write(folder / "rebuttal.txt", rebuttal_text(pack.rebuttal))
    _write(folder / "README.txt", readme(pack.quote, pack.speaker, pack.origin, pack.source, posts))
    records = [rendition_record(videos[r.recipe], r.plan.recipe, r.verified) for r in pack.renditions]
    answer = {"line": pack.rebuttal.line, "sources": list(pack.rebuttal.sources)} if pack.rebuttal else None
    _write(
        folder / RECORD,
        clip_json(
            pack.source,
            pack.origin,
            quote=pack.quote,
            speaker=pack.speaker,
            credit=pack.credit,
            imprint=pack.imprint.text,
            renditions=records,
            files=_facts(folder),
            rebuttal=answer,
            digest=_digest(pack),
        ),
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text)


def _words(pack: PackInput) -> PostWords:
    answer = pack.rebuttal
    return PostWords(
        pack.quote,
        pack.speaker,
        pack.credit,
        pack.imprint.text,
        answer.line if answer else "",
        answer.sources[0] if answer and answer.sources else "",
    )


def _sizes(pack: PackInput) -> dict[str, Verified]:
    return {rendition.recipe: rendition.verified for rendition in pack.renditions}


def _copy_verified(rendition: PackRendition, to: Path) -> None:
    shutil.copyfile(rendition.path, to)
    if content_hash(to) != rendition.verified.sha256:
        raise PackFailed(f"{rendition.path.name} is not the file that was verified", "Verify it again")


def _pictures(folder: Path, name: str, pack: PackInput) -> None:
    for number, rendition in enumerate(pack.renditions):
        poster = folder / f"{name}-{rendition.recipe}-poster.jpg"
        small = folder / f"{name}-thumbnail.jpg" if number == 0 else None
        write_stills(rendition.path, rendition.verified.poster_frame, rendition.plan.frame_rate, poster, small)


def _captions(folder: Path, name: str, plans: Sequence[ShapePlan]) -> None:
    plan = widest(plans)
    if plan.captions:
        _write(folder / f"{name}.srt", srt(plan))
        _write(folder / f"{name}.vtt", vtt(plan))


def _facts(folder: Path) -> list[FileFact]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [FileFact(p.relative_to(folder).as_posix(), content_hash(p), p.stat().st_size) for p in files]


def _zipped(folder: Path, target: Path, at: datetime) -> Path:
    """The folder as a zip: sorted, one time for all (when it was asked for): equal packs are equal files."""
    stamp = max(at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", stamp)
            packed = path.suffix in {".mp4", ".jpg"}
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as file, archive.open(entry, "w") as out:
                shutil.copyfileobj(file, out, 1024 * 1024)
    return target
