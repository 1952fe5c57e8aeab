"""A newcomer adds an offer field in four files: this does it, in a copy, and looks everywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLUMN = "    internal_note: Mapped[str | None]"
FIELD = "    legal_bases = term_list("
NEW_COLUMN = "    parking: Mapped[str | None] = mapped_column(String(200))\n"
NEW_FIELD = """    parking = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=public(_l("Parking"), section="how"),
    )
"""
# The fourth file: the test a newcomer would write.
NEW_TEST = """
from tests.conftest import Cast
from registry.access.policy import CONSOLE


def test_parking_is_in_form_page_json_and_audit(as_user, cast: Cast, no_csrf: None) -> None:
    from tests.factories.offers import make_offer
    from registry.core.db import db
    from registry.offers.schemas import OfferSchema
    offer = make_offer()
    db.session.commit()
    amal = as_user("amal")
    version = OfferSchema(audience="office").dump(offer)["version"]
    answer = amal.patch(
        f"/api/v1/offers/{offer.uuid}", json={"version": version, "parking": "Behind the house"}
    )
    assert answer.status_code == 200 and answer.json["parking"] == "Behind the house"
    assert 'name="parking"' in amal.get(f"/en/office/offers/{offer.uuid}").text
    assert "Behind the house" in amal.get(f"/en/offers/{offer.uuid}").text
    assert "Behind the house" in amal.get("/en/office/log").text
"""


def test_an_offer_field_needs_four_files(tmp_path: Path) -> None:
    for name in ("registry", "templates", "tests", "seed_data", "pyproject.toml", "wsgi.py"):
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target)  # with what is compiled: every start would do it anew
        else:
            shutil.copy(source, target)
    _insert(tmp_path / "registry/offers/models.py", COLUMN, NEW_COLUMN)
    _insert(tmp_path / "registry/offers/schemas.py", FIELD, NEW_FIELD)
    (tmp_path / "tests/offers/test_parking.py").write_text(NEW_TEST, "utf-8")
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db"]
    _run(tmp_path, [*flask, "upgrade"])
    _run(tmp_path, [*flask, "revision", "--autogenerate", "-m", "parking"])
    _run(tmp_path, [sys.executable, "-m", "pytest", "-k", "sqlite", "tests/offers/test_parking.py"])


def _insert(path: Path, before: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, new + before), "utf-8")


def _run(folder: Path, command: list[str]) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/new.sqlite3"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
