"""A file → the lake: recognised by what is in it, read whole, taken in once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pandera.errors import SchemaError, SchemaErrors

from analytics.errors import ExportRefused, ExportUnclear
from analytics.lake import Lake, Receipt
from analytics.lake.identity import bytes_id, entire, identity, options_id, said_otherwise, same_bytes
from analytics.lake.totals import totals_together
from analytics.model.extract import Ask, Extract, RefusedRow, Repair
from analytics.reading import Item, read_tables
from analytics.reading.files import refuse_unreadable
from analytics.sources import recognise
from analytics.sources.asked import check
from analytics.sources.contract import Known, Match, Source
from analytics.sources.duplicates import settled_together
from analytics.sources.mapped import load_mapping, mapped
from analytics.sources.seats import placed
from analytics.sources.together import days_told, is_undated, without_days_to_come
from archive.errors import SourceMissing

Status = Literal["imported", "known", "quarantined"]
Total = float | list[float | None]  # a number, or [low, high]; None where nothing is known above
Claim = tuple[Item, Source, Match]
NOTHING_ASKED: Final = Ask()
# What reading a value of a kind that its source never has can raise. One odd file must not stop a night's import.
_UNFORESEEN: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, SchemaError, SchemaErrors,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file. `reason` says why it was quarantined, or which of its rows were refused."""

    path: Path
    source: str
    rows: int
    status: Status
    reason: str = ""
    totals: Mapping[str, Total] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[str, ...] = ()
    import_ids: tuple[str, ...] = ()


def read_export(path: Path, ask: Ask = NOTHING_ASKED) -> tuple[Extract, ...]:
    """What is in the file: one extract, or several for a zip, a workbook or stacked tables.

    Raises:
        SourceMissing: nothing at that path.
        ExportRefused, ExportUnclear: no export that we know, damaged, or a question (see analytics/errors.py).
        AskWrong, MappingWrong, SeatUnknown: what `ask` says does not hold.
    """
    check(ask)
    known = _known(path, ask)
    items = read_tables(path, ask.locale or (load_mapping(ask.mapping).locale if ask.mapping else ""))
    claims, strangers = _claims(items, ask)
    if not claims:
        raise strangers[0]
    read = _dated(claims, [_read(claim, ask, known) for claim in claims], ask, known)
    first, *others = settled_together([placed(without_days_to_come(one, ask.zone), ask.seat) for one in read])
    said = (note for item in items for note in item.notes)
    left_out = (f"left out: {error.what}" for error in strangers)
    return replace(first, notes=(*first.notes, *said, *left_out, *_download_time((first, *others)))), *others


def _dated(claims: Sequence[Claim], extracts: Sequence[Extract], ask: Ask, known: Known) -> list[Extract]:
    """Tables that do not say their days are of those that a table by day in the same download tells."""
    families = [source.name.partition("_")[0] for _, source, _ in claims]
    found = list[Extract]()
    for claim, extract, family in zip(claims, extracts, families, strict=True):
        kin = [other for other, name in zip(extracts, families, strict=True) if name == family]
        days = days_told(kin, ask.zone) if ask.first is None and is_undated(extract) else None
        if days is None:
            found.append(extract)
            continue
        again = _read(claim, replace(ask, first=days[0], last=days[1]), known)
        note = f"{claim[0].name} does not say its days: taken from the table by day beside it, {days[0]} to {days[1]}"
        found.append(replace(again, notes=(*again.notes, note)))
    return found


def _download_time(extracts: Iterable[Extract]) -> tuple[str, ...]:
    taken = {extract.snapshot_at for extract in extracts if extract.snapshot_from == "file time"}
    return tuple(
        f"download time taken from the file: {when:%Y-%m-%d %H:%M} UTC; set it with --as-of" for when in sorted(taken)
    )


def import_file(
    lake: Lake,
    path: Path,
    ask: Ask = NOTHING_ASKED,
    *,
    name: str = "",
    on_accepted: Callable[[], None] = lambda: None,
) -> Imported:
    """Take a file into the lake. The same bytes, asked in the same way, are "known" and change nothing; nor does asking
    again and saying nothing. Asked otherwise (another seat, paid for organic), they take the place of what was there.

    A file that can't be understood, or has no good row, is "quarantined": nothing of it is taken in. `on_accepted`
    is called once it is understood and before the lake knows of it; `name` is what it was called when it came.

    Raises:
        SourceMissing, AskWrong, MappingWrong, SeatUnknown: as `read_export`.
        LakeBusy, LakeDamaged, StoreError: as Lake.add.
    """
    check(ask)
    options = _options(ask)
    if why := _unreadable(path):
        return Imported(path, "", 0, "quarantined", why)
    name_of_bytes = bytes_id(path)
    wanted = f"{name_of_bytes}.{options_id(options)}"
    held = same_bytes(lake.receipts(), name_of_bytes)
    if before := entire(held, wanted):
        return _with(_imported(lake, path, "known", before), _in_place(lake, held, options))
    if held and not options.keys() - {"zone"} and (before := entire(held, identity(held[-1]))):
        return _imported(lake, path, "known", before)  # nothing is said that could correct what was said before
    try:
        extracts = read_export(path, ask)
    except ExportRefused as error:
        return Imported(path, "", 0, "quarantined", str(error))
    refused = tuple(row for extract in extracts for row in extract.refused)
    if refused and not any(extract.rows for extract in extracts):
        why = _refusals(refused[0], len(refused))
        return Imported(path, extracts[0].source, 0, "quarantined", why, refused=refused)
    on_accepted()
    receipts = _added(lake, extracts, wanted, name or path.name, options)
    return _with(_imported(lake, path, "imported", receipts), _in_place(lake, held, options))


def _added(
    lake: Lake, extracts: Sequence[Extract], wanted: str, name: str, options: Mapping[str, str]
) -> list[Receipt]:
    return [
        lake.add(extract, import_id=f"{wanted}-{number}of{len(extracts)}", name=name, options=options)
        for number, extract in enumerate(extracts, 1)
    ]


def _in_place(lake: Lake, held: Sequence[Receipt], options: Mapping[str, str]) -> tuple[str, ...]:
    """Withdraw the earlier imports of the same bytes about which something else was said; a note that says so."""
    other = said_otherwise(held, options)
    if not other:
        return ()
    lake.withdraw(receipt.import_id for receipt in other)
    said = ", ".join(f"{name} {value}" for name, value in other[-1].options.items()) or "nothing said about it"
    return (f"takes the place of the same file imported with {said}",)


def _with(imported: Imported, notes: tuple[str, ...]) -> Imported:
    return replace(imported, notes=(*imported.notes, *notes))


def _unreadable(path: Path) -> str:
    try:
        refuse_unreadable(path)
    except ExportRefused as error:
        return str(error)
    return ""


def _read(claim: Claim, ask: Ask, known: Known) -> Extract:
    item, source, match = claim
    try:
        return source.read(item, match, ask, known)
    except _UNFORESEEN as error:
        why = (str(error).splitlines() or [""])[0][:120]
        raise ExportRefused(
            f"{item.name} looks like {source.title}, but not all of it is ({type(error).__name__}: {why})",
            "Download it again; if it stays so, keep the file and report it.",
        ) from error


def _claims(items: Sequence[Item], ask: Ask) -> tuple[list[Claim], list[ExportRefused]]:
    """Who reads what, and what nobody knows."""
    claims: list[Claim] = []
    strangers: list[ExportRefused] = []
    for item in items:
        try:
            source, match = mapped(item, ask.mapping) if ask.mapping else recognise(item)
        except ExportUnclear:
            raise
        except ExportRefused as error:
            strangers.append(error)
        else:
            claims.append((item, source, match))
    return claims, strangers


def _known(path: Path, ask: Ask) -> Known:
    if ask.as_of is None:
        try:
            return Known(datetime.fromtimestamp(path.stat().st_mtime, UTC), "file time")
        except OSError as error:
            raise SourceMissing(f"{path} can't be read ({error.strerror})", "Check the path.") from error
    given = ask.as_of if ask.as_of.tzinfo else ask.as_of.replace(tzinfo=ZoneInfo(ask.zone))
    return Known(given.astimezone(UTC), "given")


def _options(ask: Ask) -> dict[str, str]:
    """What was asked, as far as it was: these change what a file means."""
    usual = asdict(NOTHING_ASKED)
    return {name: str(value) for name, value in asdict(ask).items() if value != usual[name]}


def _imported(lake: Lake, path: Path, status: Status, receipts: Sequence[Receipt]) -> Imported:
    refused = tuple(row for receipt in receipts for row in receipt.refused)
    return Imported(
        path,
        ", ".join(dict.fromkeys(receipt.source for receipt in receipts)),
        sum(receipt.rows for receipt in receipts),
        status,
        _refusals(refused[0], sum(receipt.refused_rows for receipt in receipts)) if refused else "",
        _totals(lake, receipts),
        tuple(repair for receipt in receipts for repair in receipt.repairs),
        refused,
        tuple(note for receipt in receipts for note in receipt.notes),
        tuple(receipt.import_id for receipt in receipts),
    )


def _totals(lake: Lake, receipts: Sequence[Receipt]) -> dict[str, Total]:
    """Metric by metric, over all tables of the file: the same numbers in several cuts are not added."""
    found = receipts[0].totals
    if len(receipts) > 1:
        with lake.connect() as connection:
            found = totals_together(connection, [receipt.import_id for receipt in receipts])
    ends = {name: total if isinstance(total, tuple) else (total, total) for name, total in found.items()}
    return {name: _shown(*both) for name, both in ends.items()}


def _shown(low: float, high: float) -> Total:
    return low if low == high else [low, None if math.isinf(high) else high]


def _refusals(first: RefusedRow, count: int) -> str:
    where = f"line {first.line}" + (f", {first.column}" if first.column else "")
    what = f"{where}: “{first.value}” {first.why}"
    return f"1 row refused: {what}" if count == 1 else f"{count} rows refused, the first in {what}"
