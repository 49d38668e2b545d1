"""The one door to ffmpeg: nobody else starts it.

Argument lists, whitelists, limits, a progress watchdog, drained pipes, and a child that dies with us.
"""

from __future__ import annotations

import os
import re
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from archive.errors import FfmpegStalled, LimitExceeded, SourceMissing
from archive.media.command import guarded_arguments
from archive.media.container import MAX_PIXELS
from archive.media.failures import failure_of
from archive.media.resolve import ffmpeg_binary
from archive.media.sandbox import wrapped

_KEPT = 256 * 1024
_BENCH_CPU = re.compile(r"bench: utime=([\d.]+)s stime=([\d.]+)s")
_BENCH_PEAK = re.compile(r"bench: maxrss=(\d+)Ki?B")


@dataclass(frozen=True)
class Limits:
    """Seconds of wall time, of no progress at all, and of processor time; bytes of address space; pixels."""

    wall_s: float = 4 * 3600
    stall_s: float = 60
    cpu_s: float = 16 * 3600
    memory_bytes: int = 8 * 1024**3
    max_pixels: int = MAX_PIXELS


@dataclass(frozen=True)
class Progress:
    """Pictures written, output time reached, speed (× real time; 0 while unknown)."""

    frame: int
    out_time: Fraction
    speed: float


@dataclass(frozen=True)
class FfmpegRun:
    """`stderr` is cut to its last 256 kB; `peak_bytes` is the largest resident size."""

    stderr: str
    elapsed_s: float
    cpu_s: float
    peak_bytes: int = 0


def run_ffmpeg(
    args: Sequence[str],
    *,
    reads: Sequence[Path],
    writes: Sequence[Path],
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_line: Callable[[str], None] | None = None,
    stdout: Callable[[bytes], None] | None = None,
) -> FfmpegRun:
    """Run ffmpeg and wait for it. Callbacks run in the calling thread; what they raise ends ffmpeg.

    `args` is all that follows the program and the door's own flags. `reads` are the files (and font
    folders) it may read; `writes` the files or folders it may write. Existing outputs are overwritten.

    Raises MediaRefused (something was not named), SourceMissing, FfmpegStalled, LimitExceeded, DiskFull,
    NotWritable or FfmpegFailed.
    """
    limits = limits or Limits()
    pixels, has_stdout = limits.max_pixels, stdout is not None
    guarded = guarded_arguments(args, reads, writes, max_pixels=pixels, has_stdout=has_stdout)
    for path in reads:
        if not path.exists():
            raise SourceMissing(f"There is no file {path}", "Check the path")
    made = _make_outputs(writes)
    try:
        run = _Run(guarded, reads, writes, limits, on_progress, on_line, stdout).finish()
    except BaseException:
        _drop_empty(made)
        raise
    _drop_empty(made)
    return run


def _make_outputs(writes: Sequence[Path]) -> list[Path]:
    made = []
    for path in writes:
        if not path.exists():  # the sandbox can only let through what is there
            path.touch()
            made.append(path)
    return made


def _drop_empty(made: Sequence[Path]) -> None:
    for path in made:
        with suppress(OSError):
            if path.stat().st_size == 0:
                path.unlink()


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "HOME": "/",
        "MALLOC_ARENA_MAX": "4",
    }


@dataclass
class _Run:
    args: list[str]
    reads: Sequence[Path]
    writes: Sequence[Path]
    limits: Limits
    on_progress: Callable[[Progress], None] | None
    on_line: Callable[[str], None] | None
    stdout: Callable[[bytes], None] | None
    stderr: bytearray = field(default_factory=bytearray)
    unread: dict[str, bytes] = field(default_factory=lambda: {"stderr": b"", "progress": b""})
    block: dict[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    moved: float = 0.0

    def finish(self) -> FfmpegRun:
        began = self.moved = time.monotonic()
        read_end, write_end = os.pipe()
        process = self._start(write_end, read_end)
        try:
            self._listen(process, read_end, began)
            returncode, usage = self._wait(process, began)
        finally:
            os.close(read_end)
            _end(process)
        text = self.stderr.decode("utf-8", "replace")
        if returncode != 0:
            raise failure_of(returncode, text)
        cpu, peak = _cost(text, usage)
        return FfmpegRun(text, time.monotonic() - began, cpu, peak)

    def _start(self, write_end: int, read_end: int) -> subprocess.Popen[bytes]:
        own = [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            "-benchmark",
            "-y",
            "-stats_period",
            "0.25",
            "-progress",
            f"pipe:{write_end}",
        ]
        command = wrapped(
            [str(ffmpeg_binary()), *own, *self.args],
            [path.absolute() for path in self.reads],
            [path.absolute() for path in self.writes],
            memory=self.limits.memory_bytes,
            cpu_s=max(1, round(self.limits.cpu_s)),
        )
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                pass_fds=(write_end,),
                start_new_session=True,
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)

    def _listen(self, process: subprocess.Popen[bytes], progress: int, began: float) -> None:
        with selectors.DefaultSelector() as ready:
            for pipe, take in ((process.stdout, self._take_stdout), (process.stderr, self._take_stderr)):
                if pipe is not None:
                    ready.register(pipe.fileno(), selectors.EVENT_READ, take)
            ready.register(progress, selectors.EVENT_READ, self._take_progress)
            while ready.get_map():
                for key, _ in ready.select(timeout=0.2):
                    chunk = os.read(key.fd, 1 << 16)
                    if not chunk:
                        ready.unregister(key.fd)
                    key.data(chunk)
                self._watch(began)

    def _watch(self, began: float) -> None:
        now = time.monotonic()
        if now - began > self.limits.wall_s:
            raise LimitExceeded(f"ffmpeg took longer than {self.limits.wall_s:g} s", "Take a shorter part")
        if now - self.moved > self.limits.stall_s:
            what = f"ffmpeg made no progress for {self.limits.stall_s:g} s"
            raise FfmpegStalled(what, "It was stopped; ask again")

    def _take_stdout(self, chunk: bytes) -> None:
        if chunk:
            self.moved = time.monotonic()
        if chunk and self.stdout:
            self.stdout(chunk)

    def _take_stderr(self, chunk: bytes) -> None:
        self.stderr += chunk
        if len(self.stderr) > 2 * _KEPT:
            del self.stderr[:-_KEPT]
        for line in self._lines("stderr", chunk):
            if self.on_line:
                self.on_line(line)

    def _take_progress(self, chunk: bytes) -> None:
        for line in self._lines("progress", chunk):
            name, _, value = line.partition("=")
            self.block[name] = value.strip()
            if name == "progress":
                self._report()

    def _lines(self, source: str, chunk: bytes) -> list[str]:
        whole = self.unread[source] + chunk
        *lines, rest = whole.replace(b"\r", b"\n").split(b"\n")
        if not chunk and rest:  # the end of the pipe
            lines, rest = [*lines, rest], b""
        self.unread[source] = rest[-_KEPT:]
        return [line.decode("utf-8", "replace") for line in lines if line.strip()]

    def _report(self) -> None:
        counters = tuple(self.block.get(name, "") for name in ("frame", "out_time_us", "total_size"))
        if counters != self.seen:
            self.seen, self.moved = counters, time.monotonic()
        if self.on_progress:
            self.on_progress(_progress(self.block))

    def _wait(self, process: subprocess.Popen[bytes], began: float) -> tuple[int, resource.struct_rusage]:
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, usage
            self._watch(began)
            time.sleep(0.005)


def _cost(stderr: str, usage: resource.struct_rusage) -> tuple[float, int]:
    """Processor seconds and largest resident bytes. Bubblewrap's own usage leaves out what it ran, so that
    ffmpeg's word (`-benchmark`) comes first; a quiet log level silences that."""
    times = _BENCH_CPU.findall(stderr)
    peaks = _BENCH_PEAK.findall(stderr)
    cpu = sum(map(float, times[-1])) if times else usage.ru_utime + usage.ru_stime
    return cpu, int(peaks[-1]) * 1024 if peaks else usage.ru_maxrss * 1024


def _progress(block: dict[str, str]) -> Progress:
    def number(name: str, default: str = "0") -> str:
        value = block.get(name, default).rstrip("x ").strip()
        return default if value in ("", "N/A") else value

    return Progress(int(number("frame")), Fraction(int(number("out_time_us")), 1_000_000), float(number("speed")))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
