"""Sending: to a real mail server, with everything that can go wrong there."""

import stat
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from registry.config import SettingsError
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail import sending, suppression
from registry.core.mail.delivery import Unreachable
from registry.core.mail.models import Mail, State
from registry.core.mail.sending import BACK_OFF, BATCH, FORGOTTEN, PAUSE
from tests.mail.conftest import Postman, free_port, fresh, served_by, use, write

SECOND = timedelta(seconds=1)


def send(at: datetime | None = None) -> Counter[str]:
    moment = at or now()
    return sending.send_due(lambda: moment)


def test_a_mail_is_handed_over_once(post_office: Postman) -> None:
    mail = write("amt@example.org")
    assert send() == {"sent": 1}
    assert send() == {}
    assert post_office.recipients == ["amt@example.org"]
    assert fresh(mail).state == State.SENT
    assert mail.sent_at is not None


def test_a_mail_that_is_not_due_stays(post_office: Postman) -> None:
    mail = write()
    mail.due_at = now() + timedelta(hours=1)
    db.session.commit()
    assert send() == {}
    assert send(now() + timedelta(hours=2)) == {"sent": 1}


def test_a_mail_not_taken_is_tried_again_ever_later_and_then_given_up(
    post_office: Postman,
) -> None:
    mail = write("busy@example.org")
    at = now()
    for wait in BACK_OFF:
        assert send(at) == {"waiting": 1}
        assert fresh(mail).due_at == at + wait
        assert send(at + wait - SECOND) == {}
        at += wait
    assert send(at) == {"dead": 1}
    assert fresh(mail).error == "451 4.3.0 Try again later"
    assert post_office.taken == []


def test_an_address_that_does_not_exist_gets_no_more_mail(post_office: Postman) -> None:
    first = write("nobody@example.org")
    assert send() == {"bounced": 1}
    assert fresh(first).error == "550 5.1.1 Mailbox unavailable"
    second = write("Nobody@Example.org ")
    assert send() == {"held": 1}
    assert fresh(second).state == State.HELD


def test_a_refusal_for_other_reasons_is_not_held_against_the_address(
    post_office: Postman,
) -> None:
    mail = write("policy@example.org")
    assert send() == {"dead": 1}
    assert suppression.of(db.session(), mail.recipient) is None


@pytest.mark.parametrize("how", ["expired", "ended"])
def test_a_mail_whose_link_holds_no_more_does_not_leave(
    post_office: Postman, app: Flask, how: str
) -> None:
    tokens.opens(app, "answer", "search.overview")
    link = tokens.issue("answer", uuid4(), timedelta(days=1))
    mail = write(link=link)
    if how == "ended":
        tokens.end("answer", link.record)
        db.session.commit()
    assert send(now() + timedelta(days=how == "expired", seconds=2)) == {"cancelled": 1}
    assert fresh(mail).state == State.CANCELLED
    assert post_office.taken == []


@pytest.mark.parametrize("to", ["no address", "a@b@c", "x\r\nBcc: y@example.org", "ä@example.org"])
def test_a_mail_that_cannot_be_written_does_not_stop_the_others(
    post_office: Postman, to: str
) -> None:
    broken, whole = write(to), write()
    assert send() == {"dead": 1, "sent": 1}
    assert fresh(broken).state == State.DEAD
    assert broken.error
    assert fresh(whole).state == State.SENT


def test_a_template_that_is_missing_is_told(post_office: Postman) -> None:
    mail = write()
    mail.kind = "no_such_kind"
    db.session.commit()
    assert send() == {"dead": 1}
    assert "no_such_kind" in str(fresh(mail).error)


def test_a_server_that_is_away_costs_no_try(
    app: Flask, post_office: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, at = write(), now()
    use(app, served_by(free_port()), monkeypatch)
    with pytest.raises(Unreachable):
        send(at)
    assert (fresh(mail).state, mail.tries, mail.due_at) == (State.WAITING, 0, at + PAUSE)


def test_a_server_that_breaks_off_leaves_the_others_waiting(post_office: Postman) -> None:
    mails = [write(f"a{number}@example.org") for number in range(3)]

    def break_off() -> None:
        raise ConnectionResetError

    post_office.handed_over = break_off
    with pytest.raises(Unreachable):
        send()
    assert [(fresh(mail).state, mail.tries) for mail in mails] == [
        (State.WAITING, 1), (State.WAITING, 0), (State.WAITING, 0),
    ]  # fmt: skip


def test_a_worker_killed_in_between_is_followed_by_another(post_office: Postman) -> None:
    mail, at = write(), now()
    assert [each.key for each in sending.claim(at)] == [mail.id]
    assert send(at + FORGOTTEN - SECOND) == {}
    assert send(at + FORGOTTEN) == {"sent": 1}
    assert fresh(mail).tries == 2


def test_a_worker_that_comes_back_late_notes_nothing(post_office: Postman) -> None:
    mail, at = write(), now()
    late = sending.claim(at)[0]
    sending.claim(at + FORGOTTEN)
    sending._note(late, sending.Fate({"state": State.DEAD}), at)
    assert fresh(mail).state == State.SENDING


def test_a_batch_is_not_worked_on_for_ever(post_office: Postman) -> None:
    mails = [write(f"a{number}@example.org") for number in range(2)]
    start = now()
    times = iter([start, start, start, start, start + sending.PATIENCE + SECOND])
    assert sending.send_due(lambda: next(times, start + timedelta(hours=1))) == {"sent": 1}
    assert [fresh(mail).state for mail in mails] == [State.SENT, State.WAITING]
    assert mails[1].tries == 0


def test_more_than_a_batch_is_sent_batch_by_batch(post_office: Postman) -> None:
    for number in range(BATCH + 1):
        write(f"a{number}@example.org")
    assert (send(), send(), send()) == ({"sent": BATCH}, {"sent": 1}, {})


def test_whoever_listens_hears_of_what_was_sent(
    post_office: Postman, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setitem(app.extensions, sending.LISTENERS, [])
    sending.when_sent(app, lambda _session, mail, _at: heard.append(mail.recipient))
    write("amt@example.org")
    write("busy@example.org")
    send()
    assert heard == ["amt@example.org"]


def test_without_a_mail_server_mails_are_private_files(
    post_office: Postman, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    use(app, served_by(25, host="", sender=""), monkeypatch)
    mail = write()
    assert send() == {"sent": 1}
    (file,) = (tmp_path / "var/mail").iterdir()
    assert file.name == f"{mail.uuid}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"To: amt@example.org" in file.read_bytes()


def test_mails_become_no_files_where_others_are_served(
    post_office: Postman, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, served_by(25, host=""), monkeypatch)
    public = type(app.extensions["settings"])
    assert public.on_loopback
    monkeypatch.setattr(public, "on_loopback", False)
    monkeypatch.setattr(public, "reachable_at", "https://register.example.org")
    mail = write()
    with pytest.raises(SettingsError):
        send()
    assert db.session.get_one(Mail, mail.id).tries <= 1


def test_a_mail_that_should_not_leave_any_more_is_kept_at_the_last_moment(
    post_office: Postman, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, sending.GUARDS, {})
    stopped = {"a@example.org": State.HELD, "b@example.org": State.CANCELLED}
    sending.held_back_by(app, "note", lambda mail: stopped.get(mail.recipient))
    for to in (*stopped, "c@example.org"):
        write(to)
    assert send() == {"held": 1, "cancelled": 1, "sent": 1}
    assert post_office.recipients == ["c@example.org"]
