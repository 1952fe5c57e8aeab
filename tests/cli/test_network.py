"""The network on the command line."""

from pathlib import Path

import igraph

from tests.cli.conftest import Run, answer, complaint


def test_report_says_what_it_rests_on_and_how_actors_stand(register: Run) -> None:
    register("seed")
    said = answer(register("network", "report", "--kind", "referral", "--json"))
    assert (said["asked"], said["answered"], said["kinds"]) == (28, 27, ["referral"])
    assert said["nodes"] == len(said["actors"]) > 0
    assert "answers 27 of 28" in register("network", "report")[1]


def test_the_network_leaves_as_a_file_and_is_kept(register: Run, tmp_path: Path) -> None:
    register("seed")
    file = tmp_path / "net.graphml"
    assert answer(register("network", "export", "--format", "graphml", "--output", file, "--json"))[
        "bytes"
    ]
    assert igraph.Graph.Read_GraphML(str(file)).vcount() > 0
    drawing = tmp_path / "net.svg"
    register("network", "export", "--format", "svg", "--output", drawing)
    assert "Beispieldaten" in drawing.read_text("utf-8")
    assert (
        len(answer(register("network", "snapshot", "--name", "Herbst", "--json"))["digest"]) == 64
    )
    assert complaint(register("network", "export", "--format", "dot", "--output", file))


def test_reminders_are_written_once_a_day_by_plan(register: Run) -> None:
    assert answer(register("network", "remind", "--json"))["sent"] == 0
