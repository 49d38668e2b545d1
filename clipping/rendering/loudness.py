"""The sound of a clip: measured, moved by one linear gain, limited only where a true peak asks for it.

Loudness by ITU-R BS.1770 / EBU R 128 (ffmpeg's `ebur128`). Nothing is pumped: a passage that is silent stays
silent, and a very quiet one is raised by at most `MOST_GAIN` dB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from pathlib import Path

from archive.media import SourceCut, run_ffmpeg
from clipping.errors import RenderFailed
from clipping.look.recipe import LoudnessRule

RATE = 48_000
PRIMING = 1024  # samples that ffmpeg's AAC encoder puts before the first
SILENT = -60.0  # LUFS: nothing is said below this
MOST_GAIN = 24.0  # dB
HEADROOM = 0.6  # dB under the peak allowed, at first: AAC overshoots
CLOSE = 0.4  # LU: nearer than this there is nothing to mend
MOST_TRIES = 5
_SUMMARY = re.compile(r"I:\s+(-?[\d.]+|-?inf|nan) LUFS.*?Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; -inf where there is no sound."""

    lufs: float
    peak: float

    @property
    def is_silent(self) -> bool:
        return not isfinite(self.lufs) or self.lufs <= SILENT


@dataclass(frozen=True, slots=True)
class _Mastering:
    """One linear gain, and the true peak that a limiter holds, both in dB."""

    gain_db: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Sound:
    """The finished audio track (AAC in MP4): what it was, what it is, and what there is to say about it."""

    path: Path
    before: Loudness
    after: Loudness
    gain_db: float
    notes: tuple[str, ...]
    cpu_s: float

    @property
    def was_silent(self) -> bool:
        return self.before.is_silent

    @property
    def target_met(self) -> bool:
        """False where the sound is silent or too quiet to be brought to the target."""
        return not self.was_silent and self.gain_db < MOST_GAIN

    def promised(self, target_lufs: float) -> float | None:
        """The loudness that the file is to be checked against: the target, or what it is where that can't be met."""
        if self.was_silent:
            return None
        return target_lufs if self.target_met else self.after.lufs


def read_summary(stderr: str) -> Loudness:
    """The last summary that `ebur128=peak=true` printed. Raises RenderFailed where there is none."""
    found = _SUMMARY.findall(stderr)
    if not found:
        raise RenderFailed("The loudness could not be measured", "Look into the log: ebur128 printed nothing")
    lufs, peak = (float(value) for value in found[-1])
    # Below the absolute gate (−70 LUFS) the meter shows its floor.
    return Loudness(lufs if lufs > -70 else float("-inf"), peak)


def make_sound(cut: SourceCut, body: Fraction, card: Fraction, rule: LoudnessRule, work: Path) -> Sound:
    """Decode the cut's audio once, measure it, and write the AAC track of the clip: body, then silence.

    What counts is the track as it will be decoded: a limiter takes some loudness and AAC may overshoot its
    ceiling, so gain and ceiling are mended until the decoded track is right.
    """
    pcm, before, cpu = _decode(cut, body, work)
    best: tuple[float, _Mastering, Loudness] | None = None
    wanted = _Mastering(_gain(before, rule), rule.peak_dbtp - HEADROOM)
    for _ in range(MOST_TRIES):
        after, used = _master(pcm, body, card, wanted, before, work)
        cpu += used
        off = _off(after, rule, wanted)
        if best is None or off < best[0]:
            best = off, wanted, after
        if off == 0 or before.is_silent:
            break
        wanted = _mended(wanted, after, rule)
    assert best is not None  # noqa: S101 - the loop ran
    if best[1] is not wanted:
        cpu += _master(pcm, body, card, best[1], before, work)[1]
    pcm.unlink(missing_ok=True)
    return Sound(work / "sound.mp4", before, best[2], best[1].gain_db, _notes(before, best[1].gain_db), cpu)


def _off(after: Loudness, rule: LoudnessRule, used: _Mastering) -> float:
    """How far from right, 0 where nothing is left to mend. Too high a peak is worse than too low a level."""
    over = max(0.0, after.peak - rule.peak_dbtp)
    level = abs(rule.lufs - after.lufs) if used.gain_db < MOST_GAIN else 0.0
    return over * 10 + (level if level > CLOSE else 0.0)


def _mended(used: _Mastering, after: Loudness, rule: LoudnessRule) -> _Mastering:
    over = max(0.0, after.peak - rule.peak_dbtp)
    ceiling = used.ceiling - over - (0.1 if over else 0.0)
    # A limiter takes more the harder it is driven: ask for a little more than what is missing.
    return _Mastering(min(used.gain_db + 1.5 * (rule.lufs - after.lufs), MOST_GAIN), ceiling)


def make_silence(duration: Fraction, work: Path) -> Sound:
    """A silent track: platforms expect one, a recording without sound has none."""
    path = work / "sound.mp4"
    source = ["-f", "lavfi", "-i", f"anullsrc=r={RATE}:cl=stereo"]
    run = run_ffmpeg(
        [*source, "-af", f"atrim=end_sample={_samples(duration) - PRIMING}", *_aac(path)],
        reads=[],
        writes=[work],
    )
    none = Loudness(float("-inf"), float("-inf"))
    return Sound(path, none, none, 0.0, ("The recording has no sound; the track is silent",), run.cpu_s)


def _gain(before: Loudness, rule: LoudnessRule) -> float:
    return 0.0 if before.is_silent else min(rule.lufs - before.lufs, MOST_GAIN)


def _notes(before: Loudness, gain: float) -> tuple[str, ...]:
    if before.is_silent:
        return ("The sound is silent here and was left as it is",)
    if gain >= MOST_GAIN:
        return (f"The sound is very quiet ({before.lufs:.0f} LUFS): raised by {MOST_GAIN:.0f} dB, no more",)
    return ()


def _decode(cut: SourceCut, body: Fraction, work: Path) -> tuple[Path, Loudness, float]:
    """The body's sound on the picture's clock, gaps filled with silence: 48 kHz stereo float."""
    pcm = work / "sound.mka"
    graph = (
        f"atrim=start={_seconds(cut.trim_start)}:end={_seconds(cut.trim_end)},"
        f"asetpts=PTS-({_seconds(cut.trim_start)})/TB,"
        f"aresample={RATE}:async=1:first_pts=0:osf=fltp,aformat=sample_fmts=fltp:channel_layouts=stereo,"
        f"apad=whole_len={_samples(body)},atrim=end_sample={_samples(body)},ebur128=peak=true:framelog=quiet"
    )
    run = run_ffmpeg(
        [
            *cut.input_args,
            "-vn",
            "-sn",
            "-dn",
            "-map",
            cut.audio or "0:a:0",
            "-af",
            graph,
            "-c:a",
            "pcm_f32le",
            str(pcm),
        ],
        reads=list(cut.reads),
        writes=[work],
    )
    return pcm, read_summary(run.stderr), run.cpu_s


def _master(
    pcm: Path, body: Fraction, card: Fraction, how: _Mastering, before: Loudness, work: Path
) -> tuple[Loudness, float]:
    """Gain, limiter where needed, soft ends, the card's silence; written, decoded again and measured."""
    steps = [f"volume={how.gain_db:.3f}dB:precision=float"]
    if before.peak + how.gain_db > how.ceiling:
        limit = 10 ** (how.ceiling / 20)
        steps.append(f"aresample=192000,alimiter=limit={limit:.5f}:level=0:attack=2:release=20:latency=1")
        steps.append(f"aresample={RATE}")
    # The first samples are given up to the encoder's priming (below): the fade comes after them.
    start, end = f"{PRIMING / RATE:.6f}", f"{max(0.0, float(body) - 0.03):.6f}"
    steps.append(f"afade=t=in:st={start}:d=0.008,afade=t=out:st={end}:d=0.03")
    total = _samples(body + card)
    # Priming stands where the first samples were: without an edit list the rest is in time.
    steps.append(f"apad=whole_len={total},atrim=start_sample={PRIMING}:end_sample={total},asetpts=N/SR/TB")
    track = work / "sound.mp4"
    made = run_ffmpeg(["-i", str(pcm), "-af", ",".join(steps), *_aac(track)], reads=[pcm], writes=[work])
    meter = ["-i", str(track), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    heard = run_ffmpeg(meter, reads=[track], writes=[])
    return read_summary(heard.stderr), made.cpu_s + heard.cpu_s


def _aac(path: Path) -> list[str]:
    # The other coder, "twoloop", overshot a limited peak by up to 2.5 dB on hard passages; this one by 0.1.
    return [
        "-c:a",
        "aac",
        "-aac_coder",
        "fast",
        "-b:a",
        "128k",
        "-ar",
        str(RATE),
        "-ac",
        "2",
        "-use_editlist",
        "0",
        str(path),
    ]


def _samples(duration: Fraction) -> int:
    return round(duration * RATE)


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"
