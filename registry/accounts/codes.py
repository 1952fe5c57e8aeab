"""The second factor: codes of an app (TOTP), and recovery codes for the day it is lost.

The app's secret is worked out from the server's key, the account and a generation, so that no
table holds it; a new generation makes a new secret.
"""

import base64
import hashlib
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
import segno

from registry.core import tokens

STEP = 30  # seconds that a code lasts
DRIFT = 1  # steps that a clock may be off
GENERATION = 4  # bytes
SECRET = 20  # bytes, what apps expect
RECOVERY_CODES = 10
RECOVERY = 10  # bytes of one, 80 bit


def secret(user: UUID, generation: int) -> str:
    """Return the secret that the app is told, in base32."""
    body = user.bytes + generation.to_bytes(GENERATION, "big")
    return base64.b32encode(tokens.derived("totp", body)[:SECRET]).decode()


def readable(text: str) -> str:
    """Return a secret or code in groups of four."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture(told: str, email: str, register: str) -> str:
    """Return the QR code of a secret as a data: address."""
    address = pyotp.TOTP(told).provisioning_uri(name=email, issuer_name=register)
    return segno.make(address, error="m").png_data_uri(scale=5, border=4)


def step_of(told: str, code: str, at: datetime) -> int | None:
    """Return the number of the time step that a code belongs to, None where it is wrong."""
    app, now = pyotp.TOTP(told, interval=STEP), int(at.timestamp()) // STEP
    steps = range(now - DRIFT, now + DRIFT + 1)
    typed = plain(code)
    found = [step for step in steps if secrets.compare_digest(app.at(step * STEP), typed)]
    return found[-1] if found else None


def recovery_codes() -> list[str]:
    """Return new recovery codes as they are shown, once."""
    made = (secrets.token_bytes(RECOVERY) for _each in range(RECOVERY_CODES))
    return ["-".join(readable(base64.b32encode(each).decode()).split()) for each in made]


def digest(code: str) -> str:
    """Return what is kept of a recovery code; it is too long to be tried out."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


def plain(code: str) -> str:
    """Return a typed code without blanks and hyphens; what no code could hold is left out."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())
