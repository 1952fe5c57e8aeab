"""Signing in and out, through the door."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.accounts.services import OF_ACCOUNT
from registry.core import throttle
from tests.conftest import PASSWORD, Cast

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("everybody")


def sign_in(client: FlaskClient, password: str = PASSWORD, **more: str) -> Any:
    data = {"email": "amal@example.org", "password": password, **more}
    return client.post("/en/sign-in", data=data)


@pytest.fixture(autouse=True)
def _open_forms(no_csrf: None) -> None:
    """Signing in is asked about here, not its token."""


def test_right_password_signs_in(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client).status_code == 302
    assert client.get("/en/office/offers").status_code == 200


def test_wrong_password_and_unknown_address_look_the_same(client: FlaskClient, cast: Cast) -> None:
    wrong = sign_in(client, "not the password")
    unknown = client.post("/en/sign-in", data={"email": "x@example.org", "password": "whatever"})
    assert wrong.status_code == unknown.status_code == 422
    token = re.compile(r'value="[^"]*"')
    assert token.sub("", wrong.text) == token.sub("", unknown.text)


def test_typed_address_is_kept_and_password_is_not_sent_back(
    client: FlaskClient, cast: Cast
) -> None:
    page = sign_in(client, "not the password").text
    assert "amal@example.org" in page
    assert "not the password" not in page


def test_too_many_failures_are_told_beside_the_field(client: FlaskClient, cast: Cast) -> None:
    for _attempt in range(OF_ACCOUNT.times):
        throttle.note((OF_ACCOUNT, "amal@example.org"))
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "amal@example.org" in answer.text


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_sign_in_never_leads_to_another_site(client: FlaskClient, cast: Cast, target: str) -> None:
    assert "evil" not in sign_in(client, next=target).headers["Location"]


def test_sign_in_leads_back_to_the_page_asked_for(client: FlaskClient, cast: Cast) -> None:
    asked = client.get("/en/office/offers?status=draft")
    assert "next=" in asked.headers["Location"]
    assert sign_in(client, next="/en/office/log").headers["Location"] == "/en/office/log"


def test_signing_out_ends_the_session(client: FlaskClient, cast: Cast) -> None:
    sign_in(client)
    client.post("/en/sign-out")
    assert client.get("/en/office/offers").status_code == 302


def test_form_without_its_token_is_refused(client: FlaskClient, cast: Cast) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = True
    assert sign_in(client).status_code == 400


def test_forged_host_never_reaches_a_link(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert "evil" not in answer.headers.get("Location", "")
