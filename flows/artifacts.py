"""What a run leaves on Prefect's page: a frame of each shape, and links to the files and the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from prefect.artifacts import create_markdown_artifact

from .results import ClipResult
from .workspace import Workspace


def show_clips(workspace: Workspace, clips: Iterable[ClipResult], packs: Iterable[str] = ()) -> None:
    """One artifact a clip (the quote, a frame of each shape, where the files are), and one for the packs."""
    for clip in clips:
        create_markdown_artifact(
            key=f"clip-{clip.clip.removeprefix('c_')}",
            markdown="\n\n".join(_clip(workspace, clip)),
            description=f"“{clip.quote[:120]}”" if clip.quote else clip.clip,
        )
    listed = "\n".join(_pack(workspace, Path(pack)) for pack in packs)
    if listed:
        create_markdown_artifact(key="packs", markdown=listed, description="Share packs, ready to post")


def _clip(workspace: Workspace, clip: ClipResult) -> Iterator[str]:
    yield f"# {clip.quote or clip.clip}"
    yield clip.why
    for rendition in clip.renditions:
        file = Path(rendition.path)
        yield f"**{rendition.recipe}** {rendition.width}×{rendition.height}, {rendition.duration_s:.1f} s"
        yield f"![{rendition.recipe}]({_address(workspace, file.with_suffix('.jpg'))})"
        yield f"[{file}]({_address(workspace, file)})"
    yield "\n".join(f"- careful: {warning}" for warning in clip.warnings)


def _pack(workspace: Workspace, folder: Path) -> str:
    zipped = folder.with_name(f"{folder.name}.zip")
    return f"- [{zipped.name}]({_address(workspace, zipped)}), unpacked in `{folder}`"


def _address(workspace: Workspace, path: Path) -> str:
    """Where the desk shows a file of the home folder."""
    inside = path.relative_to(workspace.home)
    return f"http://127.0.0.1:{workspace.settings.desk_port}/{quote(inside.as_posix())}"
