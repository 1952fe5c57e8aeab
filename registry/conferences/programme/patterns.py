"""Programmes to start from: functions and formats, nobody's names. Pure; letters are German.

`half_day` is an afternoon of three and a half hours with parallel working groups, `two_days` a
large conference with forums, of which one has another content on each day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.conferences.models import ItemFormat as F
from registry.conferences.models import ItemKind as K

OPENING, GROUPS, CLOSING = "Einführung", "Arbeitsgruppen", "Abschluss"
MORNING, AFTERNOON = "Vormittag", "Nachmittag"


@dataclass(frozen=True)
class Planned:
    """An item of a pattern; `day` counts from 0. `each_group` stands for all working groups."""

    title: str
    minutes: int
    format: F
    block: str | None = None
    day: int = 0
    kind: K = K.OTHER
    parallel: bool = False
    speaker: str | None = None
    institution: str | None = None
    description: str | None = None
    each_group: bool = False


HALF_DAY = (
    Planned("Begrüßung", 15, F.TALK, OPENING, speaker="Leitung des Landkreises"),
    Planned("Einführung in Ablauf und Prozess", 15, F.TALK, OPENING, speaker="Gesamtmoderation"),
    Planned(
        "Impuls: Ergebnisse des Migrations- und Integrationsberichts",
        15,
        F.TALK,
        OPENING,
        kind=K.SITUATION,
        speaker="Integrationsbeauftragung",
    ),
    Planned(
        "Arbeitsgruppe",
        120,
        F.GROUP,
        GROUPS,
        kind=K.COORDINATION,
        speaker="Moderation der Arbeitsgruppe",
        each_group=True,
    ),
    Planned(
        "Vorstellung der Ergebnisse",
        30,
        F.PLENARY,
        CLOSING,
        kind=K.INFORMATION,
        speaker="Moderationen der Arbeitsgruppen",
    ),
    Planned(
        "Abschluss und Ausblick",
        15,
        F.PLENARY,
        CLOSING,
        kind=K.NEXT_DATE,
        speaker="Gesamtmoderation",
    ),
)


def _forums(day: int, block: str, women: str) -> tuple[Planned, ...]:
    def forum(title: str, description: str, *, parallel: bool = True) -> Planned:
        speaker = "Forenleitung"
        return Planned(
            title, 90, F.FORUM, block, day, K.COORDINATION, parallel, speaker, None, description
        )

    return (
        forum(
            "Forum 1: Ländliche Räume", "Ankommen und bleiben, wo Wege weit sind.", parallel=False
        ),
        forum("Forum 2: Migrantinnen", women),
        forum("Forum 3: Fachkräfte gewinnen und halten", "Betriebe, Kammern und Beratung."),
        forum("Forum 4: Interkulturelle Öffnung", "Verwaltung, die alle erreicht."),
    )


TWO_DAYS = (
    Planned("Anmeldung und Ankommen", 30, F.BREAK, OPENING),
    Planned("Begrüßung", 15, F.TALK, OPENING, speaker="Leitung der ausrichtenden Stelle"),
    Planned("Grußworte", 30, F.TALK, OPENING, speaker="Land und Kommune"),
    Planned("Impuls: Wo wir stehen", 45, F.TALK, OPENING, kind=K.SITUATION, speaker="Wissenschaft"),
    Planned(
        "Diskussion von Expertinnen und Experten",
        60,
        F.EXPERTS,
        OPENING,
        speaker="Bund, Land, Kommune, Migrantenorganisation",
    ),
    Planned("Mittagspause", 60, F.BREAK),
    *_forums(0, "Gesprächsforen", "Unternehmerinnen: gründen, führen, vernetzen."),
    Planned("Pause", 30, F.BREAK),
    Planned("Aus den Foren", 45, F.PLENARY, AFTERNOON, speaker="Gesamtmoderation"),
    Planned("Ankommen und Rückblick auf den ersten Tag", 15, F.PLENARY, MORNING, 1),
    Planned("Fishbowl: Was Kommunen voneinander lernen", 60, F.FISHBOWL, MORNING, 1, K.INFORMATION),
    *_forums(1, "Gesprächsforen", "Kinderbetreuung: was Mütter brauchen, um lernen zu können."),
    Planned("Mittagspause", 60, F.BREAK, None, 1),
    Planned(
        "World-Café an sechs Tischen",
        90,
        F.WORLD_CAFE,
        AFTERNOON,
        1,
        K.INFORMATION,
        speaker="Tischpatinnen und Tischpaten",
    ),
    Planned(
        "Praktische Anleitung: digitale Angebote der Beratung",
        90,
        F.PRACTICAL,
        AFTERNOON,
        1,
        K.OFFERS,
        parallel=True,
        description="Im Foyer, zum Ausprobieren.",
    ),
    Planned("Pause", 15, F.BREAK, None, 1),
    Planned(
        "Abschluss und Ausblick",
        30,
        F.PLENARY,
        CLOSING,
        1,
        K.NEXT_DATE,
        speaker="Gesamtmoderation",
    ),
)
PATTERNS: dict[str, Sequence[Planned]] = {"half_day": HALF_DAY, "two_days": TWO_DAYS}
DAYS = {"half_day": 1, "two_days": 2}
