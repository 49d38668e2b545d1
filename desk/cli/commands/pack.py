"""soundbite pack: everything a person needs to post a clip, in one folder and one zip."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling


def pack(
    clip: Annotated[str, typer.Argument(help="Clip id (c_…) or the beginning of it.")],
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Build the share pack: files, captions, pictures, post texts, imprint, credit, rebuttal, clip.json."""
    from flows.pack import pack_clip

    with telling() as tell:
        answer = pack_clip(enter(home), clip, tell, asked_by=person())
    told = [f"Pack: {answer.folder}", f"      {answer.zip}", *(f"  note: {note}" for note in answer.notes)]
    give(answer, told, as_json=as_json)
