"""The one page that saves actor, contact, place and offer together."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.actors import services as actors
from registry.actors.editing.choices import Offered, home_region
from registry.actors.models import Actor, Status
from registry.core.editing import Outcome, Sheet, sheet, typed
from registry.core.errors import Invalid, errors_at
from registry.core.forms import says_something
from registry.offers import services
from registry.offers.editing.schemas import ENTRY_SECTIONS, EntrySchema
from registry.offers.models import Offer
from registry.texts.translated import SOURCE


def entry_schema(*left_out: str) -> EntrySchema:
    """Return the form without what is left out, and without a new actor where none can be made."""
    closed = () if may("actor.create") else ("actor",)
    return EntrySchema(audience="office", exclude={*left_out, *closed})


def entry_data() -> dict[str, Any]:
    """Return what was typed; an organisation that is there already may replace the new one."""
    data = typed(entry_schema())
    return data | {"existing": use, "actor": {}} if (use := request.form.get("use")) else data


def brought(offer: Offer) -> Actor | Offer:
    """Return what an entry has brought into the register: a new organisation, or an offer alone."""
    return offer if entry_data().get("existing") else offer.actor


def entry_sheet(data: Mapping[str, Any], outcome: Outcome | None = None) -> Sheet:
    """Return the page's form; whoever keeps one actor finds it chosen already."""
    offered = Offered(who(), home_region(who()), data)
    own = list(offered("editable_actor")) if not may("actor.create") and not data else []
    given = {"existing": own[0][0]} if len(own) == 1 else data
    return sheet(entry_schema(), ENTRY_SECTIONS, given, offered, outcome)


def save_entry() -> Offer:
    """Load what was typed and save all of it; parts left blank are not asked for."""
    data = entry_data()
    data.setdefault("actor", {})
    existing = data.get("existing")
    if not existing and not may("actor.create"):
        raise Invalid({"existing": [_("Please choose an organisation.")]})
    if existing and says_something(data["actor"]):
        raise Invalid(
            {"existing": [_("Please choose an organisation or type a new one, not both.")]}
        )
    if not existing:
        _name_both(data["actor"], data["offer"]["title"])
    left_out = ["actor"] if existing else []
    left_out += [] if says_something(data["contact"]) else ["contact"]
    schema = entry_schema(*left_out)
    loaded = schema.load({name: value for name, value in data.items() if name not in left_out})
    offer = services.create_entry(
        who(),
        home_region(who()),
        loaded["existing"] if existing else loaded["actor"],
        loaded.get("contact"),
        loaded["place"],
        loaded["offer"],
    )
    return _published(offer, new_actor=not existing)


def _name_both(actor: dict[str, Any], title: dict[str, str]) -> None:
    """One name is enough for a draft: organisation and offer lend it to each other."""
    if name := actor.get("name") or title.get(SOURCE):
        actor["name"] = name
        title[SOURCE] = title.get(SOURCE) or name


def _published(offer: Offer, *, new_actor: bool) -> Offer:
    wanted = request.form.get("then")
    if wanted == "submit":
        with errors_at("offer"):
            return services.submit_offer(who(), offer.uuid)
    if wanted != "publish":
        return offer
    if new_actor and offer.actor.status != Status.PUBLISHED:
        with errors_at("actor"):
            actors.publish_actor(who(), offer.actor.uuid)
    with errors_at("offer"):
        return services.publish_offer(who(), offer.uuid)
