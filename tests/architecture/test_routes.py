"""A census of the routes: what is open, what writes."""

from flask import Flask

from registry.core.web import SAFE_METHODS

DATABASES = ["postgresql"]
PUBLIC_WRITES = {
    "accounts.sign_in_submitted",
    "accounts.sign_out",
    "signing_in.code_submitted",
    "signing_in.set_up_submitted",
    "signing_in.forgotten_submitted",
    "signing_in.new_password_submitted",
    "signing_in.invitation_submitted",
    "own_account.confirm_address_submitted",
    "suggestions.missing_submitted",
    "suggestions.report_actor_submitted",
    "suggestions.report_offer_submitted",
    "campaigns_answers.confirm_submitted",
    "network_answers.survey_submitted",
    "conference_afterwards.answered",
    "conference_answers.answered",
    "conference_partners.told",
    "conference_task_answers.answered",
    "conference_wall_link.acted",
    "conference_wall_link.changed",
    "conference_wall_link.brought",
    "conference_minutes_reading.objected",
    "finder.answered",
    "accessibility.feedback_submitted",
}


def test_every_route_that_is_not_a_read_commits_at_the_edge(app: Flask) -> None:
    wrong = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if bool(rule.methods - SAFE_METHODS)
        != getattr(app.view_functions[rule.endpoint], "writes", False)
    }
    assert not wrong


def test_no_public_route_writes_but_these(app: Flask) -> None:
    writing = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if getattr(view, "public", False) and getattr(view, "writes", False)
    }
    assert writing == PUBLIC_WRITES


def test_unmarked_routes_ask_a_stranger_to_sign_in(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "public", False) or "GET" not in rule.methods:
            continue
        uuid = "00000000-0000-0000-0000-000000000000"
        values = {name: {"lang": "de", "key": 1}.get(name, uuid) for name in rule.arguments}
        with app.test_request_context():
            path = app.url_for(rule.endpoint, **values)
        status = client.get(path).status_code
        assert status in {302, 401}, f"{rule.endpoint} answers a stranger with {status}"
