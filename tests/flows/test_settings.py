"""Settings: the file, the environment over it, and one line for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import SettingsWrong
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
    ],
)
def test_what_is_wrong_is_said_in_one_line(home: Path, text: str, reason: str) -> None:
    write(home, text)
    with pytest.raises(SettingsWrong) as caught:
        load_settings(home)
    assert reason in str(caught.value)
    assert "\n" not in caught.value.what
    assert caught.value.exit_code == 2
