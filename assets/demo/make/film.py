"""Frames and sound into one MP4: H.264 High with key frames at the cuts, AAC, index first."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from make.direction import FRAMES_A_SECOND
from make.soundstage import RATE
from make.voices import Samples

_LOUDNESS_LUFS = -23.0  # EBU R128, what a broadcaster delivers


def write_sound(stereo: Samples, path: Path) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(stereo, -1, 1) * 32767).astype("<i2").tobytes())


def gain_to_broadcast(ffmpeg: str, sound: Path) -> float:
    """Decibels that bring the sound to −23 LUFS, measured by ffmpeg's ebur128."""
    command = [ffmpeg, "-hide_banner", "-nostats", "-i", str(sound), "-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    measured = next(line for line in reversed(report.splitlines()) if line.strip().startswith("I:"))
    return _LOUDNESS_LUFS - float(measured.split()[1])


def write_film(ffmpeg: str, frames: Iterable[bytes], size: tuple[int, int], sound: Path, out: Path, crf: float) -> None:
    """`frames` are RGBA rows of `size`; the film gets the sound at −23 LUFS."""
    gain = gain_to_broadcast(ffmpeg, sound)
    width, height = size
    command = [
        *(ffmpeg, "-hide_banner", "-loglevel", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{width}x{height}", "-r", str(FRAMES_A_SECOND), "-i", "-"),
        *("-i", str(sound), "-map", "0:v", "-map", "1:a"),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"),
        *("-c:v", "libx264", "-preset", "medium", "-tune", "animation", "-crf", str(crf), "-profile:v", "high"),
        *(
            "-g",
            "250",
            "-bf",
            "2",
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-colorspace",
            "bt709",
            "-color_range",
            "tv",
        ),
        *(
            "-af",
            f"volume={gain:.2f}dB",
            "-c:a",
            "aac",
            "-b:a",
            "72k",
            "-movflags",
            "+faststart",
            "-map_metadata",
            "-1",
        ),
        *(
            "-metadata",
            "title=The Long Table",
            "-fflags",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            "-flags:v",
            "+bitexact",
        ),
        str(out),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in frames:
            encoder.stdin.write(frame)
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise RuntimeError(f"ffmpeg could not write {out}")
