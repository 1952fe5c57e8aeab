from datetime import datetime
from os.path import commonprefix

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.access.permissions import Role
from registry.access.policy import Grant, Who
from registry.core.db import Identified, Model, now

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class User(UserMixin, Identified, Model):  # type: ignore[misc]  # flask-login is untyped
    """Somebody who signs in with an e-mail address and a password.

    Until the invitation has been followed there is no password. The second factor's secret is
    worked out from the server's key and `totp_generation`; it is nowhere kept.
    """

    __tablename__ = "user"
    versioned = False

    email: Mapped[str] = mapped_column(String(254), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(254))  # until it has been confirmed
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    home: Mapped[str] = mapped_column(String(8))  # AGS of the region that made the account
    created_at: Mapped[datetime] = mapped_column(default=now)
    signed_in_at: Mapped[datetime | None]
    totp_generation: Mapped[int] = mapped_column(default=1)
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None]  # the last one used: no code opens twice
    grants: Mapped[list["UserGrant"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", info={"audit": "label"}
    )

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def invited(self) -> bool:
        """Return whether the invitation has not been followed yet."""
        return not self.password_hash

    @property
    def second_factor(self) -> bool:
        return self.totp_since is not None

    @property
    def region(self) -> str:
        """Return the smallest region that holds all grants: who manages it manages the account."""
        # Character by character: the beginning of an AGS is its parent.
        held = [grant.region for grant in self.grants]
        return commonprefix(held) if held else self.home  # noqa: RUF071

    def as_who(self) -> Who:
        grants = tuple(grant.as_grant() for grant in self.grants)
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

    @classmethod
    def of(cls, grant: Grant) -> "UserGrant":
        return cls(role=grant.role.value, region=grant.region, actor_id=grant.actor_id)

    def as_grant(self) -> Grant:
        return Grant(Role(self.role), self.region, self.actor_id)

    def __str__(self) -> str:
        of_actor = f" #{self.actor_id}" if self.actor_id else ""
        return f"{self.role} {self.region or '*'}{of_actor}"


class UserSession(Identified, Model):
    """A sign-in that lasts. The cookie holds the key, this row its digest."""

    __tablename__ = "user_session"
    versioned = False

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)  # to some ten minutes
    browser: Mapped[str] = mapped_column(String(60), default="")
    passed: Mapped[bool] = mapped_column(default=False)  # the second factor was given in it

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Model):
    """A code that stands in for the second factor once."""

    __tablename__ = "recovery_code"
    versioned = False
    __table_args__ = (UniqueConstraint("user_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
