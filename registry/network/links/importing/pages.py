"""The office's pages for links from files."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Flask, send_file
from flask_babel import gettext as _

from registry.network.importing import Import, allowed_region
from registry.network.links.importing import services
from registry.network.links.importing.columns import TITLES
from registry.network.links.importing.template import explained, template
from registry.network.wording import KINDS

pages = Blueprint("network_links_import", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/<lang>/office/network/links/import/template")
def blank(lang: str) -> Any:
    """Hand out an empty table with an example and what its columns mean."""
    allowed_region()
    name = _("template") + "-links.xlsx"
    return send_file(BytesIO(template()), mimetype=XLSX, as_attachment=True, download_name=name)


def _facts() -> dict[str, Any]:
    return {"titles": TITLES, "explained": explained(), "kinds": KINDS}


Import("links", "network_links.listing", services.try_file, services.take_in, _facts).add_to(pages)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
