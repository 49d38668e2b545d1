"""soundbite doctor: what is installed, what is missing, how to mend it."""

from __future__ import annotations

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, home_path


def doctor(as_json: AsJson = False, home: Home = None) -> int:
    """Check the machine, the home folder and the settings in force."""
    from flows.doctor import examine

    answer = examine(home_path(home))
    told = []
    for check in answer.checks:
        mark = "ok  " if check.ok else "MISS" if check.needed else "--  "
        told.append(f"{mark} {check.name:<22} {check.detail}" + (f"  → {check.mend}" if check.mend else ""))
    give(answer, told, as_json=as_json)
    return 0 if all(check.ok or not check.needed for check in answer.checks) else 1
