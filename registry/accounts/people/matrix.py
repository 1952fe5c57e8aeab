"""Who may do what, read from the policy itself. Pure."""

from dataclasses import dataclass

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, Who, may

REGION, ACTOR = "09576", 1  # any would do: the policy asks only whether a grant covers them


@dataclass(frozen=True)
class Column:
    """A role as somebody holds it; an administration may hold for one region or for all."""

    role: Role
    region: str = REGION
    actor_id: int | None = None

    @property
    def everywhere(self) -> bool:
        return self.region == ""

    @property
    def who(self) -> Who:
        return Who("user", grants=(Grant(self.role, self.region, self.actor_id),))


@dataclass(frozen=True)
class Own:
    """An entry of the region, kept by the actor."""

    region: str = REGION
    owner_id: int = ACTOR


COLUMNS = (
    Column(Role.ADMINISTRATOR, region=""),
    Column(Role.ADMINISTRATOR),
    Column(Role.EDITOR),
    Column(Role.ORGANISER),
    Column(Role.READER),
    Column(Role.ACTOR_EDITOR, actor_id=ACTOR),
)


@dataclass(frozen=True)
class Row:
    """A right, and for each column whether it holds."""

    permission: Permission
    allowed: tuple[bool, ...]


def matrix() -> list[Row]:
    return [
        Row(permission, tuple(may(column.who, permission, Own()) for column in COLUMNS))
        for permission in Permission
    ]
