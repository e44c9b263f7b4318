"""What a page's route asks for: who is there, may they, and does the form come from our page.

@pages.get("/staff/x")
async def x(http: Request, actor: Annotated[Actor, Depends(signed_in(Role.CLERK))]) -> Response:

@pages.post("/staff/x")
async def do_x(http: Request, sent: Annotated[Submission, Depends(posted(Role.CLERK))]) -> ...:
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.pages.trouble import NotAllowedError, SignInNeededError
from kiosk.central.server.staff import passwords, sessions

COOKIE = "staff"
FORM_TOKEN = "form_token"  # noqa: S105 - a field's name
FORM_TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - a header's name


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that a signed-in person sent from one of our pages.

    Args:
        actor: who.
        fields: by name, stripped; the last where one comes twice.
        files: by name.
    """

    actor: Actor
    fields: dict[str, str]
    files: dict[str, bytes]

    def field(self, name: str) -> str:
        """A field, empty where it did not come."""
        return self.fields.get(name, "")


def signed_in(role: Role) -> Callable[[Request], Awaitable[Actor]]:
    """A dependency: the person at the browser, who must have at least this role.

    Raises:
        SignInNeededError: nobody is signed in; the browser goes to the sign-in page.
        NotAllowedError: somebody is, with a lesser role.
    """

    async def find(http: Request) -> Actor:
        secret = http.cookies.get(COOKIE, "")
        office = office_of(http)

        def ask() -> Actor | None:
            with office.database.transaction() as connection:
                return sessions.actor_of(connection, office, secret)

        actor = await office.database.run(ask) if secret else None
        if actor is None:
            raise SignInNeededError
        http.state.actor = actor
        if not actor.role.includes(role):
            raise NotAllowedError
        return actor

    return find


def posted(role: Role) -> Callable[[Request], Awaitable[Submission]]:
    """A dependency: a form with this session's token, in a field or the `X-Form-Token` header.

    Raises:
        SignInNeededError: nobody is signed in.
        NotAllowedError: a lesser role, or the form comes from elsewhere.
    """
    find = signed_in(role)

    async def receive(http: Request) -> Submission:
        actor = await find(http)
        require_own_origin(http)
        fields, files = await form_of(http)
        token = fields.pop(FORM_TOKEN, "") or http.headers.get(FORM_TOKEN_HEADER, "")
        if not passwords.same(token, actor.form_token):
            raise NotAllowedError
        return Submission(actor, fields, files)

    return receive


async def form_of(http: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """Fields and files of a form."""
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    async with http.form(max_files=1, max_fields=100) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                fields[name] = value.replace("\0", "").strip()
    return fields, files


def require_own_origin(http: Request) -> None:
    """Refuse what a browser says comes from another site; old browsers say nothing.

    Raises:
        NotAllowedError: it does.
    """
    origin = http.headers.get("origin")
    if origin is not None and origin.split("://")[-1] != http.headers.get("host"):
        raise NotAllowedError
