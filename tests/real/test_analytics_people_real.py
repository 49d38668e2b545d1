"""The shipped population tables are what the offices' own files give, and real exports' ages and genders all parse."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import SeatUnknown
from analytics.model.cells import AgeBand, Gender
from analytics.model.interval import Interval
from analytics.people.bands import age_label, parse_band, parse_cell, parse_gender
from analytics.people.grid import common_grid
from analytics.people.population import Population
from analytics.people.raking import join
from analytics.people.seats import TABLES, seat, seats
from assets.population.make.build import build

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real"))
EXPORTS = REAL / "analytics"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason=f"{EXPORTS} is absent")]
META = "meta_business_suite_video_export_double_quoted.csv"


def test_the_tables_are_what_the_script_makes_of_the_offices_files(tmp_path: Path) -> None:
    for given in ("ons_mid2024.csv", "seats.csv"):
        shutil.copy(TABLES / given, tmp_path)
    build(EXPORTS, tmp_path)
    for made in ("seats.csv", "seats_2010.csv", "seats_doubt.csv"):
        assert (tmp_path / made).read_text(encoding="utf-8") == (TABLES / made).read_text(encoding="utf-8"), made
    made_ages, ages = (
        pd.read_csv(folder / "seats_ages.csv").set_index(["code", "gender"]) for folder in (tmp_path, TABLES)
    )
    assert (made_ages.index == ages.index).all()
    assert np.abs(made_ages.to_numpy() - ages.to_numpy()).max() <= 1  # halves may round either way


def test_electorates_are_those_of_the_commons_library() -> None:
    published = pd.read_csv(EXPORTS / "hoc_ge2024_results_by_constituency.csv").set_index("ONS ID")["Electorate"]
    assert published.to_dict() == {s.code: s.electorate for s in seats()}


def test_a_seat_s_people_are_near_its_census_count() -> None:
    counted = (
        pd.read_csv(EXPORTS / "ons_census21_wpc_age18.csv")
        .groupby("Post-2019 Westminster Parliamentary constituencies Code")["Observation"]
        .sum()
    )
    population = Population.load()
    near = [population.people(place=str(code)).meet(Interval(n * 0.97, n * 1.12)) for code, n in counted.items()]
    assert len(near) == 575
    assert all(found is not None for found in near)


def test_every_old_seat_is_translated_or_refused_with_successors_of_today() -> None:
    today, refused = {s.code for s in seats()}, []
    for code in pd.read_csv(EXPORTS / "pcon2010_single_year_age.csv")["code"]:
        try:
            assert seat(code).code in today
        except SeatUnknown as error:
            refused.append(error.successors)
    assert 450 < len(refused) < 620
    assert all(successors and set(successors) <= today for successors in refused)


def test_the_hexagons_agree_with_another_layout_on_what_lies_where() -> None:
    other = pd.read_csv(EXPORTS / "constituencies_2024_lookup.csv").set_index("code")
    ours = pd.DataFrame({s.code: (s.hex_q + s.hex_r / 2, -s.hex_r) for s in seats()}, index=["x", "y"]).T
    for axis in ("x", "y"):
        assert np.corrcoef(ours[axis].rank(), other.loc[ours.index, axis].rank())[0, 1] > 0.9


def meta_rows() -> tuple[list[str], list[list[str]]]:
    with (EXPORTS / META).open(encoding="utf-8-sig", newline="") as file:
        rows = [next(csv.reader(row)) if len(row) == 1 else row for row in csv.reader(file)]
    return rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]


def audience_columns(header: list[str]) -> dict[int, tuple[AgeBand, Gender]]:
    cells = {}
    for i, name in enumerate(header):
        if found := re.fullmatch(r"3-second video views by top audience (\(.*\))", name):
            gender, age = parse_cell(found[1])
            assert isinstance(age, AgeBand)
            cells[i] = (age, gender)
    return cells


def test_every_age_and_gender_in_the_real_exports_is_read() -> None:
    studio = pd.read_csv(EXPORTS / "youtube_studio_viewer_age.csv")["Viewer age"].map(parse_band)
    library = json.loads((EXPORTS / "meta_adlibrary_api_gb_2019-11-03_250ads.json").read_text(encoding="utf-8"))
    ads = library["data"] if isinstance(library, dict) else library
    cells = [cell for ad in ads for cell in ad.get("demographic_distribution", [])]
    report = pd.read_csv(EXPORTS / "fivetran_youtube_channel_demographics.csv")
    snap = pd.read_csv(EXPORTS / "snap_political_ads_2018_uk.csv")["AgeBracket"].dropna()
    assert {age_label(parse_band(text)) for text in report["age_group"]} <= {age_label(band) for band in studio}
    assert {parse_gender(cell["gender"]) for cell in cells} == {"female", "male", "unknown"}
    assert {age_label(parse_band(cell["age"])) for cell in cells} <= {age_label(band) for band in studio} | {"unknown"}
    assert {parse_gender(text) for text in report["gender"]} <= {"female", "male", "other"}
    assert {age_label(parse_band(text)) for text in snap} == {"18-24", "25+", "0-18", "17-24", "16-24", "15-34"}
    assert len(audience_columns(meta_rows()[0])) == 12


def test_youtube_s_ages_and_genders_are_joined_and_the_gap_is_said() -> None:
    by_age = pd.read_csv(EXPORTS / "youtube_studio_viewer_age.csv").set_index("Viewer age")["Views (%)"]
    by_gender = pd.read_csv(EXPORTS / "youtube_studio_viewer_gender.csv").set_index("Viewer gender")["Views (%)"]
    ages = {
        band: Interval.exactly(share) for text, share in by_age.items() if isinstance(band := parse_band(text), AgeBand)
    }
    genders = {parse_gender(text): Interval.exactly(share) for text, share in by_gender.items()}
    joint = join(ages, genders, Population.load().seed(list(ages), list(genders)))
    assert set(genders) == {"female", "male", "other"}
    assert joint.raked.converged
    assert joint.raked.gap < 0.001
    assert sum(joint.points.values()) == pytest.approx(100, abs=0.1)
    assert sum(joint.points[band, "male"] for band in ages) == pytest.approx(65.77, abs=0.05)


def test_raking_from_population_covers_what_meta_measured() -> None:
    header, rows = meta_rows()
    columns = audience_columns(header)
    population = Population.load()
    bands, covered = common_grid([[age for age, gender in columns.values() if gender == "female"]]), []
    seed = population.seed(bands, ("female", "male"))
    for row in rows:
        truth = {columns[i]: float(row[i] or 0) for i in columns}
        if sum(truth.values()) < 200:
            continue
        ages = {band: Interval.exactly(truth[band, "female"] + truth[band, "male"]) for band in bands}
        genders: dict[Gender, Interval] = {
            kind: Interval.exactly(sum(truth[band, kind] for band in bands)) for kind in ("female", "male")
        }
        joint = join(ages, genders, seed)
        covered += [cell.low - 1e-6 <= truth[key] <= cell.high + 1e-6 for key, cell in joint.cells.items()]
    assert len(covered) > 400
    assert np.mean(covered) >= 0.9
