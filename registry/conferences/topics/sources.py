"""What could be a topic of a conference: what the network shows, and what was left undone.

Its words are German, because topics go into letters and programmes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may
from registry.conferences.decisions import queries as decisions
from registry.conferences.models import Conference
from registry.conferences.topics import queries
from registry.conferences.topics.models import Source
from registry.core.i18n import force_locale
from registry.network.findings import queries as findings
from registry.network.findings.models import Decision
from registry.network.findings.queries import FindingFilter
from registry.network.findings.wording import told

MOST = 100  # findings that are offered


@dataclass(frozen=True)
class Candidate:
    """Something that can be taken over as a topic; `key` tells it from others in a form."""

    key: str
    title: str
    source: Source
    reason: str | None = None
    said_in: str | None = None
    finding_id: int | None = None


def candidates(who: Who, conference: Conference) -> list[Candidate]:
    """Return what is not among the topics yet, each title once."""
    known = queries.load_known(conference)
    findings_known = {each.finding_id for each in known if each.finding_id}
    titles = {each.title.casefold() for each in known}
    found = []
    for each in (*_put_off(conference), *_findings(who, conference), *_undone(conference)):
        if each.finding_id in findings_known or each.title.casefold() in titles:
            continue
        titles.add(each.title.casefold())
        found.append(each)
    return found


def _put_off(conference: Conference) -> Iterator[Candidate]:
    for each in queries.postponed_before(conference):
        yield Candidate(
            f"topic:{each.uuid}",
            each.title,
            Source(each.source),
            each.reason,
            f"Vertagt: {each.conference.title}"[:300],
            each.finding_id,
        )


def _findings(who: Who, conference: Conference) -> Iterator[Candidate]:
    if not may(who, Permission.NETWORK_READ, In(conference.region)):
        return
    rows, _total = findings.listed(who, FindingFilter(state=Decision.TOPIC), per_page=MOST)
    with force_locale("de"):
        for each in told([row for row in rows if row.region == conference.region]):
            whom = ", ".join(name for _key, name in each.actors[:2])
            title = f"{each.title}: {whom}" if whom else f"{each.title}: {each.sentence}"
            yield Candidate(
                f"finding:{each.row.uuid}",
                _short(title),
                Source.FINDING,
                each.sentence[:2000],
                finding_id=each.row.id,
            )


def _undone(conference: Conference) -> Iterator[Candidate]:
    tasks, put_off = decisions.open_before(conference)
    for each in tasks:
        yield Candidate(
            f"task:{each.uuid}",
            _short(each.title),
            Source.TASK,
            each.aim,
            f"{each.conference.title}, Aufgabe {each.number}"[:300],
        )
    for decision in put_off:
        yield Candidate(
            f"decision:{decision.uuid}",
            _short(decision.text),
            Source.OTHER,
            decision.text[:2000],
            f"Vertagt: {decision.conference.title}"[:300],
        )


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:199].rstrip() + "…"
