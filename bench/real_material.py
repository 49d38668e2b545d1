"""What `soundbite run`, and a clip by hand, make of every real recording there is: a table, a line a file.

The material is not part of the repository: `../shared/real`, or SOUNDBITE_REAL.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from archive.errors import SoundbiteError
from flows.asks import ClipAsk, RunAsk
from flows.clip import cut_clip
from flows.rapid import rapid_rebuttal
from flows.results import RunResult
from flows.telling import tell_nobody
from flows.workspace import Workspace, open_workspace

REPOSITORY = Path(__file__).resolve().parent.parent
REAL = Path(os.environ.get("SOUNDBITE_REAL", REPOSITORY.parent / "shared" / "real"))
FOLDERS = ("media/political", "media/video", "media/captions", "robustness/generated/media", "robustness/media/tsduck")
SUFFIXES = {".mp4", ".mov", ".mkv", ".ts", ".webm", ".wav"}
SHAPES = ("vertical", "portrait", "landscape")
LONGEST_S = 8.0


def main() -> None:
    """Print the table. Exit 2 where the material is absent."""
    if not REAL.is_dir():
        sys.exit(f"There is no real material at {REAL}: set SOUNDBITE_REAL.")
    print("| recording | length | damage found | words | clip by hand, three shapes | verified |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home, open_workspace(Path(home)) as workspace:
        for folder in FOLDERS:
            for path in sorted((REAL / folder).glob("*")):
                if path.suffix.lower() in SUFFIXES:
                    print(row(workspace, path), flush=True)


def row(workspace: Workspace, path: Path) -> str:
    """One line of the table."""
    try:
        (run,) = rapid_rebuttal(workspace, RunAsk(source=str(path), recipes=SHAPES), tell_nobody).runs
    except SoundbiteError as error:
        return f"| {path.name} | – | – | – | {error} | – |"
    if run.recording is None:
        return f"| {path.name} | – | – | – | refused: {run.ingested.reason} | – |"
    words = f"{run.transcript.words} ({run.transcript.engine})" if run.transcript else "; ".join(run.failures)
    length = f"{run.ingested.duration_s or 0:.2f} s"
    return (
        f"| {path.name} | {length} | {'; '.join(run.ingested.damage) or '–'} | {words} | {_by_hand(workspace, run)} |"
    )


def _by_hand(workspace: Workspace, run: RunResult) -> str:
    length = run.ingested.duration_s or 0.0
    start, end = min(0.2, length / 10), min(LONGEST_S, length * 0.95)
    ask = ClipAsk(recording=str(run.recording), start=f"{start:.3f}", end=f"{end:.3f}", recipes=SHAPES)
    began = time.monotonic()
    try:
        clip = cut_clip(workspace, ask, tell_nobody)
    except SoundbiteError as error:
        return f"{error} | –"
    return f"{end - start:.1f} s of it in {time.monotonic() - began:.0f} s | {len(clip.renditions)} of 3"


if __name__ == "__main__":
    main()
