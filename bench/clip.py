"""Three shapes of a 30 s clip from a two-hour 1080i25 transport stream, as ratios within one run.

    python bench/clip.py [--hours 2] [--runs 2] [--folder DIR] [--without-moviepy]

Against: one hand-tuned ffmpeg command that makes the same three files from one decode (same captions, cards and
codec settings; loudness in one pass, which is cheaper than ours), and moviepy making them (10 s, scaled to 30).
The recording is a grained 20 s of the demo programme, coded as 1080i25 once and looped by stream copy.
Processor time and memory are summed over all child processes, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Self

from archive.media import ffmpeg_binary, frame_at, plan_cut, probe, scan
from clipping.imprint import plain_imprint
from clipping.look.ass import write_ass
from clipping.look.brand import load_kit
from clipping.look.cards import end_card, lower_third
from clipping.look.drawing import draw_end_card, draw_panel
from clipping.look.fonts import FONTS
from clipping.look.recipe import load_recipe
from clipping.look.shapes import ShapePlan
from clipping.proof.findings import demand
from clipping.proof.verify import verify_rendition
from clipping.rendering.planning import plan_body, plan_shape
from clipping.rendering.render import MadeFile, RenderJob, Speaker, render
from transcription.transcript import Origin, TimedBy, Word

DEMO = Path(__file__).resolve().parent.parent / "assets" / "demo" / "the-long-table.mp4"
SHAPES = ("vertical", "portrait", "landscape")
LENGTH = Fraction(30)
VERIFIERS = 2  # as in flows/clip.py: the last two files are done at the same moment
SAID = "We have built forty thousand homes since the spring, and I am proud of every single one of them."


@dataclass
class Watch:
    """Wall time, and processor time and peak memory of everything started meanwhile."""

    wall_s: float = 0.0
    peak_bytes: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    cpu: dict[int, float] = field(default_factory=dict)

    @property
    def cpu_s(self) -> float:
        return sum(self.cpu.values())

    def __enter__(self) -> Self:
        self.began = time.monotonic()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall_s = time.monotonic() - self.began
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        own = os.getpid()
        before = _process(own)[1]
        while not self.ended.wait(0.1):
            memory = 0
            for pid in (own, *_descendants(own)):
                resident, cpu = _process(pid)
                memory += resident
                self.cpu[pid] = cpu - before if pid == own else max(cpu, self.cpu.get(pid, 0.0))
            self.peak_bytes = max(self.peak_bytes, memory)


def _process(pid: int) -> tuple[int, float]:
    """(resident bytes, processor seconds); zeros once it is gone."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return 0, 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    return int(parts[21]) * os.sysconf("SC_PAGE_SIZE"), (int(parts[11]) + int(parts[12])) / ticks


def _descendants(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
    found, growing = {root}, True
    while growing:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        growing = bool(more)
        found |= more
    return list(found - {root})


def _ffmpeg(*args: str) -> None:
    command = [str(ffmpeg_binary()), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *args]
    subprocess.run(command, check=True)


def make_recording(folder: Path, hours: float) -> Path:
    """1080i25, top field first, H.264 at 5 Mbit/s with MP2 sound, GOP of 2 s: what a UK capture looks like."""
    segment, whole = folder / "segment.ts", folder / f"recording_{hours:g}h.ts"
    if not segment.exists():
        graph = (
            "fps=50,scale=1920:1080:flags=bicubic,noise=alls=5:allf=t,tinterlace=interleave_top,setfield=tff,"
            "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv,format=yuv420p"
        )
        video = "-c:v libx264 -preset superfast -flags +ilme+ildct -x264-params tff=1:keyint=50:bframes=2:open-gop=0"
        rate = "-b:v 5M -maxrate 6M -bufsize 6M -c:a mp2 -b:a 192k -ar 48000 -ac 2"
        _ffmpeg(*["-ss", "40", "-t", "20", "-i", str(DEMO), "-vf", graph, *video.split(), *rate.split(), str(segment)])
    if not whole.exists():
        loops = round(hours * 3600 / 20) - 1
        _ffmpeg("-stream_loop", str(loops), "-i", str(segment), "-c", "copy", "-f", "mpegts", str(whole))
    return whole


def make_words(start: Fraction) -> tuple[Word, ...]:
    """Speech without a pause, three words a second, over the whole clip."""
    words = SAID.split()
    third = Fraction(1, 3)
    return tuple(
        Word(words[i % len(words)], start + i * third, start + (i + 1) * third, 1.0, Origin.CAPTIONS, TimedBy.ALIGNED)
        for i in range(int(LENGTH * 3))
    )


def make_job(recording: Path, folder: Path) -> RenderJob:
    info, kit = probe(recording), load_kit()
    began = time.monotonic()
    timeline = scan(recording, info).timeline
    print(f"recording: {recording.stat().st_size / 1e9:.1f} GB, {float(timeline.duration):.1f} s,")
    print(f"indexed in {time.monotonic() - began:.1f} s (once, at ingest)")
    return RenderJob(
        path=recording,
        info=info,
        timeline=timeline,
        start=Fraction(0),
        end=LENGTH,
        words=(),
        recipes=SHAPES,
        kit=kit,
        credit="Wexmoor Television, The Long Table, 20 November 2026",
        imprint=plain_imprint(),
        speaker=Speaker("Julian Quenby", "Housing Minister"),
        message=None,
        work=folder / "ours",
        cache=folder / "cache",
    )


def at(job: RenderJob, start: Fraction) -> RenderJob:
    return replace(job, start=start, end=start + LENGTH, words=make_words(start))


def ours(job: RenderJob) -> tuple[Watch, float, float]:
    """Every file made and verified, as the product does it: each is verified while the next is cut.

    Gives the whole, and when the first file was ready to post: seconds of wall and of processor time.
    """
    ready: list[tuple[float, float]] = []
    with Watch() as watch, ThreadPoolExecutor(VERIFIERS) as verifier:
        source = verifier.submit(frame_at, job.path, job.timeline, job.timeline.snap(job.start))
        checks: list[Future[None]] = []

        def check(made: MadeFile) -> None:
            demand(verify_rendition(made.path, made.plan, source_frame=source.result()), made.recipe)
            ready.append((time.monotonic() - watch.began, watch.cpu_s))

        render(job, on_file=lambda made: checks.append(verifier.submit(check, made)))
        for one in checks:
            one.result()
    return watch, *ready[0]


def by_hand(job: RenderJob, folder: Path) -> Watch:
    """The best single command that we could write."""
    folder.mkdir(exist_ok=True)
    arguments = _hand_arguments(job, folder)
    with Watch() as watch:
        _ffmpeg(*arguments)
    return watch


def _hand_arguments(job: RenderJob, folder: Path) -> list[str]:
    cut = plan_cut(job.path, job.timeline, job.info, job.start, job.end, work=folder)
    body = plan_body(job.timeline, cut, job.end, job.info.video)
    inputs = [*cut.input_args]
    trim = f"start={float(cut.trim_start)}:end={float(cut.trim_end)}"
    graph = [
        f"[{cut.video}]bwdif=mode=send_frame:deint=interlaced,trim={trim},setpts=PTS-STARTPTS,split=3[s0][s1][s2]",
        f"[{cut.audio}]atrim={trim},asetpts=PTS-STARTPTS,loudnorm=I=-14:TP=-1.5,aresample=48000,apad=pad_dur=2.6,"
        "asplit=3[a0][a1][a2]",
    ]
    outputs: list[str] = []
    for i, name in enumerate(SHAPES):
        recipe = load_recipe(name)
        shape = plan_shape(job, recipe, body, ())
        plan, third = shape.plan, shape.plan.lower_third
        assert third is not None
        ass = folder / f"{name}.ass"
        ass.write_text(write_ass(plan, shape.cues, job.kit), encoding="utf-8")
        ending = end_card(job.kit, job.kit.message, job.imprint, recipe, body.rate, job.cache)
        panel = lower_third(job.kit, third.name, third.role, recipe.lower_third, body.rate, job.cache)
        inputs += ["-i", str(panel.path), "-i", str(ending.path)]
        video = recipe.video
        graph += [
            *_hand_picture(plan, f"[s{i}]", f"[p{i}]"),
            f"[{2 * i + 1}:v]setpts=PTS+{third.first_frame}/25/TB[t{i}]",
            f"[p{i}][t{i}]overlay={third.box.x}:{third.box.y}:eof_action=pass:enable='between(n,{third.first_frame},"
            f"{third.last_frame})',ass={ass}:fontsdir={FONTS}[b{i}]",
            f"[{2 * i + 2}:v]tpad=stop_mode=clone:stop={plan.card_frames},"
            f"trim=end_frame={plan.card_frames},setsar=1[c{i}]",
            f"[b{i}][c{i}]concat,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv[v{i}]",
        ]
        outputs += [
            *(
                f"-map [v{i}] -map [a{i}] -c:v libx264 -preset {video.preset} -crf {video.crf}"
                f" -maxrate {video.max_kbps}k -bufsize {2 * video.max_kbps}k -profile:v high -level 4.0"
                " -pix_fmt yuv420p -x264-params stitchable=1:open-gop=0:keyint=50:min-keyint=5 -r 25"
                " -c:a aac -b:a 128k -use_editlist 0 -movflags +faststart+negative_cts_offsets"
            ).split(),
            str(folder / f"{name}.mp4"),
        ]
    return [*inputs, "-filter_complex", ";".join(graph), *outputs]


def _hand_picture(plan: ShapePlan, source: str, target: str) -> list[str]:
    """The picture on its canvas, over its own blur where it does not fill it."""
    part, into = plan.picture.source, plan.picture.target
    front = f"crop={part.w}:{part.h}:{part.x}:{part.y},scale={into.w}:{into.h}:flags=bicubic,setsar=1"
    if plan.picture.mode == "crop":
        return [f"{source}{front}{target}"]
    if plan.recipe.picture.ground == "ink":
        return [f"{source}{front},pad={plan.width}:{plan.height}:{into.x}:{into.y}:0x12161B{target}"]
    dark = "lutyuv=y=16+(val-16)*0.35:u=128+(val-128)*0.56:v=128+(val-128)*0.56"
    blur = f"crop=ih*{plan.width}/{plan.height}:ih,scale=90:160,gblur=sigma=5:steps=2,{dark}"
    return [
        f"{source}split[front][back]",
        f"[front]{front}[over]",
        f"[back]{blur},scale={plan.width}:{plan.height}:flags=bicubic,setsar=1[under]",
        f"[under][over]overlay={into.x}:{into.y}{target}",
    ]


def by_moviepy(job: RenderJob, folder: Path, seconds: int = 10) -> tuple[float, float]:
    """Wall and processor seconds for 30 s of three shapes by moviepy alone, from a part of it."""
    with Watch() as watch:
        _by_moviepy(job, folder, seconds)
    whole = float(LENGTH) / seconds
    return watch.wall_s * whole, watch.cpu_s * whole


def _by_moviepy(job: RenderJob, folder: Path, seconds: int) -> None:
    from moviepy import CompositeVideoClip, ImageClip, VideoFileClip, concatenate_videoclips

    folder.mkdir(exist_ok=True)
    for name in SHAPES:
        recipe = load_recipe(name)
        with VideoFileClip(str(job.path)) as source:
            begin = float(job.start)
            body = source.subclipped(begin, begin + seconds)
            wide = int(min(source.w, source.h * recipe.aspect)) // 2 * 2
            body = body.cropped(x_center=source.w / 2, width=wide).resized((recipe.width, recipe.height))
            panel, _ = draw_panel(SAID[:22], SAID[22:44], recipe.lower_third, job.kit)
            over = [
                ImageClip(panel, duration=1.0).with_start(i).with_position(("center", recipe.captions.middle))
                for i in range(seconds)
            ]
            bands = [ImageClip(panel, duration=seconds).with_position((recipe.safe.left, recipe.safe.top))]
            shown = CompositeVideoClip([body, *over, *bands])
            card = draw_end_card(job.kit.message, job.imprint.text, "Party", recipe, job.kit)[..., :3]
            whole = concatenate_videoclips([shown, ImageClip(card, duration=2.6 * seconds / 30)])
            whole.write_videofile(
                str(folder / f"{name}.mp4"),
                fps=25,
                codec="libx264",
                preset=recipe.video.preset,
                audio_codec="aac",
                ffmpeg_params=["-crf", str(recipe.video.crf), "-pix_fmt", "yuv420p"],
                temp_audiofile_path=str(folder),
                threads=2,
                logger=None,
            )


def _row(name: str, value: str, wanted: str = "") -> None:
    print(f"| {name} | {value} | {wanted} |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hours", type=float, default=2.0)
    options.add_argument("--runs", type=int, default=2)
    options.add_argument("--folder", type=Path)
    options.add_argument("--without-moviepy", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measure(make_job(make_recording(folder, chosen.hours), folder), folder, chosen.runs, not chosen.without_moviepy)


def measure(job: RenderJob, folder: Path, runs: int, with_moviepy: bool) -> None:
    late = at(job, Fraction(int(job.timeline.duration) - 60))
    early = at(job, Fraction(60))
    render(replace(early, end=early.start + 6))  # cards are made once, fonts and files are read once
    done: dict[str, list[Watch]] = {"late": [], "early": [], "hand": []}
    firsts: list[float] = []
    firsts_cpu: list[float] = []
    for _ in range(runs):  # in turn, so that a busy machine is busy for all
        watch, first, first_cpu = ours(late)
        done["late"].append(watch)
        firsts.append(first / watch.wall_s)
        firsts_cpu.append(first_cpu / watch.cpu_s)
        done["hand"].append(by_hand(late, folder / "hand"))
        done["early"].append(ours(early)[0])
    wall = {name: statistics.median(w.wall_s for w in watches) for name, watches in done.items()}
    cpu = {name: statistics.median(w.cpu_s for w in watches) for name, watches in done.items()}
    peak = max(w.peak_bytes for w in done["late"])
    print("\n| three shapes of 30 s | measured | wanted |\n|---|---|---|")
    _row("ours, verified, at the end of the recording", f"{wall['late']:.1f} s wall, {cpu['late']:.1f} CPU-s")
    _row("one hand-tuned command", f"{wall['hand']:.1f} s wall, {cpu['hand']:.1f} CPU-s")
    _row("ours / hand-tuned", f"{wall['late'] / wall['hand']:.2f} wall, {cpu['late'] / cpu['hand']:.2f} CPU", "≤ 1.10")
    first_shares = f"{statistics.median(firsts):.2f} wall, {statistics.median(firsts_cpu):.2f} CPU"
    _row("first file / all three", first_shares, "≤ 0.50")
    _row(
        "end / minute one",
        f"{wall['late'] / wall['early']:.2f} wall, {cpu['late'] / cpu['early']:.2f} CPU",
        "0.90–1.10",
    )
    _row("peak memory, all processes", f"{peak / 1e9:.2f} GB", "< 1.5 GB")
    if with_moviepy:
        slow, slow_cpu = by_moviepy(late, folder / "moviepy")
        ratios = f"{wall['late'] / slow:.2f} wall, {cpu['late'] / slow_cpu:.2f} CPU"
        _row("ours / moviepy", f"{ratios} (moviepy {slow:.0f} s, {slow_cpu:.0f} CPU-s)", "≤ 0.35")


if __name__ == "__main__":
    main()
