"""For a WSGI server: `waitress-serve wsgi:app`."""

from registry.app import create_app

app = create_app()
app.extensions["settings"].refuse_weak_key()
