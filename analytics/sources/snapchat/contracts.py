"""What Snap's political library holds, column by column (snap.com/political-ads, 2018 and later)."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood
from analytics.sources.words import Words

# What an ad was aimed at, as lists; shown with the ad.
AIMS: Final = (
    "Regions", "Electoral Districts", "Radius Targeting", "Metros", "Postal Codes", "Location Categories",
)  # fmt: skip
OTHER_AIMS: Final = (
    "Interests", "OsType", "Segments", "Language", "AdvancedDemographics", "Targeting Connection Type",
    "Targeting Carrier (ISP)",
)  # fmt: skip
_COMMITTEE: Final = (
    "CommitteeName", "CommitteeIdentificationNumber", "DisclosureNameOfCommittee", "AdvertisingJurisdiction",
)  # fmt: skip

LIBRARY: Final = Contract(
    "PoliticalAds",
    pa.DataFrameSchema(
        {
            "ADID": text(r"[0-9A-Za-z_-]{8,}", "an ad's id"),
            "CreativeUrl": text(required=False),
            "Currency Code": text("[A-Z]{3}", "a currency"),
            "Spend": measured("spend", "decimal"),
            "Impressions": measured("impressions"),
            "StartDate": moment(nullable=True),
            "EndDate": moment(required=False, nullable=True),
            "OrganizationName": text(),
            "PayingAdvertiserName": text(required=False),
            "BillingAddress": understood(),
            "CandidateBallotInformation": text(required=False),
            **{name: understood() for name in _COMMITTEE},
            "Gender": text(),
            "AgeBracket": text(),
            "CountryCode": text(),
            **{f"{aim} ({which})": text(required=False) for aim in AIMS for which in ("Included", "Excluded")},
            **{name: text(required=False) for name in OTHER_AIMS},
            "CreativeProperties": text(required=False),
            # as the first files had them
            "Latitude": understood(),
            "Longitude": understood(),
            "Radius": understood(),
        }
    ),
    Words(
        {
            "en": {
                "ADID": "AdID | Ad ID",
                "CreativeUrl": "Creative URL",
                "Currency Code": "CurrencyCode",
                "StartDate": "Start Date",
                "EndDate": "End Date",
                "OrganizationName": "Organization Name",
                "PayingAdvertiserName": "Paying Advertiser Name",
                "AgeBracket": "Age Bracket",
                "CountryCode": "Country Code",
                "OsType": "OS Type",
                "AdvancedDemographics": "Advanced Demographics",
                "Postal Codes (Included)": "Postal Code (Included) | Postal Codes",
                "Regions (Included)": "Region (Included) | Regions",
                "Electoral Districts (Included)": "Electoral District (Included) | Electoral Districts",
                "Metros (Included)": "Metro (Included) | Metros",
                "Interests": "Interests (Included)",
            }
        }
    ),
    claim=20,
)
