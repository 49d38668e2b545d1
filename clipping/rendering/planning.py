"""From a job to the plan of each shape: rates, frames, text and places. Nothing is encoded here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from archive.media import SourceCut, VideoStream
from archive.timeline import Timeline
from clipping.errors import CutImpossible
from clipping.look.box import Box
from clipping.look.captions import WEIGHT, Cue, cues
from clipping.look.drawing import panel_size
from clipping.look.layout import GAP, captions_shown, captions_top, credit_block, imprint_block
from clipping.look.lettering import clean, missing
from clipping.look.recipe import Recipe
from clipping.look.reframing import canvas_only, frame_picture, square_picture
from clipping.look.shapes import LowerThirdShown, PictureFit, ShapePlan
from clipping.rendering.job import RenderJob, Speaker

_USUAL = tuple(Fraction(rate) for rate in ("24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"))
_SLOWEST = Fraction(20)  # below this, captions and cards would stutter: frames are repeated at 25
_FASTEST = Fraction(61)
AFTER_FIRST_WORD = Fraction(3, 10)  # seconds: the picture has changed to the speaker by then


@dataclass(frozen=True, slots=True)
class Body:
    """The cut on whole frames. `start` and `end` are seconds of media time."""

    start: Fraction
    end: Fraction
    frames: int
    rate: Fraction

    @property
    def duration(self) -> Fraction:
        return self.frames / self.rate


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, planned: what the ASS file and the cards are made from."""

    plan: ShapePlan
    cues: tuple[Cue, ...]


def plan_body(timeline: Timeline, cut: SourceCut, end: Fraction, video: VideoStream | None) -> Body:
    """The frames of the cut: snap(out) − snap(in). Raises CutImpossible where that is none."""
    rate = output_rate(cut.frame_rate, video)
    last = end if end >= timeline.duration else timeline.snap(end)
    frames = round((last - cut.at) * rate)
    if frames < 1:
        raise CutImpossible("In and out lie on the same frame", "Give an out point that is later")
    return Body(cut.at, cut.at + frames / rate, frames, rate)


def output_rate(rate: Fraction, video: VideoStream | None) -> Fraction:
    """Frames a second of the clip: the source's own, made constant and put right where it is odd."""
    if video is None or rate < _SLOWEST:
        return Fraction(25)
    nearest = min(_USUAL, key=lambda usual: abs(usual - rate))
    is_near = abs(nearest - rate) <= rate / 500
    if video.is_vfr or is_near or rate > _FASTEST:
        return nearest
    return rate


def plan_shape(
    job: RenderJob, recipe: Recipe, body: Body, notes: Sequence[str], loudness_lufs: float | None = -14.0
) -> Shape:
    """Lays out one shape. Raises KitWrong where text that must be shown does not fit."""
    shown = cues(job.words, body.start, body.frames, body.rate, recipe.captions)
    imprint = imprint_block(job.imprint.text, recipe)
    video = job.info.video
    plan = ShapePlan(
        recipe=recipe,
        width=recipe.width,
        height=recipe.height,
        frame_rate=body.rate,
        body_frames=body.frames,
        card_frames=round(Fraction(str(recipe.card.seconds)) * body.rate),
        picture=_picture(video, recipe),
        credit=credit_block(job.credit, recipe),
        imprint=imprint,
        captions=captions_shown(shown, recipe, imprint),
        lower_third=_third(job.speaker, recipe, body, captions_top(recipe, imprint)),
        has_audio=job.info.audio is not None,
        loudness_lufs=loudness_lufs,
        is_interlaced=video is not None and video.is_interlaced,
        notes=(*notes, *_unwritable(shown)),
    )
    return Shape(plan, shown)


def _picture(video: VideoStream | None, recipe: Recipe) -> PictureFit:
    return frame_picture(square_picture(video), recipe) if video else canvas_only(recipe)


def _third(speaker: Speaker | None, recipe: Recipe, body: Body, captions_at: int) -> LowerThirdShown | None:
    """When and where the name stands; none where it isn't known or the clip is too short for it."""
    name = clean(speaker.name) if speaker else ""
    rule = recipe.lower_third
    enters = Fraction(str(rule.enters_at))
    if speaker and speaker.speaks_at is not None:  # never while somebody else is in the picture
        enters = max(enters, speaker.speaks_at - body.start + AFTER_FIRST_WORD)
    first = round(enters * body.rate)
    frames = ceil(Fraction(str(rule.stays)) * body.rate)
    if speaker is None or not name or first + frames > body.frames:
        return None
    role = clean(speaker.role)
    wide, high = panel_size(name, role, rule)
    if wide > recipe.safe.box.w:
        return None
    bottom = min(rule.bottom, captions_at - GAP) // 2 * 2
    left = recipe.safe.left + recipe.safe.left % 2
    return LowerThirdShown(first, first + frames - 1, name, role, Box(left, bottom - high, wide, high))


def _unwritable(shown: Sequence[Cue]) -> tuple[str, ...]:
    lost = missing(" ".join(cue.text for cue in shown), WEIGHT)
    return (f"No shipped font has {' '.join(lost)}: shown as empty boxes",) if lost else ()
