"""The words of letters of each kind, in German as DIN 5008 has them. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from registry.conferences.letters import filling

USUAL = """wir laden Sie herzlich zur Konferenz „{{ konferenz }}“ ein.

{{ termin }}
{{ ort }}

Die Tagesordnung finden Sie in der Anlage. Wir halten für Sie {{ plaetze }} frei.

Bitte teilen Sie uns bis {{ frist }} mit, ob Sie kommen."""
REMINDING = "noch haben wir keine Antwort von Ihnen. Deshalb erinnern wir Sie an unsere Einladung:"
MOVED = """die Konferenz „{{ konferenz }}“, zu der wir Sie eingeladen haben, wird verlegt. \
Bisher war sie für {{ bisher }} geplant. Jetzt gilt:

{{ termin }}
{{ ort }}"""
CHANGED = """Zeit oder Ort der Konferenz „{{ konferenz }}“ haben sich geändert, zu der wir Sie \
eingeladen haben. Jetzt gilt:

{{ termin }}
{{ ort }}"""
ANSWERED = """Ihre Antwort bleibt bestehen. Wenn Sie zu diesem Termin nicht können, teilen Sie \
es uns bitte bis {{ frist }} mit."""
OPEN = "Bitte teilen Sie uns bis {{ frist }} mit, ob Sie kommen."
CANCELLED = """die Konferenz „{{ konferenz }}“, zu der wir Sie eingeladen haben, findet nicht statt.

{{ termin }}
{{ ort }}

{{ grund }}

Sie brauchen nichts zu tun. Wenn Sie den Termin eingetragen haben, streichen Sie ihn bitte."""
BY = "bis {{ frist }} "


class Kind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    MOVED = "moved"
    CANCELLED = "cancelled"


def subject(kind: Kind, facts: Mapping[str, str]) -> str:
    """Return the subject; it goes without the word."""
    what, day = f"Konferenz „{facts['konferenz']}“", facts["erster_tag"]
    on = f" am {day}" if day else ""
    if kind == Kind.MOVED:
        return f"{what}: verlegt auf den {day}" if facts["bisher"] else f"{what}{on}: geändert"
    first = {Kind.REMINDER: "Erinnerung: Einladung zur", Kind.CANCELLED: "Absage der"}
    return f"{first.get(kind, 'Einladung zur')} {what}{on}"


def paragraphs(kind: Kind, facts: Mapping[str, str], own: str, *, answered: bool) -> list[str]:
    """Return the paragraphs of a letter; the office's `own` text is that of an invitation."""
    text = own.strip() or USUAL
    if kind == Kind.MOVED:
        text = f"{MOVED if facts['bisher'] else CHANGED}\n\n{ANSWERED if answered else OPEN}"
    elif kind == Kind.CANCELLED:
        text = CANCELLED
    if not facts["frist"] and text != own.strip():
        text = text.replace(BY, "bald " if not answered else "")
    first = [REMINDING] if kind == Kind.REMINDER else []
    return [*first, *filling.paragraphs(filling.filled(text, facts))]
