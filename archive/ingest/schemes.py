"""Which kind of address a source is, and how much of it may be seen."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_NO_PORT = re.compile(r":(?!\d*$)")


def scheme_of(source: str) -> str:
    """The scheme in small letters; "" for a path. No file is asked: an address can be too long for that."""
    match = _SCHEME.match(source)
    return match[1].lower() if match else ""


def shown(source: str) -> str:
    """The source without user, password, query and fragment, any of which may be secret. Never raises.

    What is no address is a path, and stays as it is. A password that was not escaped ("https://anna:a/b@tv.example")
    is cut away too.
    """
    match = _SCHEME.match(source)
    if match is None:
        return source
    rest = source[match.end() :]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if _ends_inside_a_password(host):
        rest = rest.rpartition("@")[2] if "@" in rest else rest.partition(":")[0]
    else:
        rest = host.rpartition("@")[2] + rest[len(host) :]
    return match[0] + re.split(r"[?#]", rest, maxsplit=1)[0]


def _ends_inside_a_password(host: str) -> bool:
    return "@" not in host and not host.startswith("[") and _NO_PORT.search(host) is not None
