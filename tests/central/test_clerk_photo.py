"""A clerk's photo goes from the administrator's page to the terminal of the clerk's window."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from kiosk.central.server.staff.tables import staff_account
from tests.kit.pages import Browser, Page, signed_in, staffed
from tests.kit.ratings import ClerkAtWindow
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World

KB = 1024
LARGEST = 200 * KB
LARGEST_AT_A_TERMINAL = 512 * KB
FIELDS = {"name": "李晓云", "role": "clerk", "stars": "5", "state": "active"}


@pytest.fixture
def chief(world: World) -> Iterator[Browser]:
    """An administrator; clerk1 works at window 1."""
    staffed(world.central)
    world.clerk.close()
    world.clerk = ClerkAtWindow(world.central, clerk(world)["account_id"])
    with signed_in(world.central, "administrator", "en") as one:
        one.get("/staff/accounts")
        yield one


def clerk(world: World) -> dict[str, Any]:
    return next(row for row in world.central.rows(staff_account) if row["login"] == "clerk1")


def jpeg(grey: int, size: int = 0) -> bytes:
    """A plain picture, padded to so many bytes as an editor pads with its thumbnails."""
    written = io.BytesIO()
    Image.new("L", (30, 40), grey).save(written, "JPEG")
    return written.getvalue().ljust(size, b"\0")


def uploads(world: World, chief: Browser, photo: bytes) -> Page:
    where = f"/staff/accounts/{clerk(world)['account_id']}"
    return chief.upload(where, FIELDS, {"photo": photo})


def shown(bed: TerminalBed) -> bytes | None:
    bed.look()
    who = bed.terminal.post.clerk
    assert who is not None, "nobody serves here"
    return who.photo


def keeps_unseen(world: World, photo: bytes, version: str) -> None:
    """A photo that came into the records by another way than the page."""
    columns = {"photo": photo, "photo_version": version}
    mine = staff_account.c.login == "clerk1"
    with world.central.office.database.transaction() as connection:
        connection.execute(update(staff_account).where(mine).values(**columns))


@pytest.mark.parametrize("size", [0, LARGEST], ids=["a small one", "the largest"])
def test_a_photo_stands_at_the_window_of_its_clerk(
    world: World, bed: TerminalBed, chief: Browser, size: int
) -> None:
    assert shown(bed) is None
    assert uploads(world, chief, jpeg(90, size)).status == 303
    assert shown(bed) == jpeg(90, size)
    assert uploads(world, chief, jpeg(180)).status == 303
    assert shown(bed) == jpeg(180)


@pytest.mark.parametrize(
    "photo",
    [b"\x89PNG\r\n\x1a\n", jpeg(1, LARGEST + 1), jpeg(1, 400 * 1024)],
    ids=["not a JPEG", "too large", "larger than anything central reads"],
)
def test_what_is_no_photo_is_refused_and_the_old_one_stays(
    world: World, bed: TerminalBed, chief: Browser, photo: bytes
) -> None:
    uploads(world, chief, jpeg(90))
    page = uploads(world, chief, photo)
    assert page.status in (413, 422)
    assert re.search("JPEG (file )?of at most 200 KB", page.text)
    assert shown(bed) == jpeg(90)


def test_a_person_changed_without_a_photo_keeps_the_old_one(
    world: World, bed: TerminalBed, chief: Browser
) -> None:
    uploads(world, chief, jpeg(90))
    assert uploads(world, chief, b"").status == 303
    assert shown(bed) == jpeg(90)


def test_the_photo_stays_while_central_is_away(
    world: World, bed: TerminalBed, chief: Browser
) -> None:
    uploads(world, chief, jpeg(90))
    assert shown(bed) == jpeg(90)
    uploads(world, chief, jpeg(180))
    world.away(away=True)
    assert shown(bed) == jpeg(90)
    world.away(away=False)
    assert shown(bed) == jpeg(180)


@pytest.mark.parametrize(
    "photo", [b"", jpeg(1, LARGEST_AT_A_TERMINAL + 1)], ids=["empty", "too large"]
)
def test_a_photo_that_no_terminal_can_use_is_left_out_and_asked_for_once(
    world: World, bed: TerminalBed, chief: Browser, photo: bytes
) -> None:
    uploads(world, chief, jpeg(90))
    shown(bed)
    keeps_unseen(world, photo, "v-2")
    assert shown(bed) is None
    keeps_unseen(world, jpeg(180), "v-2")
    assert shown(bed) is None
    keeps_unseen(world, jpeg(180), "v-3")
    assert shown(bed) == jpeg(180)
