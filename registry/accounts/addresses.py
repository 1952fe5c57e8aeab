"""E-mail addresses as accounts keep them."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from registry.accounts import queries
from registry.core.errors import Invalid


def plain(email: str) -> str:
    """Return the address as it is kept; raises Invalid where it is none."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Invalid({"email": [_("Please give a valid e-mail address.")]}) from None


def free(email: str) -> str:
    """Return the address as it is kept; raises Invalid where an account has it."""
    address = plain(email)
    if queries.load_user(address):
        raise Invalid({"email": [_("There is already an account with this address.")]})
    return address
