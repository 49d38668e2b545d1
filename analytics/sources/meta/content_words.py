"""Headers of what Meta Business Suite (Creator Studio before it) gives for posts and videos, by language.

English, German: as downloaded. The others: as Meta's own interface names these columns; a header that is not here makes
the file refused, with its name, never read as something else.
"""

# ruff: noqa: E501  (tables of words)
from __future__ import annotations

from typing import Final

from .headers import Words

# What a post or a video is.
ABOUT: Final[Words] = {
    "post": "en:Post ID|de:Beitrags-ID|fr:ID de publication|fr:ID de la publication|fr:Identifiant de la publication|"
    "es:Identificador de la publicación|es:ID de la publicación|it:ID del post|it:ID post|pt:Identificação do post|"
    "pt:ID da publicação|pt:ID do post|nl:Bericht-ID|pl:Identyfikator posta|pl:ID posta|bg:ID на публикацията",
    "video": "en:Video asset ID|de:Video-Asset-ID|fr:ID de l'élément vidéo|es:Identificador del activo de video|"
    "es:Identificador del activo de vídeo|it:ID della risorsa video|pt:Identificação do ativo de vídeo|"
    "nl:Video-asset-ID|pl:Identyfikator zasobu wideo|bg:ID на видеото",
    "page": "en:Page ID|de:Seiten-ID|fr:ID de Page|fr:ID de la Page|es:Identificador de la página|it:ID della Pagina|"
    "pt:Identificação da Página|nl:Pagina-ID|pl:Identyfikator strony|bg:ID на страницата",
    "account": "en:Account ID|de:Konto-ID|fr:ID du compte|fr:Identifiant du compte|es:Identificador de la cuenta|"
    "it:ID dell'account|it:ID account|pt:Identificação da conta|nl:Account-ID|pl:Identyfikator konta|bg:ID на акаунта",
    "username": "en:Account username|de:Konto-Benutzername|fr:Nom d'utilisateur du compte|"
    "es:Nombre de usuario de la cuenta|it:Nome utente dell'account|pt:Nome de usuário da conta|"
    "nl:Gebruikersnaam account|nl:Gebruikersnaam van account|pl:Nazwa użytkownika konta|bg:Потребителско име на акаунта",
    "account_name": "en:Account name|en:Page name|de:Kontoname|de:Seitenname|de:Name der Seite|fr:Nom du compte|"
    "fr:Nom de la Page|es:Nombre de la cuenta|es:Nombre de la página|it:Nome dell'account|it:Nome account|"
    "it:Nome della Pagina|pt:Nome da conta|pt:Nome da Página|nl:Accountnaam|nl:Paginanaam|nl:Naam van pagina|"
    "pl:Nazwa konta|pl:Nazwa strony|bg:Име на акаунта|bg:Име на страницата",
    "title": "en:Title|de:Titel|fr:Titre|es:Título|it:Titolo|pt:Título|nl:Titel|pl:Tytuł|bg:Заглавие",
    "text": "en:Description|de:Beschreibung|fr:Description|es:Descripción|it:Descrizione|pt:Descrição|"
    "nl:Beschrijving|pl:Opis|bg:Описание",
    "duration": "en:Duration (sec)|de:Dauer (Sek.)|de:Dauer (Sekunden)|fr:Durée (s)|fr:Durée (en secondes)|"
    "es:Duración (segundos)|es:Duración (s)|it:Durata (sec.)|it:Durata (secondi)|pt:Duração (s)|pt:Duração (seg)|"
    "nl:Duur (sec.)|nl:Duur (sec)|pl:Czas trwania (s)|pl:Czas trwania (sek.)|bg:Продължителност (сек.)",
    "published": "en:Publish time|de:Veröffentlichungszeitpunkt|de:Veröffentlichungszeit|fr:Heure de publication|"
    "es:Hora de publicación|it:Ora di pubblicazione|pt:Horário de publicação|pt:Hora de publicação|nl:Publicatietijd|"
    "nl:Tijdstip van publicatie|pl:Czas publikacji|pl:Godzina publikacji|bg:Час на публикуване",
    "url": "en:Permalink|de:Permalink|fr:Permalien|es:Enlace permanente|it:Permalink|it:Link permanente|"
    "pt:Link permanente|pt:Permalink|nl:Permalink|pl:Link bezpośredni|pl:Bezpośredni link|bg:Постоянна връзка",
    "date": "en:Date|de:Datum|fr:Date|es:Fecha|it:Data|pt:Data|nl:Datum|pl:Data|bg:Дата",
}

# What is counted: field → metric of the registry is METRICS below.
COUNTED: Final[Words] = {
    "reach": "en:Reach|de:Reichweite|fr:Couverture|fr:Portée|es:Alcance|it:Copertura|pt:Alcance|nl:Bereik|pl:Zasięg|"
    "bg:Обхват",
    "reach_organic": "en:Reach from Organic posts|de:Reichweite durch organische Beiträge",
    "reach_paid": "en:Reach from Boosted posts|de:Reichweite durch beworbene Beiträge",
    "viewers": "en:Viewers|de:Zuschauer|fr:Spectateurs|es:Espectadores|it:Spettatori|pt:Visualizadores|nl:Kijkers|"
    "pl:Widzowie",
    "views": "en:Views|de:Aufrufe|fr:Vues|es:Visualizaciones|it:Visualizzazioni|pt:Visualizações|nl:Weergaven|"
    "pl:Wyświetlenia|bg:Гледания|bg:Прегледи",
    "views_organic": "en:Views from Organic posts|de:Aufrufe durch organische Beiträge",
    "views_paid": "en:Views from Boosted posts|de:Aufrufe durch beworbene Beiträge",
    "plays": "en:Plays|de:Wiedergaben|fr:Lectures|es:Reproducciones|it:Riproduzioni|pt:Reproduções|pl:Odtworzenia",
    "impressions": "en:Impressions|de:Impressionen|fr:Impressions|es:Impresiones|it:Impression|pt:Impressões|"
    "nl:Vertoningen|bg:Импресии",
    "impressions_organic": "en:Organic impressions|en:Impressions from Organic posts",
    "impressions_paid": "en:Paid impressions|en:Impressions from Boosted posts",
    "views_3s": "en:3-second video views|en:3-second views|de:3-sekündige Videoaufrufe|de:3-Sekunden-Videoaufrufe|"
    "fr:Vues de vidéo de 3 secondes|fr:Vues de 3 secondes|es:Visualizaciones de video de 3 segundos|"
    "es:Reproducciones de video de 3 segundos|es:Reproducciones de vídeo de 3 segundos|"
    "it:Visualizzazioni del video di 3 secondi|it:Visualizzazioni di 3 secondi del video|"
    "pt:Visualizações do vídeo por 3 segundos|nl:Videoweergaven van 3 seconden|"
    "pl:3-sekundowe wyświetlenia filmu|bg:3-секундни гледания на видео",
    "views_15s": "en:15-second video views|en:15-second views",
    "views_30s": "en:30-second video views",
    "views_1m": "en:1-minute video views|en:1-minute views|de:1-minütige Videoaufrufe|de:1-Minuten-Videoaufrufe|"
    "fr:Vues de vidéo d'une minute|fr:Vues de vidéo de 1 minute|es:Visualizaciones de video de 1 minuto|"
    "es:Reproducciones de vídeo de 1 minuto|it:Visualizzazioni del video di 1 minuto|"
    "pt:Visualizações do vídeo por 1 minuto|nl:Videoweergaven van 1 minuut|pl:1-minutowe wyświetlenia filmu|"
    "bg:1-минутни гледания на видео",
    "viewers_3s": "en:3-second viewers|de:3-Sekunden-Zuschauer|fr:Spectateurs de 3 secondes|"
    "es:Espectadores de 3 segundos|it:Spettatori di 3 secondi",
    "viewers_1m": "en:1-minute viewers|de:1-Minuten-Zuschauer|fr:Spectateurs d'une minute|"
    "es:Espectadores de 1 minuto|it:Spettatori di 1 minuto",
    "watch_time": "en:Seconds viewed|de:Angesehene Sekunden|fr:Secondes visionnées|es:Segundos vistos|"
    "it:Secondi visualizzati|pt:Segundos visualizados|nl:Bekeken seconden|pl:Wyświetlone sekundy",
    "average_watch_time": "en:Average seconds viewed|de:Durchschnittlich angesehene Sekunden|"
    "fr:Moyenne de secondes visionnées|es:Promedio de segundos vistos|it:Media dei secondi visualizzati|"
    "pt:Média de segundos visualizados|nl:Gemiddeld aantal bekeken seconden",
    "engagements": "en:Reactions, comments and shares|de:Reaktionen, Kommentare und geteilte Inhalte|"
    "fr:Réactions, commentaires et partages|es:Reacciones, comentarios y veces compartido|"
    "es:Reacciones, comentarios y contenido compartido|it:Reazioni, commenti e condivisioni|"
    "pt:Reações, comentários e compartilhamentos|nl:Reacties, opmerkingen en deelacties|"
    "pl:Reakcje, komentarze i udostępnienia",
    "interactions": "en:Content interactions|en:Interactions|de:Content-Interaktionen|fr:Interactions avec le contenu|"
    "es:Interacciones con el contenido|it:Interazioni con i contenuti|pt:Interações com o conteúdo",
    "reactions": "en:Reactions|de:Reaktionen|fr:Réactions|es:Reacciones|it:Reazioni|pt:Reações|nl:Reacties|pl:Reakcje|"
    "bg:Реакции",
    "likes": "en:Likes|en:Likes and reactions|de:„Gefällt mir“-Angaben|de:Gefällt mir-Angaben|fr:J'aime|"
    'fr:Mentions J\'aime|es:Me gusta|it:Mi piace|it:"Mi piace"|pt:Curtidas|pt:Gostos|nl:Vind-ik-leuks|'
    "nl:Likes|pl:Polubienia|bg:Харесвания",
    "comments": "en:Comments|de:Kommentare|fr:Commentaires|es:Comentarios|it:Commenti|pt:Comentários|nl:Opmerkingen|"
    "pl:Komentarze|bg:Коментари",
    "shares": "en:Shares|de:Geteilte Inhalte|de:Mal geteilt|fr:Partages|es:Veces que se compartió|es:Veces compartido|"
    "es:Compartidos|it:Condivisioni|pt:Compartilhamentos|pt:Partilhas|nl:Deelacties|nl:Keer gedeeld|"
    "pl:Udostępnienia|bg:Споделяния",
    "saves": "en:Saves|de:Gespeicherte Beiträge|de:Gespeichert|de:Mal gespeichert|fr:Enregistrements|es:Guardados|"
    "es:Veces guardado|es:Veces que se guardó|it:Elementi salvati|it:Salvataggi|pt:Salvamentos|nl:Opgeslagen|"
    "nl:Keer opgeslagen|pl:Zapisania|pl:Zapisy|bg:Запазвания",
    "follows": "en:Follows|de:Follows|fr:Followers|fr:Abonnements|es:Seguimientos|es:Seguidores|it:Follower|it:Follow|"
    "pt:Seguimentos|nl:Volgers|nl:Nieuwe volgers|pl:Obserwacje|bg:Последвания",
    "replies": "en:Replies|de:Antworten|fr:Réponses|es:Respuestas|it:Risposte|pt:Respostas|nl:Antwoorden|pl:Odpowiedzi",
    "profile_visits": "en:Profile visits|de:Profilbesuche|fr:Visites du profil|es:Visitas al perfil|"
    "it:Visite al profilo|pt:Visitas ao perfil|nl:Profielbezoeken|pl:Wizyty na profilu",
    "clicks": "en:Total clicks|de:Klicks insgesamt|de:Gesamtklicks|fr:Total des clics|fr:Nombre total de clics|"
    "es:Clics totales|es:Total de clics|it:Clic totali|it:Totale clic|pt:Total de cliques|nl:Totaal aantal klikken|"
    "pl:Łączna liczba kliknięć",
    "link_clicks": "en:Link clicks|de:Link-Klicks|de:Linkklicks|fr:Clics sur un lien|fr:Clics sur le lien|"
    "es:Clics en el enlace|it:Clic sul link|pt:Cliques no link|nl:Linkklikken|nl:Klikken op links|"
    "pl:Kliknięcia linku",
    "negative_feedback": "en:Negative feedback from users|en:Negative feedback|de:Negatives Feedback von Nutzern",
    "revenue": "en:Estimated earnings|de:Geschätzte Einnahmen|fr:Gains estimés|es:Ganancias estimadas|"
    "it:Guadagni stimati|pt:Ganhos estimados|nl:Geschatte inkomsten|pl:Szacowane zarobki",
}

# Column → metric, payment. "" is not in the file: organic and boosted together, see payment_of in content_export.
METRICS: Final[dict[str, tuple[str, str]]] = {
    **{field: (field, "") for field in COUNTED},
    "reach_organic": ("reach", "organic"),
    "reach_paid": ("reach", "paid"),
    "views_organic": ("views", "organic"),
    "views_paid": ("views", "paid"),
    "impressions_organic": ("impressions", "organic"),
    "impressions_paid": ("impressions", "paid"),
    "plays": ("views", ""),
    "interactions": ("engagements", ""),
}

# Left out on purpose: no reader of a report asks for them, or our model has no place for what they are cut by.
LEFT_OUT: Final = (
    r"percentage of (total|15-second) views at interval \d+",
    r"(average )?seconds viewed from .+",
    r"(3-second|1-minute) (video views|viewers) from .+",
    r"(other|photo) clicks|matched audience targeting consumption .+",
    r"negative feedback from users: .+",
    r"ad (cpm|impressions).*|approximate content monetization earnings.*|qualified views.*|.*:count",
    r"universal video id|custom labels?|data comment|post type|caption type|languages?|is crosspost|is share",
    r"funded content status|initial plays|replays|navigation|sticker taps|content type|crossposted|asset id|video title",
    r"datenkommentar|beitragstyp|commentaire sur les données|type de (publication|post)|comentario(s)? sobre los datos",
    r"tipo de (publicación|post)|tipo di post|commento sui dati|comentário (de|sobre os) dados|berichttype|type bericht",
    r"gegevensopmerking|opmerking over gegevens|typ posta|komentarz dotyczący danych|тип (на )?публикация(та)?",
    r"коментар за данните",
)

LIFETIME: Final = frozenset({
    "lifetime", "gesamte laufzeit", "lebensdauer", "laufzeit", "durée de vie", "toute la durée", "depuis toujours",
    "total", "vida útil", "todo el tiempo", "ciclo de vida", "toda la vida", "intero periodo", "durata completa",
    "di sempre", "vitalício", "tempo de vida", "todo o período", "levensduur", "gehele looptijd", "hele periode",
    "od początku", "cały okres", "за целия период", "за цялото време",
})  # fmt: skip
