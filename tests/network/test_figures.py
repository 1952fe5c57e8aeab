"""The page of figures says only what the answers carry."""

import re
from typing import Any

import pytest

from registry.network.state import Kind
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.network_entered import enter, link

DATABASES = ["postgresql"]
PAGE = "/en/office/network/figures"
CLIQUES = "ab ac ad bc bd cd ef eg eh fg fh gh de"


def text(client: Any, **query: str) -> str:
    """Return the words of the page."""
    page = client.get(PAGE, query_string=query).text
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<h1>")[2]).split())


def test_every_question_has_a_sentence_and_what_it_rests_on(cast: Cast, as_user: Any) -> None:
    enter(CLIQUES, alone="z")
    said = text(as_user("carla"))
    assert "all kinds together" in said
    assert "1 actor has answered, and no cooperation is reported: z" in said
    assert "d connects groups that have hardly any other contact." in said
    assert "If d falls away, 4 actors lose the connection." not in said
    assert "If d falls away, 3 actors lose the connection." in said
    assert "If the link between d and e ends, 4 actors lose the connection." in said
    assert "On average each actor works with 2.89 others." in said
    assert "many links are not the same as good cooperation" in said
    assert "rank 1 (0.43)" in said
    assert said.count("Answers from 9 of 9; both sides confirm 13 of 13 links") == 9


def test_with_fewer_answers_high_and_low_stand_for_ranks(cast: Cast, as_user: Any) -> None:
    enter(CLIQUES, silent="ah")
    said = text(as_user("carla"))
    assert "only high, middle and low can be told apart" in said
    assert "rank" not in said
    assert "(high)" in said


def test_with_few_answers_nobody_is_said_to_connect_or_to_be_missed(
    cast: Cast, as_user: Any
) -> None:
    enter(CLIQUES, silent="abfgh")
    said = text(as_user("carla"), sort="-between")
    assert "nothing can be compared" in said
    assert said.count("That cannot be said with so few answers.") == 3
    assert "rank" not in said
    assert "Lies between others" not in said
    assert "named as a partner by 4 organisations" in said.lower()


@pytest.mark.parametrize("pairs", ["", "ab", "ab cd", "ab ac bc"])
def test_small_networks_read_sensibly(cast: Cast, as_user: Any, pairs: str) -> None:
    enter(pairs, alone="" if pairs else "a")
    said = text(as_user("carla"))
    assert "Nobody stands out" in said
    assert "nobody else loses the connection" in said
    assert ("2 groups without a link between them." in said) == (pairs == "ab cd")


def test_a_network_without_actors_offers_the_first_step(cast: Cast, as_user: Any) -> None:
    assert "There is no actor here yet." in text(as_user("carla"))


def test_whoever_was_never_asked_is_left_out(cast: Cast, as_user: Any) -> None:
    make_actor(name="Nie gefragt")
    client = as_user("carla")
    assert "Figures begin with the first answers." in text(client)
    enter("ab")
    said = text(client)
    assert "1 actor has never been asked and is named by nobody" in said
    assert "Nie gefragt" not in said


def test_one_kind_of_cooperation_by_itself(cast: Cast, as_user: Any) -> None:
    actors = enter("ab bc")
    link(actors["a"], actors["c"], 2, kind=Kind.JOINT)
    link(actors["a"], actors["b"], 3, 3, kind=Kind.WISH)
    client = as_user("carla")
    assert "works with 2.0 others" in text(client)
    assert "works with 0.67 others" in text(client, kind="joint")
    assert "works with 0.0 others" in text(client, kind="joint", rule="both")
    assert "works with 2.0 others" in text(client, kind="wish", rule="nonsense", page="x")


def test_what_happens_if_one_falls_away(cast: Cast, as_user: Any) -> None:
    actors = enter(CLIQUES)
    client = as_user("carla")
    without = text(client, without=str(actors["d"].uuid))
    assert "If d falls away 3 actors lose the connection: a , b , c" in without
    assert "Nobody loses the connection" in text(client, without=str(actors["a"].uuid))


def test_a_foreign_actor_is_one_that_does_not_exist(cast: Cast, as_user: Any) -> None:
    foreign = enter("xy", region="09573")
    said = text(as_user("carla"), without=str(foreign["x"].uuid))
    assert "There is no actor here yet." in said
    assert "falls away" not in said


def test_whoever_keeps_one_actor_does_not_see_the_network(cast: Cast, as_user: Any) -> None:
    cast.keeps(enter("ab")["a"])
    assert as_user("emil").get(PAGE).status_code == 403


def test_more_actors_ask_no_more_of_the_database(cast: Cast, as_user: Any) -> None:
    client = as_user("carla")

    def asked() -> int:
        with count_queries() as seen:
            client.get(PAGE)
        return len(seen)

    enter("ab")
    few = asked()
    enter("cd de ef fg")
    assert asked() <= few


def test_the_table_is_sorted_by_each_column(cast: Cast, as_user: Any) -> None:
    enter("ab ac ad be")
    client = as_user("carla")

    def names(sort: str) -> str:
        body = client.get(PAGE, query_string={"sort": sort}).text.rpartition("<tbody>")[2]
        return "".join(re.findall(r"<bdi>(\w)</bdi>", body))

    assert names("") == "abcde"
    assert names("-name") == "edcba"
    assert names("named") == "abcde"
    assert names("-partners") == "cdeba"
    assert names("between") == "abcde"
