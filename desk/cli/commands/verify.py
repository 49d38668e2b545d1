"""soundbite verify: is what we hold still what we made?"""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter


def verify(
    target: Annotated[str, typer.Argument(help="A clip (c_…), a pack's folder, or 'archive' for the audit trail.")],
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Check a clip's files, a pack, or the archive's originals and audit trail."""
    from flows.verify import verify_target

    answer = verify_target(enter(home), target)
    told = [f"{'ok  ' if finding.ok else 'FAIL'} {finding.check}: {finding.detail}" for finding in answer.findings]
    give(answer, told, as_json=as_json)
    return 0 if answer.ok else 1
