"""The work desk: all its numbers, beside one page of the office's list of offers."""

from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row
from benchmarks.timing import medians, turns
from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.desk.tasks import tasks
from registry.offers import queries as offers


def measure(sizes: Sizes) -> list[Row]:
    return [_row(number) for number in sizes.all]


def _row(number: int) -> Row:
    with asked(number) as register:
        ours, beside = medians(turns(number, 5), lambda: _desk(register), lambda: _list(register))
    what, against = "Work desk, all numbers", "a page of the office's list"
    return Row(what, ours, beside, against, goal=0, offers=number)


def _desk(register: Register) -> None:
    tasks(CONSOLE, register.moment.day)
    db.session.rollback()


def _list(register: Register) -> None:
    offers.office_list(CONSOLE, offers.OfficeFilter(), register.moment.day)
    db.session.rollback()
