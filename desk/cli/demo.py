"""`./run demo`: the main job on the bundled recording."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.errors import SoundbiteError
from desk.cli.commands.run import do_run, exit_code
from desk.cli.screen import telling
from desk.cli.story import Way, tell_story
from flows.asks import RunAsk

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "assets" / "demo"
HOME = REPOSITORY / "demo-home"


def main() -> int:
    """Run the main job on assets/demo in ./demo-home, and say where everything is."""
    recording = next(DEMO.glob("*.mp4"))
    ask = RunAsk(source=str(recording), watchlist=str(DEMO / "watchlist.yaml"), asked_by="demo")
    try:
        with telling() as tell:
            answer = do_run(ask, HOME, tell)
    except SoundbiteError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(tell_story(answer, Way("./run soundbite", HOME.name))))
    return exit_code(answer)


if __name__ == "__main__":
    sys.exit(main())
