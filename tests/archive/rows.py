"""Rows for catalogue tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from archive.catalogue import WriteTx, jobs, recording_id, recordings
from archive.catalogue.clips import Clip, Rendition
from archive.catalogue.moments import MomentRow
from archive.catalogue.recordings import CaptionFile, Recording

WHEN = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def a_recording(seed: str = "one", **changes: object) -> Recording:
    sha256 = hashlib.sha256(seed.encode()).hexdigest()
    row: dict[str, object] = {
        "id": recording_id(sha256),
        "sha256": sha256,
        "size_bytes": 5_000_000_000,
        "key": f"originals/{sha256[:2]}/{sha256}.ts",
        "name": "news.ts",
        "source": "/tv/news.ts",
        "container": "mpegts",
        "channel": "BBC Two",
        "programme": None,
        "aired_at": WHEN,
        "ingested_at": WHEN,
        "declared": None,
        "duration": Fraction(720_000_001, 90_000),
        "decoded": Fraction(1, 3),
        "width": 1920,
        "height": 1080,
        "frame_rate": Fraction(25),
        "has_sound": True,
        "damage": ("2 s are missing at 00:01:00.000",),
        "notes": (),
        "embedded": ("dvb_teletext eng",),
        "epochs": 2,
        "timeline_key": "index/r.timeline.json",
        "captions": (CaptionFile("originals/cc/cc.srt", "news.en.srt", "srt", "en"),),
    }
    return Recording(**(row | changes))  # type: ignore[arg-type]


def a_moment(recording: str, start: Fraction = Fraction(10), score: float = 1.0) -> MomentRow:
    return MomentRow(
        id=f"m_{recording[2:8]}{start.numerator}",
        recording_id=recording,
        start=start,
        end=start + Fraction(16, 3),
        kind="slip-up",
        score=score,
        why="named on the watchlist",
        quote="We never said that.",
        entries=("never-said",),
        rebuttal={"line": "They did.", "sources": ["https://example.org"]},
    )


def a_clip(identity: str, recording: str) -> Clip:
    rendition = Rendition(
        recipe="vertical",
        key=f"clips/{identity}/vertical.mp4",
        width=1080,
        height=1920,
        fps=Fraction(30000, 1001),
        frames=750,
        duration=Fraction(30),
        size_bytes=4_000_000,
        sha256="ab" * 32,
        loudness_lufs=-14.1,
    )
    return Clip(
        id=identity,
        recording_id=recording,
        moment_id=None,
        start=Fraction(1, 3),
        end=Fraction(91, 3),
        key=f"clips/{identity}",
        request={"in": "1/3"},
        made_by="anna",
        made_at=WHEN,
        elapsed_s=12.5,
        first_file_s=5.5,
        renditions=(rendition,),
    )


def claimed(tx: WriteTx, key: str = "c_1", owner: str = "worker-1", minutes: int = 10) -> jobs.Claim:
    claim = jobs.claim(tx, "clip", key, owner=owner, lease=timedelta(minutes=minutes), request={"in": "1/3"})
    assert claim is not None
    return claim


def with_recording(tx: WriteTx, seed: str = "one") -> Recording:
    return recordings.add(tx, a_recording(seed))
