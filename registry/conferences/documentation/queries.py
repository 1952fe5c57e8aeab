"""Reading what the documentation of a conference is made of besides its other rooms."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload, undefer

from registry.actors.models import actor_field
from registry.conferences.documentation.models import Documentation
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.wall.models import Photo, PhotoKind
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import body_field
from registry.vocabulary.models import Term


def load_documentation(conference: Conference, *, lock: bool = False) -> Documentation | None:
    query = select(Documentation).where(Documentation.conference_id == conference.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def fields(conference: Conference) -> list[tuple[UUID, str]]:
    """Return every invitation with each field of action that its actor or body works in."""
    of_actors = select(Invitation.uuid, Term.key).join(
        actor_field, actor_field.c.actor_id == Invitation.actor_id
    )
    of_bodies = select(Invitation.uuid, Term.key).join(
        body_field, body_field.c.body_id == Invitation.body_id
    )
    query = union(
        *(
            each.join(Term, Term.id == table.c.term_id).where(
                Invitation.conference_id == conference.id
            )
            for each, table in ((of_actors, actor_field), (of_bodies, body_field))
        )
    )
    return [(invitation, key) for invitation, key in db.session.execute(query)]


def impressions(conference: Conference, *, content: bool = False) -> Sequence[Photo]:
    """Return the pictures of a conference in the order they were brought."""
    query = select(Photo).where(
        Photo.conference_id == conference.id, Photo.kind == PhotoKind.IMPRESSION
    )
    query = query.options(undefer(Photo.content)) if content else query
    return db.session.scalars(query.order_by(Photo.id)).all()


def load_impression(conference: Conference, uuid: UUID, *, lock: bool = False) -> Photo:
    query = select(Photo).where(
        Photo.conference_id == conference.id,
        Photo.kind == PhotoKind.IMPRESSION,
        Photo.uuid == uuid,
    )
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    return found


def is_published(uuid: UUID) -> bool:
    """Return whether everyone may read the documentation of a conference."""
    query = select(Documentation.id).join(Conference, Conference.id == Documentation.conference_id)
    query = query.where(Conference.uuid == uuid, Documentation.published_on.is_not(None))
    return db.session.scalar(query) is not None


def load_published(uuid: UUID) -> Documentation:
    """Return the published documentation of a conference, or raise NotFound."""
    query = (
        select(Documentation)
        .join(Conference, Conference.id == Documentation.conference_id)
        .where(Conference.uuid == uuid, Documentation.published_on.is_not(None))
        .options(joinedload(Documentation.conference))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def is_shown(photo: Photo) -> bool:
    """Return whether a picture may be shown: it says whose it is and that people agreed."""
    return bool(photo.credit and photo.consent)
