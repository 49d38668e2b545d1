"""From a lake of ten million values to a full report: every page, the workbook and the mail.

    python -m bench.report [--rows 10000000] [--folder DIR] [--runs 3]

The lake is that of bench.lake: posts of clips on three platforms, impressions by day, age and gender, a year of months.
The report is of a fortnight in June; a process of its own for each run, wall time with its imports. The table has the
median and the largest resident size.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from analytics.model.scope import Window
from bench.lake import make

FORTNIGHT = Window(date(2026, 6, 1), date(2026, 6, 14))


def write(lake: Path, folder: Path) -> None:
    """One report, as `soundbite report` makes it, from the lake alone."""
    import analytics
    from analytics.disclosure.keeping import Keeper
    from analytics.people.population import Population
    from analytics.questions.sight import look
    from analytics.reports.edition import write_edition
    from analytics.reports.pages import PAGES
    from archive.store import Store

    keeper = Keeper(Store(folder))
    sight = look(
        analytics.open(lake),
        FORTNIGHT,
        population=Population.load(),
        hide=lambda name, window, table: keeper.protect(name, window, table).shown,
    )
    pages = [build(sight) for build in PAGES]
    write_edition(pages, folder / "edition", title="Bench", window=FORTNIGHT, made_at=datetime.now(UTC), replace=True)


def timed(lake: Path) -> tuple[float, float]:
    """Wall seconds and gigabytes of one report in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.report", "--one", str(lake), folder]
        began = time.monotonic()
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return time.monotonic() - began, float(told.split()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.report")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.one:
        write(*wanted.one)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        lake = wanted.folder or Path(scratch) / "lake"
        if not (lake / "current.json").exists():
            make(lake, wanted.rows)
        runs = [timed(lake) for _ in range(wanted.runs)]
    print("| what | wall | wanted | peak memory |\n|---|---|---|---|")
    seconds, size = median(run[0] for run in runs), max(run[1] for run in runs)
    print(f"| {wanted.rows:,} values → full report | {seconds:.1f} s | ≤ 8 s | {size:.2f} GB |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
