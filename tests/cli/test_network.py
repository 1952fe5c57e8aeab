"""The network on the command line."""

import shutil
from pathlib import Path

import igraph
import pytest

from tests.cli.conftest import Run, answer, complaint


@pytest.fixture
def demo(run: Run, demo_file: Path, tmp_path: Path) -> Run:
    """Run commands in a register with the demo data."""
    shutil.copy(demo_file, tmp_path / "register.sqlite3")
    return run


def test_report_says_what_it_rests_on_and_how_actors_stand(demo: Run) -> None:
    said = answer(demo("network", "report", "--kind", "referral", "--json"))
    assert (said["asked"], said["answered"], said["kinds"]) == (28, 27, ["referral"])
    assert said["nodes"] == len(said["actors"]) > 0
    assert "answers 27 of 28" in demo("network", "report")[1]


def test_the_network_leaves_as_a_file_and_is_kept(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "net.graphml"
    assert answer(demo("network", "export", "--format", "graphml", "--output", file, "--json"))[
        "bytes"
    ]
    assert igraph.Graph.Read_GraphML(str(file)).vcount() > 0
    drawing = tmp_path / "net.svg"
    demo("network", "export", "--format", "svg", "--output", drawing)
    assert "Beispieldaten" in drawing.read_text("utf-8")
    assert len(answer(demo("network", "snapshot", "--name", "Herbst", "--json"))["digest"]) == 64
    assert complaint(demo("network", "export", "--format", "dot", "--output", file))


def test_reminders_are_written_once_a_day_by_plan(register: Run) -> None:
    assert answer(register("network", "remind", "--json"))["sent"] == 0
