"""The warm worker: everything is imported before the first ask comes, so that work begins at once."""

from __future__ import annotations

import os
from pathlib import Path

from flows.lifeline import die_with_parent


def main() -> None:
    die_with_parent()
    from prefect.task_worker import serve

    from flows.background import do_ask, keep_taking_up, warm_up
    from flows.house import ready_file
    from flows.settings import load_settings

    home = Path(os.environ["SOUNDBITE_HOME"])
    settings = load_settings(home)
    warm_up()
    ready_file(home, "worker").touch()
    keep_taking_up(home)
    serve(do_ask, limit=settings.workers)


if __name__ == "__main__":
    main()
