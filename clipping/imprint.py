"""The imprint: who promoted this material and on whose behalf (Elections Act 2022, Part 6).

Name and postal address of the promoter and of whoever it is on behalf of, as text, part of the material.
"""

from __future__ import annotations

from dataclasses import dataclass


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
            return f"Promoted by {self.promoter} on behalf of {self.on_behalf_of}, both at {self.promoter_address}"
        return f"{promoted}, on behalf of {_with_address(self.on_behalf_of, self.on_behalf_address)}"


def _with_address(name: str, address: str) -> str:
    return f"{name}, {address}" if address else name
