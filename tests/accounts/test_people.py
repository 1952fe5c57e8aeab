"""Administration of people: who is invited, listed, given and refused roles."""

import re
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry.access.permissions import Permission, Role
from registry.access.policy import CONSOLE, Grant, Who
from registry.accounts.models import User
from registry.accounts.people import queries, services
from registry.accounts.people.matrix import COLUMNS, matrix
from registry.accounts.people.queries import PersonFilter
from registry.accounts.services import create_user
from registry.accounts.wording import RIGHTS, ROLE_HELP, ROLES
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed, NotFound, TooMany
from registry.core.mail.models import State
from tests.accounts.people import has_second_factor, is_signed_in, mails
from tests.conftest import PASSWORD, Cast, count_queries
from tests.factories.actors import make_actor

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("everybody")

PEOPLE = "/en/office/people"
NEW = "neu@example.net"
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.fixture(autouse=True)
def _open_forms(no_csrf: None) -> None:
    """Tokens of forms are asked about elsewhere."""


@pytest.fixture
def rosa(cast: Cast) -> User:
    """Rosa administers Landkreis Roth and nothing else."""
    made = create_user(CONSOLE, "rosa@example.org", PASSWORD, Role.ADMINISTRATOR, "09576")
    cast.rosa = made  # type: ignore[attr-defined]
    db.session.commit()
    return made


@pytest.fixture
def roth(rosa: User) -> Who:
    return rosa.as_who()


def editor(region: str) -> Grant:
    return Grant(Role.EDITOR, region)


def count_accounts() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0


def test_an_invitation_makes_an_account_without_a_password_and_a_letter(roth: Who) -> None:
    made = services.invite(roth, " Neu@Example.net ", editor("09576"), "de")
    assert made.letter
    assert made.user.email == NEW
    assert made.user.invited
    [mail] = mails("account_invitation")
    assert (mail.recipient, mail.region, mail.about) == (NEW, "09576", made.user.uuid)
    assert mail.link is not None


def test_inviting_an_invited_address_again_sends_a_further_link_and_no_second_account(
    roth: Who,
) -> None:
    first = services.invite(roth, NEW, editor("09576"), "de")
    before = count_accounts()
    again = services.invite(roth, NEW, Grant(Role.READER, "09576"), "de")
    assert again.user is first.user
    assert again.letter
    assert count_accounts() == before
    assert len(mails("account_invitation")) == 2
    assert {grant.role for grant in again.user.grants} == {"editor", "reader"}


def test_inviting_somebody_with_an_account_gives_the_role_and_sends_no_link(
    roth: Who, cast: Cast
) -> None:
    made = services.invite(roth, cast.boris.email, editor("09576"), "de")
    assert made.user == cast.boris
    assert not made.letter
    assert mails("account_invitation") == []
    assert {grant.region for grant in cast.boris.grants} == {"09573", "09576"}


@pytest.mark.parametrize("region", ["", "09", "09573", "09573115"])
def test_an_administrator_of_a_district_grants_nothing_beyond_it(roth: Who, region: str) -> None:
    with pytest.raises(NotAllowed):
        services.invite(roth, NEW, editor(region), "de")


def test_whoever_only_edits_invites_nobody(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.invite(cast.who("amal"), NEW, Grant(Role.READER, "09576"), "de")


def test_an_actor_of_another_district_is_granted_to_nobody(roth: Who) -> None:
    actor = make_actor(region="09573")
    with pytest.raises(NotAllowed):
        services.invite(roth, NEW, Grant(Role.ACTOR_EDITOR, "09573", actor.id), "de")


def test_foreign_and_missing_actors_are_refused_alike(as_user: Any, rosa: User) -> None:
    client = as_user("rosa")
    answers = []
    for uuid in (make_actor(region="09573").uuid, uuid4()):
        data = {"email": NEW, "role": "actor_editor", "actor": str(uuid)}
        answer = client.post(f"{PEOPLE}/invite", data=data)
        assert answer.status_code == 422
        answers.append(TOKEN.sub("", answer.text.replace(str(uuid), "")))
    assert answers[0] == answers[1]
    assert "This entry does not exist." in answers[0]


def test_an_actor_editor_is_invited_for_one_actor(as_user: Any, rosa: User) -> None:
    actor = make_actor(name="Kleiderkammer")
    data = {"email": NEW, "role": "actor_editor", "actor": str(actor.uuid)}
    page = as_user("rosa").post(f"{PEOPLE}/invite", data=data, follow_redirects=True)
    assert "Kleiderkammer" in page.text
    user = db.session.scalars(select(User).where(User.email == NEW)).one()
    assert [(g.role, g.region, g.actor_id) for g in user.grants] == [
        ("actor_editor", "09576", actor.id)
    ]


@pytest.mark.parametrize("region", ["09573", "99999", "*", "", "09%"])
def test_a_region_that_is_not_offered_is_refused_at_its_field(
    as_user: Any, rosa: User, region: str
) -> None:
    data = {"email": NEW, "role": "editor", "region": region}
    answer = as_user("rosa").post(f"{PEOPLE}/invite", data=data)
    assert answer.status_code == 422
    assert NEW in answer.text  # nothing typed is lost


def test_invitations_to_one_address_are_limited(roth: Who) -> None:
    for _time in range(services.OF_ADDRESS.times):
        services.invite(roth, NEW, editor("09576"), "de")
    with pytest.raises(TooMany):
        services.invite(roth, NEW, editor("09576"), "de")


def test_a_withdrawn_invitation_leaves_no_account_no_link_and_no_letter(roth: Who) -> None:
    user = services.invite(roth, NEW, editor("09576"), "de").user
    services.withdraw(roth, user.uuid)
    db.session.expire_all()
    assert db.session.scalars(select(User).where(User.email == NEW)).first() is None
    [mail] = mails("account_invitation")
    assert mail.state == State.CANCELLED
    assert mail.link is not None
    assert not mail.link.alive


def test_an_account_in_use_is_not_withdrawn(roth: Who, cast: Cast) -> None:
    with pytest.raises(NotFound):
        services.withdraw(roth, cast.amal.uuid)


def test_the_list_shows_those_who_have_a_role_in_the_own_region(roth: Who, cast: Cast) -> None:
    rows, total = queries.people(roth, PersonFilter())
    emails = [row.email for row in rows]
    assert emails == sorted(emails)
    assert total == len(emails)
    assert cast.amal.email in emails
    assert cast.boris.email not in emails
    assert cast.dana.email not in emails
    everybody, _total = queries.people(cast.who("dana"), PersonFilter())
    assert len(everybody) == count_accounts()


def test_the_list_is_searched_filtered_sorted_and_paged(as_user: Any, rosa: User) -> None:
    client = as_user("dana")
    services.invite(CONSOLE, NEW, editor("09576"), "de")
    db.session.commit()
    assert "amal@" in client.get(f"{PEOPLE}?q=AMAL").text
    assert "boris@" not in client.get(f"{PEOPLE}?q=AMAL").text
    invited = client.get(f"{PEOPLE}?state=invited").text
    assert NEW in invited
    assert "amal@" not in invited
    for odd in ("sort=-signed_in", "sort=nothing", "page=99", "state=x", "q=%25"):
        assert client.get(f"{PEOPLE}?{odd}").status_code == 200


def test_the_list_costs_as_much_for_three_as_for_one(as_user: Any, rosa: User) -> None:
    client = as_user("rosa")
    for wanted in ("?q=amal", ""):
        client.get(f"{PEOPLE}{wanted}")
        with count_queries() as seen:
            assert client.get(f"{PEOPLE}{wanted}").status_code == 200
        assert len(seen) <= 7


@pytest.mark.parametrize("name", ["amal", "boris", "carla", "emil"])
def test_whoever_administers_nothing_gets_no_list(as_user: Any, name: str) -> None:
    client = as_user(name)
    assert client.get(PEOPLE).status_code == 403
    assert client.get(f"{PEOPLE}/invite").status_code == 403
    assert client.post(f"{PEOPLE}/invite", data={}).status_code == 403


STEPS = [
    "",
    "/roles",
    "/roles/end",
    "/close",
    "/reopen",
    "/second-factor/reset",
    "/invitation",
    "/invitation/withdraw",
]


@pytest.mark.parametrize("step", STEPS)
def test_people_of_another_district_do_not_exist(
    as_user: Any, rosa: User, cast: Cast, step: str
) -> None:
    client = as_user("rosa")
    data = {"role": "editor", "region": "09576", "grant": "editor 09573"}
    for uuid in (cast.boris.uuid, uuid4()):
        path = f"{PEOPLE}/{uuid}{step}"
        answer = client.post(path, data=data) if step else client.get(path)
        assert answer.status_code == 404
    assert cast.boris.active


def test_somebody_with_roles_elsewhere_keeps_them_and_the_account(
    roth: Who, cast: Cast, as_user: Any, rosa: User
) -> None:
    services.give_role(CONSOLE, cast.boris.uuid, Grant(Role.READER, "09576"))
    db.session.commit()
    with pytest.raises(NotAllowed):
        services.close_account(roth, cast.boris.uuid)
    with pytest.raises(NotFound):
        services.take_role(roth, cast.boris.uuid, "editor 09573")
    page = as_user("rosa").get(f"{PEOPLE}/{cast.boris.uuid}").text
    assert "1 further role" in page
    services.take_role(roth, cast.boris.uuid, "reader 09576")
    assert [grant.region for grant in cast.boris.grants] == ["09573"]


def test_nobody_takes_their_own_last_administration(as_user: Any, rosa: User) -> None:
    client = as_user("rosa")
    path = f"{PEOPLE}/{rosa.uuid}/roles/end"
    answer = client.post(path, data={"grant": "administrator 09576"})
    assert answer.status_code == 422
    assert "stays with you" in answer.text
    assert client.get(PEOPLE).status_code == 200


def test_one_of_two_own_administrations_may_go(cast: Cast) -> None:
    services.give_role(CONSOLE, cast.dana.uuid, Grant(Role.ADMINISTRATOR, "09576"))
    user = services.take_role(cast.who("dana"), cast.dana.uuid, "administrator 09576")
    assert [str(grant) for grant in user.grants] == ["administrator *"]


@pytest.mark.parametrize("change", [services.close_account, services.reset_second_factor])
def test_nobody_closes_or_resets_their_own_account(cast: Cast, change: Any) -> None:
    with pytest.raises(Invalid):
        change(cast.who("dana"), cast.dana.uuid)


def test_a_closed_account_is_signed_out_and_opens_again(
    as_user: Any, rosa: User, cast: Cast, client: FlaskClient
) -> None:
    amal, admin = as_user("amal"), as_user("rosa")
    admin.post(f"{PEOPLE}/{cast.amal.uuid}/close")
    assert not is_signed_in(amal)
    right = {"email": cast.amal.email, "password": PASSWORD}
    assert client.post("/en/sign-in", data=right).status_code == 422
    admin.post(f"{PEOPLE}/{cast.amal.uuid}/reopen")
    assert not is_signed_in(amal)
    assert client.post("/en/sign-in", data=right).status_code == 302


def test_an_administrator_resets_a_lost_second_factor_and_the_person_is_told(
    as_user: Any, rosa: User, cast: Cast
) -> None:
    has_second_factor(cast.carla)
    generation = cast.carla.totp_generation
    as_user("rosa").post(f"{PEOPLE}/{cast.carla.uuid}/second-factor/reset")
    db.session.expire_all()
    assert not cast.carla.second_factor
    assert cast.carla.totp_generation == generation + 1
    [mail] = mails("account_notice")
    assert (mail.recipient, mail.facts["what"]) == (cast.carla.email, "second_factor_reset")


def test_every_step_stands_in_the_log_of_the_region(roth: Who, cast: Cast) -> None:
    services.invite(roth, NEW, editor("09576"), "de")
    services.give_role(roth, cast.carla.uuid, editor("09576"))
    services.take_role(roth, cast.carla.uuid, "reader 09576")
    services.close_account(roth, cast.carla.uuid)
    services.reopen_account(roth, cast.carla.uuid)
    db.session.flush()
    mine = select(AuditEntry.action).where(
        AuditEntry.who_label == roth.label, AuditEntry.region == "09576"
    )
    actions = db.session.scalars(mine.order_by(AuditEntry.id)).all()
    steps = ["invited", "role_given", "role_taken", "closed", "reopened"]
    assert actions == [f"user.{step}" for step in steps]


def test_the_table_of_roles_says_what_the_policy_says(as_user: Any) -> None:
    page = as_user("emil").get("/de/office/roles")
    assert page.status_code == 200
    rows = {row.permission: dict(zip(COLUMNS, row.allowed, strict=True)) for row in matrix()}
    everything, administrator, editing, organiser, reader, keeper = COLUMNS
    assert rows[Permission.USER_MANAGE][administrator]
    assert not rows[Permission.USER_MANAGE][editing]
    assert rows[Permission.OFFER_EDIT][keeper]
    assert not rows[Permission.OFFER_EDIT][reader]
    assert rows[Permission.DATA_EXPORT][organiser]
    assert rows[Permission.DATA_TRANSFER][everything]
    assert not rows[Permission.DATA_TRANSFER][administrator]


def test_every_role_and_every_right_has_its_words() -> None:
    assert set(RIGHTS) == set(Permission)
    assert set(ROLES) == set(ROLE_HELP) == set(Role)
