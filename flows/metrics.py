"""Taking platform exports in: what is accepted is kept as it came, beside what was said about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from analytics.importing import Imported, import_file
from analytics.model.extract import Ask
from analytics.people.places import seat
from analytics.sources.asked import check
from archive.catalogue import audit
from archive.errors import SoundbiteError
from archive.store import content_hash, workplace

from .asks import MetricsAsk
from .days import day_of, time_of
from .errors import NothingToImport
from .links import relink
from .results import HeldImport, ImportedFile, ImportsResult, MetricsResult
from .telling import Event, Tell
from .workspace import Workspace

KEPT = "originals/exports"  # never changed, never deleted: the lake can be made again from here
ASKS = TypeAdapter(Ask)
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".zip", ".xlsx"})


def import_metrics(workspace: Workspace, sources: Iterable[Path], ask: MetricsAsk, tell: Tell) -> MetricsResult:
    """Import files, and the exports in folders. One that is refused stops no other.

    Raises:
        NothingToImport: a path with nothing there, or a folder without exports.
        TimeUnclear: a day or a time that is none.
        SeatUnknown: no such constituency, or one of before 2024.
        AskWrong: what is said can't be, such as a period that ends before it begins.
    """
    said = _said(ask, workspace.settings.zone)
    paths = [path for source in sources for path in _files(source)]
    answers = []
    for number, path in enumerate(paths):
        tell(Event("import", "moved", path.name, number / len(paths)))
        answers.append(_import(workspace, path, said, ask.asked_by or "soundbite"))
    relink(workspace, workspace.lake())
    tell(Event("import", "ended"))
    return MetricsResult(files=tuple(answers))


def import_folder(workspace: Workspace, tell: Tell, *, folder: Path | None = None, asked_by: str = "") -> MetricsResult:
    """Import what is new in the watched folder; a second run changes nothing, and what was refused before is not
    tried again until it changes.

    Raises:
        NothingToImport: no folder is given or set.
    """
    place = folder or workspace.settings.exports_folder
    if place is None:
        raise NothingToImport("No folder of exports", "Name one, or set exports_folder in soundbite.toml.")
    with workspace.catalogue.read() as tx:
        refused = {act.subject for act in audit.acts(tx) if act.act == "metrics.refuse"}
    fresh = [path for path in _files(place, may_be_empty=True) if _hash_of(path) not in refused]
    if not fresh:
        return MetricsResult(files=())
    return import_metrics(workspace, fresh, MetricsAsk(asked_by=asked_by), tell)


def rebuild_lake(workspace: Workspace, tell: Tell) -> MetricsResult:
    """Make the lake again from the kept exports, in the order in which they came. What is there already stays."""
    lake, answers = workspace.lake(), []
    for note in _notes(workspace):
        tell(Event("import", "moved", note.name))
        answers.append(_answer(import_file(lake, workspace.store.get(note.key), note.ask, name=note.name)))
    lake.rebuild()
    relink(workspace, lake)
    tell(Event("import", "ended"))
    return MetricsResult(files=tuple(answers))


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
    try:
        found = import_file(workspace.lake(), path, said, on_accepted=lambda: _keep(workspace, path, said))
    except SoundbiteError as error:
        if error.exit_code != 2:
            raise
        found = Imported(path, "", 0, "quarantined", str(error))
    if found.status != "known":
        act = "metrics.import" if found.status == "imported" else "metrics.refuse"
        detail = {"name": path.name, "source": found.source, "rows": found.rows, "reason": found.reason}
        with workspace.catalogue.write(actor) as tx:
            audit.record(tx, act, _hash_of(path), detail)
    return _answer(found)


def _hash_of(path: Path) -> str:
    """That of its content; its place and why where nothing can be read, so that it is tried again once it can."""
    try:
        return content_hash(path) if path.is_file() else f"no file: {path}"
    except OSError as error:
        return f"unreadable ({error.strerror}): {path}"


@dataclass(frozen=True, slots=True)
class _Note:
    """What is kept beside an export: its name when it came, and what was said about it."""

    key: str
    name: str
    ask: Ask
    kept_at: str


def _keep(workspace: Workspace, path: Path, said: Ask) -> None:
    """The bytes as they came, and a note of what was said; both before the lake knows of them. Twice is once."""
    sha, as_of = content_hash(path), said.as_of or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    key = f"{KEPT}/{sha}{path.suffix.lower()}"
    if not workspace.store.exists(key):
        workspace.store.put(path, key)
    told = json.dumps(asdict(replace(said, as_of=as_of)), default=str, sort_keys=True)
    note_key = f"{KEPT}/{sha}-{hashlib.sha256(told.encode()).hexdigest()[:12]}.json"
    if workspace.store.exists(note_key):
        return
    note = {"key": key, "name": path.name, "ask": json.loads(told), "kept_at": datetime.now(UTC).isoformat()}
    with workplace(workspace.store.work, "export") as folder:
        part = folder / "note.json"
        part.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        workspace.store.publish(part, note_key)


def _notes(workspace: Workspace) -> list[_Note]:
    keys = [key for key in workspace.store.listing(KEPT) if key.endswith(".json")]
    kept = [json.loads(workspace.store.get(key).read_text(encoding="utf-8")) for key in keys]
    notes = [
        _Note(note["key"], note["name"], ASKS.validate_python(note["ask"]), note["kept_at"])
        for note in kept
        if "kept_at" in note
    ]
    return sorted(notes, key=lambda note: note.kept_at)


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
