"""The offices' own files, as anybody can download them, to the tables of assets/population: for a newer year.

frame = load_ons_single_years(Path("mye24tablesuk.xlsx"))          # ONS, sheets "MYE2 - Females" and "- Males"
frame = load_nomis(Path("nomis.csv"))                              # Nomis, population estimates by single year
frame.to_csv("assets/population/ons_mid2024.csv", index=False)
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from analytics.errors import PopulationWrong
from analytics.model.cells import AgeBand

from .bands import parse_band, parse_gender
from .places import NATIONS, REGIONS

TOP: Final = 90
_WANTED: Final = (*REGIONS, *[code for code in NATIONS if not code.startswith("E")])
# Nomis gives codes or names according to what was ticked: the first of each row that is there is taken.
_NOMIS: Final = {
    "code": ("GEOGRAPHY_CODE", "geography code"),
    "gender": ("GENDER_NAME", "SEX_NAME", "C_SEX_NAME", "gender", "sex"),
    "age": ("C_AGE_NAME", "AGE_NAME", "age"),
    "count": ("OBS_VALUE", "value"),
}


def load_ons_single_years(path: Path) -> pd.DataFrame:
    """An ONS mid-year workbook (.xlsx), or one of its sheets as CSV, to columns code, gender, "0" … "90".

    The regions of England, and Wales, Scotland and Northern Ireland, females and males. A CSV needs a column Sex.

    Raises:
        PopulationWrong: no such file, a sheet or a place is missing, or a count that is no number.
    """
    try:
        sheets = _workbook(path) if path.suffix.lower() == ".xlsx" else _sheet_as_csv(path)
    except (OSError, ValueError, KeyError, BadZipFile, InvalidFileException) as error:
        raise PopulationWrong(
            f"{path} can't be read ({error})", "Give the ONS workbook (.xlsx) or a sheet as CSV"
        ) from None
    made = pd.concat([_wide(rows, gender, path) for gender, rows in sheets.items()])
    return _complete(made, path)


def load_nomis(path: Path) -> pd.DataFrame:
    """A Nomis download (CSV) to the same table: one row a count (from its API), or places down and ages across.

    Rows of totals (all ages, persons) are left out; years of 90 and over are added up.

    Raises:
        PopulationWrong: no such file, a column is missing, or counts for a place, a sex or an age are.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise PopulationWrong(f"{path} can't be read ({error})", "Give the CSV as Nomis wrote it") from None
    long = _blocks(rows) if any("mnemonic" in _folded(row) for row in rows[1:]) else _long(rows, path)
    counts = pd.to_numeric(long["count"].str.replace(",", ""), errors="coerce")
    if counts.isna().any():
        line = long.loc[counts.isna(), "line"].iloc[0]
        raise PopulationWrong(f"{path}, line {line}: a count that is no number", "Download it again from Nomis")
    frame = long.assign(gender=long["gender"].map(_gender), age=long["age"].map(_single_year), count=counts)
    kept = frame[frame["gender"].isin(["female", "male"]) & frame["age"].notna()]
    wide = kept.pivot_table(index=["code", "gender"], columns="age", values="count", aggfunc="sum")
    wide.columns = [str(int(age)) for age in wide.columns]
    return _complete(wide.reset_index(), path)


def _long(rows: list[list[str]], path: Path) -> pd.DataFrame:
    """code, gender, age, count, line: all text but the line."""
    header = rows[0] if rows else []
    named = {field: next((name for name in names if name in header), "") for field, names in _NOMIS.items()}
    if missing := [_NOMIS[field][0] for field, name in named.items() if not name]:
        raise PopulationWrong(f"{path} has no column {', '.join(missing)}", "Tick codes, sex and age on Nomis")
    at = {field: header.index(name) for field, name in named.items()}
    full = [(line, row) for line, row in enumerate(rows[1:], start=2) if len(row) == len(header)]
    return pd.DataFrame([{"line": line, **{f: row[i] for f, i in at.items()}} for line, row in full])


def _blocks(rows: list[list[str]]) -> pd.DataFrame:
    """Tables one below the other, each under a line that names its sex, with the places' codes as "mnemonic"."""
    found, gender, header = [], "", list[str]()
    for line, row in enumerate(rows, start=1):
        words = _folded(row)
        if "mnemonic" in words:
            header = row
        elif len(words) > 1 and words[0].rstrip(" :") in ("sex", "gender"):
            gender, header = row[1], []
        elif header and len(row) == len(header):
            code = row[_folded(header).index("mnemonic")]
            found += [
                {"line": line, "code": code, "gender": gender, "age": age, "count": count}
                for age, count in zip(header, row, strict=True)
                if _single_year(age) is not None
            ]
    return pd.DataFrame(found, columns=["line", "code", "gender", "age", "count"]).astype({"count": "str"})


def _folded(row: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in row]


def _workbook(path: Path) -> dict[str, list[list[str]]]:
    book = load_workbook(path, read_only=True)
    try:
        names = {"female": "MYE2 - Females", "male": "MYE2 - Males"}
        return {
            gender: [
                ["" if cell is None else str(cell) for cell in row] for row in book[name].iter_rows(values_only=True)
            ]
            for gender, name in names.items()
        }
    finally:
        book.close()


def _sheet_as_csv(path: Path) -> dict[str, list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    header = next((row for row in rows if row and row[0].strip().lower() == "code"), [])
    sexed = next((i for i, name in enumerate(header) if name.strip().lower() in ("sex", "gender")), None)
    if sexed is None:
        raise ValueError("no row with the columns Code and Sex")
    body = rows[rows.index(header) + 1 :]
    return {gender: [header, *(row for row in body if _gender(row[sexed]) == gender)] for gender in ("female", "male")}


def _wide(rows: list[list[str]], gender: str, path: Path) -> pd.DataFrame:
    start = next((i for i, row in enumerate(rows) if row and row[0].strip().lower() == "code"), None)
    if start is None:
        raise PopulationWrong(f"{path} has no row that begins with Code", "Give the sheet MYE2")
    ages = {i: age for i, name in enumerate(rows[start]) if (age := _single_year(name)) is not None}
    table = [[row[0].strip(), gender, *(row[i] for i in ages)] for row in rows[start + 1 :] if row and row[0].strip()]
    return pd.DataFrame(table, columns=["code", "gender", *(str(age) for age in ages.values())])


def _complete(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Whole numbers, the places that the tables need and no other, every single year of each sex."""
    years = [str(age) for age in range(TOP + 1)]
    if missing := [year for year in years if year not in frame]:
        raise PopulationWrong(f"{path} has no counts at age {', '.join(missing[:5])}", "Ask for every single year")
    kept = frame[frame["code"].isin(_WANTED)]
    counts = kept[years].apply(pd.to_numeric, errors="coerce")
    lacking = [f"{code} {gender}" for code in _WANTED for gender in ("female", "male")
               if not ((kept["code"] == code) & (kept["gender"] == gender)).any()]  # fmt: skip
    if lacking or counts.isna().to_numpy().any():
        what = f"no row for {lacking[0]}" if lacking else "a count that is no number"
        raise PopulationWrong(f"{path}: {what}", "Ask for the regions of England and the three nations, by sex")
    return pd.concat([kept[["code", "gender"]], counts.astype("int64")], axis=1).reset_index(drop=True)


def _gender(text: str) -> str:
    try:
        return parse_gender(text)
    except ValueError:
        return "all"


def _single_year(text: str) -> int | None:
    """The year of "5", "Age 5", "90+", "Aged 90 years and over"; None for anything wider or no age."""
    try:
        band = parse_band(text)
    except ValueError:
        return None
    if not isinstance(band, AgeBand) or band.low not in (band.high, TOP):
        return None
    return min(band.low, TOP)
