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


class PostAsk(BaseModel):
    """Note that a clip was posted, and what for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clip: str = Field(description="The clip: its id (c_…) or the beginning of it")
    platform: str = Field(description="Where: facebook, instagram, youtube, tiktok, x, snapchat, google or other")
    id: str = Field(min_length=1, description="The platform's own id of the post, or its address")
    seat: str = Field("", description="The constituency it is for: its code or its name")
    audience: str = Field("", description="Whom it addresses: the name of a target, or words of one's own")
    partner: str = Field("", description="Who posted it with us or for us")
    payment: Literal["", "organic", "paid"] = Field("", description="Paid for or not")
    recipe: str = Field("", description="The shape that was posted")
    kind: str = Field("", description="What the clip is there: rebuttal, attack, highlight, real voices")
    topic: str = Field("", description="What it is about")
    posted_at: str = Field("", description="When: 2026-11-20 22:00 in the settings' zone, or with a zone")
    asked_by: str = Field("", description="Who says so")


class MetricsAsk(BaseModel):
    """What a person says about exports that the exports do not say themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    locale: str = Field("", description="How numbers and dates are written in it: en-GB, de-DE …")
    platform: str = Field("", description="The platform, where the file does not say")
    account: str = Field("", description="The account, where the file does not say")
    seat: str = Field("", description="Everything in it was delivered in this constituency: code or name")
    as_of: str = Field("", description="When it was downloaded: 2026-11-20 22:00; else the file's own time")
    first: str = Field("", description="First day that it covers, where it does not say: 2026-11-01")
    last: str = Field("", description="Last day that it covers: 2026-11-14")
    mapping: str = Field("", description="YAML mapping for a source that we do not know")
    payment: Literal["", "organic", "paid"] = Field("", description="Paid or organic, where the file does not say")
    whole_library: bool = Field(False, description="An Ad Library file that holds every ad of its pages")
    asked_by: str = Field("", description="Who asks")


class ReportAsk(BaseModel):
    """Write the reports of a window of days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: str = Field("", description="First day: 2026-11-01; `report_days` before the last if empty")
    last: str = Field("", description="Last day: 2026-11-14; yesterday if empty")
    target: str = Field("", description="Target (a YAML file) to count against; the settings' own if empty")
    groups: str = Field("", description="Seat groups (a CSV) to cut by; the settings' own if empty")
    clip: str = Field("", description="The clip that the page on one clip is about; the most seen if empty")
    claims: tuple[str, ...] = Field((), description="Sentences to judge, beside those of the settings' claims file")
    asked_by: str = Field("", description="Who asks")


class ClaimAsk(BaseModel):
    """Judge one sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str = Field(min_length=1, description="What somebody would like to say")
    first: str = Field("", description="First day, where the sentence names none")
    last: str = Field("", description="Last day, where the sentence names none")
    target: str = Field("", description="Target (a YAML file) that the sentence may name")
    asked_by: str = Field("", description="Who asks")
