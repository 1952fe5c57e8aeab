"""How an invitation is addressed, and how its letter begins (DIN 5008, German). Pure."""

from collections.abc import Iterable
from typing import Protocol

EVERYBODY = "Sehr geehrte Damen und Herren,"
FORMAL = {"female": ("Frau", "Sehr geehrte Frau"), "male": ("Herrn", "Sehr geehrter Herr")}


class Person(Protocol):
    """A person as far as it is known; `form` is none, neutral, female or male."""

    @property
    def form(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def office_title(self) -> str | None: ...
    @property
    def given_name(self) -> str | None: ...
    @property
    def family_name(self) -> str | None: ...


class Addressed(Person, Protocol):
    """An invitation as far as the address on its letter goes."""

    @property
    def organisation(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def function(self) -> str | None: ...
    @property
    def street(self) -> str | None: ...
    @property
    def postcode(self) -> str | None: ...
    @property
    def city(self) -> str | None: ...


def lines(invitation: Addressed) -> list[str]:
    """Return the lines of the address, six at most, none of them empty.

    The organisation comes before the person, so that its office may open the letter.
    """
    found = [
        _said(invitation.organisation),
        _said(invitation.unit),
        _said(invitation.function),
        person(invitation),
        _said(invitation.street),
        _said(invitation.postcode, invitation.city),
    ]
    return list(dict.fromkeys(line for line in found if line))


def person(named: Person) -> str:
    """Return the person's line; "" where nobody is named. Frau or Herr only where it was said."""
    form, _greeting = FORMAL.get(named.form, ("", ""))
    name = _said(named.title, named.given_name, named.family_name)
    if form and (named.family_name or named.office_title):
        return _said(form, named.office_title, name)
    return name


def salutation(named: Person) -> str:
    """Return how the letter begins; where it was not said how, never as a woman or a man."""
    _form, greeting = FORMAL.get(named.form, ("", ""))
    if greeting and named.office_title:
        return f"{_said(greeting, named.office_title)},"
    if greeting and named.family_name:
        return f"{_said(greeting, named.title, named.family_name)},"
    if named.given_name or named.family_name:
        return f"{_said('Guten Tag', named.title, named.given_name, named.family_name)},"
    return EVERYBODY


def _said(*parts: str | None) -> str:
    return " ".join(_words(parts))


def _words(parts: Iterable[str | None]) -> Iterable[str]:
    for part in parts:
        yield from (part or "").split()
