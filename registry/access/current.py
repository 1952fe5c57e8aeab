"""Who is asking, in a request."""

from flask_login import current_user

from registry.access.policy import PUBLIC, Who


def who() -> Who:
    if current_user and current_user.is_authenticated:
        asking: Who = current_user.as_who()
        return asking
    return PUBLIC
