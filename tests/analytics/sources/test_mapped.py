"""Exports of a source that we do not know, by a mapping that a person wrote."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import openpyxl
import pandas as pd
import pytest

from analytics.errors import ExportRefused, ExportUnclear, MappingWrong
from analytics.importing import read_export
from analytics.model.extract import Ask, Extract
from analytics.sources.mapped import load_mapping

MAPPING = """
    name: linkedin_posts
    platform: other
    account: labour
    locale: de-DE
    zone: Europe/Berlin
    payment: organic
    columns:
      Beitrag: object
      Titel: title
      Tag: day
      Alter: age
      Geschlecht: gender
      Impressionen: impressions
      Zeit: {metric: watch_time, unit: hours}
      Klickrate: {metric: click_through_rate, unit: percent}
      Ausgaben: {metric: spend, currency: EUR}
      Notiz: ignore
      Fehlt: {metric: likes, optional: true}
"""
EXPORT = (
    "Beitrag;Titel;Tag;Alter;Geschlecht;Impressionen;Zeit;Klickrate;Ausgaben;Notiz\r\n"
    "p1;=Eins;01.05.2026;18-24;weiblich;1.234;1,5;2,5 %;10,50 €;x\r\n"
    "p2;Zwei;02.05.2026;65+;männlich;5;0,5;--;0,00 €;\r\n"
)


def read(folder: Path, mapping: str = MAPPING, export: str = EXPORT, **asked: str) -> Extract:
    (folder / "mapping.yaml").write_text(dedent(mapping), encoding="utf-8")
    (folder / "export.csv").write_text(export, encoding="utf-8")
    ask = Ask(as_of=datetime(2026, 5, 3, tzinfo=UTC), mapping=str(folder / "mapping.yaml"), **asked)  # type: ignore[arg-type]
    (extract,) = read_export(folder / "export.csv", ask)
    return extract


def numbers(extract: Extract, metric: str) -> list[float]:
    return list(extract.values[extract.values["metric"] == metric]["low"])


def test_every_column_becomes_what_the_mapping_says(tmp_path: Path) -> None:
    extract = read(tmp_path)
    assert (extract.source, extract.rows, extract.refused) == ("mapped.linkedin_posts", 2, ())
    assert numbers(extract, "impressions") == [1234, 5]
    assert numbers(extract, "watch_time") == [5400, 1800]
    assert numbers(extract, "spend") == [10.5, 0]
    assert numbers(extract, "click_through_rate")[0] == 0.025
    first = extract.values.iloc[0]
    assert tuple(first[["platform", "account", "payment", "object", "age", "gender", "grain"]]) == (
        "other", "labour", "organic", "p1", "18-24", "female", "day",
    )  # fmt: skip
    assert (first["start"], first["end"]) == (pd.Timestamp("2026-04-30T22:00Z"), pd.Timestamp("2026-05-01T22:00Z"))
    assert list(extract.objects["title"]) == ["=Eins", "Zwei"]


def test_missing_is_not_zero(tmp_path: Path) -> None:
    values = read(tmp_path).values
    assert list(values[values["metric"] == "click_through_rate"]["state"]) == ["observed", "unavailable"]
    assert list(values[values["metric"] == "spend"]["state"]) == ["observed", "zero"]


def test_a_column_can_be_a_cell(tmp_path: Path) -> None:
    mapping = """
        name: cells
        columns:
          Id: object
          Women 18-24: {metric: reach, age: 18–24, gender: women, country: GB}
          All: reach
    """
    values = read(tmp_path, mapping, "Id,Women 18-24,All\na,10,100\n").values.set_index("age")
    assert tuple(values.loc["18-24", ["gender", "place", "place_kind", "low"]]) == ("female", "GB", "country", 10)
    assert tuple(values.loc["all", ["gender", "place", "place_kind", "low"]]) == ("all", "all", "all", 100)


def test_places_and_seats_by_name(tmp_path: Path) -> None:
    mapping = "name: seats\ncolumns: {Seat: seat, Views: views}\n"
    extract = read(tmp_path, mapping, "Seat,Views\nBolsover,7\nNowhere,8\n")
    assert list(extract.values["place"]) == ["E14001109"]
    assert [(row.line, row.value) for row in extract.refused] == [(3, "Nowhere")]


def test_hours_of_a_local_zone(tmp_path: Path) -> None:
    mapping = "name: hours\nzone: Europe/London\ncolumns: {Hour: hour, Views: views}\n"
    night = "".join(f"2025-10-26 {clock},10\n" for clock in ("00:00", "01:00", "01:00"))
    extract = read(tmp_path, mapping, "Hour,Views\n" + night)
    assert (extract.rows, sum(numbers(extract, "views"))) == (3, 30)


def test_a_period_of_two_columns(tmp_path: Path) -> None:
    mapping = "name: weeks\ncolumns: {From: first, To: last, Views: views}\n"
    first = read(tmp_path, mapping, "From,To,Views\n2026-05-04,2026-05-10,10\n").values.iloc[0]
    assert (first["grain"], (first["end"] - first["start"]).days) == ("period", 7)


def test_json_records_are_read_as_rows(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text("name: api\ncolumns: {post.id: object, stats.views: views}\n")
    records = [{"post": {"id": 123}, "stats": {"views": 7}}, {"post": {"id": "b"}, "stats": {"views": None}}]
    (tmp_path / "export.json").write_text(json.dumps({"data": {"list": records}, "paging": "x"}))
    (extract,) = read_export(tmp_path / "export.json", Ask(mapping=str(tmp_path / "mapping.yaml")))
    assert list(extract.values["object"]) == ["123", "b"]
    assert list(extract.values["state"]) == ["observed", "unavailable"]


def test_a_number_that_could_be_two_is_a_question_here_too(tmp_path: Path) -> None:
    with pytest.raises(ExportUnclear):
        read(tmp_path, "name: a\ncolumns: {Id: object, Views: views}\n", "Id,Views\na,1.234\n")


@pytest.mark.parametrize(
    ("export", "why"), [("Id,Views,Else\na,1,2\n", "Else"), ("Id,Else\na,1\n", "lacks columns .*: Views")]
)
def test_columns_have_to_agree(tmp_path: Path, export: str, why: str) -> None:
    with pytest.raises(ExportRefused, match=why):
        read(tmp_path, "name: a\ncolumns: {Id: object, Views: views}\n", export)


def test_money_needs_a_currency(tmp_path: Path) -> None:
    mapping = "name: a\ncolumns: {Id: object, Cost: spend}\n"
    with pytest.raises(MappingWrong, match="currency"):
        read(tmp_path, mapping, "Id,Cost\na,1\n")
    assert list(read(tmp_path, mapping, "Id,Cost\na,£1\n").values["currency"]) == ["GBP"]


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("", "mapping"),
        ("- a\n- b\n", "mapping"),
        ("name: a\n", "columns"),
        ("name: A b\ncolumns: {V: views}\n", "name"),
        ("name: a\ncolumns: {V: vues}\n", "field"),
        ("name: a\ncolumns: {V: {metric: vues}}\n", "no metric"),
        ("name: a\ncolumns: {I: object}\n", "no column is a metric"),
        ("name: a\nlocal: en\ncolumns: {V: views}\n", "local"),
        ("name: a\ncolumns: {V: {metric: views, unit: hours}}\n", "unit"),
        ("name: a\nlocale: xx-YY-zz\ncolumns: {V: views}\n", "locale"),
        ("name: a\ncolumns: {V: views_share}\n", "percent"),
        ("name: a\nzone: Mars\ncolumns: {V: views}\n", "time zone"),
        ("name: a\ncolumns: {V: {metric: views, age: old}}\n", "age"),
        ("name: a\ncolumns: {A: object, B: object, V: views}\n", "two columns"),
        ("name: a\ncolumns: {A: first, V: views}\n", "both first and last"),
        ("a: &a [*a]\n", "name"),
        ("{{{", "no YAML"),
        ("!!python/object/apply:os.system ['true']", "no YAML"),
        ("[" * 5000, "no YAML"),
    ],
)
def test_a_mapping_that_does_not_hold_is_said(tmp_path: Path, mapping: str, why: str) -> None:
    (tmp_path / "mapping.yaml").write_text(mapping)
    with pytest.raises(MappingWrong, match=why) as caught:
        load_mapping(str(tmp_path / "mapping.yaml"))
    assert "docs/metrics-mapping.md" in str(caught.value)


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MappingWrong, match="can't be read"):
        load_mapping(str(tmp_path / "none.yaml"))


def test_the_example_in_the_guide_holds(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "metrics-mapping.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "mapping.yaml").write_text(example, encoding="utf-8")
    assert load_mapping(str(tmp_path / "mapping.yaml")).columns


SHORT = """
    name: agency
    platform: facebook
    columns:
      Post: object
      Spend: {metric: spend, currency: EUR}
      Views: views
"""
ROWS = [("p1", 1.234, 10), ("p2", 12.5, 20)]


def test_without_a_locale_delimited_text_is_a_question(tmp_path: Path) -> None:
    with pytest.raises(ExportUnclear, match="Spend"):
        read(tmp_path, SHORT, "Post,Spend,Views\np1,1.234,10\np2,2.500,20\n")
    assert numbers(read(tmp_path, SHORT, "Post,Spend,Views\np1,1.234,10\np2,2.5,20\n"), "spend") == [1.234, 2.5]


@pytest.mark.parametrize("said", [{}, {"locale": "de-DE"}, {"locale": "en-GB"}])
@pytest.mark.parametrize("by_mapping", [True, False])
def test_a_locale_never_rewrites_numbers_that_are_in_none(
    tmp_path: Path, said: dict[str, str], by_mapping: bool
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Posts", 0)
    for row in (("Post", "Spend", "Views"), *ROWS):
        sheet.append(list(row))
    book.save(tmp_path / "export.xlsx")
    records = [dict(zip(("Post", "Spend", "Views"), row, strict=True)) for row in ROWS]
    (tmp_path / "export.json").write_text(json.dumps(records))
    locale = f"    locale: {said['locale']}\n" if by_mapping and said else ""
    (tmp_path / "mapping.yaml").write_text(dedent(SHORT + locale), encoding="utf-8")
    for name in ("export.xlsx", "export.json"):
        ask = Ask(mapping=str(tmp_path / "mapping.yaml"), **({} if by_mapping else said))  # type: ignore[arg-type]
        (extract,) = read_export(tmp_path / name, ask)
        assert numbers(extract, "spend") == [1.234, 12.5]


def test_a_locale_holds_for_cells_of_text_beside_numbers(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(
        '[{"Post": "a", "Spend": "1.234,5", "Views": 1}, {"Post": "b", "Spend": 2.345, "Views": 2}]'
    )
    (tmp_path / "mapping.yaml").write_text(dedent(SHORT), encoding="utf-8")
    (extract,) = read_export(tmp_path / "export.json", Ask(mapping=str(tmp_path / "mapping.yaml"), locale="de-DE"))
    assert numbers(extract, "spend") == [1234.5, 2.345]
