"""Whatever is written to the log has words on its page."""

import ast
from collections.abc import Iterator
from pathlib import Path

from registry.audit.wording import SUBJECTS, VERBS
from registry.network.findings.services import VERBS as FINDINGS

ROOT = Path(__file__).parents[2] / "registry"
WRITING = {"record", "recorded", "Event"}


def told(node: ast.expr) -> Iterator[str]:
    """Yield the actions an argument can be; what is only known when it runs is "…"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from told(node.body)
        yield from told(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = [str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values]
        yield "".join(parts)


def actions() -> Iterator[tuple[str, str]]:
    """Yield each action that is written anywhere, with where."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                args = node.args[:2] if name in WRITING else []
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "action":
                args = [node.value]
            else:
                continue
            for arg in args:
                yield from ((each, path.name) for each in told(arg) if "." in each)


def test_everything_that_is_logged_has_words() -> None:
    wordless = []
    for action, path in actions():
        kind, _dot, verb = action.partition(".")
        if "…" not in kind and kind not in SUBJECTS:
            wordless.append((action, path))
        if "…" not in verb and verb not in VERBS:
            wordless.append((action, path))
    assert wordless == []
    assert set(FINDINGS.values()) <= VERBS.keys()
    assert {"arrived", "left", "wall_opened", "wall_closed"} <= VERBS.keys()  # f"conference.{what}"
