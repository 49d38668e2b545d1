"""Rows of paid delivery, from Ads Manager and from the Ads Insights API: what each is about, and of whom."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analytics.model.extract import RefusedRow
from analytics.sources.placements import placements

from . import who

LEVELS: Final = ("ad", "adset", "campaign")
PLACEMENTS: Final = ("platform", "placement", "impression device", "device platform")


def things(words: pd.DataFrame) -> pd.DataFrame:
    """object, object_kind, title, parent, account, account_name of each row; the finest level that a column names.

    `words` has columns ad, ad_name, adset, adset_name, campaign, campaign_name, account, account_name; "" for nothing.
    Without an id the name is it, with those above it: names repeat. A set of ads is told as a campaign within a
    campaign. Rows that name nothing are the account's own.
    """
    named = {level: words[level].where(words[level] != "", _path(words, level)) for level in LEVELS}
    level = np.select([(named[one] != "").to_numpy() for one in LEVELS], LEVELS, "account")
    chosen = [level == one for one in LEVELS]
    return pd.DataFrame(
        {
            "object": np.select(chosen, [named[one] for one in LEVELS], ""),
            "object_kind": np.select(chosen, ["ad", "campaign", "campaign"], "account"),
            "title": np.select(chosen, [words[f"{one}_name"] for one in LEVELS], ""),
            "parent": np.select(
                chosen, [named["adset"].where(named["adset"] != "", named["campaign"]), named["campaign"], ""], ""
            ),
            "account": words["account"],
            "account_name": words["account_name"],
        },
        index=words.index,
    ).astype("str")


def _path(words: pd.DataFrame, level: str) -> pd.Series:
    name = words[f"{level}_name"]
    above = LEVELS[LEVELS.index(level) + 1 :]
    path = name
    for one in above:
        higher = words[one].where(words[one] != "", words[f"{one}_name"])
        path = path.where(higher == "", higher + " / " + path)
    return path.where(name != "", "")


def cells(words: pd.DataFrame) -> tuple[pd.DataFrame, tuple[RefusedRow, ...]]:
    """age, gender, place, place_kind, platform, placement of each row; rows with words that we do not know.

    `words` has columns age, gender, country, region and PLACEMENTS; "" where it is not cut by that. Facebook's and
    Instagram's shares of an ad are placements of it: its people on both are not the two added up. A placement says
    first what it is cut by ("platform, placement: facebook / feed"), for another cut counts the same again.
    """
    age, gender = who.ages(words["age"]), who.genders(words["gender"])
    country = who.countries(words["country"])
    region = who.regions(words["region"])
    in_region = region["place_kind"] != "all"
    by_country = country.words != "all"
    kind = pd.Series(
        np.where(by_country, np.where(country.words == "unknown", "unknown", "country"), "all"), words.index
    )
    found = pd.DataFrame(
        {
            "age": age.words,
            "gender": gender.words,
            "place": region["place"].where(in_region, country.words),
            "place_kind": region["place_kind"].where(in_region, kind),
            "platform": "meta",
            "placement": placements(words, PLACEMENTS),
        }
    )
    return found.astype("str"), (*age.problems, *gender.problems, *country.problems)


def objects(about: pd.DataFrame) -> pd.DataFrame:
    """Ads and campaigns, each once."""
    kept = ["platform", "account", "object_kind", "object", "title", "parent", "account_name"]
    once = about[kept].drop_duplicates(["platform", "account", "object_kind", "object"])
    return once[once["object"] != ""].reset_index(drop=True)
