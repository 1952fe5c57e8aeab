"""The edge: who is asking, what is open, when a transaction ends, how an error looks."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from registry.core import i18n
from registry.core.db import db
from registry.core.errors import AppError, Conflict
from registry.core.tokens import PARAMETER

log = logging.getLogger("registry.web")
TRIES = 6  # of a view that another writer has overtaken
PAUSE = 0.02  # seconds before the second; doubled each time, until that writer is done
LONGEST_KEY = 200
F = TypeVar("F", bound=Callable[..., Any])
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HEADERS_OF_ERRORS = {"Allow", "Retry-After"}


def public(view: F) -> F:
    """Mark a view as open to everyone; unmarked views need a signed-in user."""
    view.public = True  # type: ignore[attr-defined]
    return view


def by_link(view: F) -> F:
    """Mark a view that a link opens without an account: nobody else may learn its address."""
    view.by_link = True  # type: ignore[attr-defined]
    return public(view)


def link_key() -> str:
    """Return what the address of this request gives as the secret of a link."""
    return request.args.get(PARAMETER, "")[:LONGEST_KEY]


def opens_nothing() -> tuple[str, int]:
    """Answer whoever came by a link that is wrong, over or cut short: all of them the same."""
    return render_template("errors/no_link.html"), 404


def writes(view: F) -> F:
    """Commit when the answer is a success, else roll back.

    A reader that becomes a writer may find that another writer came first; SQLite and PostgreSQL
    then refuse, SQLite at once while the other still writes. Nothing was written, so the view is
    simply asked again, after a moment.
    """

    @wraps(view)
    def committing(*args: Any, **kwargs: Any) -> Any:
        for attempt in range(TRIES):
            try:
                return _commit_after(view, args, kwargs)
            except OperationalError:
                db.session.rollback()
                if attempt == TRIES - 1:
                    raise
                time.sleep(PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    committing.writes = True  # type: ignore[attr-defined]
    return committing  # type: ignore[return-value]


def _commit_after(view: Callable[..., Any], args: Any, kwargs: Any) -> Response:
    try:
        response = make_response(view(*args, **kwargs))
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response
    except StaleDataError:
        db.session.rollback()
        raise Conflict from None
    except BaseException:
        db.session.rollback()
        raise


def settle() -> None:
    """Keep what a view has written so far: what follows takes long, and nobody waits for it."""
    db.session.commit()


def large_body(view: F) -> F:
    """Mark a view that takes larger bodies than others: as large as the setting for imports."""
    view.large_body = True  # type: ignore[attr-defined]
    return view


def wants_json() -> bool:
    return request.path.startswith("/api/")


def init_app(app: Flask) -> None:
    app.before_request(_start_clock)
    app.before_request(_closed_unless_public)
    app.before_request(_let_large_bodies_in)
    app.after_request(_protect)
    app.after_request(_log)
    app.register_error_handler(AppError, _respond_app_error)
    app.register_error_handler(HTTPException, _respond_http_error)
    app.register_error_handler(OperationalError, _respond_busy)
    app.register_error_handler(DataError, _respond_unstorable)
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _start_clock() -> None:
    g.started = time.perf_counter()


def _closed_unless_public() -> Any:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "public", False) or current_user.is_authenticated:
        return None
    return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]


def _let_large_bodies_in() -> None:
    """Raise the limit for the views that want it, after strangers have been turned away."""
    view = current_app.view_functions.get(request.endpoint or "")
    # Other kinds of forms are read into memory whole.
    if getattr(view, "large_body", False) and request.mimetype == "multipart/form-data":
        request.max_content_length = current_app.config["IMPORT_MAX_MB"] * 1024 * 1024
        # A file goes to the disk piece by piece, what was typed or pasted stays in memory.
        request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]


def _protect(response: Response) -> Response:
    headers = response.headers
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "by_link", False):
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cache-Control"] = "no-store"
        headers["X-Robots-Tag"] = "noindex"
    headers.setdefault("Content-Security-Policy", content_security_policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # Asked in this order: what says so itself must not need the database to find out who asks.
    control = response.cache_control
    kept = request.endpoint == "static" or control.no_store or control.immutable
    if not kept and current_user and current_user.is_authenticated:
        headers["Cache-Control"] = "private, no-store"
    return response


def content_security_policy(*, ancestors: str = "'none'", frames: str = "'none'") -> str:
    """Return the policy of a page: who may show it in a frame, and what it may show in one."""
    tiles = urlsplit(current_app.config["TILES_URL"])
    images = "img-src 'self' data:" + (f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else "")
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"{images}; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"manifest-src 'self'; frame-src {frames}; frame-ancestors {ancestors}"
    )


def _log(response: Response) -> Response:
    # The query string may hold where somebody is and what they need: it is never logged.
    spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    log.info("%s %s %s %.0f ms", request.method, request.path, response.status_code, spent)
    return response


def _respond_app_error(error: AppError) -> Any:
    errors = getattr(error, "errors", {})
    theirs = getattr(error, "theirs", None)
    current = {"current": theirs} if isinstance(theirs, dict) else {}
    return _answer(error.status, error.code, _message(error.status), errors, **current)


def _respond_http_error(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    errors = (getattr(error, "data", None) or {}).get("messages", {})
    code = "csrf" if isinstance(error, CSRFError) else error.name.lower().replace(" ", "_")
    answer = make_response(_answer(status, code, _message(status), errors))
    answer.headers.extend({k: v for k, v in error.get_headers() if k in HEADERS_OF_ERRORS})
    return answer


def _respond_busy(error: OperationalError) -> Any:
    log.error("database: %s", error.orig)
    return _answer(503, "busy", _message(503), {})


def _respond_unstorable(_error: DataError) -> Any:
    """Refuse what no column could hold, as a NUL: nobody types it, so no input tells of it."""
    db.session.rollback()
    return _answer(400, "bad_request", _message(400), {})


def _answer(status: int, code: str, message: str, errors: Any, **more: Any) -> Any:
    if wants_json():
        return jsonify(code=code, message=message, errors=errors, **more), status
    try:
        page = render_template("errors/error.html", status=status, message=message, errors=errors)
    except SQLAlchemyError:  # the frame of a page asks the database who is signed in
        db.session.rollback()
        return _alone(status, message)
    return page, status


def _alone(status: int, message: str) -> Response:
    """Return a page that asks the database for nothing, not even who is asking."""
    page = current_app.jinja_env.get_template("errors/alone.html")
    again = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    shown = page.render(status=status, message=message, again=again, language=i18n.current())
    return Response(shown, status, {"Cache-Control": "no-store"}, mimetype="text/html")


def _message(status: int) -> str:
    texts = {
        400: _("The request could not be understood. Please go back and try again."),
        401: _("Please sign in."),
        403: _("You do not have the right to do this."),
        404: _("This page or entry does not exist, or no longer."),
        405: _("This is not possible here."),
        409: _("Someone else has saved this entry in the meantime. Nothing was overwritten."),
        413: _("That is too much data. Please send less."),
        422: _("Some details are not right. Please check them."),
        415: _("This kind of content is not understood."),
        429: _("Too many attempts. Please wait a few minutes and try again."),
        503: _("The register is busy right now. Please try again in a moment."),
    }
    return texts.get(status) or _("Something went wrong here. Please try again later.")
