"""Verify before visible: every promise about a finished file, proved on the file itself.

The index is read without decoding, then the file is decoded once. docs/verification.md states each measure,
its threshold and what it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from archive.media import Frame
from archive.store import content_hash
from clipping.look.shapes import ShapePlan
from clipping.proof.container_checks import check_container
from clipping.proof.findings import Check, Finding, Verified, demand
from clipping.proof.mp4 import BrokenMp4, Mp4, Track, read_mp4
from clipping.proof.playback import Playback, play
from clipping.proof.playback_checks import Hearing, check_first_frame, check_length, check_sound, sharpest
from clipping.proof.text_checks import check_text, frames_to_see, poster_candidates

__all__ = ["Check", "Finding", "Hearing", "Verified", "demand", "verify_rendition"]


def verify_rendition(
    path: Path,
    plan: ShapePlan,
    *,
    source_frame: Frame | None,
    neighbours: Sequence[Frame] = (),
    audio: Hearing = "sound",
) -> Verified:
    """Look at a finished file as a stranger would and compare it with its plan.

    `source_frame` is the recording's frame at the in-point, fetched apart from the render; None only where
    the recording has no picture. `neighbours` are frames around it: with them a cut that is off by a frame is
    caught on pictures that hardly move. `audio` says whether the clip is meant to be heard.

    A fault is a finding, never an exception; raises what the door raises when ffmpeg itself can't run, and
    OSError where the file can't be read.
    """
    try:
        mp4 = read_mp4(path)
        found = [Finding(Check.WHOLE, True, f"{mp4.size} bytes"), *check_container(mp4, path, plan)]
    except BrokenMp4 as error:
        return _summed_up(path, plan, [Finding(Check.WHOLE, False, str(error))], None, None)
    video = mp4.only("video")
    wrong_size = any(finding.check == Check.SIZE and not finding.ok for finding in found)
    if video is None or wrong_size:  # the plan's boxes mean nothing on another canvas
        return _summed_up(path, plan, found, mp4, None)
    playback = play(
        path,
        {0, 1} | frames_to_see(plan),
        width=plan.width,
        height=plan.height,
        has_sound=mp4.only("audio") is not None,
    )
    found += _played(playback, video, plan, source_frame, neighbours, audio)
    return _summed_up(path, plan, found, mp4, playback)


def _played(
    playback: Playback,
    video: Track,
    plan: ShapePlan,
    source: Frame | None,
    neighbours: Sequence[Frame],
    audio: Hearing,
) -> list[Finding]:
    if playback.complaint:
        return [Finding(Check.DECODES, False, playback.complaint)]
    return [
        Finding(Check.DECODES, True, "from end to end without error"),
        *check_length(playback, len(video.durations), video.duration, plan),
        check_first_frame(playback, plan, source, neighbours),
        *check_sound(playback, plan, audio),
        *check_text(playback, plan),
    ]


def _summed_up(
    path: Path, plan: ShapePlan, found: list[Finding], mp4: Mp4 | None, playback: Playback | None
) -> Verified:
    video = mp4.only("video") if mp4 else None
    sound = playback.sound if playback else None
    heard = sound if sound and not sound.is_silent else None
    frames = len(video.durations) if video else 0
    duration = video.duration if video else Fraction(0)
    return Verified(
        findings=tuple(found),
        sha256=content_hash(path),
        size_bytes=path.stat().st_size,
        width=video.width if video else 0,
        height=video.height if video else 0,
        frames=frames,
        fps=frames / duration if duration else Fraction(0),
        duration=duration,
        loudness_lufs=heard.lufs if heard else None,
        true_peak_dbtp=heard.true_peak_dbtp if heard else None,
        poster_frame=sharpest(playback, plan, poster_candidates(plan)) if playback else 0,
    )
