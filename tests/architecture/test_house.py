"""The law of the house, as far as a parser can read it."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "registry"
FILES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
# Searching, signing in and suggesting are for everyone; audit entries are written for a service.
NO_REQUIRE = {
    "accounts/services.py:sign_in",
    "accounts/services.py:prove_password",
    "accounts/services.py:prove_second_factor",
    "search/services.py:understand",
    "search/services.py:parse_coordinates",
    "audit/services.py:recorded",
    "privacy/services.py:exported",
    "audit/services.py:record",
    "audit/services.py:record_many",
    "vocabulary/services.py:choose",
    "vocabulary/services.py:choose_by_key",
    "vocabulary/editing/services.py:is_needed",
    "actors/services.py:warnings",
    "offers/services.py:warnings",
    "upkeep/suggestions/services.py:suggest",
    # The secret of a link is the permission; what its holder may do is asked for as always.
    "upkeep/campaigns/answers/services.py:opened",
    "upkeep/campaigns/answers/services.py:holder",
    "upkeep/campaigns/answers/services.py:answerable",
    "network/rounds/answers/services.py:opened",
    "network/rounds/answers/services.py:holder",
    "conferences/replies/services.py:opened",
    "conferences/replies/services.py:holder",
    "conferences/wall/services.py:opened",
    "conferences/wall/services.py:holder",
    "conferences/replies/partners/services.py:is_asked",
    "conferences/afterwards/services.py:opened",
    "conferences/afterwards/services.py:holder",
    "conferences/minutes/services.py:check_open",
    "conferences/minutes/reading/services.py:opened",
    "conferences/minutes/reading/services.py:holder",
    "conferences/decisions/answers/services.py:opened",
    "conferences/decisions/answers/services.py:holder",
}
# One's own account: a session, a password or a link is the right itself.
OWN = ("accounts/sessions/", "accounts/signing_in/", "accounts/own/")
FURNITURE = {"__init__", "models", "queries", "services", "schemas", "pages", "api"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_every_public_service_asks_for_permission() -> None:
    silent = set()
    for path in PACKAGE.rglob("services.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            calls = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            name = f"{path.relative_to(PACKAGE).as_posix()}:{node.name}"
            if "require" not in calls and name not in NO_REQUIRE and not name.startswith(OWN):
                silent.add(name)
    assert not silent


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_functions_are_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1 for path in FILES for node in functions(path)
    )
    assert statistics.median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_sql_is_written_in_queries_only() -> None:
    """`select` belongs to queries; bulk writers of whole files are named here."""
    allowed = {"exchange/backup.py", "exchange/synthetic.py", "exchange/reference.py"}
    strays = set()
    for path in FILES:
        name = path.relative_to(PACKAGE).as_posix()
        if path.stem in {"queries", "models"} or name.startswith("core/") or name in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
                strays |= {f"{name}: {a.name}" for a in node.names if a.name == "select"}
    assert not strays
