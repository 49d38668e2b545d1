"""`soundbite metrics import` of a file of a million rows, into an empty lake: wanted, 10 seconds or less.

    python -m bench.metrics_import [--rows 1000000] [--runs 3]

Two shapes: a plain table of video, date and views, and an Ads Manager export by day, age and gender, whose every row
holds three numbers. Each run is a process of its own; the time is that of importing.import_file, with the imports of
Python done, and beside it how much of that was reading. The table has the medians.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import analytics
from analytics.importing import import_file, read_export
from analytics.model.extract import Ask

WANTED_S = 10.0
BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "unknown")
FIRST = date(2026, 1, 1)


def plain(rows: int) -> Iterator[str]:
    yield "Video ID,Title,Date,Views"
    for row in range(rows):
        yield f'v{row // 90:07d},"Clip {row // 90}, as posted",{FIRST + timedelta(days=row % 90)},{row * 7919 % 5000}'


def ads_manager(rows: int) -> Iterator[str]:
    yield (
        "Reporting starts,Reporting ends,Day,Account name,Ad ID,Ad name,Age,Gender,Impressions,Reach,Amount spent (GBP)"
    )
    cells = [(band, gender) for band in BANDS for gender in GENDERS]
    for row in range(rows):
        band, gender = cells[row % len(cells)]
        group = row // len(cells)
        day, ad, seen = FIRST + timedelta(days=group % 30), group // 30, row * 7919 % 5000
        yield (
            f"2026-01-01,2026-01-30,{day},Our page,{120_000_000_000_000_000 + ad},Ad {ad},{band},{gender},"
            f"{seen},{seen * 4 // 5},{seen / 250:.2f}"
        )


SHAPES: dict[str, Callable[[int], Iterator[str]]] = {
    "plain table": plain,
    "Ads Manager, by age and gender": ads_manager,
}
ASK = Ask(locale="en-GB", platform="youtube")


def run_here(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = analytics.open(folder)
        began = time.perf_counter()
        imported = import_file(lake, path, ASK)
        whole = time.perf_counter() - began
        if imported.status != "imported" or imported.refused:
            sys.exit(f"{imported.status}: {imported.reason}")
        values = int(lake.frame("SELECT count(*) AS n FROM current_values")["n"].iloc[0])
    began = time.perf_counter()
    read_export(path, ASK)
    reading = time.perf_counter() - began
    print(json.dumps({"whole": whole, "reading": reading, "rows": imported.rows, "values": values}))


def measured(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.metrics_import", "--file", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.file:
        run_here(wanted.file)
        return 0
    print("| file | rows | values | imported in | of it reading | wanted |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in SHAPES.items():
            path = Path(folder, "export.csv")
            with path.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines(wanted.rows))
            runs = [measured(path) for _ in range(wanted.runs)]
            whole, reading = (median(run[part] for run in runs) for part in ("whole", "reading"))
            rows, values = (int(runs[0][part]) for part in ("rows", "values"))
            print(
                f"| {name} | {rows:,} | {values:,} | {whole:.1f} s | {reading:.1f} s | ≤ {WANTED_S:.0f} s |", flush=True
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
