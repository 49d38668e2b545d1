"""How people look from frame to frame: mouths that follow the phones, eyes that blink, heads that are never still."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from make.direction import FRAMES_A_SECOND
from make.soundstage import Take, loudness_of_mouth
from make.voices import Samples

_FINE = 8  # moments a frame, for short phones

# phone: (how far the jaw opens, how wide the lips are, how round, how much the upper teeth show)
_SHAPES: dict[str, tuple[float, float, float, float]] = {
    **dict.fromkeys(("aa", "ao", "ay", "aw"), (0.95, 1.0, 0.1, 0.5)),
    **dict.fromkeys(("ae", "eh"), (0.75, 1.1, 0.0, 0.8)),
    **dict.fromkeys(("ah", "ax", "er", "ey"), (0.5, 1.0, 0.1, 0.6)),
    **dict.fromkeys(("ih", "iy", "y"), (0.32, 1.16, 0.0, 0.9)),
    **dict.fromkeys(("ow", "oy"), (0.62, 0.8, 0.75, 0.2)),
    **dict.fromkeys(("uh", "uw", "w"), (0.34, 0.7, 1.0, 0.0)),
    **dict.fromkeys(("m", "b", "p"), (0.0, 0.98, 0.0, 0.0)),
    **dict.fromkeys(("f", "v"), (0.13, 1.0, 0.0, 1.0)),
    **dict.fromkeys(("th", "dh", "l"), (0.34, 1.02, 0.0, 0.7)),
    **dict.fromkeys(("s", "z", "t", "d", "n"), (0.2, 1.06, 0.0, 1.0)),
    **dict.fromkeys(("sh", "zh", "ch", "jh", "r"), (0.28, 0.82, 0.55, 0.8)),
    **dict.fromkeys(("k", "g", "ng", "hh"), (0.36, 1.0, 0.0, 0.6)),
}
_REST = (0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Pose:
    """One person in one frame. Angles in radians, offsets in the person's own units (a head is about 290 high)."""

    yaw: float
    nod: float
    tilt: float
    sway: tuple[float, float]
    blink: float
    gaze: tuple[float, float]
    brow: float
    smile: float
    jaw: float
    lips: float
    rounding: float
    teeth: float


@dataclass(frozen=True)
class Performance:
    """Every frame of one person: (frames,) for each quantity, (frames, 4) for the mouth."""

    mouth: Samples
    blink: Samples
    glance: Samples
    drift: Samples
    stress: Samples
    speaking: Samples
    shake: Samples

    def pose(self, frame: int, facing: float, smile: float) -> Pose:
        """`facing` turns the head: −1 to screen left, 1 to screen right."""
        jaw, lips, rounding, teeth = self.mouth[frame]
        turn, nod, tilt, across, down = self.drift[frame]
        stress, speaking = self.stress[frame], self.speaking[frame]
        return Pose(
            yaw=0.30 * facing + 0.05 * turn + 0.05 * turn * speaking + self.shake[frame],
            nod=2.0 * nod + 7.0 * stress,
            tilt=0.018 * tilt + 0.012 * tilt * speaking,
            sway=(3.0 * across, 1.5 * down + 2.5 * stress),
            blink=self.blink[frame],
            gaze=(2.4 * facing + self.glance[frame], 0.2),
            brow=0.2 * turn + 0.9 * stress,
            smile=smile * (1 - 0.5 * speaking),
            jaw=jaw,
            lips=lips,
            rounding=rounding,
            teeth=teeth,
        )


def performances(take: Take) -> dict[str, Performance]:
    return {who: _performance(take, who) for who in take.voices}


def _performance(take: Take, who: str) -> Performance:
    frames = round(take.duration * FRAMES_A_SECOND)
    dice = np.random.default_rng(zlib.crc32(who.encode()))
    loud = loudness_of_mouth(take.voices[who], FRAMES_A_SECOND)
    loud = np.pad(loud, (0, max(0, frames - len(loud))))[:frames]
    speaking = np.clip(gaussian_filter1d((loud > 0.12).astype(float), 8) * 1.6, 0, 1)
    emphasis = gaussian_filter1d(loud, 2.5) - gaussian_filter1d(loud, 14)
    return Performance(
        mouth=_mouth(take, who, loud),
        blink=_blinks(frames, dice),
        glance=_steps(frames, dice),
        drift=np.stack([_wander(frames, dice, width) for width in (26, 18, 34, 40, 30)], axis=1),
        stress=np.clip(emphasis * 2.2, -0.4, 1.0),
        speaking=speaking,
        shake=_shake(take, who, frames),
    )


def _mouth(take: Take, who: str, loud: Samples) -> Samples:
    """The phones' shapes, blurred as lips blur them, opened as far as the voice is loud."""
    shapes = np.tile(np.array(_REST), (len(loud) * _FINE, 1))
    for said in take.lines:
        if said.line.who != who:
            continue
        for phone in said.phones:
            first, last = (round((at - 0.03) * FRAMES_A_SECOND * _FINE) for at in (phone.start, phone.end))
            shapes[first:last] = _SHAPES.get(phone.name, _REST)
    smooth = gaussian_filter1d(shapes, 0.75 * _FINE, axis=0)[_FINE // 2 :: _FINE]
    smooth[:, 0] *= 0.35 + 0.75 * np.maximum(loud, gaussian_filter1d(loud, 1.2))
    return smooth


def _blinks(frames: int, dice: np.random.Generator) -> Samples:
    """A blink of five frames every two to five seconds."""
    closed = np.zeros(frames + 12)
    at = int(dice.uniform(20, 90))
    while at < frames:
        closed[at : at + 5] = np.maximum(closed[at : at + 5], (0.45, 1.0, 1.0, 0.6, 0.2))
        at += int(dice.uniform(48, 130)) if dice.random() > 0.12 else 9
    return closed[:frames]


def _steps(frames: int, dice: np.random.Generator) -> Samples:
    """Where the eyes jump to: small, sudden, held for a while."""
    out = np.zeros(frames)
    at = 0
    while at < frames:
        held = int(dice.uniform(18, 80))
        out[at : at + held] = dice.normal(0, 1.1)
        at += held
    return gaussian_filter1d(out, 0.7)


def _wander(frames: int, dice: np.random.Generator, width: float) -> Samples:
    """Slow smooth noise of unit size."""
    noise = gaussian_filter1d(dice.standard_normal(frames + 400), width)[200 : 200 + frames]
    return noise / noise.std()


def _shake(take: Take, who: str, frames: int) -> Samples:
    """The opposition shakes his head at the answers about Christmas, the minister at the line that lands."""
    listening = {"opposition": ("at-pace", "hypotheticals"), "minister": ("press-release",)}
    seconds = np.arange(frames) / FRAMES_A_SECOND
    out = np.zeros(frames)
    for line in listening.get(who, ()):
        start, end = take.line(line).start + 1.0, take.line(line).end
        window = np.clip((seconds - start) / 0.4, 0, 1) * np.clip((end - seconds) / 0.4, 0, 1)
        out += 0.11 * np.sin(2 * np.pi * 1.1 * (seconds - start)) * window
    return out
