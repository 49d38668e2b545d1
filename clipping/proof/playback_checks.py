"""What the decoded file must show and sound like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np

from archive.media import Frame
from clipping.look.shapes import ShapePlan
from clipping.proof.findings import Check, Finding
from clipping.proof.likeness import (
    ALMOST_EQUAL,
    MOVED,
    NEIGHBOUR,
    NOISE,
    WRONG_SHOT,
    Likeness,
    compare,
    movement,
    rendered_view,
    source_views,
)
from clipping.proof.playback import Luma, Playback

Hearing = Literal["sound", "silent"]

# One packet of AAC is 21 ms, its priming up to 43: more than 80 ms is a fault, and lips show it at 125.
SOUND_TOLERANCE = Fraction(8, 100)
_CLEARLY = 0.5  # luma levels by which a neighbour must be closer at the least
_SILENT = -60.0  # dBTP: a silent clip may dither, not speak


def check_length(playback: Playback, indexed: int, duration: Fraction, plan: ShapePlan) -> Iterator[Finding]:
    """Frames are counted as they leave the decoder and in the index; both must be the plan's, exactly."""
    wrong = {playback.frames, indexed} - {plan.frames}
    yield Finding(
        Check.FRAMES,
        not wrong,
        f"{playback.frames} shown, {indexed} indexed, {plan.frames} planned" if wrong else f"{plan.frames}",
    )
    is_right = abs(duration - plan.duration) <= 1 / plan.frame_rate
    seen = f"{float(duration):.3f} s"
    yield Finding(Check.DURATION, is_right, seen if is_right else f"{seen}, {float(plan.duration):.3f} s planned")


def check_first_frame(
    playback: Playback, plan: ShapePlan, source: Frame | None, neighbours: Sequence[Frame]
) -> Finding:
    """The first frame shows the source frame at the in-point, not another one. See `clipping.proof.likeness`."""
    if plan.picture.mode == "canvas":
        return Finding(Check.FIRST_FRAME, True, "the recording has no picture")
    if source is None or 0 not in playback.luma:
        return Finding(Check.FIRST_FRAME, False, "there is no source frame to hold it against")
    view = rendered_view(playback.luma[0], plan, 0)
    seen = _likeness(playback, plan, source)
    second = playback.luma.get(1)
    moved = movement(view, rendered_view(second, plan, 1)) if second is not None and plan.body_frames > 1 else 0
    said = f"likeness {seen.likeness:.3f}, difference {seen.difference:.2f}, movement {moved:.2f}"
    if seen.likeness < WRONG_SHOT:
        return Finding(Check.FIRST_FRAME, False, f"another picture than the source has there ({said})")
    others = [(other, _likeness(playback, plan, other).difference) for other in neighbours]
    is_closest = bool(others) and all(seen.difference < near for _, near in others)
    # A tiny or garish source is enlarged with more noise than usual; that it is the closest of all then decides.
    is_noisy = is_closest and seen.likeness >= ALMOST_EQUAL and seen.difference <= 2 * NOISE
    if seen.difference > max(NOISE, MOVED * moved) and not is_noisy:
        return Finding(Check.FIRST_FRAME, False, f"not the source's frame at the in-point ({said})")
    for other, near in others:
        if near < NEIGHBOUR * seen.difference and seen.difference - near > _CLEARLY:
            off = float((other.at - source.at) * plan.frame_rate)
            return Finding(Check.FIRST_FRAME, False, f"the source's frame {off:+.0f} is closer ({said})")
    return Finding(Check.FIRST_FRAME, True, said)


def _likeness(playback: Playback, plan: ShapePlan, source: Frame) -> Likeness:
    views = source_views(source.rgb, plan.picture, is_interlaced=plan.is_interlaced)
    return compare(rendered_view(playback.luma[0], plan, 0), views)


def check_sound(playback: Playback, plan: ShapePlan, hearing: Hearing) -> Iterator[Finding]:
    """Length, loudness and true peak of what came out of the decoder."""
    sound, rule = playback.sound, plan.recipe.loudness
    if sound is None:
        yield Finding(Check.SOUND_LENGTH, False, "there is no sound track")
        return
    is_long = abs(sound.seconds - plan.duration) <= SOUND_TOLERANCE
    seen = f"{float(sound.seconds):.3f} s"
    yield Finding(
        Check.SOUND_LENGTH,
        is_long,
        seen if is_long else f"{seen} beside {float(plan.duration):.3f} s of picture",
    )
    if hearing == "silent":
        is_silent = sound.true_peak_dbtp <= _SILENT
        yield Finding(Check.LOUDNESS, is_silent, "silent, as planned" if is_silent else "not silent")
        return
    target = rule.lufs if plan.loudness_lufs is None else plan.loudness_lufs
    is_loud = abs(sound.lufs - target) <= rule.tolerance
    wanted = f", {target:g} ± {rule.tolerance:g} wanted"
    heard = "silent" if sound.is_silent else f"{sound.lufs:.1f} LUFS"
    yield Finding(Check.LOUDNESS, is_loud, heard + ("" if is_loud else wanted))
    peak = f"{sound.true_peak_dbtp:.1f} dBTP"
    is_low = sound.true_peak_dbtp <= rule.peak_dbtp
    yield Finding(Check.TRUE_PEAK, is_low, peak if is_low else f"{peak}, at most {rule.peak_dbtp:g} wanted")


def sharpest(playback: Playback, plan: ShapePlan, frames: Sequence[int]) -> int:
    """The frame with most fine detail in its picture: closed eyes blur least, motion and mixes blur most."""
    seen = [frame for frame in frames if frame in playback.luma]
    return max(seen, key=lambda frame: _detail(playback.luma[frame], plan), default=0)


def _detail(luma: Luma, plan: ShapePlan) -> float:
    box = plan.picture.target
    part = luma[max(0, box.y) : box.bottom : 2, max(0, box.x) : box.right : 2]
    return float(np.var(cv2.Laplacian(np.ascontiguousarray(part), cv2.CV_32F)))
