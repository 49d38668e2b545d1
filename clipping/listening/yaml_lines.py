"""YAML that people edit, read so that every mistake can be shown with its line. Nothing in it can run."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import yaml

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 12

Problem = Callable[[str, str, int], Exception]
"""(what, mend, line) → the error to raise."""

_MENDS = {
    "a tab character": "Indent with spaces, never with tabs",
    "mapping values are not allowed": 'Put text that contains ": " in quotes, and check the indentation',
    "that cannot start any token": "Indent with spaces, never with tabs; quote text that begins with a sign",
    "could not find expected ':'": 'A field needs a colon and a space after it: "id: homes-claim"',
    "did not find expected key": "Check the indentation: fields of an entry start in one column",
    "did not find expected '-' indicator": "Check the indentation: items of a list start in one column",
    "found unexpected end of stream": "A quotation mark or a bracket is open",
    "undefined alias": "Text that begins with * needs quotes",
    "did not find expected alphabetic": "Text that begins with * or & needs quotes",
    "found duplicate anchor": "Text that begins with & needs quotes",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One value and its line, from 1. Scalars stay text, as typed: `no`, `007` and `12:30` are words."""

    value: str | tuple[Item, ...] | dict[str, Item]
    line: int
    key_line: int = 0


def read_yaml(text: str, problem: Problem) -> Item | None:
    """The whole page as items, or None for an empty page. Raises what `problem` makes."""
    if len(text) > MAX_CHARACTERS:
        raise problem(f"the file is longer than {MAX_CHARACTERS:,} characters", "Split it into several", 0)
    try:
        _refuse_tricks(text, problem)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise _as_problem(error, text, problem) from None
    return None if node is None else _item(node, problem)


def closest(word: str, known: Iterable[str]) -> str:
    """ "Did you mean …?", or every word that would do."""
    words = sorted(known)
    near = difflib.get_close_matches(word.strip().lower().replace("_", "-"), words, n=1, cutoff=0.6)
    near = near or difflib.get_close_matches(word.strip().lower(), words, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(words)}"


def _refuse_tricks(text: str, problem: Problem) -> None:
    """Anchors multiply (the billion laughs), depth overflows, tags construct: none is read."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if getattr(event, "anchor", None):
            raise problem("anchors and aliases (& and *) are not read here", "Put the text in quotes", line)
        if tag := getattr(event, "tag", None):
            raise problem(f"a tag ({tag}) is not read here", "Put the text in quotes", line)
        if depth > MAX_DEPTH:
            raise problem(f"lists and fields are nested more than {MAX_DEPTH} deep", "", line)
        if documents > 1:
            raise problem("a second page begins here (---)", "Keep one page in a file", line)


def _item(node: yaml.Node, problem: Problem, key_line: int = 0) -> Item:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Item(tuple(_item(child, problem) for child in node.value), line, key_line or line)
    if isinstance(node, yaml.MappingNode):
        return Item(_fields(node, problem), line, key_line or line)
    return Item(str(node.value), line, key_line or line)


def _fields(node: yaml.MappingNode, problem: Problem) -> dict[str, Item]:
    fields: dict[str, Item] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise problem("a field's name must be a word", "", line)
        if key.value in fields:
            raise problem(f"'{key.value}' stands here twice", "Keep one", line)
        fields[str(key.value)] = _item(value, problem, line)
    return fields


def _as_problem(error: yaml.YAMLError, text: str, problem: Problem) -> Exception:
    if not isinstance(error, yaml.MarkedYAMLError):
        line = text[: getattr(error, "position", 0) or 0].count("\n") + 1
        return problem("a character that is not text", "Save the file as plain UTF-8 text", line)
    mark = error.problem_mark or error.context_mark
    reason = " ".join(str(error.problem or error.context or "not YAML").split())
    mend = next((mend for sign, mend in _MENDS.items() if sign in reason), "Check the indentation and the quotes")
    return problem(f"this is not YAML ({reason})", mend, mark.line + 1 if mark else 0)
