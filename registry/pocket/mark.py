"""The register's mark as a picture of any size, for home screens. Pure."""

import io

from PIL import Image, ImageDraw

SIDE = 36  # units, as in static/mark.svg
LINES = ((11, 12, 25, 11, 23, 25, 11, 12), (11, 12, 9, 25, 23, 25))
CIRCLES = ((11, 12, 3.6), (25, 11, 3.2), (23, 25, 3.6), (9.5, 25, 2.6))
FINER = 4  # drawn larger, so that edges become smooth


def picture(size: int, color: str) -> bytes:
    """Return the mark on a full square of this colour as PNG, `size` pixels wide."""
    scale = size * FINER / SIDE
    drawn = Image.new("RGB", (size * FINER, size * FINER), color)
    pen = ImageDraw.Draw(drawn)
    for line in LINES:
        pen.line([scale * each for each in line], fill="#fff", width=round(2.2 * scale))
    for x, y, radius in CIRCLES:
        corners = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse([scale * each for each in corners], fill="#fff")
    packed = io.BytesIO()
    drawn.resize((size, size), Image.Resampling.LANCZOS).save(packed, "PNG", optimize=True)
    return packed.getvalue()
