"""What the documentation of a conference says now."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from registry.conferences import german
from registry.conferences.attendance.queries import attended
from registry.conferences.decisions import queries as decisions
from registry.conferences.documentation import queries
from registry.conferences.documentation.content import Group, Told
from registry.conferences.documentation.models import Documentation
from registry.conferences.groups.queries import Moderator, moderators
from registry.conferences.models import Conference
from registry.conferences.programme import printing, timetable
from registry.conferences.wall import queries as walls
from registry.conferences.wall.models import Photo
from registry.core.documents.papers import Picture
from registry.vocabulary import queries as vocabulary

Addressed = Callable[[Photo], str]
BESIDE = {"council": "Kreistag und Beiräte", "volunteer": "Ehrenamt", "guest": "Gäste"}


def told(
    conference: Conference, written: Documentation | None, address: Addressed | None = None
) -> Told:
    """Return all of it; with `address` pictures are addresses for a screen, else in the file."""
    photos = [
        each
        for each in queries.impressions(conference, content=address is None)
        if queries.is_shown(each)
    ]
    pictures = {each.id: _picture(each, address) for each in photos}
    cover = written.cover_id if written else None
    present = attended(conference, inside=False)
    people = present.present if present.recorded else present.expected
    return Told(
        conference.title,
        _lines(conference),
        written.introduction if written else "",
        tuple(_programme(conference)),
        _groups(conference, Counter(key for each in people for key in each.groups)),
        _by_category((each.category, each.organisation) for each in people),
        len(people),
        _by_field(conference, Counter(each.invitation for each in people)),
        _by_part([each for each in photos if each.id != cover], pictures),
        written.results if written else "",
        [each.text for each in decisions.load_decisions(conference)],
        written.thanks if written else "",
        written.imprint if written else "",
        (written.language_note or "") if written else "",
        pictures.get(cover or 0),
        conference.example,
    )


def _lines(conference: Conference) -> list[str]:
    found = [conference.motto or "", *german.appointments(conference.days)]
    return [line for line in (*found, german.place(conference.venue)) if line]


def _programme(
    conference: Conference,
) -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    for sheet in timetable.of(conference):
        rows = [
            (
                printing.span(line.starts, line.ends),
                line.item.title,
                ", ".join(part for part in (line.item.speaker, line.item.institution) if part),
            )
            for line in sheet.lines
        ]
        if rows:
            yield (german.day(sheet.day.day) if sheet.day else ""), rows


def _groups(conference: Conference, people: Counter[object]) -> list[Group]:
    boards, leading = walls.boards(conference), moderators(conference.groups)
    return [
        Group(
            str(wall),
            _led(wall.owner, leading),
            people[wall.uuid],
            {
                question: [card.text for card in boards[wall.uuid].ranked(question)]
                for question in boards[wall.uuid].columns
            },
        )
        for wall in walls.walls(conference)
    ]


def _led(owner: Any, leading: Mapping[UUID, Moderator]) -> str:
    """Return the function that moderated a group or hosted a table, never a name."""
    found = leading.get(owner.uuid)
    if found:
        return found.role
    return getattr(owner, "moderator", None) or getattr(owner, "host", None) or ""


def _by_category(people: Iterator[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return organisations by category in the framework's order, each once, and by name."""
    found: dict[str, set[str]] = defaultdict(set)
    for category, organisation in people:
        if organisation:
            found[category].add(organisation)
    names = {term.key: term.label("de").body for term in vocabulary.terms("category")}
    order = [*names, *BESIDE, *sorted(found)]
    keys = dict.fromkeys(key for key in order if key in found)
    words = {**BESIDE, **names}
    return [(words.get(key, "Weitere"), sorted(found[key], key=str.casefold)) for key in keys]


def _by_field(conference: Conference, people: Counter[UUID]) -> list[tuple[str, int]]:
    """Return the fields of action in their order with how many people work in them."""
    found = Counter[str]()
    for invitation, key in queries.fields(conference):
        found[key] += people[invitation]
    terms = vocabulary.terms("field")
    return [(term.label("de").body, found[term.key]) for term in terms if found[term.key]]


def _by_part(
    photos: Sequence[Photo], pictures: dict[int, Picture]
) -> list[tuple[str, list[Picture]]]:
    found: dict[str, list[Picture]] = defaultdict(list)
    for each in photos:
        found[each.part or ""].append(pictures[each.id])
    return list(found.items())


def _picture(photo: Photo, address: Addressed | None) -> Picture:
    return Picture(
        photo.width,
        photo.height,
        photo.caption or "",
        " · ".join(part for part in (photo.caption, _credit(photo.credit)) if part),
        content=b"" if address else photo.content,
        address=address(photo) if address else "",
    )


def _credit(given: str | None) -> str:
    """Return whose a picture is; what says by itself that it is a credit stays as it is."""
    said = given or ""
    return said if said.casefold().startswith(("foto", "bild", "©")) else f"Bild: {said}"
