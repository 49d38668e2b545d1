"""What a person sees while a job runs: on stderr, so that stdout stays the answer's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.telling import Event, Tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DOING = {
    "ingest": "Taking in",
    "transcribe": "Listening",
    "flag": "Flagging",
    "clip": "Cutting",
    "pack": "Packing",
    "sweep": "Sweeping",
    "import": "Importing",
    "pull": "Fetching",
    "report": "Reporting",
}


class Bars:
    """One bar a step, with time left; finished files are named as they come."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def tell(self, event: Event) -> None:
        if event.state == "file":
            self._progress.console.print(f"  ready: {event.path}", highlight=False, markup=False, soft_wrap=True)
        elif event.state == "began":
            self._end(event.step)
            label = f"{DOING[event.step]} {event.text}".strip()
            self._bars[event.step] = self._progress.add_task(label, total=None)
        elif event.state == "moved" and event.step in self._bars and event.fraction is not None:
            self._progress.update(self._bars[event.step], total=1.0, completed=event.fraction)
        elif event.state == "ended":
            self._end(event.step)

    def _end(self, step: str) -> None:
        bar = self._bars.pop(step, None)
        if bar is not None:
            self._progress.remove_task(bar)


def _tell_plainly(event: Event) -> None:
    """For logs and pipes: a line an event, no bars. Taking in is told once it goes on: what is refused at once
    gets its one line alone."""
    if event.state == ("ended" if event.step == "ingest" else "began"):
        print(f"{event.step}: {event.text}", file=sys.stderr, flush=True)
    elif event.state == "file":
        print(f"{event.step}: ready {event.path}", file=sys.stderr, flush=True)


@contextmanager
def telling() -> Iterator[Tell]:
    """A listener for as long as the block lasts: bars on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _tell_plainly
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bars(progress).tell


def warn(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def tracked_line(is_tracked: bool) -> str:
    """Whether Prefect's page shows the work."""
    return "Tracked: Prefect's page shows it." if is_tracked else "Not tracked: soundbite up is not running."
