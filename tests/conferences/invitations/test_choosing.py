"""From rules to the list: what is applied, taken back, frozen, and may still go out."""

from datetime import timedelta
from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.audit.models import AuditEntry
from registry.conferences.invitations import queries, services
from registry.conferences.invitations.choosing import queries as choosing
from registry.conferences.invitations.choosing import services as rules
from registry.conferences.invitations.everybody.queries import key_of
from registry.conferences.invitations.models import Individual, Reply, Via
from registry.conferences.models import Conference
from registry.conferences.replies import services as answers
from registry.conferences.replies.queries import load_participants
from registry.conferences.replies.told import Person, Seat, Told
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail import suppression
from tests.conftest import count_queries
from tests.factories.actors import make_actor
from tests.factories.bodies import make_body
from tests.factories.conferences import TODAY, make_conference, make_invitation

HOUSE = {
    "name": "Haus",
    "street": "Kirchgasse 1",
    "postcode": "01067",
    "city": "Roth",
    "municipality": "09576143",
}
POLICE = {"criteria": {"categories": ["police"]}}


def contact(email: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"function": "Leitung", "email": email, "use_for_invitations": True, **fields}


def organisation(name: str, email: str | None = None, **fields: Any) -> Actor:
    return make_actor(name=name, **{"contacts": [contact(email)] if email else [], **fields})


def told(conference: Conference) -> dict[str, tuple[bool, list[str]]]:
    found = choosing.planned(conference, TODAY).plan.verdicts
    return {v.candidate.name: (v.invited, [r["code"] for r in v.told]) for v in found}


def apply(conference: Conference, who: Any = CONSOLE) -> rules.Applied:
    seen = choosing.planned(conference, TODAY).difference.digest
    done = rules.apply(who, conference.uuid, seen, TODAY)
    db.session.commit()
    return done


def on_the_list(conference: Conference) -> list[str]:
    return [row.organisation for row in queries.listed(conference)]


def test_everybody_has_a_verdict_from_what_the_register_knows(app: Any, cast: Any) -> None:
    conference = make_conference()
    organisation("Caritas", "info@caritas.example", places=[HOUSE])
    organisation("AWO", places=[HOUSE])
    organisation(
        "Kein Kontakt",
        contacts=[contact(f"{n}@x.example", use_for_invitations=False) for n in range(5)],
    )
    organisation("Schutzhaus", places=[{**HOUSE, "confidential": True}])
    organisation("Zurückgekommen", "back@x.example", places=[HOUSE])
    organisation("Lieber nicht", "no@x.example", places=[HOUSE])
    organisation("Entwurf", "e@x.example", status="draft")
    suppression.add(db.session(), "back@x.example", suppression.BOUNCED, now())
    suppression.add(db.session(), "no@x.example", suppression.OBJECTED, now())
    body = make_body(name="Integrationsbeirat", form="council", email="beirat@x.example")
    organisation("Fremd", "f@x.example", region="09573")
    rules.add_rule(CONSOLE, conference.uuid, {})
    rules.pick(CONSOLE, conference.uuid, key_of("body_id", body.uuid), {"effect": "invite"})
    db.session.commit()
    assert told(conference) == {
        "Caritas": (True, ["rule", "same_address"]),
        "AWO": (True, ["rule", "same_address"]),
        "Kein Kontakt": (False, ["no_address"]),
        "Schutzhaus": (False, ["no_address"]),
        "Zurückgekommen": (True, ["rule", "same_address"]),
        "Lieber nicht": (False, ["objected"]),
        "Entwurf": (False, ["inactive"]),
        "Integrationsbeirat": (True, ["hand"]),
    }
    apply(conference)
    found = {row.organisation: (row.channel, row.postcode) for row in queries.listed(conference)}
    assert found["Caritas"] == ("mail", "01067")
    assert found["AWO"] == found["Zurückgekommen"] == ("post", "01067")


def test_applying_changes_just_the_difference_and_can_be_taken_back(app: Any, cast: Any) -> None:
    conference = make_conference()
    organisation("Polizei Roth", "p@x.example", category="police")
    organisation("Caritas", "c@x.example")
    rule = rules.add_rule(CONSOLE, conference.uuid, {})
    assert (apply(conference).added, on_the_list(conference)) == (2, ["Caritas", "Polizei Roth"])
    caritas = queries.listed(conference)[0]
    services.change(CONSOLE, caritas.uuid, caritas.version, {"family_name": "Groß"})
    rules.change_rule(CONSOLE, rule.uuid, rule.version, POLICE)
    stale = choosing.planned(conference, TODAY).difference
    assert (len(stale.gone), len(stale.added), len(stale.changed)) == (1, 0, 1)
    done = apply(conference)
    assert (done.gone, on_the_list(conference)) == (1, ["Polizei Roth"])
    rules.undo(CONSOLE, conference.uuid, done.moment, TODAY)
    db.session.commit()
    assert on_the_list(conference) == ["Caritas", "Polizei Roth"]
    assert queries.listed(conference)[0].family_name == "Groß"
    with pytest.raises(Conflict):
        rules.apply(CONSOLE, conference.uuid, "of another day", TODAY)


def test_the_list_follows_the_register_but_for_what_was_edited_until_it_is_frozen(
    app: Any, cast: Any
) -> None:
    conference = make_conference()
    actor = organisation("Caritas", "c@x.example", places=[HOUSE])
    rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    [row] = queries.listed(conference)
    services.change(CONSOLE, row.uuid, row.version, {"street": "Hintereingang 2"})
    actors.update_actor(CONSOLE, actor.uuid, actor.version, {"name": "Caritas Roth"})
    assert apply(conference).changed == 1
    assert (row.organisation, row.street) == ("Caritas Roth", "Hintereingang 2")
    services.freeze(CONSOLE, conference)
    services.freeze(CONSOLE, conference)
    db.session.commit()
    assert row.number == 1
    logged = db.session.query(AuditEntry).filter_by(action="conference.frozen").all()
    assert [len(entry.changes["digest"][1]) for entry in logged] == [64]
    actors.update_actor(CONSOLE, actor.uuid, actor.version, {"name": "Anders"})
    late = organisation("AWO", "a@x.example")
    assert choosing.planned(conference, TODAY).difference.added == (key_of("actor_id", late.uuid),)
    apply(conference)
    assert [(r.number, r.organisation, r.late) for r in queries.listed(conference)] == [
        (1, "Caritas Roth", False),
        (2, "AWO", True),
    ]


def test_what_may_go_out_is_asked_anew_whenever_something_is_sent(app: Any, cast: Any) -> None:
    conference = make_conference()
    actor = organisation("Caritas", "c@x.example", places=[HOUSE])
    person = Individual(
        region="09576",
        category="volunteer",
        family_name="Groß",
        email="g@x.example",
        consent_on=TODAY,
        consent_source="Brief",
    )
    db.session.add(person)
    db.session.commit()
    rules.add_rule(CONSOLE, conference.uuid, {})
    rules.pick(CONSOLE, conference.uuid, key_of("individual_id", person.uuid), {"effect": "invite"})
    apply(conference)
    by_name = {row.organisation: row.id for row in queries.listed(conference)}

    def may_go(name: str) -> tuple[bool, bool, Any]:
        found = queries.sendable(conference)[by_name[name]]
        return found.mail, found.post, found.hindrance

    assert may_go("Caritas") == (True, True, None)
    assert may_go("") == (True, False, None)
    person.withdrawn_on = TODAY
    actor.contacts[0].use_for_invitations = False
    db.session.commit()
    assert may_go("") == (False, False, "no_consent")
    assert may_go("Caritas") == (False, True, "no_consent")
    actor.contacts[0].use_for_invitations = True
    suppression.add(db.session(), "c@x.example", suppression.OBJECTED, now())
    db.session.commit()
    assert may_go("Caritas") == (False, False, "objected")


def test_withdrawing_keeps_the_number_and_no_rule_invites_anew(app: Any, cast: Any) -> None:
    conference = make_conference()
    organisation("Caritas", "c@x.example")
    rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    services.freeze(CONSOLE, conference)
    [row] = queries.listed(conference)
    services.withdraw(CONSOLE, row.uuid, row.version, "abgesprochen", TODAY)
    assert not choosing.planned(conference, TODAY).difference.any
    assert queries.listed(conference) == []
    assert queries.sendable(conference)[row.id].hindrance == "withdrawn"
    services.reinstate(CONSOLE, row.uuid, row.version, TODAY)
    assert [each.number for each in queries.listed(conference)] == [1]


def test_who_came_last_time_is_known_from_the_conference_before(app: Any, cast: Any) -> None:
    before = make_conference(TODAY - timedelta(days=180))
    came = organisation("Caritas", "c@x.example")
    make_invitation(before, came, reply="no", invited_on=TODAY - timedelta(days=200))
    organisation("AWO", "a@x.example")
    conference = make_conference()
    rules.add_rule(CONSOLE, conference.uuid, {"criteria": {"last": ["declined"]}})
    assert told(conference) == {"Caritas": (True, ["rule"]), "AWO": (False, ["no_rule"])}


def test_only_who_may_invite_changes_rules_and_nothing_foreign_gets_in(app: Any, cast: Any) -> None:
    conference = make_conference()
    foreign = organisation("Fremd", "f@x.example", region="09573")
    for who, error in ((cast.carla, NotAllowed), (cast.boris, NotFound)):
        with pytest.raises(error):
            rules.add_rule(who.as_who(), conference.uuid, {})
        with pytest.raises(error):
            services.hand_out(who.as_who(), conference.uuid, "csv")
    with pytest.raises(NotFound):
        rules.pick(CONSOLE, conference.uuid, key_of("actor_id", foreign.uuid), {"effect": "invite"})
    for name, value in (("categories", "nothing"), ("municipalities", "09573111"), ("last", "x")):
        with pytest.raises(Invalid):
            rules.add_rule(CONSOLE, conference.uuid, {"criteria": {name: [value]}})


def test_a_holder_of_the_duty_outside_the_office_sees_contacts_by_function(
    app: Any, cast: Any
) -> None:
    holder = organisation(
        "Caritas", "c@x.example", contacts=[contact("c@x.example", publish_network=True)]
    )
    organisation("AWO", "a@x.example")
    conference = make_conference(duties={"invitation": holder})
    rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    emil = cast.keeps(holder).as_who()
    made = services.hand_out(emil, conference.uuid, "csv").decode("utf-8-sig")
    assert "c@x.example" in made
    assert "a@x.example" not in made
    assert "AWO;Leitung" in made
    hidden = next(r for r in queries.listed(conference) if r.organisation == "AWO")
    services.change(emil, hidden.uuid, hidden.version, {"email": "x@x.example", "remark": "ja"})
    assert (hidden.email, hidden.remark) == ("a@x.example", "ja")


def test_reading_everybody_costs_the_same_few_statements(app: Any, cast: Any) -> None:
    conference = make_conference()
    rules.add_rule(CONSOLE, conference.uuid, {})
    organisation("Caritas", "c@x.example", places=[HOUSE])
    with count_queries() as few:
        choosing.planned(conference, TODAY)
    for number in range(3):
        organisation(f"Verein {number}", f"{number}@x.example", places=[HOUSE])
    with count_queries() as more:
        choosing.planned(conference, TODAY)
    assert len(more) <= len(few) <= 18


def test_taking_rules_back_restores_seats_and_reasons_but_not_what_the_register_corrected(
    app: Any, cast: Any
) -> None:
    conference = make_conference(seats_each=1)
    organisation("Polizei Roth", "p@x.example", category="police")
    rule = rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    [row] = queries.listed(conference)
    reasons = row.reasons
    rules.change_rule(CONSOLE, rule.uuid, rule.version, {**POLICE, "seats": 3})
    done = apply(conference)
    assert (done.changed, row.seats) == (1, 3)
    assert row.reasons != reasons
    rules.undo(CONSOLE, conference.uuid, done.moment, TODAY)
    db.session.commit()
    assert (row.seats, row.reasons, row.withdrawn_on) == (1, reasons, None)
    assert choosing.planned(conference, TODAY).difference.changed


def test_taking_rules_back_leaves_what_was_edited_since(app: Any, cast: Any) -> None:
    conference = make_conference(seats_each=1)
    organisation("Polizei Roth", "p@x.example", category="police")
    rule = rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    [row] = queries.listed(conference)
    rules.change_rule(CONSOLE, rule.uuid, rule.version, {"seats": 3})
    done = apply(conference)
    services.change(CONSOLE, row.uuid, row.version, {"seats": 2})
    rules.undo(CONSOLE, conference.uuid, done.moment, TODAY)
    assert row.seats == 2


def test_whoever_had_a_seat_has_it_again_when_rules_or_withdrawing_are_taken_back(
    app: Any, cast: Any
) -> None:
    conference = make_conference(seats=1)
    organisation("Polizei Roth", "p@x.example", category="police")
    organisation("Caritas", "c@x.example")
    rule = rules.add_rule(CONSOLE, conference.uuid, {})
    apply(conference)
    caritas = queries.listed(conference)[0]
    comes = Told(Reply.YES, {0: Seat(Person(family_name="Groß"))})
    answers.answer(CONSOLE, caritas, comes, Via.PHONE, TODAY)
    rules.change_rule(CONSOLE, rule.uuid, rule.version, POLICE)
    done = apply(conference)
    [seat] = load_participants(caritas)
    assert (caritas.withdrawn_on, seat.place) == (TODAY, "none")
    rules.undo(CONSOLE, conference.uuid, done.moment, TODAY)
    assert (caritas.withdrawn_on, seat.place) == (None, "seat")
    services.withdraw(CONSOLE, caritas.uuid, caritas.version, "", TODAY)
    assert seat.place == "none"
    services.reinstate(CONSOLE, caritas.uuid, caritas.version, TODAY)
    assert seat.place == "seat"


def test_taking_rules_back_frees_the_seats_of_whoever_they_had_added(app: Any, cast: Any) -> None:
    conference = make_conference(seats=1)
    organisation("Caritas", "c@x.example")
    rules.add_rule(CONSOLE, conference.uuid, {})
    done = apply(conference)
    [row] = queries.listed(conference)
    comes = Told(Reply.YES, {0: Seat(Person(family_name="Groß"))})
    answers.answer(CONSOLE, row, comes, Via.PHONE, TODAY)
    rules.undo(CONSOLE, conference.uuid, done.moment, TODAY)
    [seat] = load_participants(row)
    assert (row.withdrawn_on, seat.place) == (TODAY, "none")
