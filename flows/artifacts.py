"""What a run leaves on Prefect's page: a frame of each shape, and links to the packs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from prefect.artifacts import create_markdown_artifact

from .results import ClipResult
from .workspace import Workspace


def show_clips(workspace: Workspace, clips: Iterable[ClipResult]) -> None:
    """One artifact a clip: the quote, a frame of each shape, and where the files are."""
    for clip in clips:
        create_markdown_artifact(
            key=f"clip-{clip.clip.removeprefix('c_')}",
            markdown=_page(workspace, clip),
            description=f"“{clip.quote[:120]}”" if clip.quote else clip.clip,
        )


def _page(workspace: Workspace, clip: ClipResult) -> str:
    lines = [f"# {clip.quote or clip.clip}", "", clip.why, ""]
    for rendition in clip.renditions:
        frame = f"{Path(rendition.path).stem}.jpg"
        address = _address(workspace, Path(rendition.path).with_name(frame))
        lines += [
            f"**{rendition.recipe}** {rendition.width}×{rendition.height}, {rendition.duration_s:.1f} s",
            "",
        ]
        lines += [
            f"![{rendition.recipe}]({address})",
            "",
            f"[{rendition.path}]({_address(workspace, Path(rendition.path))})",
            "",
        ]
    lines += [f"- careful: {warning}" for warning in clip.warnings]
    return "\n".join(lines)


def _address(workspace: Workspace, path: Path) -> str:
    """Where the desk shows a file of the home folder."""
    inside = path.relative_to(workspace.home)
    return f"http://127.0.0.1:{workspace.settings.desk_port}/{quote(inside.as_posix())}"
