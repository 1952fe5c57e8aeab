"""The rights of the register, each with one sentence."""

from enum import Enum


class Role(Enum):
    """What a person is for a region and everything below it, or for one actor."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    ORGANISER = "organiser"
    READER = "reader"
    ACTOR_EDITOR = "actor_editor"  # maintains just the own actor and its offers


class Permission(Enum):
    """A right; the value is its stable key."""

    ACTOR_READ = "actor.read"  # see drafts and office-only fields of an actor
    ACTOR_EDIT = "actor.edit"  # change actors, units, contacts, places
    ACTOR_CREATE = "actor.create"  # add actors to a region's register
    OFFER_READ = "offer.read"  # see drafts and office-only fields of an offer
    OFFER_EDIT = "offer.edit"  # create, change, copy, archive offers
    DESIGNATION_MANAGE = "designation.manage"  # designate contact points
    ENTRY_REVIEW = "entry.review"  # publish entries and decide on those put up for review
    ENTRY_MERGE = "entry.merge"  # merge duplicates, hand entries over
    NETWORK_READ = "network.read"  # see who works with whom, and what follows from it
    NETWORK_EDIT = "network.edit"  # enter links, bodies and needs, ask for partners, decide
    CONFERENCE_READ = "conference.read"  # see conferences, whom they invite, who comes
    CONFERENCE_EDIT = "conference.edit"  # plan series, venues and conferences, give duties
    CONFERENCE_INVITE = "conference.invite"  # choose whom to invite, write to them, take answers
    CONFERENCE_ANSWER = "conference.answer"  # answer an invitation: by its link, or for who called
    CONFERENCE_LEAD = "conference.lead"  # set agenda and working groups
    CONFERENCE_WALL = "conference.wall"  # write cards on the wall of a group, also by its link
    CONFERENCE_MINUTES = "conference.minutes"  # write the minutes
    CAMPAIGN_MANAGE = "campaign.manage"  # ask actors to confirm their entries, record answers
    SUGGESTION_MANAGE = "suggestion.manage"  # decide on what the public suggests
    DATA_IMPORT = "data.import"  # import actors and offers from files
    DATA_EXPORT = "data.export"  # export what the office knows
    DESK_READ = "desk.read"  # see what is due in a region
    AUDIT_READ = "audit.read"  # read who changed what
    USER_MANAGE = "user.manage"  # invite people and grant roles
    PRIVACY_MANAGE = "privacy.manage"  # retention, what is held on a person, erasure
    MAIL_MANAGE = "mail.manage"  # look after mail that could not be delivered
    SETTINGS_MANAGE = "settings.manage"  # name, looks, texts and rules of a region
    REGION_MANAGE = "region.manage"  # set up a register and its reference data
    VOCABULARY_MANAGE = "vocabulary.manage"  # change shared terms
    DATA_TRANSFER = "data.transfer"  # back up and restore everything
