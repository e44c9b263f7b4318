"""A clerk's photo is drawn cut to shape; whatever is none leaves the drawn person."""

import io
import struct
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from kiosk.domain.window_post import WindowPost
from kiosk.flows.evaluator.states import Resting
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.session import Session
from kiosk.runtime.view import View
from tests.screens import sample_ratings

pytestmark = pytest.mark.window


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 40)).save(written, "PNG")
    return written.getvalue()


def claims(width: int, height: int) -> bytes:
    """A small JPEG whose header says that it is larger."""
    written = io.BytesIO()
    Image.new("L", (8, 8)).save(written, "JPEG")
    jpeg = written.getvalue()
    # Frame header: marker, length, bits of a sample, then lines and samples of a line.
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def picture_of(photo: bytes | None) -> Any:
    from screens.person import Person
    from tests.screens.stand import Stand, StandParts

    clerk = replace(sample_ratings.CLERK, photo=photo)
    facts = replace(sample_ratings.AT_WINDOW, post=WindowPost("3", clerk))
    with Stand(StandParts("evaluator", offers=EVALUATOR_ERRAND.offers)) as stand:
        stand.show(View(Resting(), Session(), facts))
        Person().frames(4)
        assert stand.app.failures_seen == 0
        return stand.app.navigator.screen(Resting).ids.card.picture


def test_a_photo_is_cut_to_three_by_four() -> None:
    assert picture_of(sample_ratings.photo()).size == (480, 640)


@pytest.mark.parametrize(
    "photo",
    [
        None,
        b"\xff\xd8\xff no picture",
        sample_ratings.photo()[:400],
        png(),
        claims(6000, 6000),
        claims(60000, 60000),
    ],
    ids=["none", "rubbish", "cut short", "not a JPEG", "too large", "a bomb"],
)
def test_whatever_is_no_photo_leaves_the_drawn_person(photo: bytes | None) -> None:
    assert picture_of(photo) is None
