"""The forms of the office, where they used to stand; see `registry.core.editing`."""

from registry.core.editing import *  # noqa: F403
