"""Decisions and tasks in the words of a reader."""

from typing import Any

from flask_babel import lazy_gettext as _l

from registry.conferences.decisions.models import Commitment, Ending, Light, Result, TaskKind
from registry.conferences.decisions.standing import Lack, State
from registry.conferences.invitations.models import Via

RESULTS: dict[str, Any] = {
    Result.AGREED.value: _l("agreed, nobody against"),
    Result.MAJORITY.value: _l("agreed by majority"),
    Result.REJECTED.value: _l("voted down"),
    Result.POSTPONED.value: _l("put off to the next conference"),
    Result.NOTED.value: _l("taken note of"),
}
COMMITMENTS: dict[str, Any] = {
    Commitment.OPEN.value: _l("not answered yet"),
    Commitment.YES.value: _l("promised"),
    Commitment.NO.value: _l("cannot be promised"),
}
KINDS: dict[str, Any] = {
    TaskKind.QUICK.value: _l("can be done soon"),
    TaskKind.FOCUS.value: _l("focus of the work"),
    TaskKind.LASTING.value: _l("goes on for good"),
}
LIGHTS: dict[str, Any] = {
    Light.ON_TRACK.value: _l("on schedule"),
    Light.AT_RISK.value: _l("at risk"),
    Light.STUCK.value: _l("does not go on"),
    Light.DONE.value: _l("is done"),
}
ENDINGS: dict[str, Any] = {
    Ending.DONE.value: _l("carried out"),
    Ending.DROPPED.value: _l("no longer pursued"),
}
STATES: dict[str, Any] = {
    State.DONE: _l("carried out"),
    State.DROPPED: _l("no longer pursued"),
    State.DECLINED: _l("cannot be promised"),
    State.NOT_AGREED: _l("not agreed yet"),
    State.SILENT: _l("promised, no report"),
    State.ON_TRACK: _l("on schedule"),
    State.AT_RISK: _l("at risk"),
    State.STUCK: _l("does not go on"),
    State.SAID_DONE: _l("reported as done"),
}
LACKS: dict[str, Any] = {
    Lack.ACTOR: _l("who is responsible"),
    Lack.COMMITMENT: _l("the promise"),
    Lack.DUE: _l("until when"),
    Lack.MEASURE: _l("by what one sees that it worked"),
}
TOLD: dict[str, Any] = {
    Via.OFFICE.value: _l("at the conference"),
    Via.PHONE.value: _l("by telephone"),
    Via.MAIL.value: _l("by e-mail"),
    Via.POST.value: _l("by letter"),
}
WAYS: dict[str, Any] = {**TOLD, Via.LINK.value: _l("by link")}
