"""Typed settings, read once from the environment.

`SETTINGS` is the whole list: name, default and meaning; `registry help` prints it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

SETTINGS: dict[str, tuple[str, str]] = {
    "DATABASE_URL": ("sqlite:///var/registry.sqlite3", "SQLite file or postgresql:// address"),
    "SECRET_KEY": ("", "signs sessions; at least 32 characters outside loopback"),
    "HOST": ("127.0.0.1", "address to listen on"),
    "PORT": ("8000", "port to listen on"),
    "PUBLIC_URL": ("", "the address people use, e.g. https://register.example.org"),
    "IMPORT_DIR": ("var/imports", "folder for uploaded files while they are worked on"),
    "IMPORT_MAX_MB": ("50", "largest file that can be uploaded for import, in megabytes"),
    "ERASURES_FILE": (
        "",
        "fingerprints of what was erased; empty: erasures.jsonl by the SQLite file",
    ),
    "TRUSTED_HOSTS": ("", "comma-separated host names that are answered; empty: any on loopback"),
    "TRUSTED_PROXIES": ("0", "number of reverse proxies in front whose headers are believed"),
    "LANGUAGES": ("", "interface languages, the first is the default; empty: all there are"),
    "OFFLINE": ("yes", "whether devices may keep pages; no: what they have kept is deleted"),
    "TILES_URL": ("", "XYZ tile address; empty: no tiles. Loaded only after the visitor agrees"),
    "TILES_ATTRIBUTION": ("", "attribution shown with the tiles"),
    "OPERATOR_NAME": ("", "imprint: responsible body"),
    "OPERATOR_ADDRESS": ("", "imprint: postal address"),
    "OPERATOR_EMAIL": ("", "imprint: e-mail"),
    "OPERATOR_PHONE": ("", "imprint: telephone"),
    "PRIVACY_EMAIL": ("", "privacy page: data protection officer"),
    "SMTP_HOST": ("", "mail server; empty: mails become files in var/mail, on loopback only"),
    "SMTP_PORT": ("", "its port; empty: 25, 587 with starttls, 465 with tls"),
    "SMTP_USER": ("", "name to sign in with at the mail server; empty: without signing in"),
    "SMTP_PASSWORD": ("", "password at the mail server"),
    "SMTP_SECURITY": ("starttls", "none, starttls or tls"),
    "MAIL_FROM": ("", "the address all mail comes from"),
    "MAIL_BOUNCES": ("", "where undeliverable mail returns to; “+id” is put before its @"),
}
SMTP_PORTS = {"none": 25, "starttls": 587, "tls": 465}

SPOKEN_FIRST = ("de", "en")  # the messages in the code are English, and need no catalogue
WEAK_KEYS = {"secret", "changeme", "dev", "development", "password", "test"}
MIN_KEY_LENGTH = 32


class SettingsError(Exception):
    """A setting is missing or impossible; the message is one clear line."""


@dataclass(frozen=True)
class MailSettings:
    """The mail server, and the addresses mail comes from and returns to."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    bounces: str

    @classmethod
    def read(cls, text: Callable[[str], str]) -> "MailSettings":
        security = text("SMTP_SECURITY").lower()
        if security not in SMTP_PORTS:
            raise SettingsError(f"SMTP_SECURITY must be none, starttls or tls, not {security!r}.")
        return cls(
            host=text("SMTP_HOST"),
            port=_number("SMTP_PORT", text("SMTP_PORT") or str(SMTP_PORTS[security])),
            user=text("SMTP_USER"),
            password=text("SMTP_PASSWORD"),
            security=security,
            sender=_mail_address("MAIL_FROM", text("MAIL_FROM")),
            bounces=_mail_address("MAIL_BOUNCES", text("MAIL_BOUNCES")),
        )


@dataclass(frozen=True)
class Settings:
    database_url: str
    secret_key: str
    host: str
    port: int
    public_url: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    languages: tuple[str, ...]
    offline: bool
    tiles_url: str
    tiles_attribution: str
    operator: Mapping[str, str]
    mail: MailSettings
    import_dir: str
    import_max_mb: int
    erasures_file: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        def text(name: str) -> str:
            return env.get(name, "").strip() or SETTINGS[name][0]

        database_url = _database_url(text("DATABASE_URL"))
        operator = {n: text(n) for n in SETTINGS if n.startswith(("OPERATOR_", "PRIVACY_"))}
        return cls(
            database_url=database_url,
            secret_key=text("SECRET_KEY"),
            host=text("HOST"),
            port=_number("PORT", text("PORT")),
            public_url=text("PUBLIC_URL").rstrip("/"),
            trusted_hosts=_words(text("TRUSTED_HOSTS")),
            trusted_proxies=_number("TRUSTED_PROXIES", text("TRUSTED_PROXIES")),
            languages=_languages(_words(text("LANGUAGES"))),
            offline=_yes_or_no("OFFLINE", text("OFFLINE")),
            tiles_url=text("TILES_URL"),
            tiles_attribution=text("TILES_ATTRIBUTION"),
            operator=operator,
            mail=MailSettings.read(text),
            import_dir=str(Path(text("IMPORT_DIR")).resolve()),
            import_max_mb=_number("IMPORT_MAX_MB", text("IMPORT_MAX_MB")),
            erasures_file=text("ERASURES_FILE") or _beside(database_url, "erasures.jsonl"),
        )

    @property
    def on_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def reachable_at(self) -> str:
        """Where links lead: PUBLIC_URL, or this machine as long as nobody else is served."""
        if self.public_url or not self.on_loopback:
            return self.public_url
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def refuse_unsendable_mail(self) -> None:
        """Raise when mail could not leave, or its links would lead nowhere."""
        if not self.reachable_at:
            raise SettingsError("PUBLIC_URL is missing: the links in mails would lead nowhere.")
        if not self.mail.host and not self.on_loopback:
            raise SettingsError(
                "SMTP_HOST is missing: without it mails are files, on loopback only."
            )
        if self.mail.host and not self.mail.sender:
            raise SettingsError("MAIL_FROM is missing: the address all mail comes from.")

    def refuse_weak_key(self) -> None:
        """Raise when this listens beyond loopback with a key that cannot protect sessions."""
        key = self.secret_key
        weak = len(key) < MIN_KEY_LENGTH or key.lower() in WEAK_KEYS or len(set(key)) < 8
        if weak and not self.on_loopback:
            raise SettingsError(
                f"SECRET_KEY is missing or weak: set {MIN_KEY_LENGTH} or more random characters."
            )


def spoken() -> tuple[str, ...]:
    """Return German, English, and then the other languages that have a catalogue."""
    catalogues = (Path(__file__).parent / "locales").glob("*/LC_MESSAGES/messages.po")
    others = {path.parts[-3].replace("_", "-") for path in catalogues} - {*SPOKEN_FIRST}
    return (*SPOKEN_FIRST, *sorted(others))


def _languages(wanted: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := set(wanted) - {*spoken()}:
        raise SettingsError(
            f"LANGUAGES: there is no catalogue for {', '.join(sorted(unknown))}, "
            f"only for {', '.join(spoken())}."
        )
    return wanted or spoken()


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _yes_or_no(name: str, value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise SettingsError(f"{name} must be yes or no, not {value!r}.")
    return value.lower() == "yes"


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"{name} must be a number, not {value!r}.") from None


def _mail_address(name: str, value: str) -> str:
    local, at, host = value.rpartition("@")
    if value and not (local and at and host and value.isascii() and value.isprintable()):
        raise SettingsError(f"{name} must be an e-mail address, not {value!r}.")
    return value


def _database_url(url: str) -> str:
    """Make a relative SQLite path absolute and its folder exist; leave other addresses alone."""
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url == f"{prefix}:memory:":
        return url
    path = Path(url.removeprefix(prefix)).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"{prefix}{path}"


def _beside(url: str, name: str) -> str:
    """Return a file in the folder of a SQLite database, in var/ for any other."""
    file = url.removeprefix("sqlite:///")
    own = url.startswith("sqlite:///") and file != ":memory:"
    return str((Path(file).parent if own else Path("var").resolve()) / name)


def resource_dir(name: str) -> Path:
    """Return templates/ or seed_data/: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).parent
    beside, bundled = package.parent / name, package / "_bundled" / name
    return bundled if bundled.is_dir() else beside
