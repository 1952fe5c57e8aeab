"""Contact points for tests: by default an offer of migration advice for everyone in Roth."""

from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.core.db import db
from registry.designations import services
from registry.designations.models import Designation
from registry.designations.schemas import DesignationSchema
from registry.offers.models import Offer
from tests.factories.offers import make_offer


def make_designation(
    subject: Actor | Offer | None = None, who: Who = CONSOLE, **fields: Any
) -> Designation:
    """Designate an actor or an offer from what the form would say."""
    subject = subject or make_offer()
    actor = subject.actor if isinstance(subject, Offer) else subject
    given = {"service_type": "mbe", "areas": ["09576"], **fields}
    if isinstance(subject, Offer):
        given["offer"] = str(subject.uuid)
    data = DesignationSchema(audience="office").load(given)
    made = services.designate(who, actor.uuid, data)
    db.session.commit()
    return made
