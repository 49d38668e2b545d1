"""Killed at any step: nothing half-made is visible, nothing is lost, and the next run goes on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.catalogue import audit, clips, recordings
from archive.store import content_hash
from clipping.sharing.pack import check_pack
from flows.asks import RunAsk
from flows.rapid import rapid_rebuttal
from flows.telling import tell_nobody
from flows.workspace import open_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
# The run tells its events on stderr, a line each; we kill it right behind one of them.
BEHIND = ("ingest:", "transcribe:", "flag:", "clip:", "clip: ready", "pack:")


def run_and_kill(recording: Path, watchlist: Path, home: Path, behind: str) -> None:
    command = [sys.executable, "-m", "desk.cli.main", "run", str(recording), "--watchlist", str(watchlist)]
    command += ["--recipe", "landscape720,portrait", "--home", str(home)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY, start_new_session=True)
    assert process.stderr
    for line in process.stderr:
        if line.startswith(behind):
            os.kill(process.pid, signal.SIGKILL)  # it alone: what it started must end by itself
            break
    process.wait()
    process.stderr.close()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("behind", BEHIND)
def test_a_killed_run_leaves_nothing_half_made_and_goes_on(
    behind: str, recording: Path, watchlist: Path, home: Path
) -> None:
    run_and_kill(recording, watchlist, home, behind)
    with open_workspace(home) as workspace:
        _everything_visible_is_whole(home)
        answer = rapid_rebuttal(
            workspace,
            RunAsk(source=str(recording), watchlist=str(watchlist), recipes=("landscape720", "portrait")),
            tell_nobody,
        )
        assert answer.failures == ()
        assert [r.recipe for r in answer.clips[0].renditions] == ["landscape720", "portrait"]
        assert len(answer.packs) == 1
        with workspace.catalogue.read() as tx:
            assert audit.verify_chain(tx) is None
            assert len(recordings.all(tx)) == 1
    _everything_visible_is_whole(home)


def _everything_visible_is_whole(home: Path) -> None:
    """What the catalogue lists has the bytes it says, and every other visible file is whole by its own record."""
    listed = set()
    with open_workspace(home) as workspace, workspace.catalogue.read() as tx:
        for recording in recordings.all(tx):
            assert content_hash(workspace.store.get(recording.key)) == recording.sha256
        for clip in clips.of(tx):
            for rendition in clip.renditions:
                path = workspace.local.get(rendition.key)
                assert content_hash(path) == rendition.sha256
                listed.add(path)
    for path in (home / "clips").rglob("*.mp4"):
        if path not in listed:  # published in a transaction that did not commit: whole, and not listed
            assert content_hash(path) == json.loads(path.with_suffix(".json").read_text())["verified"]["sha256"]
    for pack in (home / "packs").glob("[!.]*/"):
        assert check_pack(pack) == ()
