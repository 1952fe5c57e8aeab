"""Cards, dots and photos of a wall, and who may write on it."""

from io import BytesIO

import pytest
from PIL import Image

from registry.access.policy import CONSOLE, Who
from registry.conferences.models import Conference
from registry.conferences.wall import photos, queries, services
from registry.conferences.wall.queries import Wall
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_conference
from tests.factories.pictures import picture

pytestmark = pytest.mark.usefixtures("database")
STRANGER = Who("link", opens=None)


@pytest.fixture
def conference(cast: Cast) -> Conference:
    return make_conference(TODAY)


@pytest.fixture
def wall(conference: Conference) -> Wall:
    return queries.walls(conference)[0]


def texts(wall: Wall, question: str = "aim") -> list[str]:
    return [card.text for card in queries.load_board(wall).columns[question]]


def test_cards_are_put_up_moved_changed_and_taken_off(wall: Wall) -> None:
    one, two = (services.add(CONSOLE, wall, "aim", text) for text in ("Eins", "Zwei"))
    services.move(CONSOLE, wall, two.uuid, -1)
    assert texts(wall) == ["Zwei", "Eins"]
    services.move(CONSOLE, wall, two.uuid, -1)
    services.change(CONSOLE, wall, one.uuid, 1, {"text": "Anders", "question": "measure"})
    assert (texts(wall), texts(wall, "measure")) == (["Zwei"], ["Anders"])
    with pytest.raises(Conflict):
        services.change(CONSOLE, wall, one.uuid, 1, {"text": "Zu spät", "question": "aim"})
    gone = services.remove(CONSOLE, wall, one.uuid)
    assert (gone.question, gone.text) == ("measure", "Anders")
    with pytest.raises(NotFound):
        services.remove(CONSOLE, wall, one.uuid)


def test_each_has_a_few_dots_and_may_move_them(wall: Wall) -> None:
    one, two = (services.add(CONSOLE, wall, "aim", text) for text in ("Eins", "Zwei"))
    for _time in range(services.MOST_DOTS):
        services.give(CONSOLE, wall, one.uuid, "here", 1)
    with pytest.raises(Invalid):
        services.give(CONSOLE, wall, two.uuid, "here", 1)
    services.give(CONSOLE, wall, one.uuid, "here", -1)
    services.give(CONSOLE, wall, two.uuid, "here", 1)
    services.give(CONSOLE, wall, two.uuid, "there", 1)
    services.give(CONSOLE, wall, two.uuid, "elsewhere", -1)
    [first, second] = queries.load_board(wall, "there").columns["aim"]
    assert (first.dots, first.given, second.dots, second.given) == (4, 0, 2, 1)
    assert [card.text for card in queries.load_board(wall).ranked("aim")] == ["Eins", "Zwei"]


def test_a_link_writes_on_its_own_wall_while_that_is_open(conference: Conference) -> None:
    mine, other = queries.walls(conference)
    holder = services.holder(mine)
    with pytest.raises(NotFound):
        services.add(holder, mine, "aim", "Geschlossen")
    services.open_(CONSOLE, conference.uuid, mine.uuid)
    services.open_(CONSOLE, conference.uuid, other.uuid)
    card = services.add(holder, queries.load_by_link(mine.uuid), "aim", "Offen")
    for who, wall in ((holder, other), (STRANGER, mine)):
        with pytest.raises(NotFound):
            services.add(who, wall, "aim", "Fremd")
        with pytest.raises(NotFound):
            services.remove(who, wall, card.uuid)
    with pytest.raises(NotFound):  # of another wall
        services.remove(CONSOLE, other, card.uuid)
    link = tokens.living(services.PURPOSE, [mine.uuid])[mine.uuid]
    assert services.opened(tokens.secret(link), "here").uuid == mine.uuid
    services.renew(CONSOLE, conference.uuid, mine.uuid)
    with pytest.raises(NotFound):
        services.opened(tokens.secret(link), "here")
    services.close(CONSOLE, conference.uuid, mine.uuid)
    with pytest.raises(NotFound):
        services.add(holder, mine, "aim", "Wieder zu")


def test_a_photo_is_kept_as_pixels_alone(wall: Wall) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "where it was taken"
    made = photos.taken(picture("JPEG", (4000, 3000), exif=exif))
    assert (made.width, made.height) == (1500, 2000)
    with Image.open(BytesIO(made.content)) as drawn:
        assert not drawn.getexif()
    kept = services.keep_photo(CONSOLE, wall, made, "Stellwand", TODAY)
    db.session.expire_all()
    assert queries.load_photo(wall, kept.uuid).content == made.content
    services.remove_photo(CONSOLE, wall, kept.uuid)
    assert not queries.photos(wall)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"%PDF-1.7", b"\xff\xd8\xff\xe0 cut short", b"\0" * (30 * 1024 * 1024)],
    ids=["nothing", "text", "pdf", "broken", "30 MB"],
)
def test_what_is_no_photo_or_too_large_is_refused(app: object, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        photos.taken(content)
    assert list(refused.value.errors) == ["photo"]
