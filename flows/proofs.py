"""What a published file was planned as and what was proved about it, kept beside it as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from archive.store import Store, write_atomic
from clipping.look.shapes import ShapePlan
from clipping.proof.findings import Verified


@dataclass(frozen=True, slots=True)
class Proof:
    """One rendition's plan, and its verification."""

    plan: ShapePlan
    verified: Verified


_PROOF = TypeAdapter(Proof)


def write_proof(proof: Proof, path: Path) -> None:
    """Write a proof to a file, to be published beside what it proves."""
    write_atomic(path, _PROOF.dump_json(proof))


def read_proof(store: Store, key: str) -> Proof:
    """The proof under `key`, equal to what was kept. StoreError where there is none."""
    return _PROOF.validate_json(store.get(key).read_bytes())
