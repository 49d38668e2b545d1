"""JSON, strictly: what JSON does not allow, or would lose a number, is refused with its line."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Final, Never

from analytics.errors import ExportRefused

from .table import Document

_AGAIN = "Get it again from the platform's API and import that answer as it is."

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def document_of(text: str, name: str) -> Document:
    """A JSON file, or JSON lines as a list.

    Raises:
        ExportRefused: broken off, NaN, a key twice in one object, nested too deep, a number too long, no object at all.
    """
    try:
        data = _parsed(text)
        if _SURROGATE.search(text):
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _refused(name, f"is no JSON: {error.msg} in line {error.lineno}", error.lineno) from error
    except RecursionError as error:
        raise _refused(name, "is nested deeper than any export") from error
    except UnicodeEncodeError as error:
        raise _refused(name, "has half a character in a text: it was cut in its middle") from error
    except (_Wrong, ValueError, OverflowError) as error:
        raise _refused(name, f"can't be read: {error}") from error
    if not isinstance(data, dict | list):
        raise _refused(name, "is a single JSON value, not an export")
    return Document(name, data)


class _Wrong(ValueError):
    pass


def _parsed(text: str) -> object:
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _line(number: int, text: str) -> object:
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        raise _Wrong(f"line {number} is no JSON of its own ({error.msg})") from error


def _loads(text: str) -> object:
    return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _Wrong(f"“{twice[:40]}” is twice in one object")
    return found


def _no_constant(word: str) -> Never:
    raise _Wrong(f"{word} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _Wrong(f"{text[:40]} is too large for a number")
    return number


def _refused(name: str, what: str, line: int = 0) -> ExportRefused:
    return ExportRefused(f"{name} {what}", _AGAIN, line=line)
