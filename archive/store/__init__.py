"""Files that we keep: complete under their final name or not there at all.

Importing this costs nothing: fsspec is imported only for a store that lies in object storage.
"""

from archive.store.copying import Copied, content_hash, copy_hashed, require_free
from archive.store.publish import mapped_errors, publish_dir, publish_file, write_atomic
from archive.store.reserve import Reserve
from archive.store.shelves import ORIGINALS, Store
from archive.store.workplace import sweep, workplace

__all__ = [
    "ORIGINALS",
    "Copied",
    "Reserve",
    "Store",
    "content_hash",
    "copy_hashed",
    "mapped_errors",
    "publish_dir",
    "publish_file",
    "require_free",
    "sweep",
    "workplace",
    "write_atomic",
]
