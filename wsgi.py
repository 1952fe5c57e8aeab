"""For a WSGI server: `waitress-serve wsgi:app`, `granian --interface wsgi wsgi:app`."""

import sys

from registry.app import create_app
from registry.config import SettingsError

try:
    app = create_app()
    app.extensions["settings"].refuse_weak_key()
except SettingsError as error:
    sys.exit(str(error))
