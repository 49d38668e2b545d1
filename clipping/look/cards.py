"""Lower thirds and end cards: animated by moviepy once, then kept by what they show.

A card is kept as a short lossless Matroska file: an end card as its fade alone (its last frame is held by the
filter graph), a lower third with its transparency. moviepy is loaded only where a card is not kept yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from clipping.imprint import Imprint
from clipping.look.brand import BrandKit
from clipping.look.drawing import Rgba, draw_end_card, draw_panel, panel_size
from clipping.look.lettering import clean
from clipping.look.recipe import LowerThirdRule, Recipe

VERSION = 3  # of the drawing: a change makes kept cards anew
FADE = Fraction(7, 10)  # seconds
SLIDE = Fraction(36, 100)
LEAVE = Fraction(28, 100)
_BAR_FIRST = Fraction(8, 100)


@dataclass(frozen=True, slots=True)
class Card:
    """A kept card: a file of `frames` frames of the given size."""

    path: Path
    width: int
    height: int
    frames: int
    was_kept: bool


def end_card(kit: BrandKit, message: str, imprint: Imprint, recipe: Recipe, rate: Fraction, cache: Path) -> Card:
    """The end card of one shape, faded up from ink. Raises KitWrong where its text doesn't fit."""
    frames = ceil(FADE * rate)
    party = imprint.on_behalf_of or imprint.promoter
    facts = ("end", message, imprint.text, party, recipe.model_dump(include=_CARD_KEYS), str(rate))

    def make() -> Iterable[NDArray[np.uint8]]:
        return _fade(draw_end_card(message, imprint.text, party, recipe, kit), kit, frames, rate)

    return _kept(cache, kit, facts, (recipe.width, recipe.height, frames), rate, make)


_CARD_KEYS = {"width", "height", "safe", "card"}


def lower_third(kit: BrandKit, name: str, role: str, rule: LowerThirdRule, rate: Fraction, cache: Path) -> Card:
    """A lower third: slides in, stays, leaves; transparent around the panel."""
    name, role = clean(name), clean(role)
    frames = ceil(Fraction(str(rule.stays)) * rate)
    wide, high = panel_size(name, role, rule)
    facts = ("third", name, role, rule.model_dump(), str(rate))

    def make() -> Iterable[NDArray[np.uint8]]:
        panel, bar = draw_panel(name, role, rule, kit)
        return _slide(panel, bar, frames, rate)

    return _kept(cache, kit, facts, (wide, high, frames), rate, make)


def _kept(
    cache: Path,
    kit: BrandKit,
    facts: tuple[object, ...],
    shape: tuple[int, int, int],
    rate: Fraction,
    make: Callable[[], Iterable[NDArray[np.uint8]]],
) -> Card:
    path = cache / f"{facts[0]}_{_fingerprint(kit, facts)}.mkv"
    was_kept = path.is_file()
    if not was_kept:
        cache.mkdir(parents=True, exist_ok=True)
        _write(path, make(), rate)
    return Card(path, *shape, was_kept=was_kept)


def _fingerprint(kit: BrandKit, facts: tuple[object, ...]) -> str:
    look = [kit.ink, kit.paper, kit.signal, kit.quiet, hashlib.sha256(kit.logo.read_bytes()).hexdigest()]
    told = json.dumps([VERSION, look, facts], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _fade(content: Rgba, kit: BrandKit, frames: int, rate: Fraction) -> Iterable[NDArray[np.uint8]]:
    """Frames (h, w, 3): the content rising out of ink."""
    from moviepy import ImageClip, vfx  # slow to load

    length = float(frames / rate)
    whole = ImageClip(_over(content, kit), duration=length)
    clip = whole.with_effects([vfx.FadeIn(length, initial_color=list(kit.ink))])
    # Sampled at frame ends, so that the last one is the whole card.
    for i in range(frames - 1):
        yield np.asarray(clip.get_frame(float((i + 1) / rate)), dtype=np.uint8)
    yield _over(content, kit)


def _over(content: Rgba, kit: BrandKit) -> NDArray[np.uint8]:
    alpha = content[..., 3:].astype(np.float32) / 255
    mixed = content[..., :3] * alpha + np.array(kit.ink, np.float32) * (1 - alpha)
    return np.rint(mixed).astype(np.uint8)


def _slide(panel: Rgba, bar: Rgba, frames: int, rate: Fraction) -> Iterable[NDArray[np.uint8]]:
    """Frames (h, w, 4): the bar rises, the panel comes out from behind it, and both go as they came."""
    from moviepy import CompositeVideoClip, ImageClip  # slow to load

    length = float(frames / rate)
    high, wide = panel.shape[:2]

    def panel_at(t: float) -> tuple[int, int]:
        return round((_shown(t, length, float(_BAR_FIRST)) - 1) * wide), 0

    def bar_at(t: float) -> tuple[int, int]:
        shown = min(1.0, t / float(_BAR_FIRST), (length - t) / float(_BAR_FIRST))
        return 0, round((1 - shown) * high)

    parts = [
        ImageClip(panel, duration=length).with_position(panel_at),
        ImageClip(bar, duration=length).with_position(bar_at),
    ]
    clip = CompositeVideoClip(parts, size=(wide, high), bg_color=None)
    for i in range(frames):
        at = float((i + Fraction(1, 2)) / rate)
        yield _with_alpha(clip.get_frame(at), clip.mask.get_frame(at))


def _shown(t: float, length: float, after: float) -> float:
    """Share of the panel that is out at t: quick at first, then settling (cubic)."""
    entered = min(1.0, max(0.0, (t - after) / (float(SLIDE) - after)))
    left = min(1.0, max(0.0, (length - after - t) / (float(LEAVE) - after)))
    return min(1 - (1 - entered) ** 3, 1 - (1 - left) ** 3)


def _with_alpha(rgb: NDArray[np.uint8], mask: NDArray[np.float64]) -> NDArray[np.uint8]:
    alpha = np.clip(np.rint(mask * 255), 0, 255).astype(np.uint8)
    return np.dstack([rgb.astype(np.uint8), alpha])


def _write(path: Path, frames: Iterable[NDArray[np.uint8]], rate: Fraction) -> None:
    """A lossless Matroska file, complete or not there at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".card_", suffix=".mkv")
    os.close(handle)
    try:
        _encode(Path(name), frames, rate)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _encode(path: Path, frames: Iterable[NDArray[np.uint8]], rate: Fraction) -> None:
    with av.open(str(path), "w", format="matroska") as out:
        stream: av.VideoStream | None = None
        for i, pixels in enumerate(frames):
            layers, kept = ("rgba", "yuva420p") if pixels.shape[2] == 4 else ("rgb24", "yuv420p")
            if stream is None:
                stream = out.add_stream("ffv1", rate=rate)
                stream.height, stream.width = pixels.shape[:2]
                stream.pix_fmt = kept
                stream.time_base = 1 / rate
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=layers)
            frame = frame.reformat(format=kept, dst_colorspace="ITU709", dst_color_range="MPEG")
            frame.pts, frame.time_base = i, 1 / rate
            out.mux(stream.encode(frame))
        if stream is not None:
            out.mux(stream.encode())
