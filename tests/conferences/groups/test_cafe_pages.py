"""The office's pages about World Cafés."""

from typing import Any

import pytest

from tests.factories.conferences import make_conference, make_participant

DATABASES = ["postgresql"]


@pytest.mark.usefixtures("no_csrf")
def test_from_setting_up_to_results_and_the_plan_to_print(as_user: Any) -> None:
    made = make_conference()
    for number in range(8):
        make_participant(made, f"Gast{number}", organisation=f"Haus {number % 3}")
    client, here = as_user("olga"), f"/en/office/conferences/{made.uuid}/world-cafe"
    assert "Set up a World Café" in client.get(here).text
    form = {"title": "Café", "rounds": "3", "tables-0.topic": "Sprache", "tables-1.topic": "Arbeit"}
    refused = client.post(f"{here}/new", data=form)
    assert refused.status_code == 422
    assert "There are more rounds than tables" in refused.text
    cafe = client.post(f"{here}/new", data={**form, "rounds": "2"}).location
    assert "Nobody is seated yet." in client.get(cafe).text
    page = client.post(cafe, data={"seed": "7"}, follow_redirects=True).text
    assert "pairs meet again." in page
    assert "Decided by lot with the number 7." in page
    assert client.post(cafe, data={"seed": "sieben"}).status_code == 422
    make_participant(made, "Spät")
    assert "1 person came later and has no table." in client.get(cafe).text
    client.post(f"{cafe}/late")
    plan = client.get(f"{cafe}/plan").text
    assert "Gast7" in plan
    assert "Spät" in plan
    assert "Gast7" in client.get(f"{cafe}/plan.csv").text
    results = client.get(f"{cafe}/results").text
    version = results.partition('name="version" value="')[2].partition('"')[0]
    first = results.partition('name="tables-0.id" value="')[2][:36]
    told = {"version": version, "tables-0.id": first, "tables-0.result": "<b>Mehr Kurse</b>"}
    long = client.post(f"{cafe}/results", data={**told, "tables-0.result": "x" * 4001})
    assert long.status_code == 422
    assert client.post(f"{cafe}/results", data={**told, "version": "1"}).status_code == 409
    shown = client.post(f"{cafe}/results", data=told, follow_redirects=True).text
    assert "&lt;b&gt;Mehr Kurse" in shown
    now = shown.partition('name="version" value="')[2].partition('"')[0]
    assert client.post(f"{cafe}/delete", data={"version": now}).status_code == 422
    assert as_user("boris").get(cafe).status_code == 404
    assert as_user("carla").get(f"{cafe}/edit").status_code == 403
