"""The contract of a plain table. Kept narrow: another platform's file must never pass as one of these."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text
from analytics.sources.words import Words

ID: Final = "Video ID"
HOUR: Final = "Hour (local)"
TABLE: Final = Contract(
    version="1",
    schema=pa.DataFrameSchema(
        {
            ID: text(".+"),
            "Title": text(required=False),
            "Published": moment(required=False, nullable=True),
            HOUR: moment(required=False),
            "Date": moment(required=False),
            "Views": measured("views"),
            "Engaged views": measured("engaged_views"),
            "Impressions": measured("impressions"),
            "Likes": measured("likes"),
            "Comments": measured("comments"),
            "Shares": measured("shares"),
        }
    ),
    words=Words({"en": {"Views": "Video views", "Published": "Publish date | Publish time", HOUR: "Hour"}}),
    claim=-100,  # any other source that knows the file knows it better
    total_in=ID,
)
