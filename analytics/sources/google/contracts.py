"""What the files of Google's political ads bundle hold, column by column (README.txt of the bundle, 2019–2025)."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood

SPEND: Final = r"Spend_([A-Z]{3})"
RANGE: Final = r"Spend_Range_(Min|Max)_([A-Z]{3})"
# The same money stands in every currency; one is kept, that of the region. Others: dollars, or euros within the EU.
CURRENCY_OF: Final = {
    "GB": "GBP", "US": "USD", "IN": "INR", "NZ": "NZD", "IL": "ILS", "AU": "AUD", "TW": "TWD", "BR": "BRL", "AR": "ARS",
    "ZA": "ZAR", "CL": "CLP", "CA": "CAD", "JP": "JPY", "BG": "BGN", "HR": "HRK", "CZ": "CZK", "DK": "DKK", "HU": "HUF",
    "PL": "PLN", "RO": "RON", "SE": "SEK", "MX": "MXN", "CO": "COP", "UY": "UYU",
}  # fmt: skip
EURO: Final = frozenset({
    "EU", "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI",
    "SK",
})  # fmt: skip

_ADVERTISER: Final = {"Advertiser_ID": text(r"AR\d+", "an advertiser's id"), "Advertiser_Name": text()}
ADS: Final = Contract(
    "creative-stats",
    pa.DataFrameSchema(
        {
            "Ad_ID": text(r"[A-Z]{2}\d+", "an ad's id"),
            "Ad_URL": text(required=False),
            "Ad_Type": text(required=False),
            "Regions": text(),
            **_ADVERTISER,
            "Ad_Campaigns_List": understood(),
            "Date_Range_Start": moment(nullable=True),
            "Date_Range_End": moment(nullable=True),
            "Num_of_Days": understood(),
            "Impressions": text(),
            "Spend_USD": understood(),
            "First_Served_Timestamp": understood(),
            "Last_Served_Timestamp": understood(),
            "Age_Targeting": text(required=False),
            "Gender_Targeting": text(required=False),
            "Geo_Targeting_Included": text(required=False),
            "Geo_Targeting_Excluded": text(required=False),
            RANGE: understood(regex=True),
        }
    ),
    claim=20,
)
_SPENT: Final = {SPEND: understood(regex=True)}
ADVERTISERS: Final = Contract(
    "advertiser-stats",
    pa.DataFrameSchema(
        {
            **_ADVERTISER,
            "Public_IDs_List": understood(),
            "Regions": text(),
            "Elections": text(required=False),
            "Total_Creatives": measured("ads"),
            **_SPENT,
        }
    ),
    claim=20,
)
WEEKS: Final = Contract(
    "advertiser-weekly-spend",
    pa.DataFrameSchema({**_ADVERTISER, "Election_Cycle": understood(), "Week_Start_Date": moment(), **_SPENT}),
    claim=20,
)
_PLACES: Final = {
    "Country": text("[A-Z]{2}", "a country's code"),
    "Country_Subdivision_Primary": text(),
    "Country_Subdivision_Secondary": text(required=False),
}
PLACES: Final = Contract("geo-spend", pa.DataFrameSchema({**_PLACES, **_SPENT}), claim=15)
ADVERTISER_PLACES: Final = Contract(
    "advertiser-geo-spend", pa.DataFrameSchema({**_ADVERTISER, **_PLACES, **_SPENT}), claim=20
)
SPENDING: Final = (ADVERTISERS, WEEKS, PLACES, ADVERTISER_PLACES)
