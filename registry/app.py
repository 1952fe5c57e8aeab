"""The application: the only module that knows every feature."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

from registry import keeping
from registry.access import current as access
from registry.accessibility import pages as accessibility
from registry.accounts import pages as accounts
from registry.actors import api as actors_api
from registry.actors import models as _actors  # noqa: F401 (known to the migrations)
from registry.actors import pages as actors
from registry.actors.contacts import notices
from registry.actors.contacts import pages as contacts
from registry.actors.editing import pages as actors_editing
from registry.actors.proposals import models as _proposals  # noqa: F401
from registry.audit import models as _audit  # noqa: F401
from registry.audit import pages as audit
from registry.brochure import pages as brochure
from registry.conferences import wiring as conferences
from registry.config import Settings, resource_dir
from registry.core import answers, api, i18n, static, web
from registry.core import throttle as _throttle  # noqa: F401
from registry.core import versions as _versions  # noqa: F401
from registry.core.db import db
from registry.core.mail import models as _mail  # noqa: F401
from registry.core.routing import LazyRule
from registry.designations import models as _designations  # noqa: F401
from registry.designations import pages as designations
from registry.designations.finder import pages as finder
from registry.desk import pages as desk
from registry.embedding import pages as embedding
from registry.exchange.sheets import models as _sheets  # noqa: F401
from registry.exchange.sheets import pages as imports
from registry.maps import api as maps_api
from registry.maps import pages as maps
from registry.network import map as _map  # noqa: F401 (same blueprint)
from registry.network import matrix as _matrix  # noqa: F401 (same blueprint)
from registry.network import organisation as _organisation  # noqa: F401 (same blueprint)
from registry.network import pages as network
from registry.network import poster as _poster  # noqa: F401 (same blueprint)
from registry.network.bodies import pages as network_bodies
from registry.network.bodies.directory import pages as bodies
from registry.network.bodies.responsibilities import pages as _shared  # noqa: F401 (same blueprint)
from registry.network.exchange import pages as network_exchange
from registry.network.figures import pages as network_figures  # same blueprint as `network`
from registry.network.findings import pages as network_findings
from registry.network.large import models as _large  # noqa: F401
from registry.network.large import pages as network_large
from registry.network.links import pages as network_links
from registry.network.links.importing import pages as network_links_import
from registry.network.needs import models as _needs  # noqa: F401
from registry.network.needs import pages as network_needs
from registry.network.needs.importing import pages as network_needs_import
from registry.network.rounds import models as _rounds  # noqa: F401
from registry.network.rounds import pages as network_rounds
from registry.network.rounds.answers import pages as network_answers
from registry.network.snapshots import models as _snapshots  # noqa: F401
from registry.network.snapshots import pages as network_snapshots
from registry.offers import api as offers_api
from registry.offers import models as _offers  # noqa: F401
from registry.offers import pages as offers
from registry.offers.editing import pages as offers_editing
from registry.outbox import pages as outbox
from registry.pocket import pages as pocket
from registry.privacy import models as _privacy  # noqa: F401
from registry.privacy import pages as privacy
from registry.privacy.persons import pages as persons
from registry.regions import api as regions_api
from registry.regions import models as _regions  # noqa: F401
from registry.regions import pages as regions
from registry.regions.settings import pages as region_settings
from registry.resources import models as _resources  # noqa: F401
from registry.resources import pages as resources
from registry.search import api as search_api
from registry.search import pages as search
from registry.search import reader
from registry.texts import pages as texts
from registry.translating import pages as translating
from registry.translating.offices import pages as translating_offices
from registry.upkeep.bulk import models as _bulk  # noqa: F401
from registry.upkeep.bulk import pages as bulk
from registry.upkeep.campaigns import pages as campaigns
from registry.upkeep.campaigns.answers import pages as campaigns_answers
from registry.upkeep.duplicates import models as _duplicates  # noqa: F401
from registry.upkeep.duplicates import pages as duplicates
from registry.upkeep.history import pages as history
from registry.upkeep.reviewing import pages as reviewing
from registry.upkeep.suggestions import models as _suggestions  # noqa: F401
from registry.upkeep.suggestions import pages as suggestions
from registry.upkeep.suggestions.deciding import pages as _deciding  # noqa: F401 (same blueprint)
from registry.urgent import models as _urgent  # noqa: F401
from registry.urgent import pages as urgent
from registry.vocabulary import api as vocabulary_api
from registry.vocabulary import pages as vocabulary
from registry.vocabulary.editing import pages as vocabulary_editing

PACKAGE = Path(__file__).parent
MAX_BODY = 4 * 1024 * 1024
MAX_FORM_PARTS = 5000


def create_app(env: Mapping[str, str] | None = None) -> Flask:
    """Return the application for these environment variables (default: the process's own)."""
    settings = Settings.from_env(os.environ if env is None else env)
    app = Flask("registry", template_folder=str(resource_dir("templates")))
    app.url_rule_class = LazyRule
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    app.jinja_options["autoescape"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    Migrate(app, db, directory=str(PACKAGE / "migrations"), render_as_batch=True)
    i18n.init_app(app)
    answers.init_app(app, reader.turns)
    web.init_app(app)
    static.init_app(app)
    CSRFProtect(app)  # asked after `web` has asked who is there: strangers are told to sign in
    for feature in (
        access,
        regions,
        texts,
        vocabulary,
        accounts,
        actors,
        notices,
        contacts,
        offers,
        search,
        maps,
        pocket,
        actors_editing,
        offers_editing,
        designations,
        finder,
        imports,
        history,
        reviewing,
        bulk,
        region_settings,
        vocabulary_editing,
        audit,
        outbox,
        privacy,
        persons,
        keeping,
        desk,
        suggestions,
        campaigns,
        campaigns_answers,
        duplicates,
        translating,
        brochure,
        translating_offices,
        urgent,
        resources,
        accessibility,
        embedding,
        network,
        network_links,
        network_links_import,
        network_exchange,
        network_large,
        network_needs,
        network_needs_import,
        network_snapshots,
        network_bodies,
        bodies,
        network_figures,
        network_rounds,
        network_answers,
        network_findings,
        conferences,
    ):
        feature.init_app(app)
    doors = (search_api, offers_api, actors_api, regions_api, vocabulary_api)
    api.init_app(app, [*(door.api for door in doors), maps_api.maps_api])
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    secure = settings.public_url.startswith("https://")
    return {
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SECRET_KEY": settings.secret_key or secrets.token_hex(32),
        "MAX_CONTENT_LENGTH": MAX_BODY,
        "MAX_FORM_PARTS": MAX_FORM_PARTS,
        "IMPORT_DIR": settings.import_dir,
        "ERASURES_FILE": settings.erasures_file,
        "IMPORT_MAX_MB": settings.import_max_mb,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "LANGUAGES": settings.languages,
        "BABEL_DEFAULT_LOCALE": settings.languages[0],
        "BABEL_TRANSLATION_DIRECTORIES": str(PACKAGE / "locales"),
        "OFFLINE": settings.offline,
        "TILES_URL": settings.tiles_url,
        "TILES_ATTRIBUTION": settings.tiles_attribution,
        "OPERATOR": dict(settings.operator),
        "PUBLIC_URL": settings.reachable_at,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": secure,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # pages opened by link send no referrer; the token is asked
        "JSON_SORT_KEYS": False,
    }
