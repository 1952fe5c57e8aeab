"""The rights of the register, each with one sentence."""

from enum import Enum


class Role(Enum):
    """What a person is for a region and everything below it."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    READER = "reader"


class Permission(Enum):
    """A right; the value is its stable key."""

    ACTOR_READ = "actor.read"  # see drafts and office-only fields of an actor
    ACTOR_EDIT = "actor.edit"  # create, change, archive actors, units, contacts, places
    OFFER_READ = "offer.read"  # see drafts and office-only fields of an offer
    OFFER_EDIT = "offer.edit"  # create, change, copy, archive offers
    AUDIT_READ = "audit.read"  # read who changed what
    USER_MANAGE = "user.manage"  # create accounts and grant roles
    REGION_MANAGE = "region.manage"  # set up a register and its reference data
    VOCABULARY_MANAGE = "vocabulary.manage"  # change shared terms
    DATA_TRANSFER = "data.transfer"  # back up and restore everything
