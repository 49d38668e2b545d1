"""Renders a clip: all shapes from one decode of the source, the first one first."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from archive.errors import FfmpegFailed
from archive.media import Progress, SourceCut, plan_cut, run_ffmpeg
from archive.timeline import format_time
from clipping.errors import FontMissing, RecipeWrong, RenderFailed
from clipping.look.ass import write_ass
from clipping.look.cards import end_card, lower_third
from clipping.look.fonts import FALLBACKS, WEIGHTS, face
from clipping.look.recipe import load_recipe
from clipping.rendering.graph import Drawn, Pass, Span, canvas_pass, first_pass, later_pass
from clipping.rendering.job import MadeFile, RenderedClip, RenderJob, Speaker
from clipping.rendering.loudness import Sound, make_silence, make_sound
from clipping.rendering.planning import Body, Shape, plan_body, plan_shape
from clipping.rendering.spill import plan_spill

__all__ = ["MadeFile", "RenderJob", "RenderedClip", "Speaker", "render"]

_SELECTED = re.compile(r"fontselect: \((.+), \d+, \d+\) -> (.+), -?\d+, (\S+)")


def render(
    job: RenderJob,
    *,
    on_file: Callable[[MadeFile], None] = lambda made: None,
    on_progress: Callable[[float], None] = lambda share: None,
) -> RenderedClip:
    """Make every shape asked for, in `job.work`. `on_file` hears of each as soon as it is whole; it is not
    verified yet. `on_progress` hears the share done, 0…1.

    Raises RecipeWrong, KitWrong, CutImpossible, FontMissing, RenderFailed and what the door to ffmpeg raises.
    """
    return _Render(job, on_file, on_progress).run()


@dataclass
class _Render:
    job: RenderJob
    on_file: Callable[[MadeFile], None]
    on_progress: Callable[[float], None]
    began: float = field(default_factory=time.monotonic)
    made: list[MadeFile] = field(default_factory=list)
    cpu_s: float = 0.0

    def run(self) -> RenderedClip:
        job = self.job
        if not job.recipes or len(set(job.recipes)) != len(job.recipes):
            raise RecipeWrong("A clip needs one recipe or more, each once", "For instance: vertical,landscape")
        recipes = [load_recipe(name) for name in job.recipes]
        job.work.mkdir(parents=True, exist_ok=True)
        cut = plan_cut(job.path, job.timeline, job.info, job.start, job.end, work=job.work)
        body = plan_body(job.timeline, cut, job.end, job.info.video)
        card = Fraction(str(recipes[0].card.seconds))
        sound = self._sound(cut, body, round(card * body.rate) / body.rate, recipes[0].name)
        notes = (*_break_notes(cut), *sound.notes)
        shapes = [plan_shape(job, recipe, body, notes, sound.promised(recipe.loudness.lufs)) for recipe in recipes]
        self._encode(cut, body, shapes, sound.path)
        sound.path.unlink(missing_ok=True)
        return RenderedClip(
            files=tuple(self.made),
            start=body.start,
            end=body.end,
            notes=tuple(dict.fromkeys(note for shape in shapes for note in shape.plan.notes)),
            cpu_s=self.cpu_s,
            elapsed_s=time.monotonic() - self.began,
        )

    def _sound(self, cut: SourceCut, body: Body, card: Fraction, recipe: str) -> Sound:
        if self.job.info.audio is None:
            sound = make_silence(body.duration + card, self.job.work)
        else:
            rule = load_recipe(recipe).loudness
            sound = make_sound(cut, body.duration, card, rule, self.job.work)
        self.cpu_s += sound.cpu_s
        return sound

    def _encode(self, cut: SourceCut, body: Body, shapes: Sequence[Shape], sound: Path) -> None:
        video = self.job.info.video
        span = Span(cut.trim_start, cut.trim_end, body.frames, body.rate)
        if video is None:
            for shape in shapes:
                drawn = self._draw(shape)
                self._pass(canvas_pass(_hex(self.job), span, drawn, sound), [drawn], len(shapes), cut)
            return
        spill = plan_spill(self.job.work, video, body.frames, body.rate) if len(shapes) > 1 else None
        try:
            first = self._draw(shapes[0])
            self._pass(first_pass(cut, video, span, first, sound, spill), [first], len(shapes), cut)
            if spill:
                rest = [self._draw(shape) for shape in shapes[1:]]
                self._pass(later_pass(spill, rest, sound), rest, len(shapes), cut, spill.path)
        finally:
            if spill:
                spill.path.unlink(missing_ok=True)

    def _draw(self, shape: Shape) -> Drawn:
        """The ASS file and the cards of a shape, ready for the graph."""
        job, plan = self.job, shape.plan
        ass = job.work / f"{plan.recipe.name}.ass"
        ass.write_text(write_ass(plan, shape.cues, job.kit), encoding="utf-8")
        message = job.message or job.kit.message
        card = end_card(job.kit, message, job.imprint, plan.recipe, plan.frame_rate, job.cache)
        named = plan.lower_third
        third = None
        if named is not None:
            rule = plan.recipe.lower_third
            third = lower_third(job.kit, named.name, named.role, rule, plan.frame_rate, job.cache)
        ground = _hex(job) if plan.recipe.picture.ground == "ink" else ""
        return Drawn(plan, ass, card, third, job.work / f"{plan.recipe.name}.mp4", ground)

    def _pass(self, one: Pass, drawn: Sequence[Drawn], shapes: int, cut: SourceCut, spill: Path | None = None) -> None:
        done, part = len(self.made) / shapes, len(drawn) / shapes
        frames = drawn[0].plan.frames

        def progress(seen: Progress) -> None:
            self.on_progress(min(1.0, done + part * min(1.0, seen.frame / frames)))

        reads = [*one.reads, *((spill,) if spill else cut.reads)]
        try:
            run = run_ffmpeg(one.args, reads=reads, writes=[self.job.work], on_progress=progress)
        except FfmpegFailed as error:
            names = ", ".join(d.plan.recipe.name for d in drawn)
            raise RenderFailed(f"Could not make {names}: {error.what}", error.mend, recipe=names) from error
        self.cpu_s += run.cpu_s
        check_fonts(run.stderr)
        for each in drawn:
            self._announce(each)

    def _announce(self, drawn: Drawn) -> None:
        drawn.ass.unlink(missing_ok=True)
        elapsed = time.monotonic() - self.began
        made = MadeFile(drawn.out, drawn.plan, drawn.plan.recipe.name, elapsed)
        self.made.append(made)
        self.on_file(made)


def check_fonts(stderr: str) -> None:
    """Raises FontMissing where libass drew with another font than was asked for (it only logs that)."""
    shipped = {face(name).name: face(name).postscript for name in (*WEIGHTS.values(), *FALLBACKS)}
    for wanted, _, used in _SELECTED.findall(stderr):
        if shipped.get(wanted) != used:
            raise FontMissing(
                f"The font {wanted} was replaced by {used}",
                "Put the shipped fonts back into assets/fonts",
                wanted=wanted,
                used=used,
            )


def _break_notes(cut: SourceCut) -> tuple[str, ...]:
    times = ", ".join(format_time(at) for at in cut.breaks)
    return (f"The recording jumps inside this cut, at {times}",) if times else ()


def _hex(job: RenderJob) -> str:
    red, green, blue = job.kit.ink
    return f"0x{red:02X}{green:02X}{blue:02X}"
