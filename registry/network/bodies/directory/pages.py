"""The directory of bodies that everyone sees, and each body's own page."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template

from registry.core import i18n
from registry.core.listing import one_of
from registry.core.web import public
from registry.network.bodies.directory import queries
from registry.network.bodies.models import Form
from registry.network.bodies.schemas import FORMS, LEVELS, PARTS
from registry.vocabulary import queries as vocabulary

pages = Blueprint("bodies", __name__)


@pages.get("/<lang>/bodies")
@public
def listing(lang: str) -> str:
    known = queries.published(_today())
    fields = [term.key for term in vocabulary.terms("field")]
    used = [key for key in fields if any(key in each.fields for each in known)]
    form, field = one_of("form", (key for key, _name in FORMS)), one_of("field", used)
    return render_template(
        "network/bodies/directory.html",
        bodies=[
            each
            for each in known
            if (not form or each.form == form) and (not field or field in each.fields)
        ],
        forms={key: name for key, name in FORMS if any(each.form == key for each in known)},
        form_wanted=form,
        fields=used,
        field_wanted=field,
        levels=dict(LEVELS),
        today=_today(),
    )


@pages.get("/<lang>/bodies/<uuid:uuid>")
@public
def detail(lang: str, uuid: UUID) -> str:
    found, today = queries.entry(uuid, _today()), _today()
    together: dict[str, Any] = {}
    if found.form == Form.NETWORK:
        members = [each.actor for each in found.members]
        fields = [term.key for term in vocabulary.terms("field") if term.valid_on(today)]
        together = queries.by_field(fields, queries.offers_of(members, today))
    return render_template(
        "network/bodies/detail.html",
        body=found,
        together=together,
        missing=[key for key, offers in together.items() if not offers],
        forms=dict(FORMS),
        levels=dict(LEVELS),
        parts=dict(PARTS),
        today=today,
    )


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
