"""Accounts and sign-in, as use cases."""

import pytest

from registry.access.permissions import Role
from registry.accounts.services import create_user, sign_in
from registry.core.errors import Invalid, NotAllowed
from tests.conftest import PASSWORD, Cast

pytestmark = pytest.mark.usefixtures("everybody")


def test_sign_in_with_the_right_password_returns_the_user(cast: Cast) -> None:
    assert sign_in("AMAL@example.org ", PASSWORD, "192.0.2.1") == cast.amal


def test_nobody_grants_a_role_outside_their_region(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create_user(cast.who("amal"), "new@example.org", PASSWORD, Role.ADMINISTRATOR, "")


def test_a_short_password_is_refused_with_a_message_at_the_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as error:
        create_user(cast.who("dana"), "new@example.org", "short", Role.READER, "09576")
    assert "password" in error.value.errors
