"""The tables as they are now. A test holds them equal to what the migrations make.

No type, default or index here belongs to one database: PostgreSQL can serve the same tables.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from archive.catalogue.columns import ExactTime, UtcTime

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("applied_at", UtcTime, nullable=False),
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("size_bytes", BigInteger, nullable=False, index=True),
    Column("key", String, nullable=False),
    Column("name", String, nullable=False),
    Column("source", String, nullable=False),
    Column("container", String, nullable=False),
    Column("channel", String),
    Column("programme", String),
    Column("aired_at", UtcTime),
    Column("ingested_at", UtcTime, nullable=False),
    Column("declared", ExactTime),
    Column("duration", ExactTime, nullable=False),
    Column("decoded", ExactTime, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("frame_rate", ExactTime),
    Column("has_sound", Boolean, nullable=False),
    Column("damage", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("embedded", JSON, nullable=False),
    Column("epochs", Integer, nullable=False),
    Column("timeline_key", String, nullable=False),
)

caption_files = Table(
    "caption_files",
    metadata,
    Column("recording_id", ForeignKey("recordings.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("format", String, nullable=False),
    Column("language", String, nullable=False),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("recording_id", ForeignKey("recordings.id"), primary_key=True),
    Column("language", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("word_count", Integer, nullable=False),
)

words = Table(
    "words",
    metadata,
    Column("recording_id", ForeignKey("transcripts.recording_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", String, nullable=False),
    Column("start", ExactTime, nullable=False),
    Column("end", ExactTime, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("origin", String, nullable=False),
    Column("timed_by", String, nullable=False),
    Column("speaker_change", Boolean, nullable=False),
    Column("speaker", String),
)

moments = Table(
    "moments",
    metadata,
    Column("id", String, primary_key=True),
    Column("recording_id", ForeignKey("recordings.id"), nullable=False, index=True),
    Column("start", ExactTime, nullable=False),
    Column("end", ExactTime, nullable=False),
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("entries", JSON, nullable=False),
    Column("rebuttal", JSON(none_as_null=True)),
    Column("warnings", JSON, nullable=False),
    Column("speaker", String, nullable=False),
    Column("found_at", UtcTime, nullable=False),
)

clips = Table(
    "clips",
    metadata,
    Column("id", String, primary_key=True),
    Column("recording_id", ForeignKey("recordings.id"), nullable=False, index=True),
    Column("moment_id", ForeignKey("moments.id"), index=True),
    Column("start", ExactTime, nullable=False),
    Column("end", ExactTime, nullable=False),
    Column("key", String, nullable=False),
    Column("request", JSON, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("token", Integer, nullable=False),
    Column("elapsed_s", Float, nullable=False),
    Column("first_file_s", Float, nullable=False),
    Column("pack_key", String),
)

renditions = Table(
    "renditions",
    metadata,
    Column("clip_id", ForeignKey("clips.id"), primary_key=True),
    Column("recipe", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("fps", ExactTime, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("duration", ExactTime, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("loudness_lufs", Float),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("state", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("token", Integer, nullable=False),
    Column("lease_until", UtcTime, nullable=False),
    Column("request", JSON, nullable=False),
    Column("result", JSON(none_as_null=True)),
    Column("why", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    UniqueConstraint("kind", "key"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("clip_id", ForeignKey("clips.id"), nullable=False, index=True),
    Column("platform", String, nullable=False),
    Column("platform_id", String, nullable=False),
    Column("seat", String),
    Column("posted_at", UtcTime),
    Column("noted_at", UtcTime, nullable=False),
    Column("audience", String, nullable=False, server_default=""),
    Column("partner", String, nullable=False, server_default=""),
    Column("payment", String, nullable=False, server_default=""),
    Column("recipe", String, nullable=False, server_default=""),
    Column("kind", String, nullable=False, server_default=""),
    Column("topic", String, nullable=False, server_default=""),
    UniqueConstraint("platform", "platform_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
)
