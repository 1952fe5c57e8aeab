"""What may be due, how it is counted, and the list that shows what was counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.actors.contacts import queries as contacts
from registry.actors.due.queries import DUE as DUE_ACTORS
from registry.actors.models import Status
from registry.conferences import queries as conferences
from registry.conferences.decisions.following import queries as following
from registry.conferences.series import queries as series
from registry.core.mail.models import State
from registry.designations import queries as designations
from registry.desk import queries
from registry.exchange.sheets import queries as imports
from registry.network.findings import queries as findings
from registry.network.findings.models import Decision
from registry.network.rounds import queries as rounds
from registry.network.rounds.answers.queries import missing
from registry.offers.due.queries import DUE as DUE_OFFERS
from registry.outbox import queries as outbox
from registry.translating import queries as translating
from registry.upkeep.campaigns import queries as campaigns
from registry.upkeep.campaigns.answers import queries as answers
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.duplicates import finding
from registry.upkeep.duplicates.models import Kind
from registry.upkeep.reviewing import queries as reviewing
from registry.upkeep.suggestions import queries as suggestions


@dataclass(frozen=True)
class Source:
    """One line of the desk: who sees it, its number (None: not known yet), and its list."""

    key: str
    group: str
    allowed: Permission
    count: Callable[[Who, date], int | None]
    endpoint: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    key: str
    count: int | None
    endpoint: str
    arguments: dict[str, str]

    @property
    def is_done(self) -> bool:
        return self.count == 0


def tasks(who: Who, day: date) -> dict[str, list[Task]]:
    """Return what `who` has to look after by group, each with its number, which may be 0."""
    found: dict[str, list[Task]] = {}
    for source in SOURCES:
        if may(who, source.allowed, None):
            task = Task(source.key, source.count(who, day), source.endpoint, source.arguments)
            found.setdefault(source.group, []).append(task)
    return found


def _of_offers(reason: str) -> Source:
    return Source(
        f"offers.{reason}",
        "running_out" if reason in ("ending", "runs", "legal_basis") else "incomplete",
        Permission.OFFER_READ,
        partial(queries.offers_due, reason),
        "offers_editing.office_list",
        {"due": reason},
    )


def _of_actors(reason: str) -> Source:
    return Source(
        f"actors.{reason}",
        "incomplete",
        Permission.ACTOR_READ,
        partial(queries.actors_due, reason),
        "actors_editing.office_list",
        {"due": reason},
    )


def _of_conferences(due: str) -> Source:
    return Source(
        f"conferences.{due}",
        "running_out",
        Permission.CONFERENCE_INVITE,
        lambda who, day: conferences.count_due(who, due, day),
        "conferences.listing",
        {"due": due},
    )


def _duplicates(kind: Kind) -> Source:
    return Source(
        f"duplicates.{kind}",
        "answers",
        Permission.ENTRY_MERGE,
        lambda who, _day: (finding.counts(who) or {}).get(kind),
        "duplicates.listing",
        {"kind": kind.value},
    )


SOURCES: list[Source] = [
    Source(
        "review",
        "answers",
        Permission.ENTRY_REVIEW,
        lambda who, _day: reviewing.count(who),
        "reviewing.queue",
    ),
    Source(
        "suggestions",
        "answers",
        Permission.SUGGESTION_MANAGE,
        lambda who, _day: suggestions.count_open(who),
        "suggestions.queue",
    ),
    Source(
        "answers",
        "answers",
        Permission.CAMPAIGN_MANAGE,
        lambda who, _day: answers.answers_to_work_on(who),
        "campaigns_answers.inbox",
    ),
    Source(
        "unanswered",
        "answers",
        Permission.CAMPAIGN_MANAGE,
        lambda who, _day: campaigns.unanswered(who),
        "campaigns.unanswered",
    ),
    Source(
        "rounds.unanswered",
        "answers",
        Permission.NETWORK_EDIT,
        lambda who, _day: rounds.count_open(who),
        "network_rounds.unanswered",
    ),
    Source(
        "rounds.missing",
        "answers",
        Permission.NETWORK_EDIT,
        lambda who, _day: len(missing(who)),
        "network_rounds.missing",
    ),
    Source(
        "findings",
        "answers",
        Permission.NETWORK_EDIT,
        lambda who, _day: findings.count_new(who),
        "network_findings.listing",
        {"state": Decision.NEW.value},
    ),
    Source(
        "unconfirmed", "running_out", Permission.CAMPAIGN_MANAGE, planning.due_now, "campaigns.due"
    ),
    Source(
        "series",
        "running_out",
        Permission.CONFERENCE_EDIT,
        series.count_due,
        "conference_series.listing",
    ),
    *map(_of_conferences, conferences.DUE),
    Source(
        "tasks",
        "running_out",
        Permission.CONFERENCE_MINUTES,
        following.count_late,
        "conference_tasks.listing",
        {"show": "late"},
    ),
    *map(_duplicates, Kind),
    *map(_of_offers, DUE_OFFERS),
    *map(_of_actors, DUE_ACTORS),
    Source(
        "offers.drafts",
        "incomplete",
        Permission.OFFER_READ,
        queries.drafts,
        "offers_editing.office_list",
        {"status": Status.DRAFT.value},
    ),
    Source(
        "translations",
        "running_out",
        Permission.OFFER_EDIT,
        translating.count_outdated,
        "translating.listing",
        {"state": "outdated"},
    ),
    Source(
        "contacts.inform",
        "duties",
        Permission.PRIVACY_MANAGE,
        contacts.count_overdue,
        "privacy.overview",
        {"overdue": "1"},
    ),
    Source(
        "categories",
        "incomplete",
        Permission.ACTOR_READ,
        queries.missing_categories,
        "actors.participants",
    ),
    Source(
        "coverage",
        "incomplete",
        Permission.DESK_READ,
        designations.count_gaps,
        "designations.coverage",
    ),
    Source(
        "imports",
        "duties",
        Permission.DATA_IMPORT,
        lambda who, _day: imports.runs(who, under_way=True, per_page=1)[1],
        "imports.listing",
        {"under_way": "1"},
    ),
    Source(
        "mail",
        "duties",
        Permission.MAIL_MANAGE,
        lambda who, _day: outbox.count(who)[State.DEAD],
        "outbox.listing",
        {"state": State.DEAD.value},
    ),
]
