"""Whom a conference invites: the verdict on 5,000 organisations, and their list."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event, insert, select

from benchmarks.registers import REGION, Sizes, asked
from benchmarks.table import Row, Wanted
from benchmarks.timing import medians
from registry.access.policy import CONSOLE
from registry.actors.models import Actor, Contact, Place, Status, actor_field
from registry.conferences.invitations import columns, queries
from registry.conferences.invitations.choosing import queries as choosing
from registry.conferences.invitations.choosing import services as rules
from registry.conferences.models import Conference
from registry.core.db import db
from registry.vocabulary.models import Term

ORGANISATIONS = 5_000
PAGE_VIEW = 1_000  # ms somebody waits for a page without losing the thread
DAY = date(2026, 11, 24)


def measure(sizes: Sizes) -> list[Row]:
    with asked(sizes.smallest):
        conference = _conference()
        seen = list[tuple[str, Any]]()
        _collect(seen, lambda: choosing.planned(conference, DAY))
        verdicts = medians(3, lambda: _verdicts(conference), lambda: _bare(seen))
        digest = choosing.planned(conference, DAY).difference.digest
        rules.apply(CONSOLE, conference.uuid, digest, DAY)
        listed = medians(3, lambda: _list(conference), lambda: _one_by_one(conference))
    return [
        Row(
            "Verdicts on 5,000 organisations",
            *verdicts,
            "the same statements, bare",
            Wanted("own", PAGE_VIEW),
            goal=7,
            offers=ORGANISATIONS,
        ),
        Row(
            "The whole invitation list of 5,000",
            *listed,
            "one statement for each",
            Wanted("own", PAGE_VIEW),
            goal=7,
            offers=ORGANISATIONS,
        ),
    ]


def _conference() -> Conference:
    """Make 5,000 organisations and a conference that invites a part of them; nothing is kept."""
    categories = db.session.scalars(select(Term.id).where(Term.scheme == "category")).all()
    fields = db.session.scalars(select(Term.id).where(Term.scheme == "field")).all()
    first = (db.session.scalar(select(Actor.id).order_by(Actor.id.desc())) or 0) + 1
    keys = range(first, first + ORGANISATIONS)
    db.session.execute(insert(Actor), [_actor(key, categories) for key in keys])
    db.session.execute(insert(Contact), [_contact(key) for key in keys])
    db.session.execute(insert(Place), [_place(key) for key in keys])
    several = [{"actor_id": k, "term_id": fields[k % len(fields)]} for k in keys]
    db.session.execute(insert(actor_field), several)
    made = Conference(region=REGION, title="Integrationskonferenz")
    db.session.add(made)
    db.session.flush()
    rules.add_rule(CONSOLE, made.uuid, {"criteria": {"categories": ["welfare", "police"]}})
    rules.add_rule(CONSOLE, made.uuid, {"criteria": {"fields": ["work", "language"]}})
    rules.add_rule(CONSOLE, made.uuid, {})
    return made


def _actor(key: int, categories: Any) -> dict[str, Any]:
    name = f"Verein für Begegnung {key}"
    return {
        "id": key,
        "uuid": uuid4(),
        "region": REGION,
        "status": Status.PUBLISHED.value,
        "name": name,
        "folded": name.lower(),
        "folded_title": name.lower(),
        "category_id": categories[key % len(categories)],
    }


def _contact(key: int) -> dict[str, Any]:
    return {
        "uuid": uuid4(),
        "actor_id": key,
        "function": "Büro",
        "email": f"verein{key}@example.org",
        "use_for_invitations": True,
    }


def _place(key: int) -> dict[str, Any]:
    return {
        "uuid": uuid4(),
        "actor_id": key,
        "name": "Haus",
        "street": f"Musterweg {key}",
        "postcode": "91781",
        "city": "Weißenburg",
    }


def _verdicts(conference: Conference) -> None:
    found = choosing.planned(conference, DAY)
    if len(found.plan.verdicts) < ORGANISATIONS or found.difference.gone:
        raise RuntimeError("not everybody was judged")


def _collect(seen: list[tuple[str, Any]], work: Any) -> None:
    """Note every statement of some work."""

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _bare(statements: list[tuple[str, Any]]) -> None:
    cursor: Any = db.session.connection().connection.cursor()
    for statement, values in statements:
        cursor.execute(statement, values).fetchall()


def _list(conference: Conference) -> None:
    told = queries.told(conference)
    rows = queries.table(conference)
    queries.sendable(conference)
    if sum(1 for _row in columns.cells(rows, told)) < ORGANISATIONS:
        raise RuntimeError("not everybody is on the list")


def _one_by_one(conference: Conference) -> None:
    """Read the list as programs do that ask for each row's organisation and contact."""
    db.session.expire_all()
    uuids: list[UUID] = [row.uuid for row in queries.table(conference)]
    for uuid in uuids:
        row = queries.load_invitation(CONSOLE, uuid)
        str(row.actor), str(row.contact)
