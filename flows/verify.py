"""Is what we hold still what we made? Clips, packs, originals and the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from archive.catalogue import audit, clips, recordings
from archive.errors import StoreError
from archive.store import Store
from clipping.sharing.pack import check_pack

from .results import Finding, VerifyResult
from .workspace import Workspace


def verify_target(workspace: Workspace, target: str) -> VerifyResult:
    """Check a clip by its id, a pack by its folder, or 'archive': every original, captions too, as it
    lies in the store, and the audit trail.

    Raises:
        NotInCatalogue: neither an existing folder nor a clip.
    """
    if target == "archive":
        found = tuple(_archive(workspace))
    elif Path(target).is_dir():
        wrong = check_pack(Path(target))
        found = tuple(Finding(check="pack", ok=False, detail=line) for line in wrong) or (
            Finding(check="pack", ok=True, detail="every file is as clip.json says"),
        )
    else:
        found = tuple(_clip(workspace, target))
    return VerifyResult(ok=all(finding.ok for finding in found), findings=found)


def _archive(workspace: Workspace) -> Iterator[Finding]:
    with workspace.catalogue.read() as tx:
        broken = audit.verify_chain(tx)
        held = recordings.all(tx)
    detail = "unbroken" if broken is None else f"broken: {broken.why}"
    yield Finding(check="audit trail", ok=broken is None, detail=detail)
    for recording in held:
        yield _same(workspace.store, recording.key, recording.sha256, f"{recording.id} {recording.name}")
        for caption in recording.captions:  # the key of an original is the hash of its bytes
            sha256 = PurePosixPath(caption.key).stem
            yield _same(workspace.store, caption.key, sha256, f"{recording.id} {caption.name}")


def _clip(workspace: Workspace, target: str) -> Iterator[Finding]:
    with workspace.catalogue.read() as tx:
        clip = clips.get(tx, target)
    for rendition in clip.renditions:
        yield _same(workspace.local, rendition.key, rendition.sha256, f"{clip.id} {rendition.recipe}")


def _same(store: Store, key: str, sha256: str, name: str) -> Finding:
    try:
        now = store.content_hash(key)
    except StoreError as error:
        return Finding(check=name, ok=False, detail=error.what)
    return Finding(check=name, ok=now == sha256, detail="unchanged" if now == sha256 else "its bytes have changed")
