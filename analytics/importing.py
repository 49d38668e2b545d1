"""A file → the lake: recognised by what is in it, read whole, taken in once."""

from __future__ import annotations

import hashlib
import json
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
from analytics.model.extract import Ask, Extract, RefusedRow, Repair
from analytics.reading import Item, read_tables
from analytics.sources import recognise
from analytics.sources.contract import Known, Match, Source
from analytics.sources.duplicates import settled
from analytics.sources.mapped import load_mapping, mapped
from analytics.sources.seats import placed
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
        MappingWrong, SeatUnknown: what `ask` says does not hold.
    """
    known = _known(path, ask)
    items = read_tables(path, ask.locale or (load_mapping(ask.mapping).locale if ask.mapping else ""))
    claims, strangers = _claims(items, ask)
    if not claims:
        raise strangers[0]
    extracts = [settled(placed(_read(claim, ask, known), ask.seat)) for claim in claims]
    left_out = tuple(f"left out: {error.what}" for error in strangers)
    if not left_out:
        return tuple(extracts)
    return (replace(extracts[0], notes=(*extracts[0].notes, *left_out)), *extracts[1:])


def import_file(
    lake: Lake,
    path: Path,
    ask: Ask = NOTHING_ASKED,
    *,
    name: str = "",
    on_accepted: Callable[[], None] = lambda: None,
) -> Imported:
    """Take a file into the lake. The same bytes, asked in the same way, are "known" and change nothing.

    A file that can't be understood, or has no good row, is "quarantined": nothing of it is taken in. `on_accepted`
    is called once it is understood and before the lake knows of it; `name` is what it was called when it came.

    Raises:
        SourceMissing, MappingWrong, SeatUnknown: as `read_export`; LakeBusy, LakeDamaged, StoreError: as Lake.add.
    """
    options = _options(ask)
    identity = _identity(path, options)
    before = [receipt for receipt in lake.receipts() if receipt.import_id.startswith(identity)]
    if before and len(before) == int(before[0].import_id.rpartition("of")[2]):
        return _imported(path, "known", before)
    try:
        extracts = read_export(path, ask)
    except ExportRefused as error:
        return Imported(path, "", 0, "quarantined", str(error))
    refused = [row for extract in extracts for row in extract.refused]
    if refused and not any(extract.rows for extract in extracts):
        return Imported(
            path, extracts[0].source, 0, "quarantined", _refusals(refused[0], len(refused)), refused=tuple(refused)
        )
    on_accepted()
    receipts = [
        lake.add(extract, import_id=f"{identity}-{number}of{len(extracts)}", name=name or path.name, options=options)
        for number, extract in enumerate(extracts, 1)
    ]
    return _imported(path, "imported", receipts)


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
    try:
        given = ask.as_of if ask.as_of.tzinfo else ask.as_of.replace(tzinfo=ZoneInfo(ask.zone))
    except (KeyError, OSError, ValueError) as error:
        raise ExportRefused(f"“{ask.zone}” is no time zone", "Say for example --zone Europe/London.") from error
    return Known(given.astimezone(UTC), "given")


def _options(ask: Ask) -> dict[str, str]:
    """What was asked, as far as it was: these change what a file means."""
    usual = asdict(NOTHING_ASKED)
    return {name: str(value) for name, value in asdict(ask).items() if value != usual[name]}


def _identity(path: Path, options: Mapping[str, str]) -> str:
    """The same for the same bytes under the same options; of a mapping its text counts, not its place."""
    try:
        digest = hashlib.sha256(path.read_bytes())
        rest = {name: value for name, value in options.items() if name != "mapping"}
        digest.update(json.dumps(rest, sort_keys=True).encode())
        if "mapping" in options:
            digest.update(Path(options["mapping"]).read_bytes())
    except OSError as error:
        raise SourceMissing(f"{error.filename} can't be read ({error.strerror})", "Check the path.") from error
    return digest.hexdigest()[:40]


def _imported(path: Path, status: Status, receipts: Sequence[Receipt]) -> Imported:
    refused = tuple(row for receipt in receipts for row in receipt.refused)
    totals, differing = _totals(receipts)
    return Imported(
        path,
        ", ".join(dict.fromkeys(receipt.source for receipt in receipts)),
        sum(receipt.rows for receipt in receipts),
        status,
        _refusals(refused[0], sum(receipt.refused_rows for receipt in receipts)) if refused else "",
        totals,
        tuple(repair for receipt in receipts for repair in receipt.repairs),
        refused,
        (*(note for receipt in receipts for note in receipt.notes), *differing),
        tuple(receipt.import_id for receipt in receipts),
    )


def _totals(receipts: Iterable[Receipt]) -> tuple[dict[str, Total], tuple[str, ...]]:
    """Metric by metric. Tables of one file show the same numbers in several cuts: the fullest counts, not their sum."""
    found: dict[str, tuple[float, float]] = {}
    differing = set[str]()
    for receipt in receipts:
        for name, total in receipt.totals.items():
            ends = total if isinstance(total, tuple) else (total, total)
            if name in found and found[name] != ends:
                differing.add(name)
            found[name] = max(ends, found.get(name, ends))
    notes = tuple(
        f"the tables of this file come to different {name}: the largest is shown" for name in sorted(differing)
    )
    return {name: _shown(*ends) for name, ends in found.items()}, notes


def _shown(low: float, high: float) -> Total:
    return low if low == high else [low, None if math.isinf(high) else high]


def _refusals(first: RefusedRow, count: int) -> str:
    where = f"line {first.line}" + (f", {first.column}" if first.column else "")
    what = f"{where}: “{first.value}” {first.why}"
    return f"1 row refused: {what}" if count == 1 else f"{count} rows refused, the first in {what}"
