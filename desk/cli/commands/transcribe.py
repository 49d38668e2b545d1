"""soundbite transcribe: a recording's words and their times."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling

Engine = Annotated[
    Literal["auto", "captions", "whisper"] | None,
    typer.Option("--engine", help="Where words come from. [default: the settings' own, auto]"),
]


def transcribe(
    recording: Annotated[str, typer.Argument(help="Recording id (r_…) or the beginning of it.")],
    engine: Engine = None,
    again: Annotated[bool, typer.Option("--again", help="Do it again even if a transcript is there.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Read the recording's own captions, put back where the words were said; whisper where there are none."""
    from flows.transcribe import transcribe_recording

    with telling() as tell:
        answer = transcribe_recording(enter(home), recording, tell, engine=engine, again=again, asked_by=person())
    verb = "has" if answer.status == "known" else f"transcribed in {answer.elapsed_s:.0f} s:"
    told = [f"{answer.recording} {verb} {answer.words} words from {answer.engine}", f"  {answer.vtt}"]
    give(answer, told + [f"  note: {note}" for note in answer.notes], as_json=as_json)
