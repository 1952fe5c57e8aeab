"""Putting back what stood before a pattern; same blueprint as the programme."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.conferences.models import Conference
from registry.conferences.programme.pages import ADDRESS, page, pages
from registry.conferences.programme.replacing import services
from registry.conferences.programme.replacing.schemas import StoodSchema
from registry.conferences.queries import load_conference
from registry.core.editing import attempt, given, version
from registry.core.listing import as_uuid
from registry.core.web import writes


@pages.post(f"{ADDRESS}/put-back")
@writes
def put_back(lang: str, uuid: UUID) -> Any:
    pairs = [text.partition(" ") for text in request.form.getlist("topic")]
    told = [(as_uuid(topic), as_uuid(item)) for topic, _blank, item in pairs]
    links = {topic: item for topic, item in told if topic and item}

    def save() -> Conference:
        rows = given(StoodSchema(audience="office"))["agenda"]
        return services.put_back(who(), uuid, version(), rows, links)

    outcome = attempt(save)
    if not outcome.saved:
        return page(load_conference(who(), uuid), outcome), outcome.status
    flash(_("The programme is what it was before."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))
