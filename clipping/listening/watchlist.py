"""A watchlist as a campaign person writes it: YAML to entries, with a reason and a line for what is wrong.

The fields are explained in docs/watchlists.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from clipping.errors import WatchlistWrong
from clipping.language.wording import content_of, wording
from clipping.listening.entries import Entry, Kind, Person, Rebuttal, Watchlist, Within
from clipping.listening.yaml_lines import Item, closest, read_yaml

__all__ = ["Entry", "Kind", "Person", "Rebuttal", "Watchlist", "Within", "load_watchlist", "read_watchlist"]

MAX_BYTES = 1_000_000
MAX_ENTRIES = 2_000
MAX_WORDS = 40
_LISTS = ("phrases", "near", "names", "heard_as", "all_of", "unless", "speaker", "programme", "channel")
ENTRY_FIELDS = ("id", "kind", "weight", "within", "rebuttal", "note", *_LISTS)
_KINDS = tuple(kind.value for kind in Kind if kind is not Kind.BY_HAND)
_MISTAKEN = {
    "phrase": "phrases",
    "name": "names",
    "speakers": "speaker",
    "programmes": "programme",
    "program": "programme",
}


def load_watchlist(path: Path) -> Watchlist:
    """The watchlist in a file.

    Raises WatchlistWrong (input) for a missing or unreadable file, bad YAML, a wrong field, or no entries:
    one line with the file, the line and the reason.
    """
    return read_watchlist(_text_of(path), source=str(path))


def _text_of(path: Path) -> str:
    """The file's text. Raises WatchlistWrong where there is none."""
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise WatchlistWrong(
                f"{path}: larger than {MAX_BYTES:,} bytes", "Split it into several lists", file=str(path)
            )
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise WatchlistWrong(f"{path}: no such watchlist", "Check the path", file=str(path)) from None
    except UnicodeDecodeError:
        mend = "Save it as plain text, UTF-8"
        raise WatchlistWrong(f"{path}: this is not text", mend, file=str(path)) from None
    except OSError as error:
        raise WatchlistWrong(f"{path}: can't be read ({error.strerror})", "Check the path", file=str(path)) from None


def read_watchlist(text: str, *, source: str = "watchlist") -> Watchlist:
    """The watchlist that a text says. `source` names it in errors. Raises WatchlistWrong."""
    return _Reading(source).watchlist(text)


@dataclass(frozen=True, slots=True)
class _Reading:
    source: str

    def wrong(self, what: str, mend: str, line: int) -> WatchlistWrong:
        place = f"{self.source}, line {line}" if line else self.source
        return WatchlistWrong(f"{place}: {what}", mend, file=self.source, line=line)

    def watchlist(self, text: str) -> Watchlist:
        page = read_yaml(text, self.wrong)
        mend = "Begin with docs/watchlists.md or a copy of assets/watchlists/example.yaml"
        if page is None:
            raise self.wrong("a watchlist with no entries", mend, 0)
        fields = self.mapping(page, "a watchlist", ("name", "entries", "people"), mend)
        listed = fields.get("entries")
        if listed is None or listed.value in ("", (), "~", "null"):
            raise self.wrong("a watchlist with no entries", mend, listed.key_line if listed else 0)
        if not isinstance(listed.value, tuple):
            raise self.wrong("'entries' must be a list", 'Begin each entry with "- id: …"', listed.line)
        if len(listed.value) > MAX_ENTRIES:
            raise self.wrong(f"more than {MAX_ENTRIES:,} entries", "Split it into several lists", listed.line)
        entries = tuple(self.entry(item) for item in listed.value)
        self.refuse_twins(entries)
        name = self.text(fields["name"], "name") if "name" in fields else Path(self.source).stem
        return Watchlist(name, entries, self.people(fields["people"]) if "people" in fields else ())

    def people(self, item: Item) -> tuple[Person, ...]:
        mend = 'Write "Dana Whitlock: Housing Minister"'
        if not isinstance(item.value, dict):
            raise self.wrong("'people' must be names with their roles", mend, item.key_line)
        return tuple(Person(name, self.text(role, name)) for name, role in item.value.items())

    def refuse_twins(self, entries: tuple[Entry, ...]) -> None:
        seen: dict[str, Entry] = {}
        for entry in entries:
            if entry.id in seen:
                what = f"the id '{entry.id}' stands in line {seen[entry.id].line} already"
                raise self.wrong(what, "Give each entry an id of its own", entry.line)
            seen[entry.id] = entry

    def entry(self, item: Item) -> Entry:
        fields = self.mapping(item, "an entry", ENTRY_FIELDS, 'Begin each entry with "- id: …"')
        for must in ("id", "kind"):
            if must not in fields:
                raise self.wrong(f"an entry without '{must}'", f'Add "{must}: …"', item.line)
        lists = {name: self.texts(fields[name], name) if name in fields else () for name in _LISTS}
        entry = Entry(
            id=self.name(fields["id"]),
            kind=self.kind(fields["kind"]),
            phrases=self.wordings(fields, "phrases", lists),
            near=self.wordings(fields, "near", lists),
            names=lists["names"],
            heard_as=lists["heard_as"],
            all_of=self.wordings(fields, "all_of", lists),
            within=self.within(fields["within"]) if "within" in fields else Within(),
            unless=lists["unless"],
            speakers=lists["speaker"],
            programmes=lists["programme"],
            channels=lists["channel"],
            weight=self.weight(fields["weight"]) if "weight" in fields else 1.0,
            rebuttal=self.rebuttal(fields["rebuttal"]) if "rebuttal" in fields else None,
            note=self.text(fields["note"], "note") if "note" in fields else "",
            line=item.line,
        )
        self.refuse_idle(entry, fields)
        return entry

    def refuse_idle(self, entry: Entry, fields: Mapping[str, Item]) -> None:
        if entry.heard_as and not entry.names:
            raise self.wrong("'heard_as' without 'names'", "Add the name that is meant", fields["heard_as"].key_line)
        if entry.all_of and len(entry.all_of) < 2:
            raise self.wrong("'all_of' needs at least two", "Use 'phrases' for one", fields["all_of"].key_line)
        if "within" in fields and not entry.all_of:
            raise self.wrong("'within' without 'all_of'", "It says how close those must be", fields["within"].key_line)
        listens = entry.phrases or entry.near or entry.names or entry.all_of
        if not listens and not (entry.kind is Kind.VOICES and entry.speakers):
            mend = "Add phrases, near, names or all_of"
            raise self.wrong(f"the entry '{entry.id}' has nothing to listen for", mend, entry.line)

    def mapping(self, item: Item, whose: str, known: tuple[str, ...], mend: str) -> dict[str, Item]:
        if not isinstance(item.value, dict):
            raise self.wrong(f"{whose} must have fields ({', '.join(known[:3])} …)", mend, item.line)
        for key, value in item.value.items():
            if key not in known:
                hint = f"Did you mean '{_MISTAKEN[key]}'?" if _MISTAKEN.get(key) in known else closest(key, known)
                raise self.wrong(f"{whose} has no field '{key}'", hint, value.key_line)
        return item.value

    def text(self, item: Item, name: str) -> str:
        if not isinstance(item.value, str):
            mend = 'Put text that contains ": " in quotes'
            raise self.wrong(f"'{name}' must be text, on its own", mend, item.line)
        text = " ".join(item.value.split())
        if not text or text == "~":
            raise self.wrong(f"'{name}' is empty", "Fill it in or leave it out", item.key_line or item.line)
        return text

    def texts(self, item: Item, name: str) -> tuple[str, ...]:
        """A list, or one text for a list of one."""
        if isinstance(item.value, tuple):
            if not item.value:
                raise self.wrong(f"'{name}' is empty", "Fill it in or leave it out", item.key_line)
            texts = tuple(self.text(child, name) for child in item.value)
            for (one, two), child in zip(pairwise(texts), item.value, strict=False):
                if re.search(r"\d$", one) and re.match(r"\d{3}\b", two):
                    what = f"within [ ] the comma made two of '{one},{two}'"
                    raise self.wrong(what, "Put it in quotes", child.line)
            return texts
        return (self.text(item, name),)

    def wordings(self, fields: Mapping[str, Item], name: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Wordings that can match something and don't match everything."""
        for index, text in enumerate(lists[name]):
            value = fields[name].value
            line = value[index].line if isinstance(value, tuple) else fields[name].line
            terms = wording(text)
            if len(terms) > MAX_WORDS:
                raise self.wrong(f"'{text[:40]}…' is longer than {MAX_WORDS} words", "Keep what matters in it", line)
            if not content_of(terms):
                mend = "Add a word that carries meaning"
                raise self.wrong(f"'{text}' has only small words and would match everywhere", mend, line)
        return lists[name]

    def name(self, item: Item) -> str:
        text = self.text(item, "id")
        if not re.fullmatch(r"[\w.-]{1,80}", text):
            raise self.wrong(
                f"the id '{text[:40]}' has a space or a sign in it",
                "Use letters, figures, - and _",
                item.line,
            )
        return text

    def kind(self, item: Item) -> Kind:
        text = self.text(item, "kind").lower()
        if text not in _KINDS:
            raise self.wrong(f"there is no kind '{text}'", closest(text, _KINDS), item.line)
        return Kind(text)

    def weight(self, item: Item) -> float:
        text = self.text(item, "weight")
        try:
            weight = float(text)
        except ValueError:
            weight = math.nan
        if not 0.1 <= weight <= 10:
            raise self.wrong(f"the weight '{text}' is not a number from 0.1 to 10", "1 is the usual", item.line)
        return weight

    def within(self, item: Item) -> Within:
        text = self.text(item, "within")
        found = re.fullmatch(r"(\d{1,3}) *(words?|seconds?|s)?", text)
        if found is None or int(found[1]) == 0:
            raise self.wrong(f"'{text}' is no distance", 'Write "20 words" or "10 seconds"', item.line)
        if (found[2] or "words").startswith("w"):
            return Within(words=int(found[1]))
        return Within(words=None, seconds=Fraction(int(found[1])))

    def rebuttal(self, item: Item) -> Rebuttal:
        if isinstance(item.value, str):
            return Rebuttal(self.text(item, "rebuttal"))
        fields = self.mapping(item, "a rebuttal", ("line", "sources"), 'Write "line: …" and "sources:" below it')
        if "line" not in fields:
            raise self.wrong("a rebuttal without 'line'", 'Add "line: …"', item.line)
        sources = self.texts(fields["sources"], "sources") if "sources" in fields else ()
        return Rebuttal(self.text(fields["line"], "line"), sources)
