"""The office's pages for needs from tables."""

from flask import Blueprint, Flask

from registry.network.importing import Import
from registry.network.needs.importing import services
from registry.network.needs.importing.judging import NEEDED, TITLES

pages = Blueprint("network_needs_import", __name__)
_FACTS = {"titles": TITLES, "needed": NEEDED}
Import(
    "needs", "network_needs.listing", services.try_file, services.take_in, lambda: _FACTS
).add_to(pages)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
