"""`clip.json`: where a clip comes from, exactly, and what was proved about it. Kept with every share pack.

Times are exact fractions of a second of media time beside their timecodes; wall time is UTC. Whoever has the
recording can find the same frames again, and whoever has the pack can prove that no file was changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version

from archive.media import ffmpeg_version
from archive.timeline import format_time
from clipping.look.recipe import Recipe
from clipping.proof.findings import Verified
from clipping.proof.reading import reader_version

FORMAT = "soundbite.clip/1"


@dataclass(frozen=True, slots=True)
class Source:
    """The recording. `start` and `end` are media time; `wall_start` is when the first frame was on air."""

    recording: str
    sha256: str
    name: str
    channel: str
    programme: str
    aired_at: datetime | None
    start: Fraction
    end: Fraction
    wall_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked for the clip, when, and why; what was said before and after it (30 s each)."""

    clip: str
    asked_by: str
    asked_at: datetime
    kind: str = ""
    why: str = ""
    before: str = ""
    after: str = ""
    words_by: str = ""  # the transcript's engine: "captions:webvtt", "whisper:base.en"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file of the pack as it was written."""

    name: str
    sha256: str
    size_bytes: int


def soundbite_version() -> str:
    try:
        return version("soundbite")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unreleased"


def tools() -> dict[str, str]:
    """What made the clip and what read it back, with versions."""
    return {"soundbite": soundbite_version(), "ffmpeg": ffmpeg_version(), "reader": reader_version()}


def rendition_record(name: str, recipe: Recipe, verified: Verified) -> dict[str, object]:
    """What was proved about one file, finding by finding."""
    return {
        "file": name,
        "recipe": recipe.name,
        "recipe_sha256": hashlib.sha256(recipe.model_dump_json().encode()).hexdigest(),
        "width": verified.width,
        "height": verified.height,
        "fps": str(verified.fps),
        "frames": verified.frames,
        "duration_s": float(verified.duration),
        "sha256": verified.sha256,
        "size_bytes": verified.size_bytes,
        "loudness_lufs": verified.loudness_lufs,
        "true_peak_dbtp": _finite(verified.true_peak_dbtp),
        "verified": [{"check": str(f.check), "ok": f.ok, "detail": f.detail} for f in verified.findings],
    }


def clip_json(
    source: Source,
    origin: Origin,
    *,
    quote: str,
    speaker: str,
    credit: str,
    imprint: str,
    renditions: Sequence[Mapping[str, object]],
    files: Sequence[FileFact],
    rebuttal: Mapping[str, object] | None,
    digest: str,
) -> str:
    """The whole record as JSON text, keys in a fixed order, the same for the same clip."""
    record = {
        "format": FORMAT,
        "clip": origin.clip,
        "quote": quote,
        "speaker": speaker,
        "credit": credit,
        "imprint": imprint,
        "source": _source(source),
        "asked": {"by": origin.asked_by, "at": _utc(origin.asked_at), "kind": origin.kind, "why": origin.why},
        "context": {"before": origin.before, "after": origin.after},
        "words_by": origin.words_by,
        "warnings": list(origin.warnings),
        "rebuttal": dict(rebuttal) if rebuttal else None,
        "digest": digest,  # of what the pack was made from
        "tools": tools(),
        "renditions": [dict(rendition) for rendition in renditions],
        "files": [{"name": f.name, "sha256": f.sha256, "size_bytes": f.size_bytes} for f in files],
    }
    return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _source(source: Source) -> dict[str, object]:
    length = source.end - source.start
    wall_end = source.wall_start.timestamp() + float(length) if source.wall_start else None
    return {
        "recording": source.recording,
        "sha256": source.sha256,
        "name": source.name,
        "channel": source.channel,
        "programme": source.programme,
        "aired_at": _utc(source.aired_at),
        "in": {
            "exact_s": str(source.start),
            "timecode": format_time(source.start),
            "wall": _utc(source.wall_start),
        },
        "out": {
            "exact_s": str(source.end),
            "timecode": format_time(source.end),
            "wall": _utc(datetime.fromtimestamp(wall_end, UTC)) if wall_end is not None else None,
        },
        "length_s": str(length),
    }


def _utc(at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _finite(value: float | None) -> float | None:
    return value if value is not None and abs(value) != float("inf") else None
