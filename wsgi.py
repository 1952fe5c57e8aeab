"""For a WSGI server: `waitress-serve wsgi:app`, `granian --interface wsgi wsgi:app`."""

import gc
import sys

gc.disable()  # what is loaded now stays: to look through it again and again is a quarter of it

from registry.app import create_app  # noqa: E402
from registry.config import SettingsError  # noqa: E402

try:
    app = create_app()
    app.extensions["settings"].refuse_weak_key()
except SettingsError as error:
    sys.exit(str(error))

gc.freeze()
gc.enable()
