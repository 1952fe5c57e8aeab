"""Links on the office's pages: the list, the form with both sides, a link that is there already."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core.db import db
from registry.network.links import queries, services
from registry.network.links.models import Cooperation
from registry.network.links.queries import STATES, LinkFilter
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE
from tests.factories.forms import form_of
from tests.factories.network import make_actors, make_link

DATABASES = ["postgresql"]
PAGE = "/en/office/network/links"
TODAY = date.today()
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_a_cooperation_is_entered_and_then_confirmed_on_one_page(as_user: Any) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    olga = as_user("olga")
    form = form_of(olga.get(f"{PAGE}/new?source={one.uuid}").text)
    told = {"kind": "referral", "target": str(other.uuid), "by_source.intensity": "3"}
    form = {**form.to_dict(), **told}
    where = olga.post(f"{PAGE}/new", data=form).headers["Location"]
    page = olga.get(where).text
    assert "Caritas says" in page
    assert "reported by one side" in page
    form = {**form_of(page).to_dict(), "by_target.intensity": "2", "by_target.written": "yes"}
    assert olga.post(where, data=form).status_code == 302
    assert "confirmed by both sides" in olga.get(where).text
    assert db.session.query(Cooperation).one().by_target.written


def test_what_is_wrong_stands_at_its_side_and_nothing_typed_is_lost(as_user: Any) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    typed = {"source": str(one.uuid), "target": str(other.uuid), "kind": "joint", "note": "Notiz"}
    wrong = {"by_source.valid_from": "2026-05-02", "by_target.intensity": "7"}
    answer = as_user("amal").post(f"{PAGE}/new", data={**typed, **wrong})
    assert answer.status_code == 422
    for words in ("Notiz", "2026-05-02", "Please say how close it is."):
        assert words in answer.text
    itself = {**typed, "target": str(one.uuid), "by_source.intensity": "1"}
    assert "linked with itself" in as_user("amal").post(f"{PAGE}/new", data=itself).text


def test_who_enters_a_link_again_from_the_other_side_is_led_to_the_first(as_user: Any) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    link = make_link(one, other, by_source=1)
    typed = {"source": str(other.uuid), "target": str(one.uuid), "kind": "joint"}
    answer = as_user("amal").post(f"{PAGE}/new", data={**typed, "by_source.intensity": "3"})
    assert answer.status_code == 409
    form = form_of(answer.text)
    assert (form["by_source.intensity"], form["by_target.intensity"]) == ("1", "3")
    as_user("amal").post(f"{PAGE}/{link.uuid}", data=form)
    assert [each.intensity for each in link.reports] == [1, 3]


def test_a_stale_form_shows_both_versions(as_user: Any) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    amal = as_user("amal")
    form = form_of(amal.get(f"{PAGE}/{link.uuid}").text)
    amal.post(f"{PAGE}/{link.uuid}/withdraw", data={"version": link.version, "side": "by_source"})
    stale = amal.post(f"{PAGE}/{link.uuid}", data=form)
    assert stale.status_code == 409
    assert "Saved now" in stale.text


def test_deleting_asks_first_and_can_be_undone(as_user: Any) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    amal = as_user("amal")
    assert "Delete this cooperation?" in amal.get(f"{PAGE}/{link.uuid}/delete").text
    said = [each.intensity for each in link.reports]
    page = amal.post(f"{PAGE}/{link.uuid}/delete", data={"version": link.version}).text
    assert db.session.query(Cooperation).count() == 0
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert amal.post(f"{PAGE}/new", data=kept).status_code == 302
    assert [each.intensity for each in db.session.query(Cooperation).one().reports] == said


def test_who_only_reads_sees_and_strangers_of_another_district_find_nothing(as_user: Any) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    carla, boris = as_user("carla"), as_user("boris")
    assert "Caritas" in carla.get(PAGE).text
    assert carla.get(f"{PAGE}/new").status_code == 403
    assert carla.post(f"{PAGE}/{link.uuid}", data={"version": 1}).status_code == 403
    assert "Caritas" not in boris.get(PAGE).text
    for way in ("", "/delete", "/withdraw"):
        assert boris.post(f"{PAGE}/{link.uuid}{way}", data={"version": 1}).status_code == 404


def test_the_list_tells_the_states_apart_and_does_not_count_archived_actors(
    cast: Cast, as_user: Any
) -> None:
    one, *others = make_actors(*"ABCDEF")
    make_link(one, others[0], by_target=1)
    make_link(one, others[1])
    make_link(one, others[2], by_target=0)
    make_link(one, others[3], valid_to=TODAY - timedelta(days=1))
    make_link(one, others[4])
    actors.archive_actor(CONSOLE, others[4].uuid)
    db.session.commit()
    counts = queries.counts(cast.who("carla"), LinkFilter(), TODAY)
    assert counts == dict.fromkeys(STATES, 1)
    for state in STATES:
        [row], total = queries.office_list(
            cast.who("carla"), LinkFilter(state=state), TODAY, per_page=9
        )
        assert (row.state, total) == (state, 1)
    page = as_user("carla").get(PAGE).text
    assert "4 entries" in page
    assert "the register decides nothing" in page


def test_the_list_is_filtered_by_everything_at_once(cast: Cast) -> None:
    one, other = make_actors("Caritas", "Diakonie", places=[PLACE])
    make_link(one, other, "referral", field="advice")
    make_link(other, one, "joint", field="housing")
    fits = {"kind": "referral", "field": "advice", "q": "diak", "municipality": "09576143"}
    wanted = LinkFilter(**fits)
    assert queries.office_list(cast.who("carla"), wanted, TODAY, per_page=9)[1] == 1
    for name, value in {**fits, "kind": "wish", "field": "work", "q": "x"}.items():
        odd = LinkFilter(**{**fits, name: value if value != fits[name] else "09576111"})
        assert queries.office_list(cast.who("carla"), odd, TODAY, per_page=9)[1] == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long_it_is(
    as_user: Any, number: int
) -> None:
    first, *others = make_actors(*"ABCD"[: number + 1])
    for other in others:
        make_link(first, other, by_target=1, field="advice")
    carla = as_user("carla")
    carla.get(PAGE)
    db.session.expunge_all()
    with count_queries() as seen:
        carla.get(PAGE)
    assert len(seen) <= 30, len(seen)


def test_what_was_changed_can_be_read_in_the_log(as_user: Any) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    services.change(CONSOLE, link.uuid, link.version, {"by_target": {"intensity": 3}})
    db.session.commit()
    page = as_user("amal").get("/en/office/log").text
    assert "What both sides say" in page
    assert "closely" in page
