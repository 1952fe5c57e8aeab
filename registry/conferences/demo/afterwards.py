"""After the day: what was decided, who does what, the minutes, what people thought."""

from collections.abc import Mapping
from typing import Any

from registry.conferences.afterwards import services as later
from registry.conferences.afterwards.schemas import EvaluationSchema
from registry.conferences.decisions import queries as decided
from registry.conferences.decisions import services as decisions
from registry.conferences.decisions.models import Task
from registry.conferences.decisions.schemas import DecisionSchema, ReportSchema, TaskSchema
from registry.conferences.demo.setting import Told, at
from registry.conferences.documentation import services as documentation
from registry.conferences.documentation.schemas import DocumentationSchema
from registry.conferences.minutes import queries as parts
from registry.conferences.minutes import services as minutes
from registry.conferences.minutes.approving import services as approving
from registry.conferences.minutes.models import Minutes, Part
from registry.conferences.minutes.reading import services as reading
from registry.conferences.minutes.schemas import HeadSchema, OutcomeSchema
from registry.conferences.wall import queries as walls
from registry.exchange.demo import key_of


def follow(told: Told) -> None:
    """Do what is to be done once a conference is over, in the order of the weeks after it."""
    for each in told.entry["decisions"]:
        _decide(told, each)
    for each in told.entry["tasks"]:
        _task(told, each)
    _evaluation(told, told.entry["evaluation"])
    _minutes(told, told.entry["minutes"])
    _documentation(told, told.entry["documentation"])
    for each in told.entry["tasks"]:
        _went_on(told, each)
    _forget(told)


def _decide(told: Told, said: Mapping[str, Any]) -> None:
    given = dict(said)
    if "group" in said:
        given["group"] = str(told.group(said["group"]).uuid)
    decisions.decide(told.who, told.uuid, DecisionSchema(audience="office").load(given))


def _task(told: Told, said: Mapping[str, Any]) -> None:
    """Enter a task with where it comes from; "due" counts days from the day of seeding."""
    given = {name: value for name, value in said.items() if name not in ("reports", "ended")}
    if "actor" in said:
        given["actor"] = str(key_of(said["actor"]))
    given["partners"] = [str(key_of(ref)) for ref in said.get("partners", ())]
    if "due" in said:
        given["due"] = told.setting.ago(-said["due"]).isoformat()
    if "decision" in said:
        numbered = {each.number: each for each in decided.load_decisions(told.conference)}
        given["decision"] = str(numbered[said["decision"]].uuid)
    if "card" in said:
        given["card"] = _card(told, said["card"])
    loaded = TaskSchema(audience="office").load(given)
    decisions.add_task(told.who, told.uuid, loaded, told.after(1))


def _card(told: Told, begins: str) -> str:
    """Return the public id of the card whose text begins so."""
    boards = walls.boards(told.conference).values()
    cards = (card for board in boards for some in board.columns.values() for card in some)
    return next(str(card.uuid) for card in cards if card.text.startswith(begins))


def _went_on(told: Told, said: Mapping[str, Any]) -> None:
    """Note what was reported of a task since, and that it was closed."""
    who, row = told.who, _titled(told, said["title"])
    for each in said.get("reports", ()):
        given = {name: value for name, value in each.items() if name != "ago"}
        made = decisions.report(who, row.uuid, ReportSchema(audience="office").load(given))
        made.at = at(told.setting.ago(each["ago"]))
    if ended := said.get("ended"):
        day = told.setting.ago(ended["ago"])
        decisions.end(who, row.uuid, row.version, ended["as"], ended["reason"], day)


def _titled(told: Told, title: str) -> Task:
    return next(row for row in decided.load_tasks(told.conference) if row.title == title)


def _minutes(told: Told, said: Mapping[str, Any]) -> None:
    """Write the minutes, let somebody object, and approve and send them."""
    who, made = told.who, minutes.begin(told.who, told.uuid)
    head = HeadSchema(audience="office").load({"taken_by": said["taken_by"]})
    minutes.change_head(who, made.uuid, made.version, head)
    for title, text in said["parts"].items():
        row = _part(made, title)
        minutes.write_part(who, row.uuid, row.version, {"text": text})
    until = told.after(said["object_until"])
    approving.circulate(who, made.uuid, made.version, until, told.after(said["circulated"]))
    for each in said["objections"]:
        _object(told, made, each)
    day = told.after(said["approved"])
    approving.approve(who, made.uuid, made.version, day)
    made.approved_at = at(day)
    approving.send(who, made.uuid, made.version, day)


def _part(made: Minutes, title: str) -> Part:
    return next(each for each in made.parts if each.title == title)


def _object(told: Told, made: Minutes, said: Mapping[str, Any]) -> None:
    """Let somebody who was present object by their link, and decide on it."""
    row, day = told.row(said["actor"]), told.after(said["after"])
    known = {each.invitation: each.uuid for each in parts.present(told.conference)}
    given = {"participant": known[row.uuid], "text": said["text"]}
    given["part"] = _part(made, said["part"]).uuid
    raised = reading.object_to(reading.holder(row), row, made.uuid, given, day)
    raised.raised_at = at(day)
    outcome = OutcomeSchema(audience="office").load(said["decided"])
    approving.decide(told.who, raised.uuid, raised.version, outcome, day)


def _evaluation(told: Told, said: Mapping[str, Any]) -> None:
    """Take what people thought; by now nobody can answer any more."""
    until = told.after(said["open_days"])
    asked = {"open_until": until.isoformat(), "questions": [{"text": t} for t in said["questions"]]}
    loaded = EvaluationSchema(audience="office").load(asked)
    made = later.ask(told.who, told.uuid, 0, loaded, told.setting.today)
    for number, each in enumerate(said["answers"], 1):
        later.answer(later.holder(made), made, each, told.after(number))


def _documentation(told: Told, said: Mapping[str, Any]) -> None:
    loaded = DocumentationSchema(audience="office").load(said["texts"])
    documentation.write(told.who, told.uuid, 0, loaded)
    documentation.publish(told.who, told.uuid, told.after(said["published"]))


def _forget(told: Told) -> None:
    """Delete needs and wishes, as it is done some weeks after a conference."""
    day = told.after(told.entry["forgotten"])
    made = later.forget(told.who, told.uuid, day)
    made.at = at(day)
