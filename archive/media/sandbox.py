"""Around ffmpeg: bubblewrap where the machine allows it, else setpriv and prlimit, else nothing.

In bubblewrap ffmpeg sees only its own program, the named inputs (read only) and the named outputs; it has
no network and dies with its parent. Without it, setpriv still makes it die with its parent and prlimit
still limits memory and processor time. None of this exists on macOS, where ffmpeg runs plainly.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import SettingsWrong
from archive.media.resolve import ffmpeg_binary

_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")


@dataclass(frozen=True)
class SandboxState:
    """Whether ffmpeg is shut in, in words for `soundbite doctor`."""

    available: bool
    detail: str
    dies_with_parent: bool = False
    is_limited: bool = False


@lru_cache(maxsize=1)
def sandbox_state() -> SandboxState:
    """Try bubblewrap once with the real ffmpeg. Never raises."""
    dies, limited = _works("setpriv", "--pdeathsig", "KILL"), _works("prlimit", "--core=0")
    trouble = _bubblewrap_trouble()
    if not trouble:
        return SandboxState(True, "bubblewrap: no network, only named files", True, limited)
    rest = "still dies with its parent (setpriv)" if dies else "may outlive a killed parent"
    return SandboxState(False, f"no sandbox: {trouble}; ffmpeg {rest}", dies, limited)


def _works(*wrapper: str) -> bool:
    true = shutil.which("true")
    if not shutil.which(wrapper[0]) or not true:
        return False
    try:
        return subprocess.run([*wrapper, true], capture_output=True, check=False, timeout=10).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _bubblewrap_trouble() -> str:
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed (Debian: apt install bubblewrap)"
    try:
        command = [*_bubblewrap((), ()), str(ffmpeg_binary()), "-hide_banner", "-version"]
        tried = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=20)
    except SettingsWrong as error:
        return error.what
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not start ({error})"
    return "" if tried.returncode == 0 else f"bubblewrap does not work here ({tried.stderr.strip()[:120]})"


def wrapped(
    command: Sequence[str], reads: Sequence[Path], writes: Sequence[Path], *, memory: int, cpu_s: int
) -> list[str]:
    """`command` with everything around it that this machine offers.

    `reads` and `writes` are absolute; each of `writes` exists (a file or a folder).
    """
    state = sandbox_state()
    outer: list[str] = []
    if state.is_limited:
        outer = ["prlimit", f"--as={memory}", f"--cpu={cpu_s}:{cpu_s + 5}", "--core=0", "--"]
    if state.available:
        outer += _bubblewrap(reads, writes)
    elif state.dies_with_parent:
        outer += ["setpriv", "--pdeathsig", "KILL", "--"]
    return [*outer, *command]


def _bubblewrap(reads: Sequence[Path], writes: Sequence[Path]) -> list[str]:
    binary = ffmpeg_binary()
    walls = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    walls += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - inside the sandbox
    if not _is_static(binary):
        walls += [word for place in _SYSTEM for word in ("--ro-bind-try", place, place)]
    walls += ["--ro-bind", str(binary.resolve()), str(binary)]
    for path in reads:
        walls += ["--ro-bind", str(path.resolve()), str(path)]
    for path in writes:
        walls += ["--bind", str(path.resolve()), str(path)]
    return [*walls, "--chdir", "/tmp", "--"]  # noqa: S108 - inside the sandbox


@lru_cache(maxsize=4)
def _is_static(binary: Path) -> bool:
    with binary.open("rb") as file:
        return b"/ld-" not in file.read(4096)  # the ELF interpreter's path stands in the first page
