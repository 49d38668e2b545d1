"""The safe master, proved from the file's index: the one file that satisfies every platform.

H.264 High 4:2:0 8 bit, BT.709, progressive, constant frame rate, square pixels, closed GOP of at most two
seconds; AAC-LC, 48 kHz, stereo; index first, no edit list.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from clipping.look.shapes import ShapePlan
from clipping.proof.findings import Check, Finding
from clipping.proof.h264 import read_aac, read_sps, starts_fresh
from clipping.proof.mp4 import BrokenMp4, Mp4, Track

HIGH_PROFILE = 100
BT709 = (1, 1, 1)  # primaries, transfer, matrix
LONGEST_GOP = Fraction(2)  # seconds
AAC_LC, SOUND_RATE, STEREO = 2, 48000, 2


def check_container(mp4: Mp4, path: Path, plan: ShapePlan) -> Iterator[Finding]:
    """Findings of the index alone. `mp4` must have one picture track. Raises BrokenMp4 where it lies."""
    video = mp4.only("video")
    if video is None:
        raise BrokenMp4("it has no picture, or more than one")
    first = mp4.index_first
    yield Finding(Check.INDEX_FIRST, first, "before the data" if first else "the index (moov) lies behind the data")
    edited = [track.kind for track in mp4.tracks if track.has_edit_list]
    yield Finding(Check.EDIT_LIST, not edited, f"in the {' and the '.join(edited)}" if edited else "none")
    yield _picture_format(video)
    yield _size(video, plan)
    yield _square(video)
    yield _frame_rate(video, plan)
    yield _closed_gop(video, path)
    yield _sound_format(mp4.only("audio"))


def _picture_format(video: Track) -> Finding:
    if video.codec != "avc1":
        return Finding(Check.PICTURE_FORMAT, False, f"the picture is {video.codec}, not H.264")
    sps = read_sps(video.config)
    colour = video.colour[:3] if video.colour else sps.colour
    is_full = sps.full_range or bool(video.colour and video.colour[3])
    wrong = [
        said
        for is_wrong, said in (
            (sps.profile != HIGH_PROFILE, f"profile {sps.profile}, not High (100)"),
            (sps.chroma != 1 or sps.bit_depth != 8, "not 4:2:0 with 8 bit"),
            (not sps.frames_only, "not progressive"),
            (colour != BT709 or sps.colour != BT709, f"colour {colour or 'unsaid'}, not BT.709 (1, 1, 1)"),
            (is_full, "full range"),
        )
        if is_wrong
    ]
    return Finding(Check.PICTURE_FORMAT, not wrong, "; ".join(wrong) or "H.264 High yuv420p BT.709 progressive")


def _size(video: Track, plan: ShapePlan) -> Finding:
    is_right = (video.width, video.height) == (plan.width, plan.height)
    seen = f"{video.width}×{video.height}"
    return Finding(Check.SIZE, is_right, seen if is_right else f"{seen}, not {plan.width}×{plan.height}")


def _square(video: Track) -> Finding:
    shapes = {video.pixel_aspect or Fraction(1), read_sps(video.config).sar if video.config else Fraction(1)}
    wrong = next((shape for shape in shapes if shape != 1), None)
    seen = "square" if wrong is None else f"pixels are {wrong.numerator}:{wrong.denominator}"
    return Finding(Check.SQUARE_PIXELS, wrong is None, seen)


def _frame_rate(video: Track, plan: ShapePlan) -> Finding:
    """Constant: the pictures in order of showing are one frame apart, the first at zero."""
    steps = set(np.diff(np.sort(video.shown)).tolist()) | set(video.durations.tolist())
    rates = sorted({Fraction(video.timescale, step) if step > 0 else Fraction(0) for step in steps})
    if rates != [plan.frame_rate]:
        seen = ", ".join(f"{float(rate):.3f}" for rate in rates[:3]) or "unknown"
        return Finding(Check.FRAME_RATE, False, f"{seen} frames a second, not {float(plan.frame_rate):g}")
    if int(video.shown.min()) != 0:
        late = float(Fraction(int(video.shown.min()), video.timescale))
        return Finding(Check.FRAME_RATE, False, f"the picture begins at {late:.3f} s, not at zero")
    return Finding(Check.FRAME_RATE, True, f"{float(plan.frame_rate):g} frames a second, constant")


def _closed_gop(video: Track, path: Path) -> Finding:
    if video.codec != "avc1":
        return Finding(Check.CLOSED_GOP, False, "not H.264")
    fresh = starts_fresh(path, video)
    if not fresh or video.sync[0] != 0:
        return Finding(Check.CLOSED_GOP, False, "it does not begin with a key picture")
    if not all(fresh):
        return Finding(Check.CLOSED_GOP, False, f"{fresh.count(False)} key pictures lean on earlier ones")
    ends = np.append(video.sync, len(video.durations))
    decoded_at = np.append(0, np.cumsum(video.durations))
    longest = Fraction(int(np.diff(decoded_at[ends]).max()), video.timescale)
    is_short = longest <= LONGEST_GOP
    said = f"{len(fresh)} key pictures, at most {float(longest):g} s apart"
    return Finding(Check.CLOSED_GOP, is_short, said if is_short else f"{said}; 2 s is the most")


def _sound_format(audio: Track | None) -> Finding:
    if audio is None or audio.codec != "mp4a":
        return Finding(Check.SOUND_FORMAT, False, "no AAC track" if audio is None else f"{audio.codec}, not AAC")
    aac = read_aac(audio.config)
    is_right = (aac.object_type, aac.sample_rate, aac.channels) == (AAC_LC, SOUND_RATE, STEREO)
    seen = f"AAC type {aac.object_type}, {aac.sample_rate} Hz, {aac.channels} channels"
    return Finding(
        Check.SOUND_FORMAT,
        is_right,
        "AAC-LC, 48 kHz, stereo" if is_right else f"{seen}, not LC 48 kHz stereo",
    )
