"""JSON: how a request is read, and what the document says."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

import flask_smorest
import orjson
from flask import Blueprint as Pages
from flask import Flask, Response, current_app, jsonify, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from marshmallow import Schema, ValidationError, fields, missing, validate
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from webargs.flaskparser import FlaskParser, abort, is_json_request

from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.forms import RecordSchema
from registry.core.openapi import COMPONENTS, VERSION, Json, written_as
from registry.core.text import is_storable
from registry.core.web import public, wants_json
from registry.core.wording import reword

MAX_PAGE = 1_000_000_000
MAX_PER_PAGE = 200
DEFAULT_PER_PAGE = 50
# What every view that writes adds to its description.
SIGNED_IN: Json = {"security": [{"session": [], "csrf": []}]}
# What a view adds whose change may wait for somebody else's decision.
MAY_WAIT: Json = {
    "responses": {"202": {"description": "It waits for the office; this is what still holds"}}
}
# What a view adds whose entry may have become part of another.
MAY_MOVE: Json = {
    "responses": {"301": {"description": "Merged into the entry that `Location` names"}}
}
F = TypeVar("F", bound=Callable[..., Any])
pages = Pages("api", __name__)


class PageArguments(Schema):
    """Which page of a list; one beyond the last is empty."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        reword(field_obj)

    page = fields.Integer(load_default=1, validate=validate.Range(1, MAX_PAGE))
    per_page = fields.Integer(
        load_default=DEFAULT_PER_PAGE, validate=validate.Range(1, MAX_PER_PAGE)
    )


class ErrorSchema(Schema):
    """What every error answers."""

    code = fields.String(required=True, metadata={"description": "Stable, for programs"})
    message = fields.String(required=True, metadata={"description": "One sentence for people"})
    errors = fields.Dict(required=True, metadata={"description": "Messages by name"})


class Parser(FlaskParser):
    """Reads arguments; whatever is wrong with them becomes a message at its name."""

    def load_json(self, req: Any, schema: Schema) -> Any:
        body = req.get_data(cache=True)
        if not body:
            return missing
        if not is_json_request(req):
            abort(415, messages={"body": [_("Please send JSON (application/json).")]})
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            abort(400, messages={"body": [_("This is not valid JSON.")]})
        if not is_storable(payload):
            raise Invalid({"body": [_("This text holds characters that cannot be stored.")]})
        return payload

    def handle_error(self, error: ValidationError, *_args: Any, **_options: Any) -> Any:
        for location, messages in error.messages_dict.items():
            if location == "query":
                raise Invalid({name: _leaves(inner) for name, inner in messages.items()})
            raise Invalid(_shaped(messages))


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """Views, and what the document says about them."""

    ARGUMENTS_PARSER = Parser()

    if TYPE_CHECKING:

        def route(self, rule: str, **options: Any) -> Callable[[F], F]: ...
        def arguments(self, schema: Any, **options: Any) -> Callable[[F], F]: ...
        def response(self, status: int, schema: Any, **options: Any) -> Callable[[F], F]: ...
        @staticmethod
        def doc(**said: Any) -> Callable[[F], F]: ...

    def body(self, schema: RecordSchema) -> Callable[[F], F]:
        """Load the JSON body with a schema and describe what may be sent."""
        content = {"application/json": {"schema": written_as(schema)}}

        def decorator(view: F) -> F:
            described = self.doc(requestBody={"required": True, "content": content})(view)
            return cast(F, self.ARGUMENTS_PARSER.use_args(schema, location="json")(described))

        return decorator


class Api(flask_smorest.Api):  # type: ignore[misc]
    """Collects the description; errors are answered by registry.core.web alone."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        """Leave them to the edge."""

    def _register_pagination_header(self) -> None:
        """Leave it out: lists say in their body which page they are."""


@contextmanager
def showing(schema: RecordSchema) -> Iterator[None]:
    """Let a conflict show what stands in the register now."""
    try:
        yield
    except Conflict as error:
        raise Conflict(error.theirs and schema.dump(error.theirs)) from None


class _Json(DefaultJSONProvider):
    sort_keys = False

    def response(self, *args: Any, **kwargs: Any) -> Response:
        answer, numbered = self._prepare_response_obj(args, kwargs), orjson.OPT_NON_STR_KEYS
        body = orjson.dumps(answer, default=self.default, option=numbered)
        return Response(body, mimetype=self.mimetype)

    @staticmethod
    def default(value: Any) -> Any:
        return str(value) if isinstance(value, LazyString) else DefaultJSONProvider.default(value)


def init_app(app: Flask, blueprints: list[Blueprint]) -> None:
    app.json = _Json(app)
    app.before_request(_known_language)
    app.register_blueprint(pages)
    options = {
        "title": "Network register",
        "version": "1",
        "openapi_version": VERSION,
        "servers": [{"url": "/"}],
    }
    api = Api(app, spec_kwargs=options)
    for name, described in COMPONENTS.items():
        api.spec.components.schema(name, component=described)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    app.extensions["openapi"] = _finished(api.spec.to_dict(), app)


def _finished(document: Json, app: Flask) -> Json:
    """Add what holds for every operation: the language, and how to prove who asks."""
    components = document["components"]
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"]},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    components.setdefault("parameters", {})["lang"] = {
        "name": "lang",
        "in": "query",
        "description": "Language of labels and messages",
        "schema": {"type": "string", "enum": list(app.config["LANGUAGES"])},
    }
    document["tags"] = [{"name": name} for name in _tags(document)]
    for path in document["paths"].values():
        path.setdefault("parameters", []).append({"$ref": "#/components/parameters/lang"})
    return document


def _tags(document: Json) -> list[str]:
    """Return the headings under which operations stand, each once."""
    parts = (part for path in document["paths"].values() for part in path.values())
    operations = (part for part in parts if isinstance(part, dict))
    return list(dict.fromkeys(tag for each in operations for tag in each["tags"]))


def _leaves(messages: Any) -> list[str]:
    """Return the messages of one argument; those of a repeated one have no place of their own."""
    if isinstance(messages, dict):
        return [leaf for inner in messages.values() for leaf in _leaves(inner)]
    return [str(text) for text in (messages if isinstance(messages, list) else [messages])]


def _shaped(messages: Any) -> Any:
    """Return messages as lists of text wherever they stand in the body."""
    if isinstance(messages, dict):
        return {name: _shaped(inner) for name, inner in messages.items()}
    return _leaves(messages)


def _known_language() -> None:
    lang = request.args.get("lang")
    if wants_json() and lang is not None and lang not in current_app.config["LANGUAGES"]:
        raise Invalid({"lang": [_("Unknown language: %(language)s", language=lang[:20])]})


@pages.get("/api/openapi.json")
@public
def document() -> Any:
    return jsonify(current_app.extensions["openapi"])


@pages.get("/api/docs")
@public
def docs() -> str:
    return render_template("api/docs.html")


@pages.get("/health")
@public
def health() -> Any:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return jsonify(status="unavailable", database="unavailable"), 503, _UNKEPT
    return jsonify(status="ok", database="ok"), _UNKEPT


_UNKEPT = {"Cache-Control": "no-store"}
