"""Titles of the cards of Business Suite, without the platform's name."""

# ruff: noqa: E501  (tables of words)
from __future__ import annotations

from typing import Final

from .content_words import COUNTED
from .headers import Words

PRIMARY: Final = "en:Primary|de:Primär|fr:Principal|fr:Principale|es:Principal|es:Principales|it:Principale|it:Primario|pt:Principal|pt:Primário|nl:Primair|pl:Główne|pl:Podstawowe|bg:Основно"

TITLES: Final[Words] = {
    **COUNTED,
    "reach_paid": COUNTED["reach_paid"] + "|en:Paid reach|en:Reach from ads|de:Bezahlte Reichweite|fr:Couverture payante|es:Alcance pagado|it:Copertura a pagamento|pt:Alcance pago",
    "reach_organic": COUNTED["reach_organic"] + "|en:Organic reach|en:Reach from organic|de:Organische Reichweite",
    "impressions_paid": COUNTED["impressions_paid"] + "|en:Impressions from ads",
    "views_paid": COUNTED["views_paid"] + "|en:Views from ads|en:Paid views",
    "views_organic": COUNTED["views_organic"] + "|en:Organic views|en:Views from organic",
    "profile_visits": COUNTED["profile_visits"]
    + "|en:Visits|en:Page visits|en:Page and profile visits|de:Besuche|de:Seitenbesuche|fr:Visites|fr:Visites de la Page|es:Visitas|es:Visitas a la página|it:Visite|it:Visite alla Pagina|pt:Visitas|pt:Visitas à Página|nl:Bezoeken|pl:Wizyty|bg:Посещения",
    "follows": COUNTED["follows"]
    + "|en:New followers|en:New follows|en:New likes and follows|de:Neue Follower|fr:Nouveaux followers|fr:Nouveaux abonnés|es:Nuevos seguidores|it:Nuovi follower|pt:Novos seguidores|pl:Nowi obserwujący",
    "unfollows": "en:Unfollows|en:Unfollowers|en:Unfollowed accounts|de:Entfolgungen|fr:Désabonnements|es:Dejar de seguir",
    "followers": "en:Total followers|en:Followers total|en:Lifetime followers|de:Follower insgesamt|fr:Total des followers|es:Total de seguidores",
    "interactions": COUNTED["interactions"] + "|de:Interaktionen|fr:Interactions|es:Interacciones|it:Interazioni|pt:Interações|nl:Interacties|nl:Contentinteracties|pl:Interakcje z treścią|bg:Взаимодействия със съдържанието",
    "minutes": "en:Minutes viewed|de:Angesehene Minuten|fr:Minutes visionnées|es:Minutos vistos|es:Minutos reproducidos",
    "posts": "en:Published posts|en:Posts published|en:Published content",
}  # fmt: skip

AUDIENCE: Final[Words] = {
    "ages": "en:Age & gender|en:Age and gender|en:Gender and age|de:Alter und Geschlecht|fr:Âge et genre|fr:Âge et sexe|es:Edad y sexo|es:Edad y género|it:Età e genere|it:Età e sesso|pt:Idade e gênero|pt:Idade e género|nl:Leeftijd en geslacht|pl:Wiek i płeć|bg:Възраст и пол",
    "cities": "en:Top cities|en:Top towns/cities|en:Top towns and cities|de:Top-Städte|de:Top-Orte|de:Wichtigste Städte|fr:Villes principales|fr:Principales villes|es:Principales ciudades|es:Ciudades principales|it:Città principali|it:Principali città|pt:Principais cidades|nl:Belangrijkste steden|nl:Topsteden|pl:Najpopularniejsze miasta|bg:Водещи градове",
    "countries": "en:Top countries|en:Top countries/regions|de:Top-Länder|de:Wichtigste Länder|fr:Pays principaux|fr:Principaux pays|es:Principales países|es:Países principales|it:Paesi principali|it:Principali Paesi|pt:Principais países|nl:Belangrijkste landen|nl:Toplanden|pl:Najpopularniejsze kraje|bg:Водещи държави",
    "pages": "en:Top pages|de:Top-Seiten|fr:Pages principales|es:Páginas principales|es:Principales páginas|it:Pagine principali|pt:Principais páginas",
}  # fmt: skip
