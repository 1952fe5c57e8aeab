"""What of a conference has been kept long enough, and removing it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, delete, func, or_, select, update

from registry.conferences.afterwards.models import Deletion
from registry.conferences.groups.models import Exclusion, Membership
from registry.conferences.invitations.models import Form, Individual, Invitation
from registry.conferences.minutes.forgetting.queries import forget_unnamed
from registry.conferences.models import Conference, Day
from registry.conferences.replies.models import Participant, PersonalNeed
from registry.core.db import db, now

RUN = timedelta(hours=1)  # what one run of the retention deletes is one line of the protocol
Ids = Select[Any] | Iterable[int]
ADDRESS = ("street", "postcode", "city", "email", "phone")
NAME = ("title", "office_title", "given_name", "family_name", "function")


def count_old_needs(before: datetime) -> int:
    """Count what people needed at conferences that were over, or called off, before a moment."""
    return sum(needs_of(_over(before)).values())


def clear_old_needs(before: datetime) -> int:
    return _noted("needs", clear_needs(_over(before)))


def count_old_wishes(before: datetime) -> int:
    """Count who still has wishes for groups, or reasons to be in one, of such conferences."""
    return sum(wishes_of(_over(before)).values()) + sum(reasons_of(_over(before)).values())


def clear_old_wishes(before: datetime) -> int:
    wishes = _noted("wishes", clear_wishes(_over(before)))
    return wishes + _noted("reasons", clear_reasons(_over(before)))


def count_old_names(before: datetime) -> int:
    """Count participants and invitations that name somebody, of conferences before a moment."""
    return sum(_named(before).values())


def clear_old_names(before: datetime) -> int:
    """Forget who came and who was invited in person; how many, and of which category, stays."""
    gone: dict[str, Any] = {**dict.fromkeys(NAME), "form": Form.NONE}
    invited = {**gone, **dict.fromkeys((*ADDRESS, "said_by", "answer_before"))}
    came = {**gone, "listed": False}
    counts = _named(before)
    _done(update(Participant).where(_names(Participant, before)).values(**came))
    _done(update(Invitation).where(_names(Invitation, before)).values(**invited))
    forget_unnamed()
    return _noted("names", counts)


def needs_of(conferences: Ids) -> Counter[int]:
    """Return how many have said what they need, by conference (internal ids)."""
    query = select(Participant.conference_id, func.count()).join(
        PersonalNeed, PersonalNeed.participant_id == Participant.id
    )
    return _by_conference(query.where(Participant.conference_id.in_(conferences)))


def wishes_of(conferences: Ids) -> Counter[int]:
    """Return how many have wishes for groups, by conference (internal ids)."""
    return _by_conference(select(Participant.conference_id, func.count()).where(_wish(conferences)))


def reasons_of(conferences: Ids) -> Counter[int]:
    """Return of how many a reason is kept why they are in a group, or must not be."""
    found: Counter[int] = Counter()
    for kind in (Membership, Exclusion):
        query = select(Participant.conference_id, func.count()).join(
            kind, kind.participant_id == Participant.id
        )
        told = Participant.conference_id.in_(conferences), kind.reason != ""
        found += _by_conference(query.where(*told))
    return found


def clear_needs(conferences: Ids) -> Counter[int]:
    counts = needs_of(conferences)
    _done(delete(PersonalNeed).where(PersonalNeed.participant_id.in_(_people(conferences))))
    return counts


def clear_wishes(conferences: Ids) -> Counter[int]:
    """Forget which groups people wished for, and the answers before the last, which say so, too."""
    counts = wishes_of(conferences)
    _done(update(Participant).where(_wish(conferences)).values(wishes=[]))
    earlier = Invitation.conference_id.in_(conferences), Invitation.answer_before.is_not(None)
    _done(update(Invitation).where(*earlier).values(answer_before=None))
    return counts


def clear_reasons(conferences: Ids) -> Counter[int]:
    """Forget why somebody is in a group or must not be; in which they were stays with the names."""
    counts, people = reasons_of(conferences), _people(conferences)
    _done(delete(Exclusion).where(Exclusion.participant_id.in_(people)))
    told = Membership.participant_id.in_(people), Membership.reason != ""
    _done(update(Membership).where(*told).values(reason=""))
    return counts


def note(conference: int, counts: Mapping[str, int]) -> Deletion:
    """Write into the protocol of a conference (internal id) what was forgotten; once for a run."""
    query = select(Deletion).where(Deletion.conference_id == conference)
    query = query.where(Deletion.at >= now() - RUN).order_by(Deletion.id.desc())
    found = db.session.scalars(query).first()
    if found is None:
        found = Deletion(conference_id=conference, at=now(), counts={})
        db.session.add(found)
    found.counts = dict(Counter(found.counts) + Counter(counts))
    db.session.flush()
    return found


def _noted(key: str, counts: Counter[int]) -> int:
    for conference, number in counts.items():
        note(conference, {key: number})
    return sum(counts.values())


def _named(before: datetime) -> Counter[int]:
    found: Counter[int] = Counter()
    for kind in (Participant, Invitation):
        query = select(kind.conference_id, func.count()).where(_names(kind, before))
        found += _by_conference(query, kind)
    return found


def _names(kind: Any, before: datetime) -> ColumnElement[bool]:
    columns = [*NAME, *(ADDRESS if kind is Invitation else ())]
    named = or_(*(getattr(kind, name).is_not(None) for name in columns))
    return and_(kind.conference_id.in_(_over(before)), named)


def _wish(conferences: Ids) -> ColumnElement[bool]:
    of = Participant.conference_id.in_(conferences)
    return and_(of, cast(Participant.wishes, String) != "[]")


def _people(conferences: Ids) -> Select[int]:
    return select(Participant.id).where(Participant.conference_id.in_(conferences))


def _by_conference(query: Select[int, int], kind: Any = Participant) -> Counter[int]:
    return Counter(dict(iter(db.session.execute(query.group_by(kind.conference_id)).all())))


def count_withdrawn(before: datetime) -> int:
    """Count individuals who withdrew their consent before a moment."""
    return _count(select(func.count(Individual.id)).where(_withdrawn(before)))


def clear_withdrawn(before: datetime) -> int:
    """Delete individuals who withdrew, and their names in what they were invited to."""
    return erase_individuals(
        set(db.session.scalars(select(Individual.id).where(_withdrawn(before))))
    )


def _withdrawn(before: datetime) -> ColumnElement[bool]:
    return and_(Individual.withdrawn_on.is_not(None), Individual.withdrawn_on < before.date())


def erase_individuals(keys: set[int]) -> int:
    """Delete individuals (internal ids) with all that invitations and answers copied of them."""
    theirs = select(Invitation.id).where(Invitation.individual_id.in_(keys))
    gone: dict[str, Any] = {**dict.fromkeys(NAME), "form": Form.NONE}
    came = Participant.invitation_id.in_(theirs)
    _done(
        delete(PersonalNeed).where(
            PersonalNeed.participant_id.in_(select(Participant.id).where(came))
        )
    )
    _done(update(Participant).where(came).values(**gone, listed=False))
    invited = {**gone, **dict.fromkeys((*ADDRESS, "unit", "remark", "said_by", "answer_before"))}
    _done(
        update(Invitation)
        .where(Invitation.individual_id.in_(keys))
        .values(**invited, organisation="")
    )
    forget_unnamed()
    return _done(delete(Individual).where(Individual.id.in_(keys)))


def individuals(uuids: set[str]) -> dict[UUID, int]:
    """Return the internal ids of individuals by their public ones."""
    wanted = [UUID(each) for each in uuids]
    query = select(Individual.uuid, Individual.id).where(Individual.uuid.in_(wanted))
    return dict(iter(db.session.execute(query)))


def delete_participants(uuids: set[str]) -> int:
    """Delete participants with all they need; the answer of their organisation stays."""
    wanted = [UUID(each) for each in uuids]
    chosen = select(Participant.id).where(Participant.uuid.in_(wanted))
    _done(delete(PersonalNeed).where(PersonalNeed.participant_id.in_(chosen)))
    done = _done(delete(Participant).where(Participant.uuid.in_(wanted)))
    forget_unnamed()
    return done


def _over(before: datetime) -> Select[Any]:
    """Return the ids of conferences whose last day, or calling off, was before a moment."""
    last = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    day = before.date()
    return select(Conference.id).where(or_(last < day, Conference.cancelled_on < day))


def _count(query: Select[Any]) -> int:
    return db.session.scalar(query) or 0


def _done(statement: Any) -> int:
    made: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(made.rowcount)
