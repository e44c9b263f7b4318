"""Every page of staff, and who may open it: what is new and not named here is closed to all."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kit.central import RunningCentral
from tests.kit.pages import Browser, Page, signed_in

EVERYBODY = (
    "GET /staff/sign-in",
    "GET /staff/code",
    "POST /staff/sign-in",
    "POST /staff/code",
    "GET /staff/language/{name}",
    "GET /staff/assets/{name}.css",
    "GET /staff/window-assets/{version}.{kind}",
)
CLERKS = (
    "GET /staff/home",
    "GET /staff/me",
    "POST /staff/sign-out",
    "GET /staff/window",
    "GET /staff/window/{name}",
    "POST /staff/window/{name}/scan",
    "POST /staff/window/{name}/{act}",
    "GET /staff/applications",
    "POST /staff/applications",
    "GET /staff/applications/{application_id}",
    "POST /staff/applications/{application_id}/{position}",
)
ADMINISTRATORS = (
    "GET /staff/accounts",
    "POST /staff/accounts",
    "POST /staff/accounts/{account_id}",
    "POST /staff/accounts/{account_id}/code",
    "GET /staff/records",
    "GET /staff/admission",
    "POST /staff/admission",
    "POST /staff/admission/{machine_id}/shut-out",
)
TO_SIGN_IN = re.compile(r"/staff/sign-in(\?|$)")


@pytest.fixture
def pages(central: RunningCentral) -> tuple[str, ...]:
    found = {one for one in _routes(central.app.routes) if one.split(" ")[1].startswith("/staff")}
    assert {*EVERYBODY, *CLERKS, *ADMINISTRATORS} < found
    return tuple(sorted(found - set(EVERYBODY)))


def _routes(some: list[Any]) -> Iterator[str]:
    for one in some:
        inside = getattr(one, "original_router", one)
        if inside is not one:
            yield from _routes(inside.routes)
        elif getattr(one, "methods", None):
            yield from (f"{method} {one.path}" for method in one.methods)


def opened(browser: Browser, page: str) -> Page:
    method, path = page.split(" ")
    path = re.sub(r"{\w+}", "1", path)
    return browser.get(path) if method == "GET" else browser.post(path, {})


def test_a_stranger_is_led_to_the_door(central: RunningCentral, pages: tuple[str, ...]) -> None:
    stranger = Browser(central)
    for page in pages:
        answer = opened(stranger, page)
        assert answer.status == 401 or TO_SIGN_IN.match(answer.to), (page, answer.status)
    stranger.close()


def test_a_clerk_opens_nothing_of_a_supervisor(
    central: RunningCentral, pages: tuple[str, ...]
) -> None:
    with signed_in(central, "clerk1") as clerk:
        for page in sorted(set(pages) - set(CLERKS)):
            assert opened(clerk, page).status == 403, page


def test_a_supervisor_opens_nothing_of_an_administrator(central: RunningCentral) -> None:
    with signed_in(central, "supervisor") as supervisor:
        for page in ADMINISTRATORS:
            assert opened(supervisor, page).status == 403, page
