"""Every notation of an age or a gender that a platform or an office uses is read, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.cells import OLDEST, AgeBand
from analytics.people.bands import age_label, parse_band, parse_cell, parse_gender


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("13–17 years", "13-17"),  # YouTube Studio
        ("65+ years", "65+"),
        ("age13-17", "13-17"),  # YouTube Analytics API
        ("age65-", "65+"),
        ("AGE_25_34", "25-34"),  # YouTube Reporting, TikTok Business
        ("AGE_65_", "65+"),
        ("AGE_55_100", "55+"),
        ("55+", "55+"),  # TikTok, LinkedIn
        ("65 +", "65+"),
        ("25 - 34", "25-34"),
        ("35_44", "35-44"),
        ("35_plus", "35+"),
        ("18-", "0-18"),  # Snap, beside "25+"
        ("25+", "25+"),
        ("35++", "35+"),
        ("18-35++", "18+"),
        ("17-25", "17-25"),
        ("≥65", "65+"),  # Google's political library
        (">64", "65+"),
        ("<18", "0-17"),
        ("AGE_RANGE_18_24", "18-24"),  # Google Ads
        ("AGE_RANGE_65_UP", "65+"),
        ("AGE_RANGE_UNDETERMINED", "unknown"),
        ("AGE_13_TO_24", "13-24"),  # X
        ("AGE_OVER_50", "50+"),
        ("Aged 4 years and under", "0-4"),  # ONS
        ("Aged 16 to 19 years", "16-19"),
        ("Aged 85 years and over", "85+"),
        ("90+", "90+"),
        ("17", "17-17"),
        ("１８－２４", "18-24"),
        ("Age: 25-34", "25-34"),
        ("18 bis 24", "18-24"),
        ("65 Jahre und älter", "65+"),
        ("18 à 24 ans", "18-24"),
        ("65 ans et plus", "65+"),
        ("de 18 a 24 años", "18-24"),
        ("65 y más", "65+"),
        ("65 anni e oltre", "65+"),
        ("65 jaar en ouder", "65+"),
        ("65 anos ou mais", "65+"),
        ("od 18 do 24 lat", "18-24"),
        ("65 lat i więcej", "65+"),
        ("18–24 години", "18-24"),
        ("Unknown", "unknown"),
        ("Undisclosed", "unknown"),
        ("All ages", "all"),
        ("Total", "all"),
    ],
)
def test_every_notation_of_an_age_is_read(text: str, label: str) -> None:
    assert age_label(parse_band(text)) == label


@pytest.mark.parametrize("text", ["", "Pleven", "34-25", "130-140", "25-34-44", "3.апр", "1.7E+15", "18-24,25-34", "-"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no age band"):
        parse_band(text)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("F", "female"),
        ("FEMALE", "female"),
        ("Women", "female"),
        ("weiblich", "female"),
        ("Жени", "female"),
        ("male", "male"),
        ("GENDER_MALE", "male"),
        ("Männer", "male"),
        ("hommes", "male"),
        ("User-specified", "other"),
        ("USER_SPECIFIED", "other"),
        ("GENDER_OTHER", "other"),
        ("Custom", "other"),
        ("unknown", "unknown"),
        ("U", "unknown"),
        ("NONE", "unknown"),
        ("Uncategorized", "unknown"),
        ("All genders", "all"),
    ],
)
def test_every_notation_of_a_gender_is_read(text: str, gender: str) -> None:
    assert parse_gender(text) == gender


@pytest.mark.parametrize(
    ("text", "gender", "label"),
    [
        ("M.25-34", "male", "25-34"),  # Facebook Page insights
        ("U.13-17", "unknown", "13-17"),
        ("(M, 45-54)", "male", "45-54"),  # Meta Business Suite
        ("F, 65+", "female", "65+"),
        ("Women 18–24", "female", "18-24"),
        ("25-34, female", "female", "25-34"),
        ("male.age65-", "male", "65+"),
        ("user-specified 18-24", "other", "18-24"),
        ("female.unknown", "female", "unknown"),
        ("men, all ages", "male", "all"),
        ("F", "female", "all"),
        ("45-54", "all", "45-54"),
    ],
)
def test_gender_and_age_in_one_label_are_told_apart(text: str, gender: str, label: str) -> None:
    found_gender, found_age = parse_cell(text)
    assert (found_gender, age_label(found_age)) == (gender, label)


def test_a_label_with_a_third_thing_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no gender and no age"):
        parse_cell("M, 45-54, London")


bands = st.tuples(st.integers(0, 98), st.integers(0, 98)).map(lambda ends: AgeBand(min(ends), max(ends)))
open_bands = st.integers(0, 98).map(lambda low: AgeBand(low, OLDEST))


@given(bands | open_bands)
def test_a_stored_label_reads_back_as_itself(band: AgeBand) -> None:
    assert parse_band(band.label) == band
    assert AgeBand.from_label(band.label) == band


@given(
    bands, st.sampled_from(["{}-{}", "{} – {}", "{}_{}", "AGE_{}_{}", "age{}-{}", "{} to {} years", "von {} bis {}"])
)
def test_a_closed_band_reads_the_same_in_every_form(band: AgeBand, form: str) -> None:
    assert parse_band(form.format(band.low, band.high)) == band


@given(st.text(max_size=40))
def test_any_text_is_a_band_or_a_value_error(text: str) -> None:
    try:
        found = parse_band(text)
    except ValueError:
        return
    assert isinstance(found, AgeBand) or found in ("all", "unknown")
