"""Where to call for help: numbers that are free of charge all over Germany."""

from flask_babel import lazy_gettext as _l

NUMBERS = (
    ("112", _l("Fire and ambulance")),
    ("110", _l("Police")),
    ("116 117", _l("Doctor on call, when surgeries are closed")),
    ("116 016", _l("Violence against women, in many languages")),
    ("0800 111 0 111", _l("Telephone counselling")),
    ("116 111", _l("Children and young people")),
)
