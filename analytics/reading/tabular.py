"""Text → tables. Several where a file stacks them, each under its title, as the "cards" of a dashboard come out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import pandas as pd
import pyarrow as pa

from analytics.errors import ExportRefused
from analytics.model.extract import RefusedRow, Repair

from .layout import Layout, Row, is_header, is_title, layout_of, rows_of, width_of
from .regular import regular_frame
from .table import Table

_HEAD: Final = 1 << 16  # characters, and lines of them, in which the clean path looks for the header
_HEAD_LINES: Final = 20
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
_SAYS_LANGUAGE: Final = re.compile(
    r"\b(?:language|locale|sprache|gebietsschema|langue|idioma|lingua|taal|język|език)\W+([a-z]{2}(?:[-_][A-Z]{2})?)\b",
    re.IGNORECASE,
)


def tables_of(text: str, name: str) -> tuple[Table, ...]:
    """Every table of a delimited text.

    Raises:
        ExportRefused: a web page, an open quotation mark, two columns of one name.
    """
    layout = layout_of(text, name)
    if (quick := _regular(text, layout, name)) is not None:
        return (quick,)
    return tables_of_rows(rows_of(text, layout, name), layout, name, ends_whole=text.endswith(("\n", "\r")))


def tables_of_rows(rows: Iterable[Row], layout: Layout, name: str, *, ends_whole: bool = True) -> tuple[Table, ...]:
    """Every table of rows that are already cut. `ends_whole`: the last row is not broken off. Raises ExportRefused."""
    sections = _sections(rows)
    if not sections[0].rows:
        raise ExportRefused(f"{name} has no rows", "Download it again from the platform.")
    return tuple(_table(section, layout, name, len(sections), ends_whole) for section in sections)


@dataclass(slots=True)
class _Section:
    preamble: list[str]
    rows: list[Row] = field(default_factory=list)  # the header first


def _regular(text: str, layout: Layout, name: str) -> Table | None:
    """The table of a text without an oddity below its header, read by columns at once; None where there is one."""
    lines = io.StringIO(text[:_HEAD], newline="").readlines()[:-1][:_HEAD_LINES]
    if layout.is_wrapped:
        return None
    try:
        sections = _sections(rows_of("".join(lines), layout, name))
        header_line, header = sections[0].rows[0] if len(sections) == 1 and sections[0].rows else (0, [])
        names = clean_names(header, name, header_line)
    except ExportRefused:  # cut off in a cell, or wrong: the careful way says which
        return None
    is_one_line = [row[0] for row in sections[0].rows[1:2]] in ([], [header_line + 1])
    if len(header) < 2 or not header[-1].strip() or not is_one_line:
        return None
    start = sum(len(line) for line in lines[:header_line])
    frame = regular_frame(text, start, names, layout.delimiter, header_line + 1)
    if frame is None:
        return None
    preamble = tuple(sections[0].preamble)
    return Table(
        name,
        frame,
        header_line,
        preamble,
        (*layout.repairs, *_end_repairs(text, int(frame.index[-1]))),
        delimiter=layout.delimiter,
        language=stated_language(preamble),
    )


def _sections(rows: Iterable[Row]) -> list[_Section]:
    found: list[_Section] = []
    loose: list[Row] = []  # titles that wait for their table
    for is_blank, block in groupby(rows, key=lambda row: not "".join(row[1]).strip()):
        if is_blank:
            continue
        body = list(block)
        lead = _lead(body)
        body = body[len(lead) :]
        if not body:
            loose += lead
        elif not found or _begins_anew(found[-1], lead or loose, body):
            found.append(_section([*loose, *lead], body))
            loose = []
        else:
            found[-1].rows += [*loose, *lead, *body]
            loose = []
    if not found:
        return [_section([], loose)]
    found[-1].preamble += _joined(loose)  # a note below the rows
    return found


def _lead(block: list[Row]) -> list[Row]:
    count = next((i for i, (_, cells) in enumerate(block) if not is_title(cells)), len(block))
    return block[:count]


def _begins_anew(before: _Section, titles: list[Row], body: list[Row]) -> bool:
    """Whether a block after a blank line is another table, not more rows of the one before."""
    first = body[0][1]
    if not is_header(first) or len(body) < 2:
        return False
    same_width = len(first) == len(before.rows[0][1])
    return bool(titles) or not same_width or not any(is_header(cells) for _, cells in before.rows[1:])


def _section(titles: list[Row], body: list[Row]) -> _Section:
    body = _without_trailing(body)
    width = width_of(body)
    start = next((i for i, (_, cells) in enumerate(body) if len(cells) == width), 0)
    return _Section(_joined([*titles, *body[:start]]), body[start:])


def _without_trailing(body: list[Row]) -> list[Row]:
    """Rows that all end with a delimiter that their header lacks, less that empty cell."""
    width = width_of(body)
    wide = [cells for _, cells in body if len(cells) == width]
    if width > 2 and all(not cells[-1].strip() for cells in wide):
        return [(line, cells[:-1] if len(cells) == width else cells) for line, cells in body]
    return body


def _joined(rows: list[Row]) -> list[str]:
    return [" ".join(cell.strip() for cell in cells if cell.strip()) for _, cells in rows]


def _table(section: _Section, layout: Layout, name: str, of: int, ends_whole: bool) -> Table:
    (header_line, header), *rows = section.rows
    names = clean_names(header, name, header_line)
    good = [(line, cells) for line, cells in ((at, _fitted(row, len(names))) for at, row in rows) if cells]
    kept = {line for line, _ in good}
    refused = [_misfit(line, cells, names) for line, cells in rows if line not in kept and any(cells)]
    last = rows[-1][0] if rows else header_line
    if refused and refused[-1].line == last and not ends_whole:
        refused[-1] = RefusedRow(last, refused[-1].column, refused[-1].value, "the file breaks off in this row")
    return Table(
        f"{name}: {section.preamble[0]}" if of > 1 and section.preamble else name,
        _frame(good, names),
        header_line,
        tuple(section.preamble),
        (*layout.repairs, *(() if ends_whole or refused else _unfinished(last))),
        tuple(refused),
        layout.delimiter,
        stated_language(section.preamble),
    )


def _frame(rows: list[Row], names: list[str]) -> pd.DataFrame:
    lines = pd.Index([line for line, _ in rows], dtype="int64", name="line")
    columns = zip(*(cells for _, cells in rows), strict=True) if rows else [()] * len(names)
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=names).to_pandas().astype("str").set_axis(lines)


def _fitted(cells: list[str], width: int) -> list[str]:
    """The row at that width: further cells may go if they are empty. [] where it does not fit."""
    if len(cells) == width:
        return cells
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return []
    return cells[:width]


def _misfit(line: int, cells: list[str], names: Sequence[str]) -> RefusedRow:
    if len(cells) < len(names):
        why = f"has {len(cells)} of {len(names)} cells"
        return RefusedRow(line, names[len(cells)], ", ".join(cells)[:80], why)
    why = f"has {len(cells)} cells under {len(names)} names: which belongs where is not certain"
    return RefusedRow(line, "", ", ".join(cells[len(names) :])[:80], why)


def _end_repairs(text: str, last: int) -> tuple[Repair, ...]:
    return () if text.endswith(("\n", "\r")) else _unfinished(last)


def _unfinished(last: int) -> tuple[Repair, ...]:
    return (Repair(last, "the last line has no line end; its cells are complete and are kept"),)


def clean_names(header: Sequence[str], name: str, line: int) -> list[str]:
    """Column names without white space around them and without invisible characters.

    Raises:
        ExportRefused: two columns of one name.
    """
    names = [" ".join(_INVISIBLE.sub("", cell).split()) for cell in header]
    while len(names) > 1 and not names[-1]:
        names.pop()
    twice = [one for one, count in Counter(names).items() if count > 1]
    if twice:
        raise ExportRefused(
            f"{name} has two columns named “{twice[0]}”: which one counts is not certain",
            "Export it again, or remove the column that is not meant.",
            line=line,
            column=twice[0],
        )
    return names


def stated_language(preamble: Sequence[str]) -> str:
    """The language that the lines above a table name ("Locale: de-DE"), or ""."""
    found = next((match for text in preamble if (match := _SAYS_LANGUAGE.search(text))), None)
    return found[1].replace("_", "-") if found else ""
