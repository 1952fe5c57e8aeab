"""Passwords: how they are kept, and which are refused."""

import re
import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from flask_babel import gettext as _

from registry.core.errors import Invalid

MIN_LENGTH = 12
MIN_DIFFERENT = 5  # characters
MIN_PART = 4  # characters of an address that a password must not hold
# What the most common passwords of this length are made of, digits and signs left out.
COMMON = """
abc abcd abcdef abcdefg abcdefgh abcdefghijkl admin administrator asdf asdfgh asdfghjkl asdfghjklo
basketball bayern bundesliga computer deutschland dragon football fussball geheim geheimnis hallo
hallohallo hallowelt iloveyou iloveyouiloveyou integration letmein liebe master monkey netzwerk
netzwerkregister nuernberg pass passwd password passwordpassword passwort passwortpasswort
princess qwer qwert qwertasdf qwerty qwertyuiop qwertyuiopasdf qwertz qwertzuiop qwertzuiopasdf
register schalke schatz sommer starwars sunshine superman test testtest user welcome willkommen
winter
"""
_hasher = PasswordHasher()


def nobodys(hasher: PasswordHasher) -> str:
    """Return a hash of no password: compared when there is none, so that it takes as long."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


_NONE = nobodys(_hasher)


def matches(stored: str, password: str) -> bool:
    """Return whether the password is the one of a stored hash; "" takes as long and is never."""
    try:
        return _hasher.verify(stored or _NONE, password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def hashed(password: str, email: str) -> str:
    """Return what is kept of a password; raises Invalid where it is too easily guessed."""
    if problem := _problem(password, email):
        raise Invalid({"password": [problem]})
    return _hasher.hash(password)


def _problem(password: str, email: str) -> str:
    if len(password) < MIN_LENGTH:
        return _("Please use at least %(count)s characters.", count=MIN_LENGTH)
    if _holds_address(password, email):
        return _("Please choose a password that does not contain the e-mail address.")
    if len(set(password)) < MIN_DIFFERENT or _is_common(password):
        return _("This password is one of the first that would be guessed. Please choose another.")
    return ""


def _holds_address(password: str, email: str) -> bool:
    name, _at, host = email.casefold().partition("@")
    parts = (name, host.rpartition(".")[0])
    return any(len(part) >= MIN_PART and part in password.casefold() for part in parts)


def _is_common(password: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", password.casefold())
    return letters in COMMON.split() or password.isdigit()
