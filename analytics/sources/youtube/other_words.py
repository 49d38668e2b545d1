"""Tables of YouTube Studio that say nothing of days, videos or people, in its languages."""

from __future__ import annotations

from typing import Final

from analytics.sources.words import Words

# Refused with that reason.
OTHER_DIMENSIONS: Final = (
    "Traffic source",
    "Device type",
    "Operating system",
    "Subscription status",
    "Content type",
    "Source type",
    "Source title",
    "Playback location",
    "Playlist",
    "Subtitles and CC",
    "Subscription source",
    "YouTube product",
    "Viewer type",
    "New and returning viewers",
    "Sharing service",
    "Post",
)
OTHER_WORDS: Final = Words(
    {
        "de": {
            "Traffic source": "Zugriffsquelle | Besucherquelle",
            "Device type": "Gerätetyp",
            "Operating system": "Betriebssystem",
            "Subscription status": "Abostatus",
            "Content type": "Inhaltstyp",
        },
        "fr": {
            "Traffic source": "Source de trafic",
            "Device type": "Type d'appareil",
            "Operating system": "Système d'exploitation",
            "Subscription status": "État de l'abonnement",
            "Content type": "Type de contenu",
        },
        "es": {
            "Traffic source": "Fuente de tráfico",
            "Device type": "Tipo de dispositivo",
            "Operating system": "Sistema operativo",
            "Subscription status": "Estado de la suscripción",
            "Content type": "Tipo de contenido",
        },
        "it": {
            "Traffic source": "Sorgente di traffico",
            "Device type": "Tipo di dispositivo",
            "Content type": "Tipo di contenuto",
        },
        "pt": {
            "Traffic source": "Origem do tráfego",
        },
        "nl": {
            "Traffic source": "Verkeersbron",
        },
        "pl": {
            "Traffic source": "Źródło wizyt",
        },
    }
)
