"""What an import is called: "bytes.options-1of2", so that a file is taken in once, and a correction is known as one.

The first 24 hex digits are of the file's bytes, the next 12 of what was said about it, then the part of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from archive.errors import SourceMissing

from .receipts import Receipt


def bytes_id(path: Path) -> str:
    """Raises SourceMissing."""
    return hashlib.sha256(_bytes(path)).hexdigest()[:24]


def options_id(options: Mapping[str, str]) -> str:
    """The same for the same options; of a mapping its text counts, not its place. Raises SourceMissing."""
    said = {name: value for name, value in options.items() if name != "mapping"}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    if "mapping" in options:
        digest.update(_bytes(Path(options["mapping"])))
    return digest.hexdigest()[:12]


def identity(receipt: Receipt) -> str:
    """Bytes and options, without the part of the file."""
    return receipt.import_id.rpartition("-")[0]


def entire(held: Iterable[Receipt], wanted: str) -> list[Receipt]:
    """The imports of every part of the file with that identity; none where a part is missing."""
    found = [receipt for receipt in held if identity(receipt) == wanted]
    return found if found and len(found) == int(found[0].import_id.rpartition("of")[2]) else []


def said_otherwise(held: Iterable[Receipt], options: Mapping[str, str]) -> list[Receipt]:
    """Imports of the same bytes whose options differ in anything but `as_of`: that is another snapshot."""
    return [receipt for receipt in held if identity(receipt).partition(".")[2] != options_id(_at(receipt, options))]


def same_bytes(receipts: Sequence[Receipt], content: str) -> list[Receipt]:
    return [receipt for receipt in receipts if receipt.import_id.startswith(f"{content}.")]


def _at(receipt: Receipt, options: Mapping[str, str]) -> dict[str, str]:
    rest = {name: value for name, value in options.items() if name != "as_of"}
    return rest | {name: value for name, value in receipt.options.items() if name == "as_of"}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{path} can't be read ({error.strerror})", "Check the path.") from error
