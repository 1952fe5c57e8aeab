"""The settings of a region as a form; every rule is explained in one sentence."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.core.colors import is_color
from registry.core.forms import office
from registry.core.text import is_storable
from registry.texts.schemas import EveryLanguageField, WrittenSchema

SECTIONS = {
    "name": _l("Name"),
    "looks": _l("Logo and colour"),
    "mail": _l("Mail"),
    "rules": _l("How entries are kept true"),
    "network": _l("What is said of the network"),
    "texts": _l("Imprint, privacy and accessibility"),
    "spreading": _l("On the sites of others"),
}
MAX_TEXT = 20_000
# A site by its name; a machine's own address is for trying things out.
ORIGIN = (
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?|http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?"
)


def one_line(text: str | None) -> None:
    """Refuse line breaks and other controls: they would end a header of a mail."""
    if text and not (text.isprintable() and is_storable(text)):
        raise ValidationError(_("Please write this in one line, without special characters."))


def color(text: str | None) -> None:
    if text and not is_color(text):
        raise ValidationError(_("Please give a colour as # and six digits, such as #2044aa."))


def _line(label: Any, section: str, longest: int = 120, **hints: Any) -> fields.String:
    checks: list[Any] = [validate.Length(max=longest), one_line]
    metadata = office(label, section=section, **hints)
    return fields.String(allow_none=True, validate=checks, metadata=metadata)


def _number(
    label: Any, least: int, most: int, section: str = "rules", **hints: Any
) -> fields.Integer:
    message = _l("Please give a number from %(least)s to %(most)s.", least=least, most=most)
    check = validate.Range(least, most, error=message)
    return fields.Integer(
        required=True, validate=check, metadata=office(label, section=section, **hints)
    )


def _switch(label: Any, **hints: Any) -> fields.Boolean:
    return fields.Boolean(metadata=office(label, section="rules", **hints))


def _text(label: Any, **hints: Any) -> EveryLanguageField:
    return EveryLanguageField(
        metadata=office(label, section="texts", lines=12, max_length=MAX_TEXT, **hints)
    )


def origins(text: str | None) -> None:
    """Refuse what is no origin: each of these words becomes part of a header."""
    wrong = [word for word in (text or "").split() if not re.fullmatch(ORIGIN, word)]
    if wrong:
        message = _(
            "This is no address of a site, such as https://www.example.org: %(address)s",
            address=wrong[0][:80],
        )
        raise ValidationError(message)


class SettingsSchema(WrittenSchema):
    title = _line(
        _l("Name of the register"),
        "name",
        help=_l("Stands at the top of every page and in the title of the browser's window."),
    )
    logo_text = _line(
        _l("What the logo shows"),
        "looks",
        help=_l("Read aloud to people who do not see the picture, e.g. “Coat of arms of …”."),
    )
    accent = fields.String(
        allow_none=True,
        validate=color,
        metadata=office(
            _l("Colour of links and buttons"),
            section="looks",
            widget="color",
            help=_l(
                "Six digits after a #, e.g. #2044aa. It is checked that everyone can read it; "
                "dark pages get a lighter shade of it."
            ),
        ),
    )
    sender_name = _line(
        _l("Name of the sender"),
        "mail",
        help=_l("Who the register's mails come from, e.g. “Landkreis Roth, Integration”."),
    )
    reply_to = fields.Email(
        allow_none=True,
        validate=[validate.Length(max=254), one_line],
        metadata=office(
            _l("Address for answers"),
            section="mail",
            help=_l("Where answers to the register's mails go."),
        ),
    )
    own_edits_live = _switch(
        _l("Changes by actors appear at once"),
        help=_l("Otherwise what an actor changes waits until the office has looked at it."),
    )
    second_factor = _switch(
        _l("Everybody needs a second factor"),
        help=_l("Whoever signs in here then also needs a code from an app."),
    )
    actor_review_months = _number(
        _l("Actors are confirmed every … months"),
        1,
        60,
        help=_l("After this time an actor is asked whether its entry is still right."),
    )
    offer_review_months = _number(
        _l("Offers are confirmed every … months"),
        1,
        60,
        help=_l("After this time the provider is asked whether the offer is still right."),
    )
    grace_days = _number(
        _l("Days until “not confirmed” is shown"),
        0,
        730,
        help=_l("So long an entry looks as before although nobody has answered."),
    )
    hide_unconfirmed = _switch(
        _l("Entries that nobody confirms leave the list"),
        help=_l("They are still found by search. Authorities and contact points always stay."),
    )
    ranks_from = _number(
        _l("Ranks from this share of answers (percent)"),
        0,
        100,
        section="network",
        help=_l("Below, figures of the network say only high, middle or low."),
    )
    thirds_from = _number(
        _l("High, middle and low from this share of answers (percent)"),
        0,
        100,
        section="network",
        help=_l("Below, the network shows only what was counted."),
    )
    imprint = _text(
        _l("Imprint"),
        help=_l(
            "Empty lines separate paragraphs, “- ” begins an entry of a list, “## ” a heading; "
            "addresses of websites and mail become links."
        ),
    )
    privacy = _text(
        _l("Privacy"),
        help=_l("Stands above what the register itself says about the data it keeps."),
    )
    accessibility = _text(
        _l("Accessibility"),
        help=_l(
            "Replaces what the register itself says about its checks, e.g. after an audit. "
            "How to report a barrier stands below in any case."
        ),
    )
    embed_origins = fields.String(
        allow_none=True,
        validate=[validate.Length(max=2000), origins],
        metadata=office(
            _l("Sites that may show list and map in a frame"),
            section="spreading",
            lines=4,
            help=_l("One address a line, such as https://www.example.org, without a path."),
        ),
    )
