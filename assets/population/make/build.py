"""Builds seats.csv, seats_2010.csv, seats_ages.csv and seats_doubt.csv from files of the offices.

    python -m assets.population.make FOLDER

FOLDER holds, under these names: hoc_ge2024_results_by_constituency.csv (House of Commons Library),
ons_census21_wpc_age18.csv and ons_census21_wpc_sex.csv (ONS, Census 2021, seats of 2024),
pcon2010_single_year_age.csv (ONS, mid-2020, seats of 2010), pcon2010_to_pcon2024_population_overlap.csv.
ons_mid2024.csv stands in this repository already (or is made by people/loaders.py).

A seat of England or Wales: its census count of each of 18 bands, within a band by the single years of mid-2020
of the old seats that it was made of, by sex raked to its census count of each sex from the region's shares; then its
part of the region at each age and sex, times the region's mid-2024 figure. Elsewhere: the nation's
figures times the seat's part of the nation's electorate. README.md says what that is worth.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analytics.people.bands import parse_band
from analytics.people.places import NATIONS, REGIONS
from analytics.people.raking import rake
from analytics.people.seats import TABLES

from .doubt import measured

AGES = 91
BY_NAME = {name: code for code, name in {**NATIONS, **REGIONS}.items()}
# The overlap table holds five Scottish seats under the codes that they had before they were given new ones.
RECODED = {"S14000006": "S14000107", "S14000008": "S14000108", "S14000010": "S14000109",
           "S14000040": "S14000110", "S14000058": "S14000111"}  # fmt: skip


def build(folder: Path, into: Path = TABLES) -> None:
    """Writes the four tables; hexagons that are there already are kept (layout.py makes them)."""
    seats = read_seats(folder)
    hexes = pd.read_csv(into / "seats.csv")[["code", "hex_q", "hex_r"]] if (into / "seats.csv").exists() else None
    old = read_old(folder)
    areas = pd.read_csv(into / "ons_mid2024.csv").set_index(["code", "gender"])
    ages = seat_ages(seats, read_census(folder, seats, old, areas), areas)
    placed = seats.assign(hex_q=0, hex_r=0) if hexes is None else seats.merge(hexes, on="code", validate="1:1")
    _write(placed.sort_values("code"), into / "seats.csv")
    _write(old.drop(columns=[str(a) for a in range(AGES)]), into / "seats_2010.csv")
    _write(ages.round(0).astype(int).reset_index(), into / "seats_ages.csv")
    _write(measured(seats, ages, areas, folder), into / "seats_doubt.csv")


def read_seats(folder: Path) -> pd.DataFrame:
    """code, name, region, nation, electorate."""
    frame = pd.read_csv(folder / "hoc_ge2024_results_by_constituency.csv")
    return frame[["ONS ID", "Constituency name", "Region name", "Country name", "Electorate"]].set_axis(
        ["code", "name", "region", "nation", "electorate"], axis=1
    )


def read_old(folder: Path) -> pd.DataFrame:
    """old_code, old_name, code, share and the old seat's single years, one row a pair that shares people."""
    pairs = pd.read_csv(folder / "pcon2010_to_pcon2024_population_overlap.csv", encoding="utf-8-sig")
    pairs = pairs.set_axis(["old_code", "code", "share"], axis=1).replace({"code": RECODED})
    people = pd.read_csv(folder / "pcon2010_single_year_age.csv").drop(columns="all")
    people = people.rename(columns={"code": "old_code", "name": "old_name", "90+": "90"})
    kept = pairs[pairs["share"] > 0].merge(people, on="old_code", validate="m:1")
    return kept[["old_code", "old_name", "code", "share", *(str(a) for a in range(AGES))]]


def read_census(folder: Path, seats: pd.DataFrame, old: pd.DataFrame, areas: pd.DataFrame) -> dict[str, np.ndarray]:
    """A seat of England or Wales to its people at the census: (2, 91), female and male."""
    bands = pd.read_csv(folder / "ons_census21_wpc_age18.csv").set_axis(["code", "n", "i", "band", "count"], axis=1)
    sexes = pd.read_csv(folder / "ons_census21_wpc_sex.csv").set_axis(["code", "n", "i", "sex", "count"], axis=1)
    sex_counts = sexes.pivot_table(index="code", columns="sex", values="count")
    years = [str(a) for a in range(AGES)]
    profile = old[years].mul(old["share"], axis=0).groupby(old["code"]).sum()
    region_of = seats.set_index("code")["region"].map(BY_NAME)
    return {
        str(code): _by_sex(
            _single_years(rows, profile.loc[code].to_numpy()),
            sex_counts.loc[code, ["Female", "Male"]].to_numpy(float),
            areas.loc[[(region_of[code], "female"), (region_of[code], "male")]].to_numpy(float),
        )
        for code, rows in bands.groupby("code")
    }


def _single_years(rows: pd.DataFrame, profile: np.ndarray) -> np.ndarray:
    """The census's 18 bands, each spread over its years as the old seats' people were."""
    spread = np.zeros(AGES)
    for band, count in zip(rows["band"], rows["count"], strict=True):
        found = parse_band(band)
        if isinstance(found, str):
            raise ValueError(f"no census band: {band}")
        part = slice(found.low, min(found.high, AGES - 1) + 1)
        spread[part] = count * profile[part] / profile[part].sum()
    return spread


def _by_sex(years: np.ndarray, sexes: np.ndarray, region: np.ndarray) -> np.ndarray:
    seed = years * region / region.sum(axis=0)
    return rake(seed, sexes * years.sum() / sexes.sum(), years).table


def seat_ages(seats: pd.DataFrame, census: dict[str, np.ndarray], areas: pd.DataFrame) -> pd.DataFrame:
    """Index code, gender; columns "0" … "90": mid-2024. The seats of a region sum to its published figures."""
    made: dict[tuple[str, str], np.ndarray] = {}
    for region, rows in seats.groupby("region"):
        official = areas.loc[[(BY_NAME[str(region)], "female"), (BY_NAME[str(region)], "male")]].to_numpy(float)
        codes = list(rows["code"])
        if codes[0] in census:
            parts = np.stack([census[code] for code in codes])
        else:
            parts = rows["electorate"].to_numpy(float)[:, None, None] * np.ones((1, 2, AGES))
        shared = parts / parts.sum(axis=0) * official
        made |= {(code, sex): shared[i, j] for i, code in enumerate(codes) for j, sex in enumerate(("female", "male"))}
    index = pd.MultiIndex.from_tuples(sorted(made), names=["code", "gender"])
    return pd.DataFrame([made[key] for key in index], index=index, columns=[str(a) for a in range(AGES)])


def _write(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")
