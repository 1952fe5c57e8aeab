from datetime import timedelta
from typing import Any

from registry.conferences.attendance.models import Door, Presence
from registry.conferences.decisions.models import Light, Task, TaskReport
from registry.conferences.groups.models import Membership
from registry.conferences.invitations.models import Reply
from registry.conferences.minutes.models import Minutes, MinutesState
from registry.conferences.path import queries
from registry.conferences.path.steps import Known, Mark, Step, marks
from registry.core.db import db, now
from tests.factories.conferences import TODAY, make_conference, make_invitation, make_participant

DAY = timedelta(days=1)


def test_the_path_counts_what_stands_and_not_what_was_withdrawn(database: None) -> None:
    conference = make_conference(TODAY)
    one, other = (
        make_participant(conference, name, place=place, waiting_since=since)
        for name, place, since in (("Eins", "seat", None), ("Zwei", "waiting", now()))
    )
    one.invitation.invited_on = TODAY
    make_invitation(conference, organisation="Offen", invited_on=TODAY, reply=Reply.OPEN)
    make_invitation(conference, organisation="Zurück", invited_on=TODAY, withdrawn_on=TODAY)
    db.session.add(Membership(group=conference.groups[0], participant=one))
    db.session.add(Membership(group=conference.groups[0], participant=other))
    db.session.add(Presence(participant=one, day=conference.days[0], at=now(), via=Door.LIST))
    main = Minutes(conference=conference, state=MinutesState.CIRCULATED, object_until=TODAY)
    db.session.add_all([main, Minutes(conference=conference, supplements=main)])
    db.session.commit()
    found = queries.known(conference, 2, TODAY)
    assert found == Known(
        gaps=2, groups=2, invited=3, sent=2, answered=1, seated=1, placed=1, came=1,
        minutes="circulated",
    )  # fmt: skip


def test_who_lacks_the_group_of_one_day_is_not_placed(database: None) -> None:
    conference = make_conference(TODAY, TODAY + DAY)
    for group, day in zip(conference.groups, conference.days, strict=True):
        group.day = day
    both, one = (make_participant(conference, name) for name in ("Beide", "Einer"))
    for group, person in ((0, both), (1, both), (0, one)):
        db.session.add(Membership(group=conference.groups[group], participant=person))
    db.session.commit()
    found = queries.known(conference, 0, TODAY)
    assert (found.seated, found.placed) == (2, 1)


def test_a_task_is_overdue_unless_it_is_closed_or_its_last_report_says_done(database: None) -> None:
    conference = make_conference(TODAY)
    tasks = [
        Task(conference=conference, number=number, title=title, due=TODAY - DAY)
        for number, title in enumerate(["still", "closed", "said done", "undone again", "later"])
    ]
    tasks[1].ending, tasks[1].ended_on, tasks[4].due = "done", TODAY, TODAY
    db.session.add_all(tasks)
    for task, days, light in ((2, 0, Light.DONE), (3, 2, Light.DONE), (3, 1, Light.STUCK)):
        at = now() - days * DAY
        db.session.add(TaskReport(task=tasks[task], at=at, light=light, via="link"))
    db.session.commit()
    found = queries.known(conference, 0, TODAY)
    assert (found.tasks, found.late) == (5, 2)


def test_a_step_misses_only_what_can_still_be_made_good() -> None:
    before, after = TODAY + DAY, TODAY - DAY
    some = Known(gaps=1, invited=3, sent=1, groups=2, seated=2, placed=1)
    assert _missing(some, before) == {Step.PLAN, Step.INVITE, Step.GROUPS}
    assert _missing(some, after) == {Step.DAY, Step.MINUTES}
    assert _missing(Known(came=2, minutes="draft", tasks=2, late=1), after) == {Step.MEASURES}
    assert _missing(Known(), before) == {Step.INVITE}
    done = Known(
        groups=1, invited=2, sent=2, answered=2, seated=2, placed=2, came=2,
        minutes="approved", tasks=1,
    )  # fmt: skip
    assert {mark for _step, mark in marks(done, after, after, TODAY)} == {Mark.READY}


def _missing(known: Known, day: Any) -> set[Step]:
    return {step for step, mark in marks(known, day, day, TODAY) if mark is Mark.MISSING}


def test_every_page_of_a_conference_shows_its_path_and_the_pages_of_its_step(
    database: None, as_user: Any
) -> None:
    conference = make_conference(TODAY + DAY)
    page = as_user("olga").get(f"/de/office/conferences/{conference.uuid}/letters").text
    assert page.count('class="path__step"') == 7
    assert "noch niemand" in page
    assert 'class="chip chip--selected"' in page
    assert page.count('aria-current="page"') == 1
