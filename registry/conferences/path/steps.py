"""The path of a conference: its seven steps, and how far each of them is. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """From planning to what was agreed, in the order in which they are walked."""

    PLAN = "plan"
    INVITE = "invite"
    ANSWERS = "answers"
    GROUPS = "groups"
    DAY = "day"
    MINUTES = "minutes"
    MEASURES = "measures"


class Mark(StrEnum):
    READY = "ready"
    MISSING = "missing"  # somebody should look at it now
    OPEN = "open"  # its time has not come, or it goes on


@dataclass(frozen=True)
class Known:
    """What is counted for a conference, without what was withdrawn.

    `gaps` is what its plan lacks, `sent` how many invitations went out, `seated` people with a
    seat, `placed` those of them in a group, `minutes` the state of the minutes or "".
    """

    gaps: int = 0
    groups: int = 0
    invited: int = 0
    sent: int = 0
    answered: int = 0
    seated: int = 0
    placed: int = 0
    came: int = 0
    minutes: str = ""
    tasks: int = 0
    late: int = 0


def marks(
    known: Known, first_day: date | None, last_day: date | None, today: date
) -> list[tuple[Step, Mark]]:
    """Return how every step stands; what can no longer be made good is missing no more."""
    begun = first_day is not None and first_day <= today
    over = last_day is not None and last_day < today
    all_in_groups = known.groups and known.placed == known.seated
    found = {
        Step.PLAN: (known.gaps == 0, not over),
        Step.INVITE: (known.sent and known.sent == known.invited, not over),
        Step.ANSWERS: (known.answered and known.answered == known.sent, False),
        Step.GROUPS: (known.seated and all_in_groups, known.placed and not begun),
        Step.DAY: (known.came, begun),
        Step.MINUTES: (known.minutes == "approved", over and not known.minutes),
        Step.MEASURES: (known.tasks and not known.late, known.late),
    }
    return [(step, _mark(ready, lacking)) for step, (ready, lacking) in found.items()]


def _mark(ready: object, lacking: object) -> Mark:
    if ready:
        return Mark.READY
    return Mark.MISSING if lacking else Mark.OPEN
