"""soundbite up: everything that runs in the background, as one process tree."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from desk.cli.options import Home, enter

if TYPE_CHECKING:
    from flows.house import House


def up(home: Home = None) -> None:
    """Start Prefect's server, the warm worker, the schedules and the desk; stop with Ctrl-C."""
    from flows.up import Part, run_house

    workspace = enter(home)
    port = workspace.settings.desk_port
    desk = Part("desk", "desk.door", f"http://127.0.0.1:{port}/health")
    run_house(workspace.home, workspace.settings, desk, say, welcome)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def welcome(house: House) -> None:
    """The first screen once everything is ready."""
    print(
        f"Soundbite is up. Prefect's page: {house.prefect}  (paste all of this as the password: soundbite:{house.key})",
        flush=True,
    )
    print("Clips asked for now begin at once: soundbite clip, soundbite run. Stop with Ctrl-C.", flush=True)
