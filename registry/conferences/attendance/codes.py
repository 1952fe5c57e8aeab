"""What the code of a badge says, and how it comes back from a reader. Pure."""

import re
from uuid import UUID

# Readers type like a keyboard of another language: what stands between the groups may change.
SAID = re.compile(r"([0-9a-f]{8}).?([0-9a-f]{4}).?([0-9a-f]{4}).?([0-9a-f]{4}).?([0-9a-f]{12})\W*$")


def code_of(said: str) -> UUID:
    """Return the public id at the end of what was read; raises ValueError where there is none."""
    found = SAID.search(said.strip().lower())
    if found is None:
        raise ValueError(said)
    return UUID("".join(found.groups()))
