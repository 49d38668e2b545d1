"""What the commands answer: the JSON contract, typed once. Times are seconds of media time."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Result(BaseModel):
    """A document on stdout, in a ticket, or on Prefect's page."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class IngestedRecording(Result):
    recording: str | None
    path: str
    status: Literal["new", "known", "refused"]
    reason: str = ""
    duration_s: float | None = None
    decoded_s: float | None = None
    damage: tuple[str, ...] = ()
    epochs: int = 0
    captions: tuple[str, ...] = ()
    channel: str = ""
    programme: str = ""
    aired_at: str | None = None
    notes: tuple[str, ...] = ()


class IngestResult(Result):
    recordings: tuple[IngestedRecording, ...]


class TranscribeResult(Result):
    recording: str
    engine: str
    words: int
    vtt: str
    elapsed_s: float
    status: Literal["new", "known"] = "new"
    notes: tuple[str, ...] = ()


class FlaggedMoment(Result):
    moment: str
    start: float
    end: float
    kind: str
    score: float
    why: str
    quote: str
    warnings: tuple[str, ...] = ()
    speaker: str = ""  # "Name, role", where the captions name who says it


class FlagResult(Result):
    recording: str
    moments: tuple[FlaggedMoment, ...]


class Hit(Result):
    recording: str
    start: float
    end: float
    text: str


class SearchResult(Result):
    hits: tuple[Hit, ...]


class MadeRendition(Result):
    recipe: str
    path: str
    width: int
    height: int
    fps: float
    frames: int
    duration_s: float
    sha256: str
    loudness_lufs: float | None


class ClipResult(Result):
    clip: str
    recording: str
    start: float = Field(serialization_alias="in", validation_alias="in")
    end: float = Field(serialization_alias="out", validation_alias="out")
    elapsed_s: float
    first_file_s: float | None
    renditions: tuple[MadeRendition, ...]
    status: Literal["made", "exists"] = "made"
    moment: str | None = None
    quote: str = ""
    why: str = ""
    warnings: tuple[str, ...] = ()
    is_tracked: bool = False


class PackResult(Result):
    clip: str
    folder: str
    zip: str
    notes: tuple[str, ...] = ()


class RunResult(Result):
    recording: str | None
    ingested: IngestedRecording
    transcript: TranscribeResult | None = None
    moments: tuple[FlaggedMoment, ...] = ()
    clips: tuple[ClipResult, ...] = ()
    packs: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_tracked: bool = False


class RunsResult(RunResult):
    """`run` on a folder: the first recording's answer at the top, and every one of them below `runs`."""

    runs: tuple[RunResult, ...] = ()


class SweepResult(Result):
    """One overnight run over a folder."""

    new: int
    known: int
    refused: int
    clips: tuple[ClipResult, ...] = ()
    packs: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


class HeldClip(Result):
    clip: str
    start: float = Field(serialization_alias="in", validation_alias="in")
    end: float = Field(serialization_alias="out", validation_alias="out")
    quote: str
    recipes: tuple[str, ...]


class HeldRecording(Result):
    recording: str
    name: str
    channel: str
    programme: str
    aired_at: str | None
    duration_s: float
    clips: tuple[HeldClip, ...]


class ListResult(Result):
    recordings: tuple[HeldRecording, ...]


class NotedPost(Result):
    clip: str
    platform: str
    id: str
    status: Literal["noted", "changed", "known", "refused"]
    seat: str = ""
    audience: str = ""
    partner: str = ""
    payment: str = ""
    recipe: str = ""
    reason: str = ""


class PostsResult(Result):
    posts: tuple[NotedPost, ...]


Total = float | int | tuple[float | int, float | int | None]  # no upper end: None


class ImportedFile(Result):
    """`totals`: metric → a number, or [low, high] where the file gives a range or people that do not add."""

    path: str
    source: str
    rows: int
    status: Literal["imported", "known", "quarantined"]
    reason: str = ""
    totals: dict[str, Total] = {}
    repairs: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


class MetricsResult(Result):
    files: tuple[ImportedFile, ...]


class HeldImport(Result):
    import_id: str
    name: str
    source: str
    rows: int
    snapshot_at: datetime
    snapshot_from: str
    imported_at: datetime
    refused: int
    repairs: int


class ImportsResult(Result):
    imports: tuple[HeldImport, ...]


class WrittenPage(Result):
    question: str
    answer: str
    html: str


class ReportResult(Result):
    pages: tuple[WrittenPage, ...]
    xlsx: str
    folder: str
    mail: str
    notes: tuple[str, ...] = ()


class ClaimResult(Result):
    """`low` and `high` are what is known of the number that the sentence speaks of; None where nothing is known."""

    claim: str
    verdict: Literal["supported", "unsupported", "impossible", "unclear"]
    low: float | int | None
    high: float | int | None
    denominator: float | int | tuple[float | int, float | int | None] | None
    sentence: str
    why: str = ""
    share: tuple[float | int, float | int] | None = None
    arithmetic: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Finding(Result):
    check: str
    ok: bool
    detail: str = ""


class VerifyResult(Result):
    ok: bool
    findings: tuple[Finding, ...]


class Check(Result):
    name: str
    ok: bool
    detail: str
    mend: str = ""
    needed: bool = True  # False: Soundbite works without it, less well


class DoctorResult(Result):
    checks: tuple[Check, ...]


def to_document(result: Result) -> dict[str, object]:
    """The document as other programs read it."""
    return result.model_dump(mode="json", by_alias=True)
