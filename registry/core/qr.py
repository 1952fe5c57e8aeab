"""Addresses as QR codes, so that paper leads back to the register."""

from io import BytesIO

import segno

MASK = 3  # any of the eight can be read; comparing them takes ten times as long


def svg(address: str, *, quick: bool = False) -> str:
    """Return the code of an address as an SVG drawing, with its white margin.

    `quick` is for many at once: its pattern is not the best of eight, but can be read as well.
    """
    drawn = BytesIO()
    _code(address, MASK if quick else None).save(
        drawn, kind="svg", scale=4, border=4, light="#fff", xmldecl=False
    )
    return drawn.getvalue().decode()


def image(address: str) -> str:
    """Return the code of an address as the source of a picture."""
    return str(_code(address).svg_data_uri(scale=4, border=4, light="#fff"))


def png(address: str) -> bytes:
    """Return the code of an address as a picture, as quickly as `svg` can."""
    drawn = BytesIO()
    _code(address, MASK).save(drawn, kind="png", scale=4, border=4)
    return drawn.getvalue()


def _code(address: str, mask: int | None = None) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, mask=mask)
