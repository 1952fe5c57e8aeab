"""Addresses as QR codes, so that paper leads back to the register."""

from io import BytesIO

import segno


def svg(address: str) -> str:
    """Return the code of an address as an SVG drawing, with its white margin."""
    drawn = BytesIO()
    _code(address).save(drawn, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
    return drawn.getvalue().decode()


def image(address: str) -> str:
    """Return the code of an address as the source of a picture."""
    return str(_code(address).svg_data_uri(scale=4, border=4, light="#fff"))


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)
