"""What we hold and what was done: recordings, transcripts, moments, clips, jobs, posts and the audit trail.

    with Catalogue.open(home / "catalogue.db") as catalogue, catalogue.write("anna") as tx:
        recordings.add(tx, recording)

The functions live in the modules named after the tables; each takes a transaction first. Rows come out as
frozen dataclasses. Only `archive/` and `flows/` open the catalogue.
"""

from archive.catalogue.ids import clip_id, moment_id, recording_id
from archive.catalogue.open import Catalogue
from archive.catalogue.transaction import Tx, WriteTx

__all__ = ["Catalogue", "Tx", "WriteTx", "clip_id", "moment_id", "recording_id"]
