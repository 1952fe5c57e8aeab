"""The installable app and its worker, as the server sends them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

DATABASES = ["postgresql"]


@pytest.mark.parametrize(("lang", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_the_app_is_installed_in_the_language_of_the_page(
    client: FlaskClient, lang: str, direction: str
) -> None:
    manifest = client.get(f"/{lang}/app.webmanifest").get_json(force=True)
    assert (manifest["lang"], manifest["dir"]) == (lang, direction)
    assert manifest["start_url"] == f"/{lang}/offers"
    assert client.get(manifest["icons"][-1]["src"]).data.startswith(b"\x89PNG")


def test_a_worker_that_is_switched_off_deletes_what_was_kept(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "takeOver" in client.get("/sw.js").text
    monkeypatch.setitem(app.config, "OFFLINE", False)
    app.extensions["answers"].clear()
    assert "unregister" in client.get("/sw.js").text
    app.extensions["answers"].clear()


def test_what_a_browser_has_kept_gives_way_to_another_version_of_the_software(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = client.get("/de/saved")
    assert "data-offline" in kept.text
    monkeypatch.setitem(app.config, "OFFLINE", False)
    app.extensions["answers"].clear()
    answer = client.get("/de/saved", headers={"If-None-Match": kept.headers["ETag"]})
    assert answer.status_code == 200
    assert "data-offline" not in answer.text
