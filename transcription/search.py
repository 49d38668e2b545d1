"""Search over everything ever said: a word index of its own, in one SQLite file that can be made again.

Words are kept in overlapping passages: a phrase across a border is found, and words asked for together must
be said near each other. Accents and case don't matter (FTS5 `unicode61 remove_diacritics 2`).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from transcription.errors import IndexUnusable, QueryEmpty
from transcription.transcript import Transcript, Word

_PASSAGE, _STEP = 60, 40  # words in a passage, words from one passage to the next
_AROUND = 8  # words shown on each side of a hit
_OPEN, _CLOSE = "\x02", "\x03"
_BUSY_S = 30.0
_MAX_TERMS = 32
_SCHEMA = """
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY, recording TEXT NOT NULL, text TEXT NOT NULL, times TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passage_recording ON passage (recording);
CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5 (
    text, content='passage', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words were said: media seconds of the first and last of them, and the words around as text."""

    recording: str
    start: Fraction
    end: Fraction
    text: str


class WordIndex:
    """The index at `path`, made where there is none. Safe for several threads and processes.

    Every method raises IndexUnusable where the file is damaged or can't be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as db:
            db.executescript(_SCHEMA)

    def add(self, recording: str, transcript: Transcript) -> None:
        """Put in all words of a recording, in place of what stood there for it."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            _remove(db, recording)
            for words in _passages(transcript.words):
                text = " ".join(_one_piece(word.text) for word in words)
                times = json.dumps([f"{word.start}|{word.end}" for word in words])
                row = db.execute(
                    "INSERT INTO passage (recording, text, times) VALUES (?, ?, ?)", (recording, text, times)
                )
                db.execute("INSERT INTO passage_words (rowid, text) VALUES (?, ?)", (row.lastrowid, text))
            db.execute("COMMIT")

    def remove(self, recording: str) -> None:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            _remove(db, recording)
            db.execute("COMMIT")

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Best first. All words must be said close together; `"…"` is a phrase, a `*` at the end takes any
        ending.

        Nothing else in the query means anything to the database. Raises QueryEmpty without a word in it.
        """
        expression = fts_expression(query)
        is_one_term = len(_terms(query)) == 1
        hits: list[Hit] = []
        with self._open() as db:
            rows = db.execute(
                "SELECT p.recording, p.times, highlight(passage_words, 0, ?, ?) FROM passage_words "
                "JOIN passage p ON p.id = passage_words.rowid WHERE passage_words MATCH ? "
                "ORDER BY passage_words.rank, p.id",
                (_OPEN, _CLOSE, expression),
            )
            for recording, times, marked in rows:
                for hit in _hits(recording, json.loads(times), marked, is_one_term=is_one_term):
                    if not any(_is_same(hit, other) for other in hits):
                        hits.append(hit)
                if len(hits) >= limit:
                    break
        return hits[:limit]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error
        try:
            db.execute("PRAGMA journal_mode = WAL")
            yield db
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        finally:
            db.close()

    def _unusable(self, error: Exception) -> IndexUnusable:
        return IndexUnusable(
            f"the word index {self._path} can't be used ({error})",
            "check its permissions, or delete it and transcribe again: it holds nothing of its own",
            path=self._path,
        )


def fts_expression(query: str) -> str:
    """An FTS5 expression in which every piece of the user's text is a quoted string. Raises QueryEmpty."""
    terms = [_quoted(text, is_prefix) for text, is_prefix in _terms(query)]
    if not terms:
        raise QueryEmpty("there is no word to search for", "give one or more words, or a phrase in quotation marks")
    return " AND ".join(terms[:_MAX_TERMS])


def _terms(query: str) -> list[tuple[str, bool]]:
    """(text, whether any ending will do) of each phrase and word that holds a letter or digit."""
    plain = re.sub(r"[“”„«»]", '"', query.replace("\x00", " "))
    found = re.findall(r'"([^"]*)"(\*?)|([^\s"]+)', plain)
    terms = [(phrase or word, bool(star) or word.endswith("*")) for phrase, star, word in found]
    return [(text.rstrip("*"), is_prefix) for text, is_prefix in terms if re.search(r"[^\W_]", text)]


def _one_piece(text: str) -> str:
    """A word without spaces or our marks, so that counting spaces counts words."""
    return "\u00a0".join(text.replace(_OPEN, "").replace(_CLOSE, "").split()) or "\u00a0"


def _quoted(text: str, is_prefix: bool) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' + ("*" if is_prefix else "")


def _passages(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    for begin in range(0, len(words), _STEP):
        yield words[begin : begin + _PASSAGE]
        if begin + _PASSAGE >= len(words):
            return


def _remove(db: sqlite3.Connection, recording: str) -> None:
    old = db.execute("SELECT id, text FROM passage WHERE recording = ?", (recording,)).fetchall()
    delete = "INSERT INTO passage_words (passage_words, rowid, text) VALUES ('delete', ?, ?)"
    db.executemany(delete, old)
    db.execute("DELETE FROM passage WHERE recording = ?", (recording,))


def _hits(recording: str, times: list[str], marked: str, *, is_one_term: bool) -> Iterator[Hit]:
    """One hit for each place of a phrase; words asked for together make one, from first to last."""
    spans = _marked_words(marked)
    if spans and not is_one_term:
        spans = [(spans[0][0], spans[-1][1])]
    texts = marked.replace(_OPEN, "").replace(_CLOSE, "").split(" ")
    for first, last in spans:
        start, end = times[first].partition("|")[0], times[last].partition("|")[2]
        around = texts[max(0, first - _AROUND) : last + 1 + _AROUND]
        yield Hit(recording, Fraction(start), Fraction(end), " ".join(around))


def _marked_words(marked: str) -> list[tuple[int, int]]:
    """(first, last) word number of each marked run."""
    spans: list[tuple[int, int]] = []
    word = first = 0
    for letter in marked:
        if letter == " ":
            word += 1
        elif letter == _OPEN:
            first = word
        elif letter == _CLOSE:
            spans.append((first, word))
    return spans


def _is_same(hit: Hit, other: Hit) -> bool:
    return hit.recording == other.recording and hit.start < other.end and other.start < hit.end
