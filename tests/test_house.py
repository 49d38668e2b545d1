"""The house's rules: arrows point down, one door to ffmpeg, Prefect stays upstairs, nothing unfinished."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
ROOMS = ("archive", "transcription", "analytics", "clipping", "flows", "desk")
BELOW = {
    "archive": set(),
    "transcription": {"archive"},
    "analytics": {"archive"},
    "clipping": {"archive", "transcription"},
    "flows": {"archive", "transcription", "analytics", "clipping"},
    "desk": {"archive", "transcription", "analytics", "clipping", "flows"},
}
SOURCES = [path for room in ROOMS for path in sorted((REPOSITORY / room).rglob("*.py"))]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_arrows_point_down(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top = name.split(".")[0]
        if top in ROOMS and top != room:
            assert top in BELOW[room], f"{room} must not import {name}"
        if top == "prefect":
            assert room in ("flows", "desk"), f"{room} must not import Prefect"
        if name.startswith("archive.catalogue"):
            assert room in ("archive", "flows"), f"{room} must not open the catalogue"
        if room == "clipping" and top == "transcription":
            assert name.startswith("transcription.transcript"), "clipping sees the transcript it is given"
        if room == "desk":
            assert top not in ("sqlalchemy", "ffmpeg", "av"), f"the desk knows neither SQL nor ffmpeg: {name}"


WITHIN_CLIPPING = {
    "language": set(),
    "listening": {"language"},
    "cutting": {"language", "listening"},
    "look": set(),
    "rendering": {"look"},
    "proof": {"look"},
    "sharing": {"listening", "look", "proof"},
}


WITHIN_ANALYTICS = {
    "model": set(),
    "reading": {"model"},
    "people": {"model"},
    "sources": {"model", "reading", "people"},
    "pulls": {"model", "reading", "sources"},
    "lake": {"model"},
    "reach": {"model"},
    "disclosure": {"model"},
    "compare": {"model"},
    "adwatch": {"model", "lake"},
    "questions": {"model", "lake", "people", "reach", "compare", "adwatch"},
    "claims": {"model", "lake", "people", "reach", "questions"},
    "reports": {"model", "people", "sources", "questions", "claims", "compare", "adwatch", "disclosure"},
}


def rooms_imported(path: Path, room: str, within: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """(room, what it imports) for every import of one inner room from another. Relative imports stay inside."""
    inner = path.relative_to(REPOSITORY / room).parts[0]
    for name in imports(path):
        parts = name.split(".")
        if inner in within and parts[0] == room and parts[1] in within and parts[1] != inner:
            yield inner, parts[1]


@pytest.mark.parametrize(("room", "within"), [("clipping", WITHIN_CLIPPING), ("analytics", WITHIN_ANALYTICS)])
def test_arrows_point_down_within_a_room_too(room: str, within: dict[str, set[str]]) -> None:
    for path in (path for path in SOURCES if room_of(path) == room):
        for inner, other in rooms_imported(path, room, within):
            assert other in within[inner], f"{path}: {inner} must not import {other}"


def test_analytics_sees_of_the_archive_what_it_may() -> None:
    for path in (path for path in SOURCES if room_of(path) == "analytics"):
        for name in imports(path):
            if name.startswith("archive."):
                assert name.split(".")[1] in ("errors", "store", "timeline"), f"{path} must not import {name}"


def test_only_the_door_starts_ffmpeg() -> None:
    for path in SOURCES:
        if "imageio_ffmpeg" in {name.split(".")[0] for name in imports(path)}:
            assert path.relative_to(REPOSITORY).parts[:2] == ("archive", "media"), path


def test_nothing_is_left_unfinished() -> None:
    for path in SOURCES:
        found = re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found and found.group()}"


def test_modules_and_functions_stay_short() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= LONGEST_MODULE, f"{path} is too long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= LONGEST_FUNCTION or _is_a_form(node), f"{path}:{node.lineno} {node.name}: {length}"


def _is_a_form(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A command or a flow: mostly its typed, described parameters."""
    return len(node.args.args) >= 8


def test_no_room_has_a_corner_for_odds_and_ends() -> None:
    for path in SOURCES:
        assert path.stem not in ("utils", "helpers", "common", "misc", "manager"), path


def test_no_registry_host_or_machine_path_is_named() -> None:
    hosts = (
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "deb.debian" + ".org",
        "npmjs" + ".org",
        "/work" + "/main",
    )
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in listed:
        path = REPOSITORY / name
        if path.suffix in (".py", ".md", ".toml", ".txt", ".yaml", "") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not any(host in text for host in hosts), path


def test_rooms_share_one_root_of_errors() -> None:
    from archive.errors import SoundbiteError
    from clipping.errors import ClippingError
    from flows.errors import FlowError
    from transcription.errors import TranscriptionError

    assert all(issubclass(base, SoundbiteError) for base in (ClippingError, FlowError, TranscriptionError))
