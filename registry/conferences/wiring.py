"""The conferences' rooms, for the application: every page and every table of them."""

from flask import Flask

from registry.conferences import pages as conferences
from registry.conferences.afterwards import pages as conference_afterwards
from registry.conferences.attendance import pages as conference_attendance
from registry.conferences.attendance.papers import pages as _papers  # noqa: F401 (same blueprint)
from registry.conferences.calendars import pages as conference_calendars
from registry.conferences.decisions import pages as conference_tasks
from registry.conferences.decisions.answers import pages as conference_task_answers
from registry.conferences.decisions.following import pages as _following  # noqa: F401 (same blueprint)
from registry.conferences.documentation import pages as conference_documentation
from registry.conferences.fate import pages as _fate  # noqa: F401 (same blueprint)
from registry.conferences.groups import pages as conference_groups
from registry.conferences.groups.cafe import pages as conference_cafe
from registry.conferences.groups.moving import pages as _moving  # noqa: F401 (same blueprint)
from registry.conferences.groups.tables import pages as conference_arranging
from registry.conferences.groups.telling import leaving as places_told
from registry.conferences.groups.telling import pages as _telling  # noqa: F401 (same blueprint)
from registry.conferences.invitations import pages as conference_invitations
from registry.conferences.invitations.choosing import pages as _choosing  # noqa: F401 (same blueprint)
from registry.conferences.invitations.individuals import pages as conference_individuals
from registry.conferences.invitations.needs import pages as _told  # noqa: F401 (same blueprint)
from registry.conferences.letters import models as _letters  # noqa: F401
from registry.conferences.letters import pages as conference_letters
from registry.conferences.letters.merging import pages as _merging  # noqa: F401 (same blueprint)
from registry.conferences.mailing import pages as conference_mailing
from registry.conferences.minutes import pages as conference_minutes
from registry.conferences.minutes.approving import pages as _approving  # noqa: F401 (same blueprint)
from registry.conferences.minutes.posting import pages as _posting  # noqa: F401 (same blueprint)
from registry.conferences.minutes.reading import pages as conference_minutes_reading
from registry.conferences.minutes.together import pages as _together  # noqa: F401 (same blueprint)
from registry.conferences.path import showing as conference_path
from registry.conferences.plans import pages as _plans  # noqa: F401 (same blueprint)
from registry.conferences.programme import pages as conference_programme
from registry.conferences.programme.public import pages as programmes
from registry.conferences.programme.replacing import pages as _replacing  # noqa: F401 (same blueprint)
from registry.conferences.replies import pages as conference_answers
from registry.conferences.replies.office import pages as conference_replies
from registry.conferences.replies.partners import pages as conference_partners
from registry.conferences.series import pages as conference_series
from registry.conferences.topics import pages as conference_topics
from registry.conferences.training import pages as conference_training
from registry.conferences.training.knowledge import pages as conference_knowledge
from registry.conferences.training.officers import pages as conference_officers
from registry.conferences.venues import pages as conference_venues
from registry.conferences.wall import pages as conference_wall
from registry.conferences.wall.linked import pages as conference_wall_link


def init_app(app: Flask) -> None:
    for room in (
        conferences,
        conference_path,
        conference_invitations,
        conference_individuals,
        conference_series,
        conference_venues,
        conference_calendars,
        conference_mailing,
        conference_letters,
        conference_answers,
        conference_partners,
        conference_replies,
        conference_attendance,
        conference_minutes,
        conference_minutes_reading,
        conference_tasks,
        conference_task_answers,
        conference_training,
        conference_officers,
        conference_knowledge,
        conference_groups,
        conference_programme,
        conference_topics,
        programmes,
        conference_documentation,
        conference_afterwards,
        conference_wall,
        conference_wall_link,
        conference_cafe,
        conference_arranging,
        places_told,
    ):
        room.init_app(app)
