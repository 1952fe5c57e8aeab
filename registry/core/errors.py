"""The few errors a use case can raise; one responder turns them into a page or JSON."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any


class AppError(Exception):
    """Base of all expected errors: a status for HTTP and a stable code for programs."""

    status = 500
    code = "error"


class NotFound(AppError):
    """It does not exist, or this person may not know that it does: the same answer."""

    status = 404
    code = "not_found"


class NotAllowed(AppError):
    """The person is known, the thing is known, the right is missing."""

    status = 403
    code = "not_allowed"


class Conflict(AppError):
    """Somebody else saved first. `theirs` is what stands in the register now."""

    status = 409
    code = "conflict"

    def __init__(self, theirs: Any = None) -> None:
        super().__init__()
        self.theirs = theirs


class Invalid(AppError):
    """What was sent breaks a rule. `errors` has the shape of marshmallow's messages."""

    status = 422
    code = "invalid"

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(str(dict(errors)))
        self.errors = dict(errors)


class Alike(AppError):
    """Something like it is there already; `found` names it, and whoever saves decides."""

    status = 422
    code = "alike"

    def __init__(self, found: Sequence[Any]) -> None:
        super().__init__()
        self.found = found


class TooMany(AppError):
    """Too many tries in a short time."""

    status = 429
    code = "too_many"


@contextmanager
def errors_at(part: str) -> Iterator[None]:
    """Put the errors of one part of a larger form where that part stands."""
    try:
        yield
    except Invalid as error:
        raise Invalid({part: error.errors}) from None
