"""Settings: the file, the environment over it, and one line for what is wrong."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archive.errors import SettingsWrong
from archive.media import sandbox_state
from flows.doctor import examine
from flows.settings import load_settings


def write(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "soundbite.toml").write_text(text, encoding="utf-8")


def test_an_empty_home_has_the_defaults(home: Path) -> None:
    assert load_settings(home).recipes == ("vertical", "portrait", "landscape")


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, 'zone = "UTC"\nclips_per_recording = 7\nrecipes = ["portrait"]')
    assert load_settings(home).recipes == ("portrait",)
    monkeypatch.setenv("SOUNDBITE_CLIPS_PER_RECORDING", "2")
    monkeypatch.setenv("SOUNDBITE_RECIPES", "vertical, landscape")
    settings = load_settings(home)
    assert (settings.zone, settings.clips_per_recording) == ("UTC", 2)
    assert settings.recipes == ("vertical", "landscape")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("zone = 'Europe/Londn'", "Europe/Londn"),
        ("clips_per_recording = -1", "clips_per_recording"),
        ("clips_per_recordng = 1", "no setting called 'clips_per_recordng'"),
        ("zone = ", "can't be read"),
        ("server_port = 80", "server_port"),
        ("server_port = 4300\ndesk_port = 4300", "server_port and desk_port are both 4300"),
        ("server_port = 4208", "server_port and desk_port are both 4208"),
        ("overnight_cron = 'at night'", "'at night' is no schedule; one is '30 4 * * *'"),
        ("overnight_cron = '99 4 * * *'", "'99 4 * * *' is no schedule"),
        ("overnight_cron = '0 30 4 * * *'", "is no schedule"),
        ("overnight_cron = '0 4 31 2 *'", "'0 4 31 2 *' is no schedule"),
        ("overnight_cron = ''", "is no schedule"),
        ("watchlist = '~nobody-here/list.yaml'", "~nobody-here/list.yaml names the home folder of nobody"),
        ("kit = '~nobody-here'", "names the home folder of nobody"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(home: Path, text: str, reason: str) -> None:
    write(home, text)
    with pytest.raises(SettingsWrong) as caught:
        load_settings(home)
    assert reason in str(caught.value)
    assert "\n" not in caught.value.what
    assert caught.value.exit_code == 2


PATHS = ("watch_folder", "watchlist", "whisper_weights", "whisper_cache", "kit", "imprint")


@pytest.mark.parametrize("name", PATHS)
def test_a_relative_path_is_below_home_in_the_file_and_below_here_in_the_environment(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(home, f'{name} = "ours/one"')
    monkeypatch.chdir(tmp_path)
    assert str(getattr(load_settings(home), name)) == str(home / "ours" / "one")
    monkeypatch.setenv(f"SOUNDBITE_{name.upper()}", "theirs/two")
    assert str(getattr(load_settings(home), name)) == str(tmp_path / "theirs" / "two")


@pytest.mark.parametrize("name", PATHS)
def test_a_tilde_is_somebodys_home_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(home, f'{name} = "~/ours"')
    assert str(getattr(load_settings(home), name)) == str(tmp_path / "ours")
    monkeypatch.setenv(f"SOUNDBITE_{name.upper()}", "~/theirs")
    assert str(getattr(load_settings(home), name)) == str(tmp_path / "theirs")


def test_a_bundled_kit_or_imprint_keeps_its_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, 'kit = "plain"')
    monkeypatch.setenv("SOUNDBITE_IMPRINT", "example")
    settings = load_settings(home)
    assert (settings.kit, settings.imprint) == ("plain", "example")


def test_what_is_empty_is_not_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, 'zone = "UTC"\nwatchlist = ""')
    for name in ("ZONE", "RECIPES", "WORKERS", "WATCH_FOLDER", "ENGINE"):
        monkeypatch.setenv(f"SOUNDBITE_{name}", "")
    settings = load_settings(home)
    assert (settings.zone, settings.workers, settings.watch_folder, settings.watchlist) == ("UTC", 1, None, None)


def test_the_bundled_schedule_and_names_of_days_are_accepted(home: Path) -> None:
    write(home, "overnight_cron = '*/15 4-6 * * MON-FRI'")
    assert load_settings(home).overnight_cron == "*/15 4-6 * * MON-FRI"


@pytest.mark.parametrize("program", ["/bin/false", "/bin/true", "/nowhere/ffmpeg"])
def test_the_doctor_says_that_the_named_ffmpeg_is_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("SOUNDBITE_FFMPEG", program)
    sandbox_state.cache_clear()
    found = {check.name: check for check in examine(home).checks}
    sandbox_state.cache_clear()
    assert not found["ffmpeg"].ok
    assert program in found["ffmpeg"].detail
    assert "Name an ffmpeg" in found["ffmpeg"].mend
    assert found["home"].ok


def test_a_wrapper_that_hangs_is_no_wrapper(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], **kwargs: object) -> None:
        raise subprocess.TimeoutExpired(command, 10)

    monkeypatch.setattr(subprocess, "run", hang)
    sandbox_state.cache_clear()
    state = sandbox_state()
    sandbox_state.cache_clear()
    assert (state.available, state.dies_with_parent, state.is_limited) == (False, False, False)
