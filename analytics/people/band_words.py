"""The words that stand around ages and genders in exports, as data: add a language here.

English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and Bulgarian, all folded to lower case.
"""

from __future__ import annotations

import re
from typing import Final

from analytics.model.cells import Gender


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Says nothing about the number that it stands beside.
DECORATION: Final = re.compile(
    r"\b(?:age(?=\d)|(?:ages?|aged|range|bracket|group|years?(?: of age)?|year[ -]olds?|yrs?|y/?o|old|between|"
    r"jahren?|alter|ans?|âge|años?|edad|entre|anni|anno|età|jaar|leeftijd|anos?|idade|lat|wiek(?:u)?|години|год|г|възраст)\b[.:]?)"
)
TO: Final = r"(?: ?- ?|to|thru|through|and|bis|und|à|a|et|al?|hasta|y|até|tot|en|do|до|и)"
UP: Final = (
    r"(?:\++|plus|up|(?:and|or|&) (?:over|older|above|up|more)|(?:und|oder) (?:älter|mehr|darüber)|(?:et|ou) plus|"
    r"[yo] (?:más|mayores)|[eo] (?:più|oltre)|in su|(?:en|of) ouder|(?:e|ou) mais|(?:i|lub) (?:więcej|starsi|powyżej)|"
    r"(?:и|или) (?:повече|нагоре))"
)
OVER: Final = (
    r"over|above|from|ab|von|über|plus de|de|más de|mayores de|da|oltre|più di|van|vanaf|boven|acima de|mais de|od|"
    r"powyżej|над|от"
)
DOWN: Final = (
    r"(?:-|(?:and|or|&) (?:under|younger|below|less)|(?:und|oder) (?:jünger|weniger)|(?:et|ou) moins|[yo] menos|"
    r"[eo] meno|(?:en|of) jonger|(?:e|ou) menos|(?:i|lub) mniej|(?:и|или) по-малко)"
)
UNDER: Final = (
    r"under|below|less than|younger than|unter|moins de|menos de|menores de|meno di|onder|jonger dan|poniżej|под"
)

ALL_WORDS: Final = _words(
    "all any everyone everybody total overall both alle tous toutes todos todas tutti tutte allen wszyscy "
    "wszystkie всички gesamt ensemble totale totaal razem общо"
) | {"all genders", "not targeted", "both sexes", "alle geschlechter", "tous les genres", "persons", "all persons"}
UNKNOWN_WORDS: Final = _words(
    "unknown undisclosed undetermined unspecified none uncategorized uncategorised undefined u unbekannt inconnu "
    "inconnue inconnus desconocido desconocida desconocidos sconosciuto sconosciuta sconosciuti onbekend "
    "desconhecido desconhecida desconhecidos nieznany nieznana nieznane неизвестен неизвестна неизвестно неизвестни"
) | {"not specified", "not stated", "not known", "keine angabe", "nicht angegeben", "n/a", "prefer not to say"}

_FEMALE: Final = _words(
    "female females f w woman women weiblich frau frauen femme femmes féminin mujer mujeres femenino donna donne "
    "femmina femminile vrouw vrouwen vrouwelijk mulher mulheres feminino kobieta kobiety жена жени женски"
)
_MALE: Final = _words(
    "male males m man men männlich mann männer homme hommes masculin hombre hombres masculino uomo uomini maschio "
    "maschile mannen mannelijk homem homens mężczyzna mężczyźni мъж мъже мъжки"
)
_OTHER: Final = _words(
    "other others custom nonbinary diverse divers benutzerdefiniert autre autres otro otros altro overig anders outro "
    "outros inne друго userspecified"
) | {"user specified", "non binary", "self described", "vom nutzer angegeben", "another gender"}
GENDER_WORDS: Final[dict[str, Gender]] = {
    **dict.fromkeys(_FEMALE, "female"),
    **dict.fromkeys(_MALE, "male"),
    **dict.fromkeys(_OTHER, "other"),
}
