"""Pictures as people upload them."""

from io import BytesIO

from PIL import Image


def picture(
    kind: str = "PNG", size: tuple[int, int] = (60, 30), color: str = "red", **options: object
) -> bytes:
    """Return a picture of one colour as a file."""
    file = BytesIO()
    Image.new("RGB", size, color).save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()
