"""What Origin's campaign tables hold, column by column."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood

FREQUENCY: Final = r"Frequency (\d+)(\+?)"
CAMPAIGNS: Final = Contract(
    "campaigns",
    pa.DataFrameSchema(
        {
            "Event Groups": text(".+", "a name"),
            "Brand": text(required=False),
            "Publisher": text(".+", "a name"),
            "Advertiser": text(required=False),
            "Event Template": text(required=False),
            "Start Date": moment(),
            "End Date": moment(),
            "Number of days": understood(),
            "Impressions": measured("impressions"),
            "Total Reach": measured("reach"),
            FREQUENCY: measured("reach", regex=True),  # people reached exactly so often: becomes 2+, 3+, …
            "completion_0%+": measured("views"),
            "completion_25%+": measured("views_25pct"),
            "completion_50%+": measured("views_50pct"),
            "completion_75%+": measured("views_75pct"),
            "completion_100%": measured("completions"),
            "viewability_0%+": understood(),  # all impressions
            "viewability_50%+": measured("viewable_impressions"),
            "viewability_100%": understood(),
        }
    ),
    claim=20,
)
