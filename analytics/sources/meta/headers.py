"""Which column of an export is which of our fields, in whatever language it was downloaded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

ENGLISH = "en"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "„": '"', "“": '"', "”": '"', "«": '"', "»": '"'})
_CURRENCY = re.compile(r"(.*\S)\s*\(([A-Z]{3})\)")

# field → "en:Reach|de:Reichweite|…": every spelling, with the language that writes it so.
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """`columns`: field → column of the file; `currencies`: field → ISO code in its header; the rest is `unknown`.

    `language` is the one that most headers are written in, "" where none was recognised.
    """

    columns: Mapping[str, str]
    currencies: Mapping[str, str]
    unknown: tuple[str, ...]
    language: str

    def has(self, *fields: str) -> bool:
        return all(field in self.columns for field in fields)


def plain(header: str) -> str:
    """A header without what varies by accident: case, kinds of quotation mark, white space."""
    return " ".join(unicodedata.normalize("NFKC", header).translate(_QUOTES).replace('"', "").casefold().split())


def find(columns: Iterable[str], words: Words) -> Found:
    """Sort `columns` by `words`. Where two columns mean the same field the first is it and the other is unknown."""
    spellings = _spellings(tuple(words.items()))
    found: dict[str, str] = {}
    currencies: dict[str, str] = {}
    unknown: list[str] = []
    spoken: Counter[str] = Counter()
    for column in columns:
        name, currency = without_currency(column)
        field, languages = spellings.get(plain(column)) or spellings.get(plain(name)) or ("", frozenset())
        if not field or field in found:
            unknown.append(column)
            continue
        found[field] = column
        spoken.update(languages)
        if currency:
            currencies[field] = currency
    return Found(found, currencies, tuple(unknown), _main(spoken))


def without_currency(header: str) -> tuple[str, str]:
    """ "Amount spent (GBP)" → ("Amount spent", "GBP"); the header as it is and "" where there is none."""
    match = _CURRENCY.fullmatch(header.strip())
    return (match[1], match[2]) if match else (header, "")


def spellings_of(words: Words, field: str) -> tuple[str, ...]:
    """Every spelling of `field`, plain, longest first."""
    return tuple(sorted((plain(one.partition(":")[2]) for one in words[field].split("|")), key=len, reverse=True))


def english(words: Words) -> tuple[str, ...]:
    """The usual headers, for the hint where a file is nearly ours."""
    first = (next(one for one in said.split("|") if one.startswith(ENGLISH)) for said in words.values())
    return tuple(one.partition(":")[2] for one in first)


def _main(spoken: Counter[str]) -> str:
    """English where it is as likely as any other: half of Meta's words are the same everywhere."""
    if not spoken:
        return ""
    return max(spoken, key=lambda language: (spoken[language], language == ENGLISH))


@cache
def _spellings(words: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, frozenset[str]]]:
    table: dict[str, tuple[str, frozenset[str]]] = {}
    for field, said in words:
        for one in said.split("|"):
            language, _, spelling = one.partition(":")
            known, languages = table.get(plain(spelling), (field, frozenset()))
            if known != field:
                raise ValueError(f"{spelling!r} means both {known} and {field}")
            table[plain(spelling)] = (field, languages | {language})
    return table
