"""What a run leaves on Prefect's page: a frame of each shape, and links to the files and the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from .results import ClipResult, MetricsResult, ReportResult
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


def show_imports(answer: MetricsResult) -> None:
    """One artifact: every file of this run, what it held, and why it was refused."""
    if not answer.files:
        return
    rows = [
        {
            "file": Path(item.path).name,
            "status": item.status,
            "source": item.source,
            "rows": item.rows,
            "why": item.reason,
        }
        for item in answer.files
    ]
    create_table_artifact(key="imports", table=rows, description=f"{len(rows)} exports")


def show_report(workspace: Workspace, report: ReportResult) -> None:
    """One artifact: each question with its answer, and links to the pages, the workbook and the mail."""
    told = [f"### [{page.question}]({_address(workspace, Path(page.html))})\n{page.answer}" for page in report.pages]
    files = {"all pages": f"{report.folder}/index.html", "workbook": report.xlsx, "mail": report.mail}
    links = ", ".join(f"[{name}]({_address(workspace, Path(path))})" for name, path in files.items())
    create_markdown_artifact(key="report", markdown="\n\n".join([*told, links]), description=report.pages[0].answer)


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
