"""The columns of the invitation list, the same on screen and in files."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.conferences.invitations.address import salutation
from registry.conferences.invitations.models import Form
from registry.conferences.invitations.queries import ListRow, Told
from registry.conferences.invitations.wording import CHANNELS, REPLIES, category_name

FORMAL = {Form.FEMALE: "Frau", Form.MALE: "Herr"}


def day(value: date | None) -> str:
    return format_date(value, "dd.MM.yyyy") if value else ""


def mark(row: ListRow) -> str:
    """Return what is unusual about a row: added late, withdrawn."""
    if row.withdrawn_on:
        return _("withdrawn on %(date)s", date=day(row.withdrawn_on))
    return _("added later") if row.late else ""


def deputies(row: ListRow, told: Told) -> str:
    return "; ".join(each.name or _("not named") for each in told.of(row) if each.deputy)


Cell = Callable[[ListRow, Told], Any]
COLUMNS: dict[str, tuple[Any, Cell]] = {
    "number": (_l("No."), lambda row, _told: row.number or ""),
    "category": (_l("Category"), lambda row, _told: category_name(row.category)),
    "organisation": (_l("Organisation"), lambda row, _told: row.organisation),
    "function": (
        _l("Unit or function"),
        lambda row, _told: ", ".join(filter(None, (row.unit, row.function))),
    ),
    "form": (_l("Form of address"), lambda row, _told: FORMAL.get(Form(row.form), "")),
    "title": (_l("Title"), lambda r, _told: " ".join(filter(None, (r.office_title, r.title)))),
    "given_name": (_l("Given name"), lambda row, _told: row.given_name),
    "family_name": (_l("Family name"), lambda row, _told: row.family_name),
    "street": (_l("Street"), lambda row, _told: row.street),
    "postcode": (_l("Postcode"), lambda row, _told: row.postcode),
    "city": (_l("Town"), lambda row, _told: row.city),
    "email": (_l("E-mail"), lambda row, _told: row.email),
    "phone": (_l("Telephone"), lambda row, _told: row.phone),
    "channel": (_l("Sent by"), lambda row, _told: str(CHANNELS[row.channel])),
    "salutation": (_l("Salutation"), lambda row, _told: salutation(row)),
    "seats": (_l("Seats"), lambda row, _told: row.seats),
    "invited_on": (_l("Invited on"), lambda row, _told: day(row.invited_on)),
    "deadline": (_l("Answer until"), lambda _row, told: day(told.deadline)),
    "reply": (_l("Answer"), lambda row, _told: str(REPLIES[row.reply])),
    "deputy": (_l("Represented by"), deputies),
    "wish_1": (_l("First wish"), lambda row, told: told.wish(row, 0)),
    "wish_2": (_l("Second wish"), lambda row, told: told.wish(row, 1)),
    "attended": (_l("Took part"), lambda _row, _told: ""),  # filled in on the day
    "mark": (_l("Note"), lambda row, _told: mark(row)),
    "remark": (_l("Remark"), lambda row, _told: row.remark),
}
SETS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "short": (_l("Short"), ("number", "organisation", "function", "channel", "reply", "mark")),
    "address": (
        _l("Address"),
        ("number", "organisation", "function", "salutation", "street", "postcode", "city"),
    ),
    "contact": (
        _l("Contact"),
        ("number", "organisation", "function", "email", "phone", "channel", "remark"),
    ),
    "answers": (
        _l("Answers"),
        ("number", "organisation", "reply", "deputy", "wish_1", "wish_2", "invited_on"),
    ),
    "all": (_l("All columns"), tuple(COLUMNS)),
}


def header() -> list[str]:
    return [str(title) for title, _cell in COLUMNS.values()]


def cells(rows: Iterable[ListRow], told: Told) -> Iterator[list[Any]]:
    """Return the cells of whole rows, as files hold them."""
    for row in rows:
        yield [cell(row, told) for _title, cell in COLUMNS.values()]
