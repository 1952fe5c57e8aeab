"""The office takes its network into other programs, and has networks of others analysed."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Flask, render_template, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid, NotFound
from registry.core.listing import one_of
from registry.core.web import large_body, writes
from registry.network.exchange import services
from registry.network.exchange.described import kinds_named
from registry.network.formats.tables import Choice
from registry.network.formats.writing import WRITERS
from registry.network.queries import region_of
from registry.network.state import COOPERATION, Kind, Rule
from registry.network.wording import KINDS, RULES

pages = Blueprint("network_exchange", __name__)
FORMS: dict[str, tuple[str, Any]] = {
    "xlsx": ("XLSX", _l("For Excel and other spreadsheets, with names.")),
    "csv": ("CSV", _l("Two tables in a ZIP file, e.g. for Gephi.")),
    "graphml": ("GraphML", _l("For visone, yEd, Gephi and most other programs.")),
    "gexf": ("GEXF", _l("For Gephi and Polinode, with the direction of each link.")),
    "pajek": ("Pajek", _l("For Pajek; it knows names and intensities alone.")),
    "kumu": (
        "Kumu (JSON)",
        _l("For Kumu, which shows it on the web: take only what may be seen there."),
    ),
}


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)


@pages.get("/<lang>/office/network/files")
def choose(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    return _page()


@pages.get("/<lang>/office/network/files/<form>")
def download(lang: str, form: str) -> Any:
    """Hand out the network as chosen in the address."""
    if form not in WRITERS:
        raise NotFound
    day = i18n.local_now().date()
    made = services.hand_out(who(), region_of(who()), day, _choice(), form)
    return send_file(BytesIO(made.content), as_attachment=True, download_name=made.name)


@pages.post("/<lang>/office/network/files")
@writes
@large_body
def analyse(lang: str) -> Any:
    """Show the figures of a file of somebody else; nothing of it is kept."""
    require(who(), Permission.NETWORK_READ, None)
    outcome = attempt(_looked_at)
    if outcome.saved:
        return _page(looked=outcome.saved)
    return _page(outcome), outcome.status


def _looked_at() -> services.Looked:
    file = request.files.get("file")
    if not file or not file.filename:
        raise Invalid({"file": [_("Please choose a file.")]})
    return services.look_at(who(), file.stream)


def _choice() -> Choice:
    kind, rule = one_of("kind", tuple(Kind)), one_of("rule", tuple(Rule))
    return Choice((Kind(kind),) if kind else COOPERATION, Rule(rule) if rule else Rule.ANY)


def _page(outcome: Outcome | None = None, looked: services.Looked | None = None) -> str:
    choice = _choice()
    return render_template(
        "network/exchange/choose.html",
        forms=FORMS,
        kinds=KINDS,
        rules=RULES,
        choice=choice,
        named=kinds_named(choice.kinds),
        errors=outcome.errors if outcome else {},
        looked=looked,
    )
