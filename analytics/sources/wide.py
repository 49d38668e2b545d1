"""Wide exports, a row a thing and a column a fact: read under their contract, and brought to long values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd
from pandera.errors import SchemaErrors

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract, RefusedRow, Repair
from analytics.model.metrics import METRICS
from analytics.model.values import COLUMNS, DEFAULTS
from analytics.reading import Dates, Item, Numbers, Table, drop_totals, is_total
from analytics.reading.dates import DateOrder, parse_dates
from analytics.reading.ids import doubt_of, parse_ids
from analytics.reading.locales import locale_of_numbers
from analytics.reading.numbers import parse_counts, parse_decimals, parse_durations, parse_money, parse_shares

from .columns import Measured, melt, problems_of, repairs_of, without_lines
from .contract import Known, Match, refuse_unknown_columns
from .schema import Contract, Meaning, meaning_of

_UTC: Final = "datetime64[us, UTC]"
_BELOW_ZERO: Final = r"\s*[-−]\s*\d.*"
_FACTORS: Final = {"minutes": 60.0, "hours": 3600.0}  # watch time is kept in seconds


@dataclass(frozen=True)
class Wide:
    """A table under its contract's headers, its numbers and dates read. Every frame and series is indexed by line."""

    table: Table
    contract: Contract
    measures: Mapping[str, Measured]  # by header
    dates: Mapping[str, Dates] = field(default_factory=dict)  # by header
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        return self.table.frame

    def text(self, header: str) -> pd.Series:
        """That column, "" in every row where the file has no such column."""
        return self.frame[header] if header in self.frame else pd.Series("", self.frame.index)

    def dated(self, header: str, ask: Ask, language: str = "", *, order: DateOrder = "", zone: str = "") -> Wide:
        """With that column read as dates or times, local ones in `zone` or the zone of `ask`. Raises ExportUnclear."""
        read = parse_dates(
            self.frame[header],
            ask.locale or language,
            zone=zone or ask.zone,
            order=order,
            first=ask.first,
            last=ask.last,
        )
        return replace(self, dates={**self.dates, header: read})

    def only(self, wanted: Callable[[Measured], bool]) -> Wide:
        """With those of its measures that are wanted."""
        return replace(self, measures={name: one for name, one in self.measures.items() if wanted(one)})

    def with_ids(self, header: str) -> Wide:
        """With that column cleaned as identifiers; rows whose id is empty or damaged are refused."""
        ids, refused = parse_ids(self.frame[header])
        table = replace(self.table, frame=self.frame.assign(**{header: ids}))
        doubt = doubt_of(ids)
        notes = (*self.notes, doubt) if doubt else self.notes
        return replace(self, table=table, refused=(*self.refused, *refused), notes=notes)


def table_of(item: Item) -> Table:
    """`item`, which its source has recognised as a table. Raises ExportRefused otherwise."""
    if not isinstance(item, Table):
        raise ExportRefused(f"{item.name} is no table", "Download it again as CSV.")
    return item


def read_wide(
    table: Table,
    contract: Contract,
    ask: Ask,
    title: str,
    *,
    may_lack_numbers: bool = False,
    is_by_person: bool = False,
) -> Wide:
    """`table` with its headers in the contract's words, and its numbers read. `is_by_person`: as locale_of_numbers.

    Raises:
        ExportRefused: a column that the contract does not know, or no column of numbers (unless `may_lack_numbers`).
        ExportUnclear: numbers that could mean two things.
    """
    found, _ = contract.find(table.columns)
    refuse_unknown_columns(table, found, title)
    renamed = _without_totals(replace(table, frame=table.frame.rename(columns=found)), contract)
    read, notes, locale = (
        dict[str, Measured](),
        list[str](),
        locale_of_numbers(table, ask.locale, is_by_person=is_by_person),
    )
    for header in renamed.columns:
        column = contract.column(header)
        meaning = meaning_of(column)
        if meaning is None:
            continue
        below = renamed.frame[header].str.fullmatch(_BELOW_ZERO) if meaning.is_net else None
        if below is not None and below.any():
            notes.append(f"{header} is left out: {below.sum()} of its numbers are below 0 (more taken back than given)")
            continue
        numbers, currency = _numbers(renamed.frame[header], meaning, locale)
        read[header] = Measured(meaning.metric, numbers, _says(header, meaning, currency))
    if not read and not may_lack_numbers and len(renamed.frame):
        raise ExportRefused(f"{table.name} has no column of numbers that we keep", f"It looks like {title}.")
    return Wide(renamed, contract, read, notes=tuple(notes))


def _without_totals(table: Table, contract: Contract) -> Table:
    """Less its total rows: at the ends, or in a table by day one for each day."""
    if contract.total_in not in table.frame:
        return table
    is_by_day = contract.total_in != "Date" and "Date" in table.frame
    if not is_by_day:
        return drop_totals(table, contract.total_in, anywhere=True)
    labels = table.frame[contract.total_in]
    totals = labels.isin([label for label in labels.unique() if is_total(label)])
    said = (Repair(0, f"{totals.sum()} total rows left out: they count the others again"),) if totals.any() else ()
    return replace(table, frame=table.frame[~totals], repairs=(*table.repairs, *said))


def to_extract(
    source: str,
    match: Match,
    known: Known,
    wide: Wide,
    keys: pd.DataFrame,
    *,
    locale: str = "",
    objects: pd.DataFrame | None = None,
    refused: Iterable[RefusedRow] = (),
    notes: Iterable[str] = (),
) -> Extract:
    """The values of `keys` (see columns.melt; `snapshot_at` is added here) and the objects of the lines that hold."""
    read = [one.numbers for one in wide.measures.values()]
    wrong = [*wide.refused, *refused, *problems_of(*read, *wide.dates.values()), *breaches(wide)]
    first = {row.line: row for row in reversed(wrong)}
    good = without_lines(keys.assign(snapshot_at=known.snapshot_at), first.values())
    held = without_lines(objects, first.values()) if objects is not None else pd.DataFrame()
    return Extract(
        source=source,
        version=match.version,
        locale=locale or match.locale or "en",
        rows=len(good),
        snapshot_at=known.snapshot_at,
        snapshot_from=known.snapshot_from,
        values=_values(good, wide.measures.values()),
        objects=once(held.assign(snapshot_at=known.snapshot_at)) if len(held) else pd.DataFrame(),
        repairs=(*wide.table.repairs, *repairs_of(*read, *wide.dates.values())),
        refused=(*wide.table.refused, *(first[line] for line in sorted(first))),
        notes=tuple(note for note in (*wide.notes, *notes) if note),
    )


def _values(keys: pd.DataFrame, measures: Collection[Measured]) -> pd.DataFrame:
    """Long; a row's currency is that of its money alone: a million impressions are in no currency."""
    if not measures:
        return pd.DataFrame(columns=list(COLUMNS))
    values = melt(keys, _even(measures, keys))
    if "currency" not in values:
        return values
    is_money = values["metric"].map({name: metric.unit == "money" for name, metric in METRICS.items()})
    return values.assign(currency=values["currency"].where(is_money, ""))


def _even(measures: Iterable[Measured], keys: pd.DataFrame) -> tuple[Measured, ...]:
    """Each saying something of every column that one of them says something of, so that no cell stays empty."""
    listed = list(measures)
    said = {
        name: str(DEFAULTS[name]) for one in listed for name in one.says if name not in keys and name != "definition"
    }
    return tuple(replace(one, says={**said, **one.says}) for one in listed)


def once(objects: pd.DataFrame) -> pd.DataFrame:
    """One row an object, its last."""
    key = [name for name in ("platform", "account", "object_kind", "object") if name in objects]
    return objects.drop_duplicates(key, keep="last")


def breaches(wide: Wide) -> tuple[RefusedRow, ...]:
    """The rows that break the contract, each with its column and value."""
    try:
        wide.contract.schema.validate(_typed(wide), lazy=True, inplace=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].isna().any():  # not about rows: a column of the wrong kind is our mistake
            raise
        return tuple(
            RefusedRow(int(line), str(column), str(value), "is empty" if check == "not_nullable" else str(check))
            for line, column, value, check in zip(
                cases["index"], cases["column"], cases["failure_case"], cases["check"], strict=True
            )
        )
    return ()


def _typed(wide: Wide) -> pd.DataFrame:
    """The table with numbers for its measures (their low ends) and times for its moments."""
    unread = [name for name in wide.frame if meaning_of(wide.contract.column(name)) and name not in wide.measures]
    lows = {name: one.numbers.low.astype(float) for name, one in wide.measures.items()}
    times = {name: dates.start.astype(_UTC) for name, dates in wide.dates.items()}
    return wide.frame.drop(columns=unread).assign(**lows, **times)


def period(ask: Ask) -> dict[str, object]:
    """grain, start and end of a table that does not say its period: what a person says, else unstated."""
    if ask.first is None or ask.last is None:
        return {"grain": "unstated", "start": pd.NaT, "end": pd.NaT}
    start = pd.Timestamp(ask.first).tz_localize(ask.zone)
    end = (pd.Timestamp(ask.last) + pd.Timedelta(1, "D")).tz_localize(ask.zone)
    return {"grain": "period", "start": start.tz_convert("UTC"), "end": end.tz_convert("UTC")}


def days(start: pd.Series, zone: str, count: int = 1) -> pd.Series:
    """The end of the `count` days that begin at `start`: local midnight, after 23 or 25 hours twice a year."""
    local = start.dt.tz_convert(zone) + pd.DateOffset(days=count)
    return local.dt.tz_convert("UTC").astype(_UTC)


def _numbers(column: pd.Series, meaning: Meaning, locale: str) -> tuple[Numbers, str]:
    """The numbers, and the currency that their cells name."""
    machine = not locale
    match meaning.kind:
        case "count":
            return parse_counts(column, locale), ""
        case "percent":
            return parse_shares(column, locale, machine=machine), ""
        case "duration":
            return parse_durations(column, locale, machine=machine), ""
        case "money":
            return parse_money(column, locale, machine=machine)
        case "decimal" | "minutes" | "hours":
            return parse_decimals(column, locale, machine=machine).times(_FACTORS.get(meaning.kind, 1.0)), ""


def _says(header: str, meaning: Meaning, currency: str) -> dict[str, str]:
    in_header = re.search(r"\b([A-Z]{3})\)?$", header)
    named = in_header[1] if in_header else currency
    return {**meaning.says, **({"currency": named} if meaning.kind == "money" and named else {})}
