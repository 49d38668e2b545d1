"""What people ask for, typed once: the command, the desk and Prefect's own page all fill in these."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

AskKind = Literal["clip", "run"]
RecordingId = Annotated[str, Field(description="The recording: its id (r_…) or the beginning of it")]
TimeText = Annotated[
    str, Field(description="A time: HH:MM:SS.mmm, seconds, or a wall clock such as 2026-11-20T22:14:03Z")
]
RecipeNames = Annotated[
    tuple[str, ...], Field(description="Shapes to make, the most urgent first; the settings' own if empty")
]


class ClipAsk(BaseModel):
    """Cut one clip: either a flagged moment, or a stretch from `start` to `end`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recording: RecordingId
    start: TimeText | None = None
    end: TimeText | None = None
    moment: str | None = Field(None, description="A flagged moment (m_…), instead of in and out")
    recipes: RecipeNames = ()
    speaker: str = Field("", description="Who speaks, for the lower third: 'Name, role'")
    message: str = Field("", description="The line on the end card")
    asked_by: str = Field("", description="Who asked; kept in the audit trail and in clip.json")


class RunAsk(BaseModel):
    """The main job on one source: ingest, transcribe, flag, clip, pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(description="A file, a folder, or an address: file://, s3://, http(s)://")
    channel: str | None = Field(None, description="Channel, if the file does not say")
    programme: str | None = Field(None, description="Programme, if the file does not say")
    aired_at: str | None = Field(None, description="When it aired: local time of the settings' zone, or with a zone")
    watchlist: str | None = Field(None, description="Path of the watchlist to flag with; the settings' own if empty")
    recipes: RecipeNames = ()
    clips: int | None = Field(None, ge=0, le=50, description="How many of the best moments become clips")
    engine: Literal["auto", "captions", "whisper"] | None = Field(None, description="Where the words come from")
    asked_by: str = Field("", description="Who asked; kept in the audit trail and in clip.json")
