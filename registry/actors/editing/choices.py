"""What the selects of the office's forms offer, in the language of the page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, may, regions_of
from registry.actors import queries
from registry.actors.models import Actor
from registry.core import i18n
from registry.core.forms import Option
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

MAX_ACTORS = 2000


@dataclass(frozen=True)
class Offered:
    """The choices of one form: what is valid today, and whatever the form holds already.

    `region` is the AGS whose municipalities are offered; `own` is the actor whose places, contacts
    and units an offer may use.
    """

    who: Who
    region: str
    data: Mapping[str, Any]
    own: Actor | None = None

    def __call__(self, kind: str) -> Iterable[Option]:
        name, _colon, scheme = kind.partition(":")
        if name == "term":
            return self._terms(scheme)
        if name in ("place", "contact", "unit"):
            parts = getattr(self.own, f"{name}s", ())
            return [(str(part.uuid), str(part)) for part in parts]
        found: Iterable[Option] = getattr(self, f"_{name}")()
        return found

    def _terms(self, scheme: str) -> Iterable[Option]:
        held, today, tag = self._held(), date.today(), i18n.current().tag
        return [
            (term.key, term.label(tag).body)
            for term in vocabulary.terms(scheme)
            if term.valid_on(today) or term.key in held
        ]

    def _municipality(self) -> Iterable[Option]:
        held = {text for text in self._held() if text.isdecimal() and len(text) == 8}
        return self._with(self._own_municipalities(), held)

    def _area(self) -> Iterable[Option]:
        above = [self.region[:length] for length in (5, 3, 2)]
        names = regions.names(above)
        whole = [(ags, names[ags]) for ags in above if ags in names]
        return self._with([*whole, *self._own_municipalities()], set(self.data.get("areas") or ()))

    def _own_municipalities(self) -> list[Option]:
        return [(each.ags, each.name) for each in regions.municipalities(self.region[:5])]

    @staticmethod
    def _with(options: list[Option], held: set[str]) -> list[Option]:
        """Add the regions a form holds that are not offered here."""
        others = regions.names(held - {key for key, _name in options})
        return options + sorted(others.items(), key=lambda option: option[1])

    def _actor(self) -> Iterable[Option]:
        found, _total = queries.actors(self.who, queries.ActorFilter(), per_page=MAX_ACTORS)
        options = [(str(row.uuid), row.name) for row in found if str(row.uuid) != self._own_id()]
        held = self.data.get("parent")
        if held and str(held) not in {key for key, _name in options}:
            options.append((str(held), _("unchanged")))
        return options

    def _editable_actor(self) -> Iterable[Option]:
        return [(str(row.uuid), row.name) for row in queries.editable_actors(self.who)]

    def _own_id(self) -> str:
        return str(self.own.uuid) if self.own else ""

    def _held(self) -> set[str]:
        return set(_strings(self.data))


def home_region(asking: Who) -> str:
    """Return the region whose register a new entry of this person belongs to."""
    register = regions.register()
    if register and may(asking, Permission.ACTOR_CREATE, register):
        return register.ags
    own = [ags for ags in regions_of(asking, Permission.ACTOR_CREATE) if ags]
    of_actors = [grant.region for grant in asking.grants if grant.actor_id is not None]
    return next(iter([*own, *of_actors]), "")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
