"""The imprint: who promoted this material and on whose behalf (Elections Act 2022, Part 6).

Name and postal address of the promoter and of whoever it is on behalf of, as text, part of the material.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clipping.errors import KitWrong

RULES = Path(__file__).resolve().parent.parent / "assets" / "imprints" / "rules.yaml"


@dataclass(frozen=True, slots=True)
class Imprint:
    """`promoter` and `on_behalf_of` are names; each has a postal address on one line."""

    promoter: str
    promoter_address: str
    on_behalf_of: str = ""
    on_behalf_address: str = ""

    @property
    def text(self) -> str:
        """The statement as burned in: "Promoted by A, 1 B Street, on behalf of C, 2 D Road"."""
        promoted = f"Promoted by {_with_address(self.promoter, self.promoter_address)}"
        if not self.on_behalf_of:
            return promoted
        if self.promoter_address and self.promoter_address == self.on_behalf_address:
            both = f"{self.promoter} on behalf of {self.on_behalf_of}"
            return f"Promoted by {both}, both at {self.promoter_address}"
        return f"{promoted}, on behalf of {_with_address(self.on_behalf_of, self.on_behalf_address)}"


def _with_address(name: str, address: str) -> str:
    return f"{name}, {address}" if address else name


@dataclass(frozen=True, slots=True)
class ImprintRule:
    """One law about imprints. `needs` names fields of `Imprint`."""

    law: str
    since: date
    needs: tuple[str, ...]
    says: str
    source: str
    checked: date  # when somebody last read the source


def plain_imprint() -> Imprint:
    """The bundled one, of people who do not exist: for trials, benches and tests."""
    return load_imprint(RULES.with_name("plain.yaml"))


def load_imprint(path: Path, *, on: date | None = None, rules: Path | None = None) -> Imprint:
    """The imprint in a YAML file, held to the laws of its nation in force `on` a day (today by default).

    Raises KitWrong with what is missing, and by which law.
    """
    asked = _read(path, _Asked)
    imprint = Imprint(asked.promoter, asked.promoter_address, asked.on_behalf_of, asked.on_behalf_address)
    for rule in rules_in_force(asked.nation, on or datetime.now(UTC).date(), rules):
        lacking = [need for need in rule.needs if _lacks(imprint, need)]
        if lacking:
            raise KitWrong(f"{path.name} lacks {', '.join(lacking)}: {rule.law}", rule.says)
    return imprint


def rules_in_force(nation: str, on: date, rules: Path | None = None) -> tuple[ImprintRule, ...]:
    """The laws of a nation in force on a day. Raises KitWrong for a nation that is not in the rules."""
    known = _read(rules or RULES, _Rules).nations
    if nation not in known:
        raise KitWrong(f"There are no imprint rules for “{nation}”", f"Known are: {', '.join(sorted(known))}")
    return tuple(
        ImprintRule(rule.law, rule.since, tuple(rule.needs), rule.says, rule.source, rule.checked)
        for rule in known[nation].rules
        if rule.since <= on
    )


def _lacks(imprint: Imprint, need: str) -> bool:
    if need == "on_behalf_address" and not imprint.on_behalf_of:
        return False  # on their own behalf: there is nobody else to name
    return not getattr(imprint, need).strip()


class _Sheet(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class _Asked(_Sheet):
    promoter: str = ""
    promoter_address: str = ""
    on_behalf_of: str = ""
    on_behalf_address: str = ""
    nation: str = "united-kingdom"


class _Rule(_Sheet):
    law: str
    since: date = Field(alias="from")
    needs: list[Literal["promoter", "promoter_address", "on_behalf_of", "on_behalf_address"]]
    says: str
    source: str = Field(pattern=r"^https://")
    checked: date


class _Nation(_Sheet):
    title: str
    rules: list[_Rule] = Field(min_length=1)


class _Rules(_Sheet):
    nations: dict[str, _Nation]


SheetT = TypeVar("SheetT", bound=_Sheet)


def _read(path: Path, kind: type[SheetT]) -> SheetT:
    try:
        return kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise KitWrong(f"The imprint {path} can't be read", "Check the name `imprint` in soundbite.toml") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise KitWrong(f"{path.name}{where} is not YAML", "Mend that line") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise KitWrong(f"{path.name}: {where}: {first['msg']}", "assets/imprints/plain.yaml shows every key") from error
