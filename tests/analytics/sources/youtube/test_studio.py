"""YouTube Studio's tables: recognised by their headers in any language, and kept as what they are."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analytics.errors import ExportRefused, ExportUnclear
from analytics.importing import read_export
from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import AS_OF, read_text, rows, total

AGES = """Viewer age,Views (%),Average view duration,Average percentage viewed (%),Watch time (hours) (%)
13–17 years,1.5,0:00:20,61.2,1
18–24 years,18.5,0:00:31,70,17.25
65+ years,80,0:01:02,102.4,81.75
"""
CONTENT = """Content,Video title,Video publish time,Duration,Views,Engaged views,Watch time (hours),Subscribers,\
Estimated revenue (GBP),Average view duration,Impressions,Impressions click-through rate (%)
Total,,,,1300,900,12.5,3,4.5,0:00:34,9000,4.4
dQw4w9WgXc0,"Homes, the true figure","Nov 2, 2025",45,1000,700,10.25,5,4.5,0:00:36,8000,5
-QxaAaAaAa1,Draft,,61,300,200,2.25,0,,0:00:27,1000,0.5
"""


def test_ages_are_shares_in_bands_and_the_file_says_no_period(tmp_path: Path) -> None:
    extract = read_text(tmp_path, AGES)
    shares = rows(extract, "views_share")
    assert extract.source == "youtube.studio_age"
    assert dict(zip(shares["age"], shares["low"], strict=True)) == pytest.approx(
        {"13-17": 0.015, "18-24": 0.185, "65+": 0.8}
    )
    assert set(extract.values["grain"]) == {"unstated"}
    assert any("--from" in note for note in extract.notes)
    assert rows(extract, "average_share_watched")["low"].max() == pytest.approx(1.024)  # people watch again


def test_a_stated_period_makes_it_one(tmp_path: Path) -> None:
    ask = Ask(as_of=AS_OF, first=date(2025, 11, 1), last=date(2025, 11, 30))
    values = read_text(tmp_path, AGES, ask).values
    assert set(values["grain"]) == {"period"}
    assert values["start"].iloc[0] == datetime(2025, 11, 1, tzinfo=UTC)
    assert values["end"].iloc[0] == datetime(2025, 12, 1, tzinfo=UTC)


def test_user_specified_gender_is_other(tmp_path: Path) -> None:
    text = "Viewer gender,Views (%),Watch time (hours) (%)\nFemale,40,42\nMale,59,57\nUser-specified,1,1\n"
    shares = rows(read_text(tmp_path, text), "views_share")
    assert dict(zip(shares["gender"], shares["low"], strict=True)) == pytest.approx(
        {"female": 0.4, "male": 0.59, "other": 0.01}
    )


def test_content_counts_each_video_once_and_leaves_the_total_row_out(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CONTENT)
    assert total(extract, "views") == (1300, 1300)
    assert total(extract, "watch_time") == (12.5 * 3600, 12.5 * 3600)
    assert set(rows(extract, "revenue")["currency"]) == {"GBP"}
    assert set(rows(extract, "views")["currency"]) == {""}
    assert set(extract.values["object"]) == {"dQw4w9WgXc0", "-QxaAaAaAa1"}
    assert list(extract.objects["duration_s"]) == [45, 61]
    assert any("total row" in repair.what for repair in extract.repairs)


def test_an_empty_cell_is_unavailable_and_a_nought_is_zero(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CONTENT)
    assert list(rows(extract, "revenue")["state"]) == ["observed", "unavailable"]
    assert list(rows(extract, "net_follows")["state"]) == ["observed", "zero"]


def test_engaged_views_beside_views_date_the_definition(tmp_path: Path) -> None:
    early = Ask(as_of=datetime(2026, 1, 5, tzinfo=UTC))
    assert set(rows(read_text(tmp_path, CONTENT, early), "views")["definition"]) == {"2025-03-31"}
    late = rows(read_text(tmp_path, CONTENT), "views")  # after the second change: either could be meant
    assert set(late["definition"]) == {"undated"}


def test_a_net_below_zero_leaves_its_column_out_and_says_so(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CONTENT.replace(",2.25,0,", ",2.25,-4,"))
    assert rows(extract, "net_follows").empty
    assert any("Subscribers" in note and "below 0" in note for note in extract.notes)
    assert total(extract, "views") == (1300, 1300)


HEADERS = {
    "de": "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,Wiedergabezeit (Stunden),Gesamt",
    "fr": "Contenus,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues,Durée de visionnage (heures),Total",
    "es": "Contenido,Título del vídeo,Hora de publicación del vídeo,Duración,Visualizaciones,"
    "Tiempo de visualización (horas),Total",
    "it": "Contenuti,Titolo video,Ora pubblicazione video,Durata,Visualizzazioni,Tempo di visualizzazione (ore),Totale",
    "pt": "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Visualizações,"
    "Tempo de exibição (horas),Total",
}


@pytest.mark.parametrize(("language", "said"), HEADERS.items(), ids=list(HEADERS))
def test_headers_of_other_languages_are_the_same_table(tmp_path: Path, language: str, said: str) -> None:
    header, _, total_word = said.rpartition(",")
    text = f'{header}\n{total_word},,,,1000,10.25\ndQw4w9WgXc0,A title,"Nov 2, 2025",45,1000,10.25\n'
    extract = read_text(tmp_path, text)
    assert (extract.source, extract.locale) == ("youtube.studio_content", language)
    assert total(extract, "views") == (1000, 1000)
    assert extract.objects["published_at"].iloc[0] == datetime(2025, 11, 2, tzinfo=UTC)


def test_countries_are_codes_and_the_unknown_region_stays_unknown(tmp_path: Path) -> None:
    text = "Geography,Views,Average view duration,Watch time (hours)\nTotal,110,,2\nGB,100,0:01:00,1.5\nZZ,10,,0.5\n"
    views = rows(read_text(tmp_path, text), "views")
    assert list(zip(views["place"], views["place_kind"], strict=True)) == [("GB", "country"), ("unknown", "unknown")]


def test_cities_are_named(tmp_path: Path) -> None:
    text = 'Cities,City name,Views,Watch time (hours),Average view duration\n0x48:0xd1,"Bolsover, UK",50,1.5,0:01:48\n'
    views = rows(read_text(tmp_path, text), "views")
    assert list(zip(views["place"], views["place_kind"], strict=True)) == [("Bolsover, UK", "city")]


def test_days_are_days_and_steady_weeks_are_weeks(tmp_path: Path) -> None:
    by_day = read_text(tmp_path, "Date,Views\n2025-10-25,10\n2025-10-26,20\n2025-10-27,30\n").values
    assert set(by_day["grain"]) == {"day"}
    night = by_day["end"].iloc[1] - by_day["start"].iloc[1]
    assert night == timedelta(hours=25)  # summer time ends
    by_week = read_text(tmp_path, "Date,Likes,Views\n2025-11-02,10,1\n2025-11-09,20,1\n2025-11-16,30,1\n").values
    assert set(by_week["grain"]) == {"period"}
    assert (by_week["end"] - by_week["start"]).dt.days.eq(7).all()


def test_a_zip_as_downloaded_gives_each_of_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "Content 2025-11-01_2025-11-02 Our channel.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Table data.csv", CONTENT)
        packed.writestr("Totals.csv", "Date,Views\n2025-11-01,800\n2025-11-02,500\n")
        packed.writestr(
            "Chart data.csv",
            "Date,Content,Video title,Video publish time,Duration,Views\n"
            '2025-11-01,dQw4w9WgXc0,Homes,"Nov 2, 2025",45,700\n2025-11-02,dQw4w9WgXc0,Homes,"Nov 2, 2025",45,300\n',
        )
    extracts = {(one.source, one.values["grain"].iloc[0]): one for one in read_export(path, Ask(as_of=AS_OF))}
    assert set(extracts) == {
        ("youtube.studio_content", "period"),
        ("youtube.studio_content", "day"),
        ("youtube.studio_days", "day"),
    }


def test_a_table_of_traffic_sources_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="traffic source"):
        read_text(tmp_path, "Traffic source,Views,Watch time (hours)\nBrowse features,10,0.5\n")


def test_an_unknown_column_refuses_the_whole_file(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="Quantum views") as refused:
        read_text(tmp_path, CONTENT.replace("Engaged views", "Quantum views"))
    assert refused.value.column == "Quantum views"


def test_an_id_that_a_spreadsheet_broke_refuses_its_row_alone(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CONTENT.replace("-QxaAaAaAa1", "#NAME?"))
    assert total(extract, "views") == (1000, 1000)
    assert [(row.line, row.column, row.value) for row in extract.refused] == [(4, "Content", "#NAME?")]


def test_semicolons_and_a_doubtful_number_are_a_question(tmp_path: Path) -> None:
    text = "Contenido;Título del vídeo;Visualizaciones\ndQw4w9WgXc0;Uno;1.234\n"
    with pytest.raises(ExportUnclear, match="--locale"):
        read_text(tmp_path, text)
    assert total(read_text(tmp_path, text, Ask(as_of=AS_OF, locale="es-ES")), "views") == (1234, 1234)
