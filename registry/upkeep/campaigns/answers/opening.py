"""What a link opens, and how often somebody may try; the secret of a link is the permission."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from registry.core import throttle, tokens
from registry.core.errors import NotFound
from registry.core.throttle import Limit

WRONG_LINKS = Limit("confirmation link that opens nothing", 30, timedelta(minutes=15))
ANSWERS = Limit("answers by one link", 60, timedelta(hours=1))
Record = TypeVar("Record")


def open_link(
    purpose: str,
    load: Callable[[UUID], Record | None],
    key: str,
    address: str,
    *,
    answering: bool = False,
) -> Record:
    """Return the record that a link's secret opens; NotFound for every other text.

    Whoever answers gets the link locked and is counted, before anything is read: a transaction
    that has read could no longer write beside another one. Opening counts only what opens nothing.
    """
    throttle.check((WRONG_LINKS, address), (ANSWERS, key))
    if answering:
        throttle.note((ANSWERS, key))
    link = tokens.find(purpose, key, lock=answering)
    try:
        record = load(link.record) if link else None
    except NotFound:
        record = None
    if record is None:
        throttle.note((WRONG_LINKS, address))
        raise NotFound
    return record
