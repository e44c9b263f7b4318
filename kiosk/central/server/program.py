"""The server as a program: its command line, its start and its end."""

import argparse
import gc
import os
import sys
from pathlib import Path

import uvicorn

from kiosk.central.demo_staff import CODE_VARIABLE, PASSWORD_VARIABLE
from kiosk.central.server.app import create_app
from kiosk.central.server.office import Office
from kiosk.central.server.sealing import SealBrokenError
from kiosk.central.server.settings import EXAMPLE_CATALOGUE, EXAMPLE_EXPORT, CentralSettings
from kiosk.central.server.staff.accounts import rules_of
from kiosk.central.server.staff.first import make_administrator, make_demo_staff
from kiosk.clock import SystemClock


class _Server(uvicorn.Server):
    """Says in one line when it can be used."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # uvicorn's own type names sockets
        await super().startup(sockets)  # type: ignore[arg-type]  # uvicorn hands on whatever it is given
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            scheme = "https" if self.config.is_ssl else "http"
            sys.stdout.write(f"central ready on {scheme}://{self.config.host}:{port}\n")
            sys.stdout.flush()

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # uvicorn's own type names sockets
        # A stream never ends by itself, and the server waits for every answer to end.
        self.config.app.state.hub.close()  # type: ignore[union-attr]  # ours, made below
        await super().shutdown(sockets)  # type: ignore[arg-type]  # uvicorn hands on whatever it is given


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal ends it; the exit code is 1 when it cannot start."""
    wanted = parsed(arguments)
    try:
        app = create_app(settings_of(wanted), SystemClock())
        office: Office = app.state.office
        if wanted.make_administrator:
            return _make_administrator(office, wanted.make_administrator, wanted.hall)
        if PASSWORD_VARIABLE in os.environ:
            make_demo_staff(office, hall_of(office, wanted.hall), os.environ[PASSWORD_VARIABLE])
    except (OSError, ValueError, SealBrokenError) as error:
        sys.stderr.write(f"central: cannot start: {error}\n")
        return 1
    # What stands now stays to the end; no collection looks at it again.
    gc.freeze()
    gc.enable()
    config = uvicorn.Config(
        app,
        host=wanted.host,
        port=wanted.port,
        log_level="warning",
        access_log=False,  # paths carry ids; who needs them reads the database
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        ssl_certfile=wanted.tls_certificate,
        ssl_keyfile=wanted.tls_key,
    )
    _Server(config).run()
    return 0


def settings_of(wanted: argparse.Namespace) -> CentralSettings:
    """Settings of a command line.

    Raises:
        ValueError: a key or a folder is not what it should be.
    """
    if wanted.recordings is not None and not wanted.recordings.is_dir():
        raise ValueError(f"--recordings: {wanted.recordings} is no folder")
    return CentralSettings(
        wanted.database,
        read_or_make_key(wanted.key_file),
        wanted.catalogue,
        export_mapping=wanted.export_mapping,
        stand_ins=wanted.stand_ins,
        permits=wanted.permits,
        recordings=wanted.recordings,
        any_machine=wanted.any_machine,
        demo_code=os.environ.get(CODE_VARIABLE, ""),
    )


def hall_of(office: Office, wanted: str) -> str:
    """The hall that was named, or the only one there is.

    Raises:
        ValueError: it is not in the catalogue, or several are and none was named.
    """
    halls = list(office.offers.by_hall)
    hall_id = wanted or (halls[0] if len(halls) == 1 else "")
    if hall_id not in halls:
        raise ValueError(f"--hall must be one of {', '.join(halls)}")
    return hall_id


def _make_administrator(office: Office, login: str, hall: str) -> int:
    code = make_administrator(office, login, hall_of(office, hall))
    minutes = rules_of(office).code_minutes
    office.database.close()
    sys.stdout.write(f"one-time code for {login}, good for {minutes} minutes: {code}\n")
    sys.stdout.write("open /staff/code in a browser and set a password with it\n")
    return 0


def read_or_make_key(path: Path) -> bytes:
    """The key that seals personal data.

    A new file is made where none is; a database sealed with another key refuses to start.

    Args:
        path: of a file with 64 hexadecimal digits, readable by its owner only.

    Raises:
        ValueError: the file holds something else.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(os.urandom(32).hex() + "\n")
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != 32:
        raise ValueError(f"{path}: the key must be 64 hexadecimal digits")
    return key


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """A command line; the process's own where none is given."""
    parser = argparse.ArgumentParser(prog="central", description="Serve the hall's central API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8600, help="0 for any free port")
    parser.add_argument(
        "--database",
        default="var/central/central.db",
        help="an SQLite file or a postgresql:// URL",
    )
    parser.add_argument("--key-file", type=Path, default=Path("var/central/field.key"))
    parser.add_argument(
        "--make-administrator",
        metavar="LOGIN",
        default="",
        help="print a one-time code for an administrator's first sign-in, and end",
    )
    parser.add_argument("--hall", default="", help="of the administrator; the only one by default")
    parser.add_argument("--catalogue", type=Path, default=EXAMPLE_CATALOGUE)
    parser.add_argument(
        "--stand-ins",
        action="store_true",
        help="stand-ins for payment gateway and face service; for demos only",
    )
    parser.add_argument("--permits", type=Path, help="JSON file of permits to put on file")
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="FOLDER",
        help="recorded parts of calls, a folder of WAV files per language; else espeak-ng speaks",
    )
    parser.add_argument(
        "--export-mapping",
        type=Path,
        default=EXAMPLE_EXPORT,
        help="columns of the export of ratings, TOML",
    )
    _add_door(parser)
    return parser.parse_args(arguments)


def _add_door(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tls-certificate", type=Path, help="speak TLS only, with this PEM file")
    parser.add_argument("--tls-key", type=Path, help="its key")
    parser.add_argument(
        "--any-machine",
        action="store_true",
        help="believe every caller to be the machine it says; for tests only",
    )
