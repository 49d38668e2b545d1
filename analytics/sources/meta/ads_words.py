"""Headers of Ads Manager reports, by language, in the order: what a row is, what it is cut by, what it counts."""

# ruff: noqa: E501  (tables of words)
from __future__ import annotations

from typing import Final

from .headers import Words

ABOUT: Final[Words] = {
    "first": "en:Reporting starts|en:Reporting start|de:Berichtsbeginn|de:Berichtsstart|de:Beginn des Berichts|"
    "de:Auswertungsbeginn|fr:Début des rapports|"
    "es:Inicio del informe|it:Inizio dei report|it:Inizio del report|pt:Início dos relatórios|"
    "nl:Start rapportage|nl:Begin rapportage|pl:Początek raportu|pl:Początek raportowania|"
    "bg:Начало на отчитането",
    "last": "en:Reporting ends|en:Reporting end|de:Berichtsende|de:Ende des Berichts|de:Auswertungsende|"
    "fr:Fin des rapports|es:Fin del informe|it:Fine dei report|it:Fine del report|pt:Término dos relatórios|"
    "pt:Encerramento dos relatórios|pt:Fim dos relatórios|nl:Einde rapportage|pl:Koniec raportu|"
    "pl:Koniec raportowania|bg:Край на отчитането",
    "day": "en:Day|de:Tag|fr:Jour|es:Día|it:Giorno|pt:Dia|nl:Dag|pl:Dzień|bg:Ден",
    "account": "en:Account ID|de:Konto-ID|fr:ID du compte|es:Identificador de la cuenta|it:ID account|"
    "it:ID dell'account|pt:Identificação da conta|nl:Account-ID|pl:Identyfikator konta",
    "account_name": "en:Account name|de:Kontoname|fr:Nom du compte|es:Nombre de la cuenta|it:Nome account|"
    "it:Nome dell'account|pt:Nome da conta|nl:Accountnaam|pl:Nazwa konta",
    "campaign": "en:Campaign ID|de:Kampagnen-ID|fr:ID de campagne|fr:ID de la campagne|"
    "es:Identificador de la campaña|it:ID campagna|it:ID della campagna|pt:Identificação da campanha|"
    "nl:Campagne-ID|pl:Identyfikator kampanii",
    "campaign_name": "en:Campaign name|de:Kampagnenname|de:Name der Kampagne|fr:Nom de la campagne|"
    "es:Nombre de la campaña|it:Nome della campagna|it:Nome campagna|pt:Nome da campanha|nl:Campagnenaam|"
    "nl:Naam campagne|pl:Nazwa kampanii|bg:Име на кампанията",
    "adset": "en:Ad set ID|de:Anzeigengruppen-ID|fr:ID de l'ensemble de publicités|"
    "es:Identificador del conjunto de anuncios|it:ID gruppo di inserzioni|"
    "pt:Identificação do conjunto de anúncios|nl:Advertentieset-ID|pl:Identyfikator zestawu reklam",
    "adset_name": "en:Ad set name|de:Anzeigengruppenname|de:Name der Anzeigengruppe|"
    "fr:Nom de l'ensemble de publicités|es:Nombre del conjunto de anuncios|it:Nome del gruppo di inserzioni|"
    "it:Nome gruppo di inserzioni|pt:Nome do conjunto de anúncios|nl:Naam advertentieset|"
    "nl:Advertentiesetnaam|pl:Nazwa zestawu reklam|bg:Име на рекламния комплект",
    "ad": "en:Ad ID|de:Anzeigen-ID|fr:ID de la publicité|fr:ID de publicité|es:Identificador del anuncio|"
    "it:ID inserzione|it:ID dell'inserzione|pt:Identificação do anúncio|nl:Advertentie-ID|"
    "pl:Identyfikator reklamy",
    "ad_name": "en:Ad name|de:Anzeigenname|de:Name der Anzeige|fr:Nom de la publicité|es:Nombre del anuncio|"
    "it:Nome dell'inserzione|it:Nome inserzione|pt:Nome do anúncio|nl:Advertentienaam|nl:Naam advertentie|"
    "pl:Nazwa reklamy|bg:Име на рекламата",
    "currency": "en:Currency|de:Währung|fr:Devise|es:Divisa|it:Valuta|pt:Moeda|pl:Waluta",
}

CUT_BY: Final[Words] = {
    "age": "en:Age|de:Alter|fr:Âge|fr:Age|es:Edad|it:Età|pt:Idade|nl:Leeftijd|pl:Wiek|bg:Възраст",
    "gender": "en:Gender|de:Geschlecht|fr:Genre|fr:Sexe|es:Sexo|es:Género|it:Genere|it:Sesso|pt:Gênero|nl:Geslacht|"
    "pl:Płeć|bg:Пол",
    "country": "en:Country|de:Land|fr:Pays|es:País|it:Paese|pl:Kraj|bg:Държава",
    "region": "en:Region|de:Region|fr:Région|es:Región|it:Regione|pt:Região|nl:Regio|pl:Region|bg:Регион|en:DMA region",
    "platform": "en:Platform|en:Publisher platform|de:Plattform|fr:Plateforme|fr:Plate-forme|es:Plataforma|"
    "it:Piattaforma|nl:Platform|pl:Platforma|bg:Платформа",
    "placement": "en:Placement|de:Platzierung|fr:Placement|fr:Emplacement|es:Ubicación|it:Posizionamento|"
    "pt:Posicionamento|nl:Plaatsing|pl:Umiejscowienie|bg:Разположение",
    "impression device": "en:Impression device|de:Impression-Gerät",
    "device platform": "en:Device platform|de:Geräteplattform|"
    "fr:Plateforme de l'appareil|es:Plataforma del dispositivo|it:Piattaforma del dispositivo|"
    "pt:Plataforma do dispositivo",
}

COUNTED: Final[Words] = {
    "reach": "en:Reach|en:Accounts Center accounts reached|de:Reichweite|fr:Couverture|fr:Portée|es:Alcance|"
    "it:Copertura|pt:Alcance|nl:Bereik|pl:Zasięg|bg:Обхват",
    "impressions": "en:Impressions|de:Impressionen|fr:Impressions|es:Impresiones|it:Impression|it:Impressioni|"
    "pt:Impressões|nl:Vertoningen|nl:Weergaven|pl:Wyświetlenia|bg:Импресии",
    "views": "en:Views|de:Aufrufe|fr:Vues|es:Visualizaciones|it:Visualizzazioni|pt:Visualizações",
    "viewers": "en:Viewers",
    "frequency": "en:Frequency|de:Frequenz|de:Häufigkeit|fr:Répétition|fr:Fréquence|es:Frecuencia|it:Frequenza|"
    "pt:Frequência|nl:Frequentie|pl:Częstotliwość|bg:Честота",
    "spend": "en:Amount spent|de:Ausgegebener Betrag|fr:Montant dépensé|es:Importe gastado|it:Importo speso|"
    "pt:Valor usado|pt:Valor gasto|pt:Montante gasto|nl:Besteed bedrag|pl:Wydana kwota|bg:Изразходвана сума",
    "link_clicks": "en:Link clicks|de:Link-Klicks|de:Linkklicks|fr:Clics sur un lien|fr:Clics sur le lien|"
    "es:Clics en el enlace|it:Clic sul link|pt:Cliques no link|nl:Klikken op links|nl:Linkklikken|nl:Linkkliks|"
    "pl:Kliknięcia linku|bg:Кликвания върху връзката",
    "clicks": "en:Clicks (all)|de:Klicks (alle)|fr:Clics (tous)|es:Clics (todos)|it:Clic (tutti)|pt:Cliques (todos)|"
    "nl:Klikken (alle)|pl:Kliknięcia (wszystkie)|bg:Кликвания (всички)",
    "engagements": "en:Post engagements|en:Post engagement|de:Beitragsinteraktionen|de:Beitragsinteraktion|"
    "fr:Interactions avec la publication|es:Interacciones con la publicación|es:Interacción con la publicación|"
    "it:Interazioni con il post|pt:Engajamentos com o post|pt:Engajamento com o post|nl:Berichtbetrokkenheid",
    "reactions": "en:Post reactions|de:Beitragsreaktionen|fr:Réactions à la publication|"
    "es:Reacciones a publicaciones|it:Reazioni ai post|it:Reazioni al post|pt:Reações ao post",
    "comments": "en:Post comments|de:Beitragskommentare|fr:Commentaires sur la publication|"
    "es:Comentarios de publicaciones|it:Commenti ai post|pt:Comentários no post",
    "shares": "en:Post shares|de:Geteilte Beiträge|fr:Partages de publication|es:Veces que se compartieron publicaciones|"
    "it:Condivisioni dei post|it:Condivisioni del post|pt:Compartilhamentos do post",
    "saves": "en:Post saves|de:Gespeicherte Beiträge|fr:Enregistrements de publication|"
    "es:Veces que se guardaron las publicaciones|it:Salvataggi dei post|it:Salvataggi del post|"
    "pt:Salvamentos do post",
    "follows": "en:Instagram follows|de:Follows auf Instagram",
    "profile_visits": "en:Instagram profile visits|de:Instagram-Profilbesuche",
    "leads": "en:Leads|de:Leads|fr:Prospects|it:Lead",
    "plays": "en:Video plays|de:Videowiedergaben|fr:Lectures de la vidéo|fr:Lectures de vidéo|es:Reproducciones de video|"
    "es:Reproducciones de vídeo|it:Riproduzioni del video|pt:Reproduções do vídeo|nl:Video's afgespeeld",
    "views_2s": "en:2-second continuous video plays|en:Unique 2-second continuous video plays (not unique)|"
    "de:Kontinuierliche 2-Sekunden-Videowiedergaben",
    "views_3s": "en:3-second video plays|en:3-second video views|de:3-Sekunden-Videowiedergaben|"
    "fr:Lectures de vidéo de 3 secondes|es:Reproducciones de video de 3 segundos|"
    "es:Reproducciones de vídeo de 3 segundos|it:Riproduzioni del video di 3 secondi|"
    "pt:Reproduções do vídeo por 3 segundos|pl:3-sekundowe odtworzenia filmu",
    "views_25pct": "en:Video plays at 25%|en:Video watches at 25%|de:Videowiedergaben bis 25 %|de:Videowiedergaben bis 25%|"
    "fr:Lectures de la vidéo à 25 %|es:Reproducciones de video hasta el 25%|"
    "es:Reproducciones de vídeo hasta el 25%|it:Riproduzioni del video fino al 25%|pt:Reproduções de 25% do vídeo",
    "views_50pct": "en:Video plays at 50%|en:Video watches at 50%|de:Videowiedergaben bis 50 %|de:Videowiedergaben bis 50%|"
    "fr:Lectures de la vidéo à 50 %|es:Reproducciones de video hasta el 50%|"
    "es:Reproducciones de vídeo hasta el 50%|it:Riproduzioni del video fino al 50%|pt:Reproduções de 50% do vídeo",
    "views_75pct": "en:Video plays at 75%|en:Video watches at 75%|de:Videowiedergaben bis 75 %|de:Videowiedergaben bis 75%|"
    "fr:Lectures de la vidéo à 75 %|es:Reproducciones de video hasta el 75%|"
    "es:Reproducciones de vídeo hasta el 75%|it:Riproduzioni del video fino al 75%|pt:Reproduções de 75% do vídeo",
    "completions": "en:Video plays at 100%|en:Video watches at 100%|de:Videowiedergaben bis 100 %|"
    "de:Videowiedergaben bis 100%|fr:Lectures de la vidéo à 100 %|es:Reproducciones de video hasta el 100%|"
    "es:Reproducciones de vídeo hasta el 100%|it:Riproduzioni del video fino al 100%|"
    "pt:Reproduções de 100% do vídeo",
    "average_watch_time": "en:Video average play time|de:Durchschnittliche Videowiedergabezeit|"
    "fr:Temps moyen de lecture de la vidéo|es:Tiempo promedio de reproducción del video",
}

METRICS: Final[dict[str, str]] = {**{field: field for field in COUNTED}, "plays": "views"}

# Attributes of a campaign, a set or an ad: they split no row that its name does not split.
ATTRIBUTES: Final = (
    r".*(delivery|budget|bid|objective|ranking|attribution|status|indicator|(buying|result|conversion) type|schedule).*",
    r"(starts|ends|start|end|created|date created|date last edited|last significant edit|tags|results?|body|headline)",
    r"(gross|auto-refresh|estimated) .*",
    r"(link.*|destination.*|preview link|website url|url parameters|image.*|video.*|creative.*|permalink|story id)",
)
# Rates and costs can be worked out from what they are made of.
DERIVED: Final = (
    r"(cpm|cpc|ctr|cpp|cost per|kosten|coût|coste|costo|custo|koszt).*",
    r".*(rate|ratio|ranking|roas|percentage|%\)|tasso|taux|tasa|taxa).*",
)
# A new name for one of the numbers that matter would be lost in silence among the left-out.
LIKE_OURS: Final = r".*(reach|impression|amount spent|viewers|reichweite|couverture|alcance|copertura|bereik|zasięg).*"
