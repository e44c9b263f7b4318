"""The command line: `python -m kiosk run | demo | tour | doctor | operator`."""

import argparse
import logging
import signal
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kiosk import config, demo, doctor, enrolling, operators
from kiosk.bootstrap import build
from kiosk.errors import KioskError
from kiosk.roles import ROLES

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked for; 0 when it went well, 1 with a reason when not."""
    wanted = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if wanted.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    # SDL would take the signal for a wish to close the window, which a kiosk refuses.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(_COMMANDS[wanted.command](wanted))
    except KioskError as error:
        print(f"kiosk: {error}", file=sys.stderr)
        print(f"  mend: {doctor.MEND[type(error).__name__]}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _run(wanted: argparse.Namespace) -> int:
    from screens.app import open_window  # noqa: PLC0415 - Kivy opens a display when imported

    machine = build(config.load(wanted.config, wanted.role))
    window = open_window(machine.window_parts)
    with machine:
        window.run()
    return 0


def _demo(wanted: argparse.Namespace) -> int:
    settings = config.load(wanted.config, wanted.role)
    from screens.app import open_window  # noqa: PLC0415 - Kivy opens a display when imported

    with demo.central_for(settings) as central:
        machine = build(settings)
        window = open_window(machine.window_parts)
        if machine.bench:
            machine.bench.attach(partial(window.bridge.capture_jpeg, 1.0), window.bridge.tap)
        with machine:
            for line in demo.what_is_running(central, machine):
                print(line, flush=True)
            window.run()
    return 0


def _tour(wanted: argparse.Namespace) -> int:
    with (
        demo.touring(config.load(wanted.config, wanted.role)) as (machine, world),
        ExitStack() as running,
    ):
        from screens.tours import play  # noqa: PLC0415 - Kivy opens a display when imported

        played = play(
            machine.window_parts,
            world,
            wanted.folder,
            wanted.language,
            partial(running.enter_context, machine),
        )
    for picture in played.pictures:
        print(picture)
    if played.unseen:
        print("without a picture:", ", ".join(played.unseen), file=sys.stderr)
    return 0


def _doctor(wanted: argparse.Namespace) -> int:
    findings = doctor.examine(wanted.config, wanted.role)
    for finding in findings:
        print(finding)
    return int(any(not finding.well for finding in findings))


def _operator(wanted: argparse.Namespace) -> int:
    book = operators.book_of(config.load(wanted.config, wanted.role))
    if wanted.act == "add":
        print(enrolling.add(book, wanted.name, card=wanted.card))
    elif wanted.act == "remove":
        print(enrolling.remove(book, wanted.number))
    else:
        print("\n".join(enrolling.listed(book)) or "nobody may open the maintenance screens")
    return 0


_COMMANDS = {
    "run": _run,
    "demo": _demo,
    "tour": _tour,
    "doctor": _doctor,
    "operator": _operator,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="A machine of an exit-entry hall.")
    parser.add_argument("--verbose", action="store_true", help="log everything")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, says in (
        ("run", "this machine alone; central and devices are elsewhere"),
        ("demo", "central, this machine and its simulators, all here"),
        ("tour", "play a citizen's journey and leave screenshots and the printed paper"),
        ("doctor", "check configuration and everything this machine needs, and say how to mend it"),
        ("operator", "say who may open the maintenance screens of this machine"),
    ):
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("--config", type=Path, default=ROOT / "config.toml", metavar="FILE")
        command.add_argument("--role", choices=sorted(ROLES), help="what the machine shall be")
        if name == "tour":
            command.add_argument("folder", type=Path, nargs="?", default=ROOT / "var" / "tour")
            command.add_argument("--language", default="zh_CN", choices=["zh_CN", "en", "zh_Hant"])
        if name == "operator":
            _add_operator_acts(command)
    return parser


def _add_operator_acts(command: argparse.ArgumentParser) -> None:
    acts = command.add_subparsers(dest="act", required=True)
    add = acts.add_parser("add", help="let somebody in; asks for a PIN twice")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--card", action="store_true", help="they show an identity card; asks for it")
    acts.add_parser("list", help="everybody who may")
    acts.add_parser("remove", help="let somebody in no more").add_argument("number", metavar="N")


if __name__ == "__main__":
    sys.exit(main())
