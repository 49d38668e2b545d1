"""`verify archive`: what lies in the store, and not a copy of it, is what was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from archive.catalogue import recordings
from archive.catalogue.recordings import CaptionFile
from archive.store import Store
from flows.verify import verify_target
from flows.workspace import Workspace, open_workspace
from tests.archive.rows import a_recording

Spoil = Callable[[str], None]


def key_of(content: bytes, suffix: str) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    return f"originals/{sha256[:2]}/{sha256}{suffix}"


FILM, WORDS = key_of(b"film", ".ts"), key_of(b"words", ".srt")


@pytest.fixture(params=["folder", "object storage"])
def held(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[Workspace, Spoil]]:
    """A home with one recording, "film", and its captions, "words"; and what changes a kept file behind our back."""
    workspace = open_workspace(home)
    memory = fsspec.filesystem("memory")
    if request.param == "object storage":
        workspace = replace(workspace, store=Store("memory://bucket/soundbite", home))
    with workspace:
        put(workspace, home / "film", b"film", FILM)
        put(workspace, home / "words", b"words", WORDS)
        sha256 = hashlib.sha256(b"film").hexdigest()
        captions = (CaptionFile(WORDS, "news.srt", "srt"),)
        with workspace.catalogue.write("anna") as tx:
            recordings.add(tx, a_recording(id="r_1", sha256=sha256, key=FILM, captions=captions))

        def spoil(key: str) -> None:
            if workspace.store.is_local:
                (home / key).chmod(0o644)
                (home / key).write_bytes(b"other")
            else:
                memory.pipe_file(f"/bucket/soundbite/{key}", b"other")

        yield workspace, spoil
    if memory.exists("/bucket"):
        memory.rm("/bucket", recursive=True)


def put(workspace: Workspace, path: Path, content: bytes, key: str) -> None:
    path.write_bytes(content)
    workspace.store.put(path, key)
    workspace.store.get(key)  # with object storage: a copy lies in the cache now


def wrong(workspace: Workspace) -> list[tuple[str, str]]:
    result = verify_target(workspace, "archive")
    found = [(finding.check, finding.detail) for finding in result.findings if not finding.ok]
    assert result.ok == (not found)
    return found


def test_an_untouched_archive_is_verified_captions_too(held: tuple[Workspace, Spoil]) -> None:
    workspace, _ = held
    assert wrong(workspace) == []
    checks = [finding.check for finding in verify_target(workspace, "archive").findings]
    assert checks == ["audit trail", "r_1 news.ts", "r_1 news.srt"]


@pytest.mark.parametrize(("key", "name"), [(FILM, "r_1 news.ts"), (WORDS, "r_1 news.srt")])
def test_a_changed_original_is_found_past_the_cache(held: tuple[Workspace, Spoil], key: str, name: str) -> None:
    workspace, spoil = held
    spoil(key)
    assert wrong(workspace) == [(name, "its bytes have changed")]


def test_an_original_that_is_gone_is_found(held: tuple[Workspace, Spoil]) -> None:
    workspace, _ = held
    workspace.store._shelf.remove(WORDS)
    ((name, detail),) = wrong(workspace)
    assert name == "r_1 news.srt"
    assert "is not in the store" in detail
