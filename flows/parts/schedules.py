"""The served deployments: forms on Prefect's page, and the overnight schedule."""

from __future__ import annotations

import os
from pathlib import Path

from flows.lifeline import die_with_parent

RUNS_AT_ONCE = 2


def main() -> None:
    die_with_parent()
    from prefect import serve

    from flows.deployments import deployments
    from flows.settings import load_settings

    settings = load_settings(Path(os.environ["SOUNDBITE_HOME"]))
    # Schedules stay on while we are down: a night that was missed is swept at the next start.
    serve(
        *deployments(settings),
        limit=RUNS_AT_ONCE,
        pause_on_shutdown=False,
        print_starting_message=False,
    )


if __name__ == "__main__":
    main()
