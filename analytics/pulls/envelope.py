"""What an API answered, kept as it came: the same file, the same contract and the same history as a download.

{"source": "youtube.analytics_api", "pulled_at": "2026-11-20T03:00:00Z",
 "request": {…what was asked, no secrets…}, "pages": [{…each answer…}]}
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from analytics.errors import PullFailed
from archive.store import write_atomic

# Meta writes the caller's token into links of its answers (ad_snapshot_url, paging.next).
_TOKEN: Final = re.compile(r"(access_token(?:=|%3D))[^&%\"\s\\]*", re.IGNORECASE)


def keep(
    folder: Path,
    source: str,
    request: Mapping[str, object],
    pages: Sequence[object],
    *,
    pulled_at: datetime | None = None,
) -> Path:
    """Write one pull to `folder`, whole or not at all, and say where it lies. Tokens within links are taken out.

    The name ends in a digest of the text, so two pulls of one second never replace each other.
    Raises DiskFull, NotWritable, StoreError.
    """
    moment = (pulled_at or datetime.now(UTC)).astimezone(UTC)
    envelope = {"source": source, "pulled_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "request": dict(request), "pages": pages}
    text = _TOKEN.sub(r"\1", json.dumps(envelope, ensure_ascii=False, indent=1))
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = folder / f"{source}-{moment:%Y%m%dT%H%M%SZ}-{digest}.json"
    write_atomic(path, text)
    return path


def secret(name: str, platform: str) -> str:
    """The environment variable `name`. Raises PullFailed where it is not set."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise PullFailed(
            f"No key for {platform}: {name} is not set", f"Set {name} in the environment, never in a file."
        )
    return value
