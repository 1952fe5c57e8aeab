"""Roles and rights in the words of the page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from registry.access.permissions import Permission, Role

ROLES: dict[Role, Any] = {
    Role.ADMINISTRATOR: _l("Administration"),
    Role.EDITOR: _l("Editing"),
    Role.ORGANISER: _l("Organisation of conferences"),
    Role.READER: _l("Reading"),
    Role.ACTOR_EDITOR: _l("Own actor"),
}
ROLE_HELP: dict[Role, Any] = {
    Role.ADMINISTRATOR: _l("looks after people, rules and data of a region"),
    Role.EDITOR: _l("keeps the entries of a region"),
    Role.ORGANISER: _l("prepares conferences of a region"),
    Role.READER: _l("sees everything in a region and changes nothing"),
    Role.ACTOR_EDITOR: _l("keeps one organisation and its offers"),
}
RIGHTS: dict[Permission, Any] = {
    Permission.ACTOR_READ: _l("see drafts of actors and details that only the office sees"),
    Permission.ACTOR_EDIT: _l("change actors, their units, contacts and places"),
    Permission.ACTOR_CREATE: _l("enter new actors"),
    Permission.OFFER_READ: _l("see drafts of offers and details that only the office sees"),
    Permission.OFFER_EDIT: _l("enter, change, copy and archive offers"),
    Permission.DESIGNATION_MANAGE: _l("designate contact points"),
    Permission.ENTRY_REVIEW: _l("review entries and publish them"),
    Permission.ENTRY_MERGE: _l("merge duplicates and hand entries over"),
    Permission.NETWORK_READ: _l("see who works with whom, and what follows from it"),
    Permission.NETWORK_EDIT: _l("enter cooperation, bodies and needs, and ask actors for partners"),
    Permission.CONFERENCE_READ: _l("see conferences, whom they invite and who comes"),
    Permission.CONFERENCE_EDIT: _l("plan conferences and give duties"),
    Permission.CONFERENCE_INVITE: _l("choose whom a conference invites, and take answers"),
    Permission.CONFERENCE_ANSWER: _l("note answers to the invitations of a conference"),
    Permission.CONFERENCE_LEAD: _l("set agenda and working groups of a conference"),
    Permission.CONFERENCE_WALL: _l("write cards on the walls of working groups"),
    Permission.CONFERENCE_MINUTES: _l("write the minutes of a conference"),
    Permission.CAMPAIGN_MANAGE: _l("ask actors for confirmation and note their answers"),
    Permission.SUGGESTION_MANAGE: _l("decide on what visitors suggest"),
    Permission.DATA_IMPORT: _l("import actors and offers from files"),
    Permission.DATA_EXPORT: _l("export what the office knows"),
    Permission.DESK_READ: _l("see on the work desk what is due"),
    Permission.AUDIT_READ: _l("read who changed what"),
    Permission.USER_MANAGE: _l("invite people and give them roles"),
    Permission.PRIVACY_MANAGE: _l("give information on stored personal data and erase it"),
    Permission.MAIL_MANAGE: _l("look after mail that did not arrive"),
    Permission.SETTINGS_MANAGE: _l("set name, looks, texts and rules of a region"),
    Permission.REGION_MANAGE: _l("set up a register and its reference data"),
    Permission.VOCABULARY_MANAGE: _l("keep the terms that all regions share"),
    Permission.DATA_TRANSFER: _l("back up and restore everything"),
}
