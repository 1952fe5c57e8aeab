from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.access.permissions import Role
from registry.access.policy import Grant, Who
from registry.core.db import Identified, Model, now

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class User(UserMixin, Identified, Model):  # type: ignore[misc]  # flask-login is untyped
    """Somebody who signs in with an e-mail address and a password."""

    __tablename__ = "user"
    versioned = False

    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    # Part of the session cookie: a new one ends all sessions.
    session_key: Mapped[str] = mapped_column(String(43))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    grants: Mapped[list["UserGrant"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", info={"audit": "label"}
    )

    def get_id(self) -> str:
        return f"{self.uuid}:{self.session_key}"

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def region(self) -> str:
        """Return the first region granted: whose administrator looks after this account."""
        return min((grant.region for grant in self.grants), default="")

    def as_who(self) -> Who:
        grants = tuple(
            Grant(Role(grant.role), grant.region, grant.actor_id) for grant in self.grants
        )
        return Who("user", self.email, self.id, grants)

    def __str__(self) -> str:
        return self.email


class UserGrant(Model):
    """A role for a region (AGS, "" for all) and everything below it, or for one actor of it."""

    __tablename__ = "user_grant"
    versioned = False
    __table_args__ = (
        UniqueConstraint("user_id", "role", "region", "actor_id"),
        CheckConstraint(f"role IN ({_ROLES})", "role"),
        CheckConstraint("(role = 'actor_editor') = (actor_id IS NOT NULL)", "role_of_actor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(8))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="CASCADE"), index=True
    )

    def __str__(self) -> str:
        return f"{self.role} {self.region or '*'}"
