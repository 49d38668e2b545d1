"""Headers are found in every language that we list, and nothing means two things."""

from __future__ import annotations

import pytest

from analytics.sources.meta import ad_library_report, ads_manager, card_words, content_columns
from analytics.sources.meta.headers import Words, find, without_currency

ALL = {
    "content": content_columns.WORDS,
    "ads": ads_manager.WORDS,
    "report": ad_library_report.WORDS,
    "titles": card_words.TITLES,
    "audience": card_words.AUDIENCE,
}


@pytest.mark.parametrize("words", ALL.values(), ids=list(ALL))
def test_every_spelling_finds_its_field_whatever_its_case(words: Words) -> None:
    for field, said in words.items():
        for one in said.split("|"):
            spelling = one.partition(":")[2]
            assert find([f"  {spelling.upper()} "], words).columns.keys() == {field}, spelling


def test_kinds_of_quotation_mark_and_space_do_not_matter() -> None:
    said = ["Nom de l’ensemble de publicités", "Amount\u00a0spent (GBP)"]
    found = find(said, ads_manager.WORDS)
    assert found.columns == {"adset_name": said[0], "spend": said[1]}
    assert found.currencies == {"spend": "GBP"}


def test_the_language_is_that_of_most_headers() -> None:
    german = ["Beitrags-ID", "Konto-ID", "Datum", "Reichweite", "Permalink"]
    assert find(german, content_columns.WORDS).language == "de"
    assert find(["Post ID", "Permalink", "Date"], content_columns.WORDS).language == "en"
    assert find(["something", "else"], content_columns.WORDS).language == ""


def test_a_second_column_of_the_same_meaning_is_unknown() -> None:
    found = find(["Reach", "Accounts Center accounts reached"], ads_manager.WORDS)
    assert found.columns == {"reach": "Reach"}
    assert found.unknown == ("Accounts Center accounts reached",)


def test_a_word_with_two_meanings_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="means both"):
        find(["Views"], {"views": "en:Views", "impressions": "en:views"})


def test_only_a_currency_in_brackets_is_one() -> None:
    assert without_currency("Amount spent (EUR)") == ("Amount spent", "EUR")
    assert without_currency("Duration (sec)") == ("Duration (sec)", "")
