"""The office looks at its network."""

from flask import Blueprint, Flask, current_app, render_template

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.network.wording import figure

pages = Blueprint("network", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.filters["figure"] = figure
    app.add_template_global(lambda endpoint: endpoint in current_app.view_functions, "has_page")


@pages.get("/<lang>/office/network")
def picture() -> str:
    """The network as it is today."""
    require(who(), Permission.NETWORK_READ, None)
    return render_template("network/picture.html")
