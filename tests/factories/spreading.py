"""Urgent notices and recommended websites for tests."""

from datetime import date
from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.core import i18n
from registry.core.db import db
from registry.resources import services as resources
from registry.resources.models import ExternalResource
from registry.resources.schemas import ResourceSchema
from registry.urgent import services as urgent
from registry.urgent.models import UrgentNotice
from registry.urgent.schemas import NoticeSchema


def make_notice(who: Who = CONSOLE, *, published: bool = True, **fields: Any) -> UrgentNotice:
    """Write a notice for the whole district that holds today, from what the form would say."""
    today = i18n.local_now().date().isoformat()
    given = {
        "severity": "warning",
        "title": {"de": "Hochwasser an der Roth"},
        "text": {"de": "Bitte meiden Sie die Ufer."},
        "areas": ["09576"],
        "starts_on": today,
        "ends_on": today,
        **fields,
    }
    made = urgent.write(who, "09576", NoticeSchema(audience="office").load(given))
    if published:
        urgent.publish(who, made.uuid, made.version, date.min)
    db.session.commit()
    return made


def make_resource(who: Who = CONSOLE, **fields: Any) -> ExternalResource:
    """Recommend a website that everyone sees."""
    given = {
        "name": "Handbook Germany",
        "url": "https://handbookgermany.de/",
        "summary": {"de": "Antworten von A bis Z"},
        "languages": ["de", "ar"],
        "topics": ["advice"],
        "published": True,
        **fields,
    }
    made = resources.recommend(who, "09576", ResourceSchema(audience="office").load(given))
    db.session.commit()
    return made
