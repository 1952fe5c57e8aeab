"""A region's colour for links and buttons, readable on light and on dark pages. Pure."""

from registry.core.colors import nearest_readable, readable_on

# What links and buttons stand on: page, quiet areas, and the four kinds of notices.
LIGHT = ("#ffffff", "#f3f4f7", "#fee4e0", "#c0f3ff", "#cdf2e4", "#ffe7b6")
DARK = ("#000000", "#131525", "#4c0000", "#002533", "#00271b", "#351b00")


def suits(color: str) -> bool:
    """Return whether a colour can be read on everything that is light."""
    return readable_on(color, LIGHT)


def proposed(color: str) -> str:
    return nearest_readable(color, LIGHT)


def on_dark(color: str) -> str:
    """Return the colour's counterpart for dark pages."""
    return nearest_readable(color, DARK)


def stylesheet(color: str) -> str:
    rule = ":root {{ --kern-color-action-default: {0}; }}"
    light, dark = rule.format(proposed(color)), rule.format(on_dark(color))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"
