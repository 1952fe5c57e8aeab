"""What the log knows of a conference."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from registry.conferences.groups.schemas import GroupsSchema
from registry.conferences.plans.schemas import ITEMS, DutySchema, PlanSchema, ProgrammeSchema
from registry.conferences.programme.schemas import TimedItemSchema
from registry.conferences.series.schemas import DUTIES
from registry.core.forms import Part, office


class HeldDutySchema(DutySchema):
    # The log words the details of all rows by their name: items of an agenda have kinds, too.
    kind = fields.String(metadata=office(_l("Kind"), options=[*ITEMS, *DUTIES]))


class ConferenceSchema(PlanSchema, ProgrammeSchema, GroupsSchema):
    """All that is kept of a conference, with the words for it."""

    agenda = Part(TimedItemSchema, many=True, metadata=office(_l("Agenda")))
    duties = Part(HeldDutySchema, many=True, metadata=office(_l("Duties of the conference")))
    cancelled_on = fields.Date(metadata=office(_l("Called off on")))
    cancelled_because = fields.String(metadata=office(_l("Reason")))
    moved_on = fields.Date(metadata=office(_l("Moved on")))
    moved_from = fields.Date(metadata=office(_l("Moved from")))
    archived_on = fields.Date(metadata=office(_l("Archived on")))
    programme_public = fields.Boolean(metadata=office(_l("Programme on the web")))
    frozen_at = fields.DateTime(metadata=office(_l("List of invitations frozen")))
