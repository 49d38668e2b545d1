"""The Ad Library report: what pages spent on ads about politics, by disclaimer, or what was spent in a place.

Small amounts are bounds ("≤100"). One page with several disclaimers has several rows, and that is right. The file does
not say which days it covers (its name does): a person must, or the figures have no period.
https://www.facebook.com/ads/library/report/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item, Table, drop_totals
from analytics.reading.numbers import parse_counts, parse_money
from analytics.sources.columns import Measured, melt, problems_of, repairs_of, without_lines
from analytics.sources.contract import Known, Match, Source, refuse_unknown_columns

from . import who
from .amounts import locale_of
from .contracts import LIBRARY_REPORT, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .headers import Words, english, find
from .ids import optional_ids
from .tables import days_after

NAME: Final = "meta.ad_library_report"
WORDS: Final[Words] = {
    "page": "en:Page ID|de:Seiten-ID|fr:ID de Page|fr:ID de la Page|es:Identificador de la página|it:ID della Pagina|"
    "it:ID Pagina|pt:Identificação da Página|nl:Pagina-ID|pl:Identyfikator strony",
    "page_name": "en:Page name|de:Name der Seite|de:Seitenname|fr:Nom de la Page|es:Nombre de la página|"
    "it:Nome della Pagina|pt:Nome da Página|nl:Paginanaam|nl:Naam van pagina|pl:Nazwa strony",
    "disclaimer": "en:Disclaimer|de:Disclaimer|de:Haftungsausschluss|fr:Avertissement|fr:Mention|"
    "es:Descargo de responsabilidad|es:Renuncia de responsabilidad|it:Dichiarazione di non responsabilità|"
    "pt:Rótulo|pt:Aviso legal|nl:Disclaimer|pl:Zastrzeżenie",
    "spend": "en:Amount spent|en:Total amount spent|de:Ausgegebener Betrag|fr:Montant dépensé|es:Importe gastado|"
    "it:Importo speso|pt:Valor usado|pt:Valor gasto|nl:Besteed bedrag|pl:Wydana kwota",
    "ads": "en:Number of ads in Library|en:Number of ads|de:Anzahl der Werbeanzeigen in der Bibliothek|"
    "de:Anzahl der Anzeigen in der Bibliothek|fr:Nombre de publicités dans la bibliothèque|"
    "es:Número de anuncios en la biblioteca|es:Cantidad de anuncios en la biblioteca|"
    "it:Numero di inserzioni nella Libreria|pt:Número de anúncios na Biblioteca|"
    "nl:Aantal advertenties in bibliotheek|pl:Liczba reklam w bibliotece",
    "place": "en:Location name|en:Location|en:Region|de:Name des Orts|fr:Nom du lieu|es:Nombre del lugar",
}


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Table):
        return None
    found = find(item.columns, WORDS)
    if found.has("page", "disclaimer", "spend"):
        return Match("by page", found.language, certainty=3)
    return (
        Match("by place", found.language, certainty=3)
        if found.has("place", "spend") and len(item.columns) == 2
        else None
    )


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, ExportUnclear."""
    table = cast(Table, item)
    found = find(table.columns, WORDS)
    has = found.columns
    refuse_unknown_columns(table, has.values(), "an Ad Library report")
    table = drop_totals(table, has.get("place", ""))
    frame = table.frame
    locale = locale_of(table, [has[field] for field in ("spend", "ads") if field in has], match.locale, ask)
    spend, currency = parse_money(frame[has["spend"]], locale)
    counts = [Measured("spend", spend, {"currency": found.currencies.get("spend", "") or currency})]
    counts += [Measured("ads", parse_counts(frame[has["ads"]], locale))] if "ads" in has else []
    pages, damaged = optional_ids(_words(frame, has, "page"))
    about = who.regions(_words(frame, has, "place")).assign(
        account=pages,
        account_name=_words(frame, has, "page_name"),
        object=_words(frame, has, "disclaimer").str.strip(),
    )
    numbers = [one.numbers for one in counts]
    refused = first_of_each_line((*problems_of(*numbers), *damaged, *breaches(LIBRARY_REPORT, about)))
    about = without_lines(about, refused.values())
    refuse_if_nothing(table.name, len(about), refused.values())
    keys = about.drop(columns="account_name").assign(
        platform="meta", object_kind="account", payment="paid", snapshot_at=known.snapshot_at, **_period(ask)
    )
    return finished(
        NAME, match, ask, known, [melt(keys, counts)], rows=len(about), objects=_objects(about),
        refused=(*table.refused, *refused.values()), repairs=(*table.repairs, *repairs_of(*numbers)), notes=_notes(ask),
    )  # fmt: skip


def _words(frame: pd.DataFrame, has: Mapping[str, str], field: str) -> pd.Series:
    return frame[has[field]] if field in has else pd.Series("", frame.index, dtype="str", name=field)


def _period(ask: Ask) -> dict[str, object]:
    if ask.first is None or ask.last is None:
        return {"grain": "unstated"}
    days = pd.Series([pd.Timestamp(day, tz=ask.zone).tz_convert("UTC") for day in (ask.first, ask.last)])
    return {"grain": "period", "start": days[0], "end": days_after(days, ask.zone)[1]}


def _objects(about: pd.DataFrame) -> pd.DataFrame:
    pages = about[about["account"] != ""]
    return pages[["account", "account_name", "object"]].assign(
        platform="meta", object_kind="account", funder=pages["object"], title=pages["account_name"]
    )


def _notes(ask: Ask) -> list[str]:
    if ask.first is not None and ask.last is not None:
        return []
    return ["the file does not say which days it covers: its figures have no period (say it with --from and --to)"]


SOURCE: Final = Source(NAME, "Meta Ad Library report", recognise, read, english(WORDS))
