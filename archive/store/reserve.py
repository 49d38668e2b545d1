"""A file whose only use is that it can be deleted: room for the catalogue on a full disk.

SQLite needs room to write even for a DELETE, so a full disk would otherwise also stop the notes about it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

RESERVE_BYTES = 8 * 1024 * 1024
_ZEROS = bytes(1024 * 1024)


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reserve at `path`. Nothing here raises: a reserve that can't be had must not stop the work."""

    path: Path
    size_bytes: int = RESERVE_BYTES

    @property
    def is_held(self) -> bool:
        try:
            return self.path.stat().st_size >= self.size_bytes
        except OSError:
            return False

    def hold(self) -> bool:
        """Take the room if there is plenty (ten times as much); True if the reserve is held now."""
        if self.is_held:
            return True
        with suppress(OSError):
            if shutil.disk_usage(self.path.parent).free > 10 * self.size_bytes:
                self._fill()
        return self.is_held

    def is_needed(self) -> bool:
        """The disk has less room left than the reserve holds."""
        try:
            return shutil.disk_usage(self.path.parent).free < self.size_bytes
        except OSError:
            return False

    def release(self) -> bool:
        """Give the room back; True if there was any to give."""
        was_held = self.path.exists()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        return was_held

    def _fill(self) -> None:
        # Written, not truncated to size: a sparse file would hold no room.
        with self.path.open("wb") as file:
            for _ in range(self.size_bytes // len(_ZEROS)):
                file.write(_ZEROS)
            file.write(bytes(self.size_bytes % len(_ZEROS)))
            file.flush()
            os.fsync(file.fileno())
