"""Taking platform exports in: what is accepted is kept as it came, beside what was said about it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from analytics.errors import LakeBusy, LakeDamaged
from analytics.importing import Imported, import_file
from analytics.model.extract import Ask
from analytics.people.places import seat
from analytics.sources.asked import check
from archive.catalogue import audit
from archive.errors import SoundbiteError
from archive.store import content_hash

from .asks import MetricsAsk
from .days import day_of, time_of
from .errors import NothingToImport
from .kept import Note, keep, notes, unpacked
from .links import relink
from .results import HeldImport, ImportedFile, ImportsResult, MetricsResult
from .telling import Event, Tell
from .workspace import Workspace

PAUSES_S = (5.0, 15.0, 45.0)  # each after the lake's own patience
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".zip", ".xlsx"})


def import_metrics(workspace: Workspace, sources: Iterable[Path], ask: MetricsAsk, tell: Tell) -> MetricsResult:
    """Import files, and the exports in folders. One that is refused stops no other.

    Raises:
        NothingToImport: the only path has nothing there, or is a folder without exports.
        TimeUnclear: a day or a time that is none.
        SeatUnknown: no such constituency, or one of before 2024.
        AskWrong: what is said can't be, such as a period that ends before it begins.
    """
    said, places = _said(ask, workspace.settings.zone), list(sources)
    paths: list[Path] = []
    answers: list[ImportedFile] = []
    for place in places:
        try:
            paths += _files(place)
        except NothingToImport as nothing:
            if len(places) == 1:
                raise
            answers.append(_answer(Imported(place, "", 0, "quarantined", str(nothing))))
    for number, path in enumerate(paths):
        tell(Event("import", "moved", path.name, number / len(paths)))
        answers.append(_import(workspace, path, said, ask.asked_by or "soundbite"))
    relink(workspace, workspace.lake())
    tell(Event("import", "ended"))
    return MetricsResult(files=tuple(answers))


def import_folder(workspace: Workspace, tell: Tell, *, folder: Path | None = None, asked_by: str = "") -> MetricsResult:
    """Import what is new in the watched folder; a second run changes nothing, and what was refused before is not
    tried again until it changes, or what is said about it does (the settings).

    Raises:
        NothingToImport: no folder is given or set.
    """
    place = folder or workspace.settings.exports_folder
    if place is None:
        raise NothingToImport("No folder of exports", "Name one, or set exports_folder in soundbite.toml.")
    ask = MetricsAsk(asked_by=asked_by)
    said = _words(_said(ask, workspace.settings.zone))
    with workspace.catalogue.read() as tx:
        refusals = [act for act in audit.acts(tx) if act.act == "metrics.refuse"]
    refused = {act.subject for act in refusals if json.loads(act.detail).get("said") == said}
    fresh = [path for path in _files(place, may_be_empty=True) if _hash_of(path) not in refused]
    if not fresh:
        return MetricsResult(files=())
    return import_metrics(workspace, fresh, ask, tell)


def rebuild_lake(workspace: Workspace, tell: Tell) -> MetricsResult:
    """Make the lake again from the kept exports, in the order in which they came, each as it was said of it last. What
    is there already stays; what can't be read any more is answered as quarantined, and stops no other."""
    lake = workspace.lake()
    try:
        lake.receipts()
    except LakeDamaged:
        lake.rebuild()
    kept, broken = notes(workspace.store)
    answers = [
        ImportedFile(path=key, source="", rows=0, status="quarantined", reason=why) for key, why in broken.items()
    ]
    for note in kept:
        tell(Event("import", "moved", note.name))
        answers.append(_answer(_again(workspace, note)))
    lake.rebuild()
    relink(workspace, lake)
    tell(Event("import", "ended"))
    return MetricsResult(files=tuple(answers))


def _again(workspace: Workspace, note: Note) -> Imported:
    try:
        with unpacked(workspace.store, note) as (path, ask):
            found = _patiently(lambda: import_file(workspace.lake(), path, ask, name=note.name))
    except SoundbiteError as error:
        found = Imported(Path(note.name), "", 0, "quarantined", str(error))
    return replace(found, path=Path(note.name))


def list_imports(workspace: Workspace) -> ImportsResult:
    """Every import, newest download first."""
    listed = sorted(workspace.lake().receipts(), key=lambda receipt: receipt.snapshot_at, reverse=True)
    return ImportsResult(
        imports=tuple(
            HeldImport(
                import_id=receipt.import_id,
                name=receipt.name,
                source=receipt.source,
                rows=receipt.rows,
                snapshot_at=receipt.snapshot_at,
                snapshot_from=receipt.snapshot_from,
                imported_at=receipt.imported_at,
                refused=len(receipt.refused),
                repairs=len(receipt.repairs),
            )
            for receipt in listed
        )
    )


def _import(workspace: Workspace, path: Path, said: Ask, actor: str) -> ImportedFile:
    def take() -> Imported:
        return import_file(workspace.lake(), path, said, on_accepted=lambda: keep(workspace.store, path, said))

    try:
        found = _patiently(take)
    except LakeBusy as busy:  # nobody refused it: nothing is written down, and the next run takes it
        return _answer(Imported(path, "", 0, "quarantined", str(busy)))
    except SoundbiteError as error:
        if error.exit_code != 2:
            raise
        found = Imported(path, "", 0, "quarantined", str(error))
    _write_down(workspace, path, found, _words(said), actor)
    return _answer(found)


def _patiently(take: Callable[[], Imported]) -> Imported:
    """Somebody else may be writing to the lake, and for long. Raises LakeBusy at last."""
    for pause in PAUSES_S:
        try:
            return take()
        except LakeBusy:
            time.sleep(pause)
    return take()


def _write_down(workspace: Workspace, path: Path, found: Imported, said: dict[str, str], actor: str) -> None:
    """One row in the audit trail an import, and one a refusal of the same bytes about which the same is said. An import
    that was killed before its row has it written when the file is met again."""
    act = "metrics.refuse" if found.status == "quarantined" else "metrics.import"
    told = {"said": said} if found.status == "quarantined" else {"imports": list(found.import_ids)}
    subject = _hash_of(path)
    with workspace.catalogue.write(actor) as tx:
        written = [json.loads(row.detail) for row in audit.acts(tx, subject) if row.act == act]
        if found.status != "imported" and any(detail.items() >= told.items() for detail in written):
            return
        detail = {"name": path.name, "source": found.source, "rows": found.rows, "reason": found.reason}
        audit.record(tx, act, subject, {**detail, **told})


def _hash_of(path: Path) -> str:
    """That of its content; its place and why where nothing can be read, so that it is tried again once it can."""
    try:
        return content_hash(path) if path.is_file() else f"no file: {path}"
    except OSError as error:
        return f"unreadable ({error.strerror}): {path}"


def _words(said: Ask) -> dict[str, str]:
    """What was said, as far as it was; of a mapping, its text."""
    usual = asdict(Ask())
    words = {name: str(value) for name, value in asdict(said).items() if value != usual[name]}
    if said.mapping and Path(said.mapping).is_file():
        words["mapping"] = content_hash(Path(said.mapping))
    return words


def _files(source: Path, *, may_be_empty: bool = False) -> Iterator[Path]:
    if source.is_file() or (source.is_symlink() and not source.is_dir()):
        yield source
        return
    if not source.is_dir():
        raise NothingToImport(f"There is nothing at {source}", "Check the path.")
    found = sorted(
        path
        for path in source.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not path.is_dir()
    )
    if not found and not may_be_empty:
        raise NothingToImport(f"{source} holds no exports", f"They end in {', '.join(sorted(SUFFIXES))}.")
    yield from found


def _said(ask: MetricsAsk, zone: str) -> Ask:
    said = Ask(
        locale=ask.locale,
        platform=ask.platform,
        account=ask.account,
        seat=seat(ask.seat).code if ask.seat else "",
        as_of=time_of(ask.as_of, zone) if ask.as_of else None,
        first=day_of(ask.first) if ask.first else None,
        last=day_of(ask.last) if ask.last else None,
        zone=zone,
        mapping=str(Path(ask.mapping).expanduser().absolute()) if ask.mapping else "",
        payment=ask.payment,
        is_whole_library=ask.whole_library,
    )
    check(said)
    return said


def _answer(found: Imported) -> ImportedFile:
    return ImportedFile(
        path=str(found.path),
        source=found.source,
        rows=found.rows,
        status=found.status,
        reason=found.reason,
        totals=dict(found.totals or {}),
        repairs=tuple(_placed(repair.line, repair.what) for repair in found.repairs),
        refused=tuple(_placed(row.line, f"{row.column} “{row.value}” {row.why}".strip()) for row in found.refused),
        notes=found.notes,
        imports=found.import_ids,
    )


def _placed(line: int, what: str) -> str:
    return f"line {line}: {what}" if line else what
