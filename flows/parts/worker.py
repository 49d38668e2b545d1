"""The warm worker: everything is imported before the first ask comes, so that work begins at once."""

from __future__ import annotations

import os
from pathlib import Path

from flows.lifeline import die_with_parent


def main() -> None:
    die_with_parent()
    from prefect.task_worker import serve

    from flows.background import do_ask, take_up_unfinished, warm_up
    from flows.settings import load_settings

    home = Path(os.environ["SOUNDBITE_HOME"])
    settings = load_settings(home)
    warm_up()
    take_up_unfinished(home)
    serve(do_ask, limit=settings.workers)


if __name__ == "__main__":
    main()
