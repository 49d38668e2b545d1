"""The command's contract: exit codes, one line for what is wrong, and nothing but JSON on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def soundbite(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk.cli.main", *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, timeout=120)


def one_line(text: str) -> str:
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ingest", "/nowhere/at/all.mp4"), "/nowhere/at/all.mp4"),
        (("clip", "r_000", "--in", "1", "--out", "2"), "There is no recording r_000"),
        (("transcribe", "r_000"), "There is no recording r_000"),
        (("flag", "r_000", "--at", "soon"), "r_000"),
        (("pack", "c_000"), "There is no clip c_000"),
        (("verify", "c_000"), "There is no clip c_000"),
        (("clip",), "--help"),
        (("dance",), "--help"),
        (("run", "x.ts", "--clips", "many"), "--help"),
        (("run", "x.ts", "--watchlist", "/nowhere.yaml"), "/nowhere.yaml"),
        (("overnight",), "watch_folder"),
        (("search", "   "), "search"),
        (("metrics", "import", "/nowhere.csv"), "/nowhere.csv"),
        (("metrics", "import"), "exports_folder"),
        (("metrics", "dance"), "--help"),
        (("metrics", "pull", "myspace"), "myspace"),
        (("metrics", "pull", "tiktok"), "--account"),
        (("post", "c_000", "--platform", "x"), "--id"),
        (("post", "c_000", "--platform", "x", "--id", "1"), "There is no clip c_000"),
        (("post", "--table", "/nowhere.csv"), "/nowhere.csv"),
        (("claim", " "), "empty"),
        (("report",), "metrics import"),
        (("report", "--from", "soon"), "soon"),
        (("report", "--target", "/nowhere.yaml"), "/nowhere.yaml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_words_get_one_line_and_exit_2(words: tuple[str, ...], says: str, home: Path) -> None:
    done = soundbite(*words, home=home)
    assert done.returncode == 2, done.stderr
    assert says in one_line(done.stderr)
    assert done.stdout == ""


def test_an_error_with_json_is_a_document_too(home: Path) -> None:
    done = soundbite("clip", "r_000", "--in", "1", "--out", "2", "--json", home=home)
    assert done.returncode == 2
    assert json.loads(done.stdout)["exit_code"] == 2


def test_a_folder_without_media_is_said(tmp_path: Path, home: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear all")
    done = soundbite("run", str(tmp_path / "letters"), home=home)
    assert done.returncode == 2
    assert "letters" in one_line(done.stderr)


def test_text_named_mp4_is_refused_and_leaves_nothing(tmp_path: Path, home: Path) -> None:
    (tmp_path / "show.mp4").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    done = soundbite("ingest", str(tmp_path / "show.mp4"), "--json", home=home)
    assert done.returncode == 2
    (item,) = json.loads(done.stdout)["recordings"]
    assert item["status"] == "refused"
    assert item["reason"]
    assert not [path for path in (home / "originals").rglob("*") if path.is_file()]


def test_a_broken_setting_stops_every_command_in_one_line(home: Path) -> None:
    home.mkdir()
    (home / "soundbite.toml").write_text("clips_per_recording = 'some'")
    done = soundbite("search", "homes", home=home)
    assert done.returncode == 2
    assert "clips_per_recording" in one_line(done.stderr)


def test_doctor_shows_the_machine_and_the_settings(home: Path) -> None:
    done = soundbite("doctor", "--json", home=home)
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 0, done.stdout
    assert checks["ffmpeg"]["ok"]
    assert checks["setting zone"]["detail"] == "Europe/London"
    assert {"sandbox", "audit trail", "imprint", "whisper weights", "disk"} <= checks.keys()
    assert not checks["whisper weights"]["ok"]
    assert checks["whisper weights"]["mend"]


def test_help_is_for_people_and_quick_to_read(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli.main", "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert done.returncode == 0
    assert "soundbite run SOURCE" in " ".join(done.stdout.replace("│", " ").split())


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, desk.cli.main; print([n for n in ('prefect','torch','av','moviepy','cv2') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "[]"
