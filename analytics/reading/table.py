"""What a file holds once its bytes are understood, and before anybody says what it means: text, all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analytics.model.extract import RefusedRow, Repair


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header. Every cell of `frame` is text, "" where the file has nothing.

    The index of `frame` is the line of the file on which a row begins, from 1, as an editor shows it; `header_line`
    is the header's. Column names are as in the file, without the white space around them. `name` is the file's, or
    that of the file within a zip or of the sheet within a workbook. `preamble` are the lines above the header, such as
    a title or a period. `delimiter` is "" for a sheet. `language` is what the file says of itself, "" if it does not.
    `is_machine`: made of a document, so its numbers are a program's. `notes` say what of the file was not read.
    """

    name: str
    frame: pd.DataFrame
    header_line: int = 1
    preamble: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    delimiter: str = ","
    language: str = ""
    is_machine: bool = False
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.frame.columns)

    def with_repairs(self, more: tuple[Repair, ...]) -> Table:
        return replace(self, repairs=(*more, *self.repairs)) if more else self


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file: `data` is its dict or list. JSON lines come as the list of their values."""

    name: str
    data: object
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()


Item = Table | Document
