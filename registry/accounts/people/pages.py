"""Pages for those who look after people's accounts."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, may, require
from registry.accounts.changes import INVITATION
from registry.accounts.forms import Outcome, attempt, drawn
from registry.accounts.models import User
from registry.accounts.people import queries, services
from registry.accounts.people.choices import region_options
from registry.accounts.people.matrix import COLUMNS, matrix
from registry.accounts.people.queries import PersonFilter
from registry.accounts.people.schemas import EVERYWHERE, GrantSchema, InvitationSchema
from registry.accounts.schemas import EmptySchema
from registry.accounts.wording import RIGHTS, ROLE_HELP, ROLES
from registry.actors import queries as actors
from registry.core import i18n
from registry.core.errors import Invalid, NotFound
from registry.core.forms import Option, RecordSchema
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.regions import queries as regions

pages = Blueprint("people", __name__)
SORTS = ("email", "signed_in")
PER_PAGE = 50
STATES = {"active": _l("active"), "invited": _l("invited"), "closed": _l("closed")}


@pages.get("/<lang>/office/people")
def listing(lang: str) -> Any:
    require(who(), Permission.USER_MANAGE, None)
    wanted = PersonFilter(request.args.get("q", "")[:200], one_of("state", STATES))
    sort = one_of("sort", [*SORTS, *(f"-{name}" for name in SORTS)]) or "email"
    page = page_number()
    rows, total = queries.people(who(), wanted, sort=sort, page=page, per_page=PER_PAGE)
    words = _worded([grant for row in rows for grant in row.grants])
    return render_template(
        "accounts/people/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
        wanted=wanted,
        states=STATES,
        words=words,
    )


@pages.get("/<lang>/office/people/invite")
def invite(lang: str) -> Any:
    require(who(), Permission.USER_MANAGE, None)
    return _invitation_form(None)


@pages.post("/<lang>/office/people/invite")
@writes
def invite_submitted(lang: str) -> Any:
    require(who(), Permission.USER_MANAGE, None)
    outcome = attempt(InvitationSchema(), _invited, "email")
    if outcome.saved is None:
        return _invitation_form(outcome), outcome.status
    user = outcome.saved.user
    if outcome.saved.letter:
        flash(_("An invitation to %(email)s is on its way.", email=user.email), "success")
    else:
        flash(_("There was already an account with this address. It now has the role."), "success")
    return redirect(url_for(".person", lang=lang, uuid=user.uuid))


@pages.get("/<lang>/office/people/<uuid:uuid>")
def person(lang: str, uuid: UUID) -> Any:
    return _person_page(queries.load_person(who(), uuid), None)


@pages.post("/<lang>/office/people/<uuid:uuid>/roles")
@writes
def give_role(lang: str, uuid: UUID) -> Any:
    user = queries.load_person(who(), uuid)
    outcome = attempt(
        GrantSchema(), lambda data: services.give_role(who(), uuid, _grant(data)), "role"
    )
    if outcome.saved is None:
        return _person_page(user, outcome), outcome.status
    flash(_("The role has been given."), "success")
    return redirect(url_for(".person", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/people/<uuid:uuid>/roles/end")
@writes
def take_role(lang: str, uuid: UUID) -> Any:
    named = request.form.get("grant", "")
    outcome = attempt(EmptySchema(), lambda _data: services.take_role(who(), uuid, named), "role")
    if outcome.saved is None:
        return _refused(uuid, outcome)
    flash(_("The role has been taken back."), "success")
    if not may(who(), Permission.USER_MANAGE, outcome.saved):
        return redirect(url_for(".listing", lang=lang))
    return redirect(url_for(".person", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/people/<uuid:uuid>/close")
@writes
def close(lang: str, uuid: UUID) -> Any:
    return _done(uuid, services.close_account, _("The account is closed; its sessions have ended."))


@pages.post("/<lang>/office/people/<uuid:uuid>/reopen")
@writes
def reopen(lang: str, uuid: UUID) -> Any:
    return _done(uuid, services.reopen_account, _("The account is open again."))


@pages.post("/<lang>/office/people/<uuid:uuid>/second-factor/reset")
@writes
def reset_second_factor(lang: str, uuid: UUID) -> Any:
    done = _("The second factor has been reset; the person is told by mail.")
    return _done(uuid, services.reset_second_factor, done)


@pages.post("/<lang>/office/people/<uuid:uuid>/invitation")
@writes
def send_again(lang: str, uuid: UUID) -> Any:
    tag = i18n.current().tag
    return _done(
        uuid,
        lambda asking, key: services.send_again(asking, key, tag),
        _("A new invitation is on its way."),
    )


@pages.post("/<lang>/office/people/<uuid:uuid>/invitation/withdraw")
@writes
def withdraw(lang: str, uuid: UUID) -> Any:
    services.withdraw(who(), uuid)
    flash(_("The invitation has been withdrawn."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/roles")
def roles(lang: str) -> Any:
    return render_template(
        "accounts/people/roles.html",
        columns=COLUMNS,
        rows=matrix(),
        roles=ROLES,
        rights=RIGHTS,
        helps=_helps(),
    )


def _invited(data: dict[str, Any]) -> services.Invited:
    return services.invite(who(), data["email"], _grant(data), i18n.current().tag)


def _done(uuid: UUID, change: Callable[..., User], message: str) -> Any:
    outcome = attempt(EmptySchema(), lambda _data: change(who(), uuid), "role")
    if outcome.saved is None:
        return _refused(uuid, outcome)
    flash(message, "success")
    return redirect(url_for(".person", lang=i18n.current().tag, uuid=uuid))


def _refused(uuid: UUID, outcome: Outcome) -> Any:
    if outcome.status == NotFound.status:
        raise NotFound
    return _person_page(queries.load_person(who(), uuid), outcome), outcome.status


def _grant(data: dict[str, Any]) -> Grant:
    """Return the role a form names; what is not offered answers like what does not exist."""
    role = Role(data["role"])
    if role is Role.ACTOR_EDITOR:
        return _grant_of_actor(data["actor"])
    if data["region"] not in dict(region_options(who())):
        raise Invalid({"region": [_("Please choose one of the options.")]})
    return Grant(role, data["region"].replace(EVERYWHERE, ""))


def _grant_of_actor(uuid: UUID | None) -> Grant:
    if uuid is None:
        raise Invalid({"actor": [_("Please choose the actor that this person keeps.")]})
    try:
        actor = actors.load_actor(who(), uuid)
        require(who(), Permission.ACTOR_EDIT, actor)
    except NotFound:
        raise Invalid({"actor": [_("This entry does not exist.")]}) from None
    return Grant(Role.ACTOR_EDITOR, actor.region, actor.id)


def _choices(kind: str) -> Iterable[Option]:
    if kind == "region":
        return region_options(who())
    return [(str(row.uuid), row.name) for row in actors.editable_actors(who())]


def _drawn(schema: RecordSchema, outcome: Outcome | None) -> Any:
    return drawn(schema, outcome, _choices)


def _invitation_form(outcome: Outcome | None) -> str:
    inputs = _drawn(InvitationSchema(), outcome)
    return render_template("accounts/people/invite.html", controls=inputs, helps=_helps())


def _person_page(user: User, outcome: Outcome | None) -> str:
    mine = queries.administered(who(), user.grants)
    words = _worded([each.as_grant() for each in mine])
    inputs = _drawn(GrantSchema(), outcome)
    return render_template(
        "accounts/people/person.html",
        person=user,
        state=queries.state_of(user),
        states=STATES,
        grants=[(str(each), words[each.as_grant()]) for each in mine],
        elsewhere=len(user.grants) - len(mine),
        invited_until=queries.invited_until(user, INVITATION) if user.invited else None,
        own=user.id == who().user_id,
        controls=inputs,
        problems=_unplaced(outcome, inputs),
        helps=_helps(),
    )


def _unplaced(outcome: Outcome | None, inputs: Any) -> list[str]:
    names = {control.name for control in inputs}
    errors = outcome.errors if outcome else {}
    return [text for name, texts in errors.items() if name not in names for text in texts]


def _helps() -> list[tuple[Any, Any]]:
    return [(name, ROLE_HELP[role]) for role, name in ROLES.items()]


def _worded(grants: Iterable[Grant]) -> dict[Grant, tuple[Any, str]]:
    """Return for each grant the role's name and where it holds."""
    given = set(grants)
    places = regions.names(each.region for each in given)
    kept = actors.names(each.actor_id for each in given if each.actor_id is not None)
    return {
        each: (
            ROLES[each.role],
            kept.get(each.actor_id, "")
            if each.actor_id is not None
            else places.get(each.region, each.region) or _("everywhere"),
        )
        for each in given
    }


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
