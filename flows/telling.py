"""How a job tells the person who waits: small events, the same on screen, in a ticket and in Prefect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Step = Literal["ingest", "transcribe", "flag", "clip", "pack", "sweep", "import", "pull", "report"]
State = Literal["began", "moved", "ended", "file"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing worth telling. `moved` knows its `fraction` (0…1), `file` the `path` of a finished file."""

    step: Step
    state: State
    text: str = ""
    fraction: float | None = None
    path: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Event:
        return cls(**document)


Tell = Callable[[Event], None]


def tell_nobody(event: Event) -> None:
    """For callers that need no telling."""
