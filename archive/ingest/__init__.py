"""Taking recordings in: from a file, a folder, object storage or an http(s) address."""

from archive.ingest.keeping import OnStep
from archive.ingest.schemes import shown
from archive.ingest.taking_in import Ingested, ingest
from archive.ingest.web import FetchBroken

__all__ = ["FetchBroken", "Ingested", "OnStep", "ingest", "shown"]
