"""`./run demo`: the main job on the bundled recording, then whom its clips reached."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.errors import SoundbiteError
from desk.cli import demo_numbers
from desk.cli.commands.run import do_run, exit_code
from desk.cli.screen import telling
from desk.cli.story import Way, tell_story
from flows.asks import RunAsk

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "assets" / "demo"
HOME = REPOSITORY / "demo-home"


def main() -> int:
    """Clip assets/demo in ./demo-home, take in the exports of two weeks, report, and say where everything is."""
    recording = next(DEMO.glob("*.mp4"))
    ask = RunAsk(source=str(recording), watchlist=str(DEMO / "watchlist.yaml"), asked_by="demo")
    try:
        demo_numbers.settle_in(HOME, DEMO)
        with telling() as tell:
            answer = do_run(ask, HOME, tell)
            made = [clip.clip for clip in sorted(answer.clips, key=lambda clip: clip.start)]
            numbers = demo_numbers.reach(HOME, DEMO, made, tell) if made else None
    except SoundbiteError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(tell_story(answer, Way("./run soundbite", HOME.name), numbers)))
    return exit_code(answer)


if __name__ == "__main__":
    sys.exit(main())
