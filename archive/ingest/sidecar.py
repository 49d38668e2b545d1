"""`<stem>.soundbite.yaml` (or .yml, .json) beside a recording: what its people know about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import yaml

from archive.errors import SettingsWrong

SUFFIXES = (".soundbite.yaml", ".soundbite.yml", ".soundbite.json")
MAX_BYTES = 64 * 1024
_KEYS = ("channel", "programme", "aired_at")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the sidecar says; None where it is silent. A naive `aired_at` is local time."""

    channel: str | None = None
    programme: str | None = None
    aired_at: datetime | None = None


def read_sidecar(data: bytes, name: str) -> Sidecar:
    """Read YAML (JSON is YAML). Raises SettingsWrong with the line and the reason."""
    try:
        found = yaml.safe_load(data.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        why = getattr(error, "problem", None) or "it is not YAML in UTF-8"
        raise SettingsWrong(f"{name}{where}: {why}") from error
    if not isinstance(found, dict):
        raise SettingsWrong(f"{name}: expected lines such as `channel: BBC Two`")
    for key in found:
        if key not in _KEYS:
            raise SettingsWrong(f"{name}: unknown key {key!r}", f"Known are {', '.join(_KEYS)}.")
    channel, programme = (_text(found, key, name) for key in _KEYS[:2])
    return Sidecar(channel, programme, _when(found.get("aired_at"), name))


def _text(found: dict[object, object], key: str, name: str) -> str | None:
    value = found.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value.strip() if isinstance(value, str) else None
    raise SettingsWrong(f"{name}: {key} must be text, not {value!r}", "Put it in quotation marks.")


def _when(value: object, name: str) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value.strip())
        except ValueError:
            parsed = None
        if parsed is not None and len(value.strip()) > len("2026-11-20"):
            return parsed
    shown = value.isoformat() if isinstance(value, date) else repr(value)
    raise SettingsWrong(f"{name}: aired_at {shown} is no day and time", "Write it as 2026-11-20 22:00.")
