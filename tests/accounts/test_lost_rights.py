"""Rights that somebody had when a request began, and has no longer when it does something."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Who
from registry.accounts.models import User
from registry.accounts.people import services
from registry.accounts.services import create_user
from registry.core.db import db
from registry.core.errors import NotAllowed, NotFound
from tests.conftest import PASSWORD, Cast

EVERYWHERE = "administrator *"


def take(who: Who, user: User) -> Any:
    return services.take_role(who, user.uuid, EVERYWHERE)


def close(who: Who, user: User) -> Any:
    return services.close_account(who, user.uuid)


@pytest.mark.parametrize("first", [take, close])
@pytest.mark.parametrize("second", [take, close])
def test_two_administrators_cannot_remove_each_other(
    cast: Cast, first: Callable[..., Any], second: Callable[..., Any]
) -> None:
    other = create_user(CONSOLE, "nora@example.org", PASSWORD, Role.ADMINISTRATOR, "")
    dana, nora = cast.who("dana"), other.as_who()  # both requests have begun
    first(dana, other)
    db.session.commit()
    with pytest.raises((NotAllowed, NotFound)):
        second(nora, cast.dana)
    assert cast.dana.active
    assert [str(grant) for grant in cast.dana.grants] == [EVERYWHERE]
