"""Everything in a file was delivered in one constituency, when a person says so."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.extract import Extract
from analytics.people.places import seat


def placed(extract: Extract, code: str) -> Extract:
    """`extract` with that seat for every delivered value that names no place; as it is for "".

    Raises:
        SeatUnknown: no seat of 2024.
    """
    if not code:
        return extract
    there, values = seat(code).code, extract.values
    everywhere = (values["place_kind"] == "all") & (values["basis"] == "delivered")
    return replace(
        extract,
        values=values.assign(
            place=values["place"].mask(everywhere, there), place_kind=values["place_kind"].mask(everywhere, "seat")
        ),
    )
