"""Files in the shape that ONS and Nomis write become the shipped table's shape, or are refused with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from analytics.errors import PopulationWrong
from analytics.people.loaders import load_nomis, load_ons_single_years
from analytics.people.seats import TABLES

SHIPPED = pd.read_csv(TABLES / "ons_mid2024.csv")
YEARS = [str(age) for age in range(91)]


def as_workbook(path: Path, table: pd.DataFrame = SHIPPED) -> Path:
    """As ONS lays it out: notes, a header in the eighth row, persons, females and males, districts below regions."""
    book = Workbook()
    book.active.title = "Cover sheet"  # type: ignore[union-attr]
    for title, gender in (("MYE2 - Females", "female"), ("MYE2 - Males", "male")):
        sheet = book.create_sheet(title)
        for _ in range(7):
            sheet.append(["Mid-2024: a note"])
        sheet.append(["Code", "Name", "Geography", "All ages", *range(90), "90+"])
        for _, row in table[table["gender"] == gender].iterrows():
            sheet.append([row["code"], "x", "Region", int(row[YEARS].sum()), *(int(row[year]) for year in YEARS)])
        sheet.append(["E06000001", "Hartlepool", "Unitary", 1, *([0] * 91)])
    book.save(path)
    return path


def as_nomis(path: Path) -> Path:
    """As Nomis writes it: a row each, names of sexes and ages, totals among them."""
    long = SHIPPED.melt(["code", "gender"], var_name="age", value_name="OBS_VALUE")
    ages = long["age"].map(lambda age: "Aged 90+" if age == "90" else f"Age {age}")
    made = long.assign(GEOGRAPHY_CODE=long["code"], GENDER_NAME=long["gender"].str.title(), C_AGE_NAME=ages)
    total = made.iloc[:3].assign(GENDER_NAME="Total", C_AGE_NAME="All Ages", OBS_VALUE=99)
    made = pd.concat([total, made])[["GEOGRAPHY_CODE", "GENDER_NAME", "C_AGE_NAME", "OBS_VALUE"]]
    made.to_csv(path, index=False)
    return path


def as_nomis_table(path: Path) -> Path:
    """As Nomis writes a query: notes, a block a sex, places down and ages across, a source below."""
    lines = ['"Population estimates - by single year of age"', '"ONS Crown Copyright Reserved [from Nomis]"', ""]
    for gender in ("male", "female"):
        lines += ['"date :","2024"', f'"sex :","{gender.title()}"', ""]
        lines += [
            ",".join(['"region 2021","mnemonic","All Ages"', *(f'"Age {age}"' for age in range(90)), '"Aged 90+"'])
        ]
        for _, row in SHIPPED[SHIPPED["gender"] == gender].iterrows():
            counts = [str(int(row[year])) for year in YEARS]
            lines += [",".join(['"x"', str(row["code"]), str(int(row[YEARS].sum())), *counts])]
        lines += ["", '"In order to protect against disclosure, all values are rounded"', ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def same(found: pd.DataFrame) -> bool:
    order = ["code", "gender"]
    left, right = (f.sort_values(order).reset_index(drop=True)[[*order, *YEARS]] for f in (found, SHIPPED))
    return bool((left.to_numpy() == right.to_numpy()).all())


def test_an_ons_workbook_gives_the_shipped_table(tmp_path: Path) -> None:
    assert same(load_ons_single_years(as_workbook(tmp_path / "mye24tablesuk.xlsx")))


def test_a_nomis_download_gives_the_shipped_table(tmp_path: Path) -> None:
    assert same(load_nomis(as_nomis(tmp_path / "nomis.csv")))


def test_a_nomis_table_with_ages_across_gives_the_shipped_table(tmp_path: Path) -> None:
    assert same(load_nomis(as_nomis_table(tmp_path / "nomis.csv")))


def test_a_sheet_saved_as_csv_with_a_column_of_sexes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mye.csv"
    SHIPPED.rename(columns={"code": "Code", "gender": "Sex", "90": "90+"}).to_csv(path, index=False)
    assert same(load_ons_single_years(path))


def test_a_missing_region_is_named(tmp_path: Path) -> None:
    without = SHIPPED[SHIPPED["code"] != "W92000004"]
    with pytest.raises(PopulationWrong, match="no row for W92000004 female"):
        load_ons_single_years(as_workbook(tmp_path / "a.xlsx", without))


def test_a_count_that_is_no_number_is_refused_with_its_line(tmp_path: Path) -> None:
    path = as_nomis(tmp_path / "nomis.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[7] = lines[7].rsplit(",", 1)[0] + ",n/k"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PopulationWrong, match="line 8"):
        load_nomis(path)


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(PopulationWrong, match="no column GEOGRAPHY_CODE"):
        load_nomis(path)
    with pytest.raises(PopulationWrong, match="columns Code and Sex"):
        load_ons_single_years(path)
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(PopulationWrong, match="can't be read"):
        load_ons_single_years(tmp_path / "x.xlsx")
