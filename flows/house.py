"""`soundbite up` as others see it: where its doors are, and the environment that its parts share."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from archive.store import mapped_errors

from .errors import HouseTaken
from .settings import Settings

SHORTEST_KEY = 16
LOOKERS_LEAVE_WITHIN_S = 1.0  # who looks whether a lock is free holds it for an instant
LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class House:
    """A running `up`: its process id, the desk's and Prefect's addresses, and the desk's key."""

    pid: int
    desk: str
    prefect: str
    key: str


def house_file(home: Path) -> Path:
    return home / "run" / "up.json"


def lock_file(home: Path) -> Path:
    return home / "run" / "up.lock"


def ready_file(home: Path, part: str) -> Path:
    """There once a part has warmed up; removed before it starts."""
    return home / "run" / f"{part}.ready"


def open_house(home: Path, house: House) -> None:
    """Say where the doors are. Readable by the owner alone: it holds the key."""
    path = house_file(home)
    temp = path.with_suffix(".tmp")
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(house), file)
    temp.replace(path)


def find_house(home: Path) -> House | None:
    """The `up` that runs on this home, if one does."""
    try:
        with lock_file(home).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except OSError:  # somebody holds it: an `up` is there, and ready once it has said where its doors are
        try:
            return House(**json.loads(house_file(home).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
    return None


def lock_within(file: IO[bytes], within_s: float) -> bool:
    """Lock an open file for ourselves, trying for a moment: False if somebody really holds it."""
    until = time.monotonic() + within_s
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.02)
        else:
            return True


@contextmanager
def sole_house(home: Path) -> Iterator[None]:
    """Be the one `up` of this home for as long as the block lasts.

    Raises:
        HouseTaken: another one runs.
    """
    lock_file(home).parent.mkdir(parents=True, exist_ok=True)
    with lock_file(home).open("wb") as lock:
        if not lock_within(lock, LOOKERS_LEAVE_WITHIN_S):
            raise HouseTaken(f"soundbite up already runs on {home}", "Use that one, or stop it first.")
        house_file(home).unlink(missing_ok=True)  # left by one that was killed: its doors are not ours
        try:
            yield
        finally:
            house_file(home).unlink(missing_ok=True)


def key_for(home: Path) -> str:
    """The key to the desk and to Prefect's page: made once per home, readable by the owner alone.

    A key that is cut short (SHORTEST_KEY) would leave the desk open, so it is replaced.

    Raises:
        DiskFull, NotWritable, StoreError.
    """
    path = home / "run" / "key"
    while (key := _written_key(path)) is None:
        with mapped_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _make_key(path)
    return key


def _written_key(path: Path) -> str | None:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return key if len(key) >= SHORTEST_KEY else None


def _make_key(path: Path) -> None:
    """Write a key whole, then give it its name; if another process was first, theirs counts."""
    temp = path.with_name(f".key.{secrets.token_hex(6)}.part")
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(18))
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and _written_key(path) is None:
            temp.replace(path)
        else:
            _name_if_absent(temp, path)
    finally:
        temp.unlink(missing_ok=True)


def _name_if_absent(temp: Path, path: Path) -> None:
    try:
        os.link(temp, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        temp.replace(path)


def _unproxied() -> str:
    """The hosts asked without a proxy, as the environment has them, and ourselves: a proxy must not see the key."""
    said = ",".join(os.environ.get(name, "") for name in ("no_proxy", "NO_PROXY")).split(",")
    return ",".join(dict.fromkeys(host.strip() for host in (*said, *LOOPBACK) if host.strip()))


def environment(home: Path, settings: Settings) -> dict[str, str]:
    """What every part runs with: Prefect at home, bound to loopback, locked, and telling nobody."""
    auth = f"soundbite:{key_for(home)}"
    prefect_home = home / "prefect"
    return {
        **os.environ,
        "SOUNDBITE_HOME": str(home),
        "DO_NOT_TRACK": "1",
        "NO_PROXY": _unproxied(),
        "no_proxy": _unproxied(),
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_API_URL": f"http://127.0.0.1:{settings.server_port}/api",
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(settings.server_port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{prefect_home}/prefect.db",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
