"""Headers in other languages are data: each spelling must lead to a header that a contract has, and to one only."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from analytics.sources.schema import Contract
from analytics.sources.tiktok.contracts import AUDIENCE, DAILY, VIDEOS
from analytics.sources.words import Words
from analytics.sources.youtube.contracts import STUDIO

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "bg")


def stems(contracts: Iterable[Contract]) -> set[str]:
    return {header.partition(" (GBP)")[0] for contract in contracts for header in contract.columns}


@pytest.mark.parametrize("contracts", [STUDIO, (*DAILY, AUDIENCE, VIDEOS)], ids=["youtube", "tiktok"])
def test_every_spelling_leads_to_a_header_of_a_contract(contracts: tuple[Contract, ...]) -> None:
    headers = stems(contracts)
    for words in {id(one.words): one.words for one in contracts}.values():
        assert {header for table in words.said.values() for header in table} <= headers
        assert set(LANGUAGES) <= set(words.said)


def test_every_spelling_of_studio_is_found_as_its_header() -> None:
    words = STUDIO[0].words
    for language, table in words.said.items():
        for header, said in table.items():
            for spelling in said.split(" | "):
                found, _ = words.of([spelling.upper()], [])
                assert found == {spelling.upper(): header}, (language, spelling)


def test_one_spelling_with_two_meanings_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="means both"):
        Words({"de": {"Views": "Aufrufe", "Visits": "aufrufe"}}).of(["Aufrufe"], ["Views"])


def test_soft_hyphens_quotation_marks_and_currencies_are_seen_through() -> None:
    words = Words({"de": {"Estimated revenue": "Geschätzter Umsatz", "Likes": '"Mag ich"-Bewertungen'}})
    found, language = words.of(["Geschätzter\u00ad Umsatz (EUR)", "„Mag ich“-Bewertungen"], ["Views"])
    assert list(found.values()) == ["Estimated revenue (EUR)", "Likes"]
    assert language == "de"
