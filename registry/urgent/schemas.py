"""An urgent notice as a form, and in the log."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import AGS
from registry.core.forms import office
from registry.texts.schemas import EveryLanguageField, WrittenSchema
from registry.urgent.models import Severity

SECTIONS = {"what": _l("What"), "where": _l("Where and until when")}
MAX_TITLE = 160
MAX_BODY = 2000


class NoticeSchema(WrittenSchema):
    severity = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Severity]),
        metadata=office(_l("How urgent"), section="what", widget="select", choices="severity"),
    )
    title = EveryLanguageField(
        required=True,
        metadata=office(
            _l("Message in one sentence"),
            section="what",
            lines=1,
            max_length=MAX_TITLE,
            help=_l("Stands above every public page of the area, until the last day is over."),
        ),
    )
    text = EveryLanguageField(
        metadata=office(
            _l("What to know and do"),
            section="what",
            lines=5,
            max_length=MAX_BODY,
            help=_l(
                "Empty lines separate paragraphs, “- ” begins an entry of a list, “## ” a heading; "
                "addresses of websites and mail become links."
            ),
        )
    )
    areas = fields.List(
        fields.String(validate=AGS),
        required=True,
        validate=[validate.Length(min=1, max=500, error=_l("Please choose at least one."))],
        metadata=office(_l("Where it holds"), section="where", choices="area", widget="areas"),
    )
    starts_on = fields.Date(required=True, metadata=office(_l("First day"), section="where"))
    ends_on = fields.Date(
        required=True,
        metadata=office(
            _l("Last day"),
            section="where",
            help=_l("After this day the notice disappears by itself."),
        ),
    )
