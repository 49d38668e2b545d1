"""Recordings for the flows: small, generated, with captions beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.media import run_ffmpeg
from flows.workspace import Workspace, open_workspace

CAPTIONS = """1
00:00:01,000 --> 00:00:03,500
>> Minister, how many homes have you built?

2
00:00:03,600 --> 00:00:06,500
>> We have built forty thousand homes since the spring.

3
00:00:06,600 --> 00:00:09,000
And I am proud of every one of them.
"""
WATCHLIST = """name: test
entries:
  - id: homes
    kind: claim
    weight: 2
    phrases: ["built forty thousand homes"]
    rebuttal: {line: "The figure is 14,000.", sources: ["Department of Homes, table 2"]}
"""


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 s of 640×360 at 25 fps: a moving test picture and a tone, with SRT captions beside it.

    Its name says channel, programme and air time.
    """
    folder = tmp_path_factory.mktemp("broadcast")
    path = folder / "Wexmoor Television - The Long Table - 2026-11-20 22-00.mp4"
    make_video(path)
    path.with_suffix(".srt").write_text(CAPTIONS, encoding="utf-8")
    return path


def make_video(path: Path, *, seconds: int = 12, sound: bool = True, picture: bool = True) -> Path:
    """`testsrc2` and a 440 Hz tone through the archive's own door, as H.264 and AAC."""
    args: list[str] = []
    if picture:
        args += ["-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=25:duration={seconds}"]
    if sound:
        args += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"]
    args += ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"] if picture else []
    args += ["-c:a", "aac"] if sound else []
    run_ffmpeg([*args, str(path)], reads=(), writes=(path,))
    return path


@pytest.fixture
def watchlist(tmp_path: Path) -> Path:
    path = tmp_path / "watchlist.yaml"
    path.write_text(WATCHLIST, encoding="utf-8")
    return path


@pytest.fixture
def workspace(home: Path) -> Workspace:
    return open_workspace(home)


@pytest.fixture
def visible() -> Callable[[Path], set[str]]:
    """Everything in a home folder that a person would take for finished."""

    def look(home: Path) -> set[str]:
        shown = set()
        for name in ("originals", "clips", "packs"):
            for path in (home / name).rglob("*"):
                inside = path.relative_to(home)
                if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                    shown.add(str(inside))
        return shown

    return look
