"""The office's pages about answers: overview, list, participants, answers told to the office."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import EXCLUDE

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.invitations.models import Beside, Invitation, Reply, Via
from registry.conferences.invitations.queries import load_invitation
from registry.conferences.invitations.wording import category_name, category_options, of_example
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.conferences.replies import capacity, closing, forms, services, told, views
from registry.conferences.replies.forms import Typed
from registry.conferences.replies.models import Place
from registry.conferences.replies.office import exports, figures, queries
from registry.conferences.replies.office.wording import PLACES, REPLIES
from registry.conferences.replies.pages import today
from registry.conferences.replies.queries import load_participants, seats_given
from registry.conferences.replies.schemas import WAYS, CallSchema
from registry.core.editing import Outcome, attempt, submitted
from registry.core.errors import NotFound
from registry.core.forms import controls, read_form
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.vocabulary import queries as vocabulary

pages = Blueprint("conference_replies", __name__)
PER_PAGE = 50
STATES = ("waiting", "bounced", "telephone")
LISTS = ("answers", "people", "everyone")


@pages.get("/<lang>/office/conferences/<uuid:uuid>/answers")
def overview(lang: str, uuid: UUID) -> Any:
    conference = load_conference(who(), uuid)
    framework = [term.key for term in vocabulary.terms("category") if term.framework]
    rows = figures.by_category(queries.counted(conference), framework, list(Beside))
    given = seats_given(conference)
    return render_template(
        "conferences/replies/overview.html",
        conference=conference,
        last_day=closing.last_day(conference),
        state=conference.state(today()),
        rows=rows,
        days=figures.by_day(queries.by_day(conference), queries.first_sent(conference), today()),
        given=given,
        free=capacity.free(conference),
        waiting=sum(row.waiting for row in rows),
        turnout=capacity.turnout(given),
        overbooked=capacity.overbooked(conference.seats or 0),
        tasks=_tasks(conference, rows, framework),
        category=category_name,
        replies=REPLIES,
        mine=may(Permission.CONFERENCE_INVITE.value, conference),
    )


def _tasks(
    conference: Conference, rows: list[figures.CategoryRow], framework: list[str]
) -> list[figures.Task]:
    """Return what is to be done today, what has nothing to do left out."""
    if conference.state(today()) in ("cancelled", "held"):
        return []
    last = closing.last_day(conference)
    remind = figures.reminder_since(conference.deadline, conference.reminder_days, today())
    missing = figures.without_acceptance(rows, framework)
    free, waiting = capacity.free(conference), sum(row.waiting for row in rows)
    unanswered = sum(row.of(Reply.OPEN) for row in rows)
    found = {
        "deadline": unanswered if figures.is_near(last, today()) else 0,
        "seats": waiting if free is None else min(free, waiting),
        "reminders": queries.count_to_remind(conference, remind) if remind else 0,
        "bounced": queries.count_undeliverable(conference),
        "telephone": queries.count_by_telephone(conference) if conference.frozen_at else 0,
        "categories": len(missing),
        "waiting": waiting,
    }
    return [figures.Task(key, count) for key, count in found.items() if count]


@pages.get("/<lang>/office/conferences/<uuid:uuid>/answers/list")
def listing(lang: str, uuid: UUID) -> Any:
    conference = load_conference(who(), uuid)
    wanted = _wanted()
    page = page_number()
    inside = in_the_office(who(), conference)
    rows, total = queries.answers(conference, wanted, inside=inside, page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/replies/list.html",
        conference=conference,
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort),
        wanted=wanted,
        replies=REPLIES,
        how=WAYS,
        categories=dict(category_options()),
        category=category_name,
        mine=may(Permission.CONFERENCE_ANSWER.value, conference),
    )


def _sort(names: tuple[str, ...]) -> str:
    return one_of("sort", [*names, *(f"-{name}" for name in names)]) or names[0]


def _wanted() -> queries.Wanted:
    return queries.Wanted(
        reply=one_of("reply", REPLIES),
        category=one_of("category", dict(category_options())),
        state=one_of("state", STATES),
        sort=_sort(queries.SORTS),
    )


@pages.get("/<lang>/office/conferences/<uuid:uuid>/participants")
def people(lang: str, uuid: UUID) -> Any:
    conference = load_conference(who(), uuid)
    page, sort, place = page_number(), _sort(queries.PEOPLE_SORTS), _place()
    listed = request.args.get("listed") == "1"
    rows, total = queries.people(
        conference, place=place, listed=listed, sort=sort, page=page, per_page=PER_PAGE
    )
    return render_template(
        "conferences/replies/people.html",
        conference=conference,
        listing=Listing(".people", rows, total, page, PER_PAGE, sort),
        place=place,
        listed=listed,
        places={key: PLACES[key] for key in (Place.SEAT, Place.WAITING)},
        category=category_name,
        mine=may(Permission.CONFERENCE_ANSWER.value, conference),
    )


def _place() -> str:
    return one_of("place", (Place.SEAT, Place.WAITING))


@pages.get("/<lang>/office/conferences/<uuid:uuid>/answers/<what>.<form>")
def download(lang: str, uuid: UUID, what: str, form: str) -> Any:
    """Hand out a list as the page of the same filters shows it, whole."""
    conference = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, conference)
    if what not in LISTS or form not in exports.FORMS:
        raise NotFound
    content = getattr(exports, form)(_table(conference, what))
    name = of_example(f"{what}.{form}", example=conference.example)
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def _table(conference: Conference, what: str) -> exports.Table:
    if what == "answers":
        inside = in_the_office(who(), conference)
        rows = queries.answers(conference, _wanted(), inside=inside, per_page=None)[0]
        return exports.answers(rows)
    sort = _sort(queries.PEOPLE_SORTS)
    if what == "everyone":
        listed = queries.people(conference, listed=True, sort=sort, per_page=None)[0]
        return exports.for_everyone(listed)
    return exports.people(queries.people(conference, place=_place(), sort=sort, per_page=None)[0])


@pages.get("/<lang>/office/conferences/<uuid:uuid>/answers/<uuid:invitation>")
def enter(lang: str, uuid: UUID, invitation: UUID) -> Any:
    return _enter_page(_invitation(uuid, invitation))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/answers/<uuid:invitation>")
@writes
def entered(lang: str, uuid: UUID, invitation: UUID) -> Any:
    found = _invitation(uuid, invitation)
    stands = told.standing(found, load_participants(found))
    typed = forms.read(submitted(), found, stands)
    call = read_form(CallSchema(), submitted())
    outcome = attempt(lambda: _entered(found, typed, call))
    if outcome.saved:
        flash(_("The answer is recorded."), "success")
        return redirect(url_for(".enter", lang=lang, uuid=uuid, invitation=invitation))
    return _enter_page(_invitation(uuid, invitation), typed, call, outcome), outcome.status


def _entered(found: Invitation, typed: Typed, call: dict[str, Any]) -> Invitation:
    way = CallSchema().load(call, unknown=EXCLUDE)
    said = forms.said(typed, found, said_by=way.get("said_by"))
    return services.answer(who(), found, said, Via(way["via"]), today())


@pages.post("/<lang>/office/conferences/<uuid:uuid>/answers/<uuid:invitation>/withdraw")
@writes
def withdraw(lang: str, uuid: UUID, invitation: UUID) -> Any:
    services.withdraw(who(), _invitation(uuid, invitation).uuid, today())
    flash(_("The answer is taken back: the invitation is open again."), "success")
    return redirect(url_for(".enter", lang=lang, uuid=uuid, invitation=invitation))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/answers/<uuid:invitation>/undo")
@writes
def undo(lang: str, uuid: UUID, invitation: UUID) -> Any:
    services.undo(who(), _invitation(uuid, invitation).uuid, today())
    flash(_("The answer before stands again."), "success")
    return redirect(url_for(".enter", lang=lang, uuid=uuid, invitation=invitation))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/answers/seats")
@writes
def fill_seats(lang: str, uuid: UUID) -> Any:
    moved = services.fill_seats(who(), uuid, today())
    words = ngettext(
        "%(num)s seat was given to the waiting list.",
        "%(num)s seats were given to the waiting list.",
        moved,
    )
    flash(words, "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


def _invitation(conference: UUID, uuid: UUID) -> Invitation:
    found = load_invitation(who(), uuid)
    if found.conference.uuid != conference:
        raise NotFound
    return found


def _enter_page(
    found: Invitation,
    typed: Typed | None = None,
    call: dict[str, Any] | None = None,
    outcome: Outcome | None = None,
) -> str:
    participants = load_participants(found)
    inside = found.released or in_the_office(who(), found.conference)
    made = typed or forms.standing(found, participants, named=inside)
    overtaken = bool(outcome and outcome.theirs is not None)
    errors = outcome.errors if outcome else {}
    return render_template(
        "conferences/replies/enter.html",
        conference=found.conference,
        invitation=found.uuid,
        meant_for=views.meant_for(found, named=inside) or [category_name(found.category)],
        number=found.number,
        phone=found.phone if inside else None,
        email=found.email if inside else None,
        stands=views.stands(found, participants),
        how=WAYS,
        undoable=found.answer_before is not None,
        answering=closing.answering(found.conference, today()).value,
        sheet=forms.sheet(found, participants, made, errors, overtaken=overtaken),
        call=controls(CallSchema(), call or {"via": Via.PHONE.value}, errors, lambda _kind: ()),
        mine=may(Permission.CONFERENCE_ANSWER.value, found),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
