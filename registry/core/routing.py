"""Routes that are made ready to build an address when somebody first asks for one."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule

Build = Callable[..., tuple[str, str]]


class LazyRule(Rule):
    """A route whose builder is compiled at its first use.

    Werkzeug compiles two for every route at once: with several hundred routes that is most of what
    it takes to make an application, and a command builds few addresses or none.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Build:  # noqa: FBT001, FBT002
        compiled = super()._compile_builder

        @cache
        def made() -> Build:
            return compiled(append_unknown)

        def build(own: Rule, /, **values: Any) -> tuple[str, str]:
            return made()(own, **values)

        return build
