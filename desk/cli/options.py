"""Options that every command takes, and the home folder they lead to."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.workspace import Workspace

DEFAULT_HOME = Path("~/soundbite-home")

Home = Annotated[
    Path | None,
    typer.Option("--home", envvar="SOUNDBITE_HOME", help="Folder that holds everything. [default: ~/soundbite-home]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]
Recipes = Annotated[
    str,
    typer.Option("--recipe", help="Shapes, the most urgent first: vertical,portrait,landscape,landscape720."),
]


def home_path(home: Path | None) -> Path:
    return (home or DEFAULT_HOME).expanduser().resolve()


def enter(home: Path | None) -> Workspace:
    """Open the home folder, making it on first use."""
    from flows.workspace import open_workspace

    return open_workspace(home_path(home))


def person() -> str:
    """Who asks, for the audit trail: the login name, or what SOUNDBITE_USER says."""
    try:
        return os.environ.get("SOUNDBITE_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container without a user entry
        return f"uid {os.getuid()}"


def names(text: str) -> tuple[str, ...]:
    """'vertical, portrait' → ('vertical', 'portrait')."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
