"""Clip × age × gender over the lake's values: through the lake, by bare DuckDB SQL on the same data, and by pandas.

    python -m bench.lake [--rows 100000000] [--folder DIR] [--runs 3] [--without-pandas]

The data: posts of clips on three platforms, their impressions by day, six age bands and three genders, a year of
months, each month one import. "Bare" is what a person would write: SQL over the Parquet files as they came in
(the lake's own history), with DuckDB's usual settings. pandas reads the same files one after the other and adds the
sums, since all at once they outgrow this machine's memory. Each run is a process of its own: wall time after its
imports, the largest resident size it ever had. The runs take turns; the table has the medians.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd

from analytics.lake import Lake
from analytics.lake.receipts import receipt_of, to_json
from analytics.model.extract import Extract
from analytics.model.values import as_objects, as_values

CELLS, DAYS, MONTHS, BEGINS = 18, 90, 12, 270
POSTS_A_CLIP = 4
MEMORY_GB = 2.0
QUESTION = """
    SELECT l.clip, v.age, v.gender, sum(v.low) AS impressions
    FROM {values} v JOIN {links} l ON l.platform = v.platform AND l.object = v.object GROUP BY ALL
"""
# Row i is cell i % 18 of day i / 18 % 90 of post i / 1620; one post after the other begins, over 270 days.
_ROWS = """
    SELECT ['facebook', 'youtube', 'tiktok'][1 + post % 3] AS platform, 'Page ' || post % 3 AS account,
           'post' AS object_kind, 'v' || printf('%011d', post * 7919) AS object, '' AS placement,
           'organic' AS payment, 'impressions' AS metric, 'first' AS definition, '' AS currency, 'day' AS grain,
           day AS start, day + INTERVAL 1 DAY AS "end",
           ['13-17', '18-24', '25-34', '35-44', '45-54', '55+'][1 + cell // 3] AS age,
           ['female', 'male', 'unknown'][1 + cell % 3] AS gender, 'all' AS place, 'all' AS place_kind,
           'delivered' AS basis, 'observed' AS state, low, low AS high,
           TIMESTAMPTZ '2027-01-01 06:00:00+00' AS snapshot_at, '{month}' AS import_id, i AS line
    FROM (
        SELECT i, i // {per_post} AS post, i % {cells} AS cell, (hash(i) % 1000 * (1 + post % 7) // 10)::DOUBLE AS low,
               TIMESTAMPTZ '2026-01-01 00:00:00+00'
                   + to_days((post * {begins} // {posts} + i // {cells} % {days})::INT) AS day
        FROM range({low}, {high}) t(i)
    ) WHERE month(day) = {number}
"""


def make(folder: Path, rows: int) -> None:
    """History as imports leave it, month by month, then the lake's own files from it."""
    shutil.rmtree(folder, ignore_errors=True)
    for kind in ("values", "objects"):
        (folder / "history" / kind).mkdir(parents=True)
    connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder / "spill")})
    connection.execute("SET TimeZone = 'UTC'")
    for number in range(1, MONTHS + 1):
        month = f"2026-{number:02d}"
        made = _ROWS.format(month=month, number=number, **_span(number, rows))
        path = folder / "history" / "values" / f"{month}.parquet"
        said = _receipt(month).replace("'", "''")
        connection.execute(
            f"COPY ({made}) TO '{path}' "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{'soundbite.receipt': '{said}'}})"
        )
        shutil.copy(_no_objects(folder), folder / "history" / "objects" / f"{month}.parquet")
    connection.close()
    lake = Lake(folder)
    lake.rebuild()
    lake.put_links(*_links(rows))


def _span(number: int, rows: int) -> dict[str, int]:
    """The facts of the data, and which rows can fall into a month: those of posts that began shortly before."""
    per_post = CELLS * DAYS
    posts = -(-rows // per_post)
    opens = (date(2026, number, 1) - date(2026, 1, 1)).days
    low, high = (-(-max(0, day) * posts // BEGINS) * per_post for day in (opens - DAYS, opens + 31))
    facts = {"per_post": per_post, "cells": CELLS, "days": DAYS, "posts": posts, "begins": BEGINS}
    return facts | {"low": min(low, rows), "high": min(high, rows)}


def _receipt(month: str) -> str:
    empty = as_values(pd.DataFrame(columns=["platform", "metric", "low", "high", "snapshot_at"]))
    now = datetime(2027, 1, 1, int(month[-2:]), tzinfo=UTC)
    extract = Extract("bench", "1", "en", 0, now, "given", empty)
    return to_json(replace(receipt_of(extract, month, f"{month}.csv", {}, now, {}), rows=0))


def _no_objects(folder: Path) -> Path:
    path = folder / "no-objects.parquet"
    as_objects(pd.DataFrame()).to_parquet(path)
    return path


def _links(rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    posts = pd.Series(range(-(-rows // (CELLS * DAYS))))
    links = pd.DataFrame(
        {
            "platform": posts.map(lambda post: ("facebook", "youtube", "tiktok")[post % 3]),
            "object": posts.map(lambda post: f"v{post * 7919:011d}"),
            "clip": (posts // POSTS_A_CLIP).map("c_{:06d}".format),
        }
    )
    return links, pd.DataFrame({"clip": links["clip"].unique(), "topic": "housing"})


def ours(folder: Path) -> pd.DataFrame:
    return Lake(folder).frame(QUESTION.format(values="current_values", links="links"))


def tidy(folder: Path) -> pd.DataFrame:
    return Lake(folder).frame("SELECT clip, age, gender, sum(low) AS impressions FROM tidy GROUP BY ALL")


def bare(folder: Path) -> pd.DataFrame:
    values, links = _plain(folder)
    asked = QUESTION.format(values=f"read_parquet('{values}/*.parquet')", links=f"read_parquet('{links}')")
    found = duckdb.sql(asked)
    assert found is not None
    return found.to_arrow_table().to_pandas()


def in_pandas(folder: Path) -> pd.DataFrame:
    values, file = _plain(folder)
    links = pd.read_parquet(file, columns=["platform", "object", "clip"])
    parts = []
    for path in sorted(values.glob("*.parquet")):
        read = pd.read_parquet(path, columns=["platform", "object", "age", "gender", "low"])
        joined = read.merge(links, on=["platform", "object"])
        parts.append(joined.groupby(["clip", "age", "gender"], as_index=False)["low"].sum())
    whole = pd.concat(parts).groupby(["clip", "age", "gender"], as_index=False)["low"].sum()
    return whole.rename(columns={"low": "impressions"})


def _plain(folder: Path) -> tuple[Path, Path]:
    (links,) = (folder / "current" / "links").glob("*.parquet")
    return folder / "history" / "values", links


WAYS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "bare DuckDB": bare,
    "the lake": ours,
    "the lake, tidy": tidy,
    "pandas": in_pandas,
}


def measured(way: str, folder: Path) -> dict[str, float]:
    """What one run, in a process of its own, took: seconds, peak bytes, and what it came to."""
    command = [sys.executable, "-m", "bench.lake", "--folder", str(folder), "--way", way]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def run_here(way: str, folder: Path) -> None:
    began = time.perf_counter()
    found = WAYS[way](folder)
    seconds = time.perf_counter() - began
    (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    told = {"groups": len(found), "total": float(found["impressions"].sum())}
    print(json.dumps({"seconds": seconds, "peak": int(peak.split()[1]) * 1024, **told}))


def table(rows: int, found: dict[str, list[dict[str, float]]]) -> None:
    first = {way: (runs[0]["groups"], runs[0]["total"]) for way, runs in found.items()}
    if len(set(first.values())) != 1:
        sys.exit(f"The answers differ: {first}")
    seconds = {way: median(run["seconds"] for run in runs) for way, runs in found.items()}
    print(f"| {rows:,} rows, clip × age × gender | wall | against bare | peak memory |")
    print("|---|---|---|---|")
    for way, runs in found.items():
        peak = max(run["peak"] for run in runs) / 1e9
        print(f"| {way} | {seconds[way]:.2f} s | {seconds[way] / seconds['bare DuckDB']:.2f} | {peak:.2f} GB |")
    if "pandas" in seconds:
        print(f"\nThe lake / pandas: 1/{seconds['pandas'] / seconds['the lake']:.1f} (wanted: 1/8 or less).")
    print("Wanted: the lake / bare 1.25 or less, under 2 GB.")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the lake there and use it again")
    parser.add_argument("--without-pandas", action="store_true")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.way:
        run_here(wanted.way, wanted.folder)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = (wanted.folder or Path(temporary)) / f"{wanted.rows}"
        if not (folder / "current.json").exists():
            began = time.perf_counter()
            make(folder, wanted.rows)
            print(f"made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        ways = [way for way in WAYS if way != "pandas" or not wanted.without_pandas]
        found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
        for turn in range(wanted.runs):
            for way in ways:
                if way != "pandas" or turn == 0:  # minutes, and one run shows a factor of eight
                    found[way].append(measured(way, folder))
        table(wanted.rows, found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
