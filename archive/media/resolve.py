"""Which ffmpeg we run: one resolver, one setting, the version recorded with every clip."""

from __future__ import annotations

import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path

from archive.errors import SettingsWrong

SETTING = "SOUNDBITE_FFMPEG"


def ffmpeg_binary() -> Path:
    """The ffmpeg we run: `SOUNDBITE_FFMPEG` if set, else the one in the imageio-ffmpeg wheel.

    Raises SettingsWrong where the setting names nothing that can be run.
    """
    named = os.environ.get(SETTING, "")
    if not named:
        return _bundled()
    path = Path(named)
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise SettingsWrong(f"{SETTING} names {named}, which is no program", "Name an ffmpeg, or unset it")
    return path.absolute()


@lru_cache(maxsize=1)
def _bundled() -> Path:
    import imageio_ffmpeg

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe()).absolute()
    except RuntimeError as error:
        raise SettingsWrong("There is no ffmpeg in the imageio-ffmpeg package", f"Name one in {SETTING}") from error


def ffmpeg_version() -> str:
    """The version as ffmpeg prints it, such as `n9.0.2-17-g2a571b6068`.

    Raises SettingsWrong where the program is no ffmpeg.
    """
    return _version_of(ffmpeg_binary())


@lru_cache(maxsize=4)
def _version_of(binary: Path) -> str:
    command = [str(binary), "-version"]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, errors="replace", check=True, timeout=30)
    except (OSError, subprocess.SubprocessError) as error:
        raise _no_ffmpeg(binary) from error
    found = re.match(r"ffmpeg version (\S+)", shown.stdout)
    if found is None:
        raise _no_ffmpeg(binary)
    return found.group(1)


def _no_ffmpeg(binary: Path) -> SettingsWrong:
    return SettingsWrong(f"{binary} does not run as ffmpeg", f"Name an ffmpeg in {SETTING}, or unset it")
