"""For which regions somebody may give roles."""

from collections.abc import Iterable

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.accounts.people.schemas import EVERYWHERE
from registry.core.forms import Option
from registry.regions import queries as regions

DISTRICT, STATE = 5, 2  # characters of their AGS


def region_options(who: Who) -> list[Option]:
    """Return the regions that `who` may give a role in, the register's own first."""
    managed, register = regions_of(who, Permission.USER_MANAGE), regions.register()
    home = register.ags if register else ""
    found = {ags: name for key in managed for ags, name in _districts(key, home)}
    own = [(home, found.pop(home))] if home in found else []
    whole = [(EVERYWHERE, _("everywhere"))] if "" in managed else []
    return [*own, *whole, *sorted(found.items(), key=lambda option: option[1])]


def _districts(managed: str, home: str) -> Iterable[tuple[str, str]]:
    """Return the districts of a larger region, of everywhere those of the register's state."""
    if len(managed) >= DISTRICT:
        return regions.names([managed]).items()
    rows, _total = regions.regions(managed or home[:STATE], length=DISTRICT)
    return [(row.ags, row.name) for row in rows]
