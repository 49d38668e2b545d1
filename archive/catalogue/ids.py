"""Identifiers follow from content, so the same thing gets the same name on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import PurePath

_LENGTH = 12


def recording_id(sha256: str) -> str:
    """r_ and the first 12 hex digits of the original's SHA-256."""
    return f"r_{sha256[:_LENGTH]}"


def moment_id(recording: str, start: Fraction, end: Fraction, kind: str) -> str:
    """m_ and 12 hex digits; the same stretch flagged twice as the same kind is one moment."""
    return "m_" + _digest("|".join((recording, _plain(start), _plain(end), kind)))


def clip_id(request: Mapping[str, object]) -> str:
    """c_ and 12 hex digits of the request's canonical JSON: one request makes one clip."""
    return "c_" + _digest(canonical_json(request))


def canonical_json(value: object) -> str:
    """One spelling for one value: sorted keys, no spaces, exact times as "num/den", wall times in UTC.

    Raises TypeError for what has no JSON form, ValueError for NaN and infinity.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    raise TypeError(f"{type(value).__name__} has no place in a request")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
