"""Inviting people, giving and taking roles, closing accounts."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, In, Who, require
from registry.accounts import addresses
from registry.accounts.changes import INVITATION, end_links, forget_second_factor, notify
from registry.accounts.models import User, UserGrant
from registry.accounts.people import queries
from registry.accounts.queries import district, load_user
from registry.accounts.sessions import services as sessions
from registry.audit.services import record
from registry.core import throttle, tokens
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.mail.outbox import Letter, post
from registry.core.throttle import Limit
from registry.regions import queries as regions

LASTS = timedelta(days=7)
LETTER = "account_invitation"
OF_ADDRESS = Limit("invitation to an address", 5, timedelta(days=1))
OF_PERSON = Limit("invitations by a person", 100, timedelta(days=1))


@dataclass(frozen=True)
class Invited:
    """Whose account it is, and whether a letter went out: to those who have a password none."""

    user: User
    letter: bool


def invite(who: Who, email: str, grant: Grant, language: str) -> Invited:
    """Invite an address with a role; a known one gets the role, never a second account."""
    require(who, Permission.USER_MANAGE, In(grant.region))
    _check(grant)
    address = addresses.plain(email)
    user = load_user(address)
    if user and not user.active:
        raise Invalid({"email": [_("The account with this address has been closed.")]})
    if user is None or user.invited:
        _slow_down(who, address)
    user = _grant(who, user, grant) if user else _new_account(who, address, grant)
    if user.invited:
        _send(who, user, language)
    return Invited(user, letter=user.invited)


def send_again(who: Who, uuid: UUID, language: str) -> User:
    """Send a further link to somebody who has not followed the first one."""
    user = queries.load_person(who, uuid, lock=True)
    require(who, Permission.USER_MANAGE, user)
    if not user.invited or not user.active:
        raise NotFound
    _slow_down(who, user.email)
    _send(who, user, language)
    record(who, "user.invited_again", user)
    return user


def withdraw(who: Who, uuid: UUID) -> None:
    """End an invitation that was not followed: its links, its letter, its account."""
    user = queries.load_person(who, uuid, lock=True)
    require(who, Permission.USER_MANAGE, user)
    if not user.invited:
        raise NotFound
    tokens.end(INVITATION, user.uuid)
    queries.cancel_waiting_mail(user, LETTER)
    record(who, "user.invitation_withdrawn", user)
    db.session.delete(user)
    db.session.flush()


def give_role(who: Who, uuid: UUID, grant: Grant) -> User:
    require(who, Permission.USER_MANAGE, In(grant.region))
    _check(grant)
    user = queries.load_person(who, uuid, lock=True)
    return _grant(who, user, grant)


def take_role(who: Who, uuid: UUID, named: str) -> User:
    """Take a role, named as `str(UserGrant)`; nobody takes their own last administration."""
    who = queries.hold(who, uuid)
    user = queries.load_person(who, uuid, lock=True)
    mine = queries.administered(who, user.grants)
    grant = next((each for each in mine if str(each) == named), None)
    if grant is None:
        raise NotFound
    require(who, Permission.USER_MANAGE, In(grant.region))
    if _is_own_last_administration(who, user, grant):
        raise Invalid({"role": [_("Your own last administration role stays with you.")]})
    before = _named(user)
    user.grants.remove(grant)
    db.session.flush()
    record(who, "user.role_taken", user, {"grants": [before, _named(user)]})
    return user


def close_account(who: Who, uuid: UUID) -> User:
    """Close an account: its sessions and links end, and it opens to nobody."""
    who = queries.hold(who, uuid)
    user = _somebody_else(who, uuid)
    require(who, Permission.USER_MANAGE, user)
    if user.active:
        user.active = False
        sessions.end_all(user)
        end_links(user)
        queries.cancel_waiting_mail(user, LETTER)
        record(who, "user.closed", user)
    return user


def reopen_account(who: Who, uuid: UUID) -> User:
    user = _somebody_else(who, uuid)
    require(who, Permission.USER_MANAGE, user)
    if not user.active:
        user.active = True
        record(who, "user.reopened", user)
    return user


def reset_second_factor(who: Who, uuid: UUID) -> User:
    """Take the second factor from somebody who has lost it; they are told, their sessions end."""
    user = _somebody_else(who, uuid)
    require(who, Permission.USER_MANAGE, user)
    if user.second_factor:
        forget_second_factor(user)
        sessions.end_all(user)
        notify(user, "second_factor_reset")
        record(who, "user.second_factor_reset", user)
    return user


def _new_account(who: Who, address: str, grant: Grant) -> User:
    user = User(email=address, home=grant.region, grants=[UserGrant.of(grant)])
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:  # somebody else has just invited the same person
        raise Conflict from None
    record(who, "user.invited", user, {"grants": [None, _named(user)]})
    return user


def _slow_down(who: Who, address: str) -> None:
    """Count a letter, before anything is written: the count has a transaction of its own."""
    tried = ((OF_ADDRESS, address), (OF_PERSON, who.label))
    throttle.check(*tried)
    throttle.note(*tried)


def _send(who: Who, user: User, language: str) -> None:
    link = tokens.issue(INVITATION, user.uuid, LASTS)
    facts = {"email": user.email, "inviter": who.label if who.user_id else "", "days": LASTS.days}
    region = district(user.region)
    post(Letter(LETTER, user.email, region, facts, user.uuid, language), link)


def _grant(who: Who, user: User, grant: Grant) -> User:
    before = _named(user)
    if str(UserGrant.of(grant)) in before:
        return user
    user.grants.append(UserGrant.of(grant))
    db.session.flush()
    record(who, "user.role_given", user, {"grants": [before, _named(user)]})
    return user


def _check(grant: Grant) -> None:
    if grant.region and grant.region not in regions.existing([grant.region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    if (grant.role is Role.ACTOR_EDITOR) != (grant.actor_id is not None):
        raise Invalid({"actor": [_("Please choose the actor that this person keeps.")]})


def _named(user: User) -> list[str]:
    return sorted(str(each) for each in user.grants)


def _is_own_last_administration(who: Who, user: User, grant: UserGrant) -> bool:
    held = [each for each in user.grants if each.role == Role.ADMINISTRATOR.value]
    return user.id == who.user_id and held == [grant]


def _somebody_else(who: Who, uuid: UUID) -> User:
    user = queries.load_person(who, uuid, lock=True)
    if user.id == who.user_id:
        raise Invalid({"email": [_("Nobody does this to their own account.")]})
    return user
