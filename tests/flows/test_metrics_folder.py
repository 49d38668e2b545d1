"""A folder of exports with things in it that are none, or can't be read: each answered, none in the others' way."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import AskWrong
from flows import metrics
from flows.asks import MetricsAsk
from flows.metrics import import_folder, import_metrics
from flows.telling import tell_nobody
from flows.workspace import open_workspace
from tests.flows.reach import tiktok


def test_a_dangling_link_and_a_folder_stop_nobody(home: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    (exports / "folder.csv").mkdir(parents=True)
    (exports / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    tiktok(exports)
    with open_workspace(home) as workspace:
        first = import_metrics(workspace, [exports], MetricsAsk(), tell_nobody)
        again = import_folder(workspace, tell_nobody, folder=exports)
        (alone,) = import_metrics(workspace, [exports / "gone.csv"], MetricsAsk(), tell_nobody).files
    assert {Path(file.path).name: file.status for file in first.files} == {
        "gone.csv": "quarantined", "Overview.csv": "imported",
    }  # fmt: skip
    assert [(Path(file.path).name, file.status) for file in again.files] == [("Overview.csv", "known")]
    assert alone.status == "quarantined"
    assert "can't be read" in alone.reason


def test_a_file_that_may_not_be_read_is_quarantined(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, read_bytes = tiktok(tmp_path), Path.read_bytes

    def denied(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    def not_hashed(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", denied)
    monkeypatch.setattr(metrics, "content_hash", not_hashed)
    with open_workspace(home) as workspace:
        (answer,) = import_folder(workspace, tell_nobody, folder=tmp_path).files
    assert (answer.status, "Permission denied" in answer.reason) == ("quarantined", True)


def test_a_slip_in_what_is_said_ends_it_at_once(home: Path, tmp_path: Path) -> None:
    said = MetricsAsk(first="2026-11-14", last="2026-11-01")
    with open_workspace(home) as workspace, pytest.raises(AskWrong, match="ends before"):
        import_metrics(workspace, [tiktok(tmp_path)], said, tell_nobody)
