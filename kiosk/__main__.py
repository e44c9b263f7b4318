"""The command line: `python -m kiosk run | demo | tour | doctor | enrol | operator`."""

# ruff: noqa: PLC0415 - a window opens first, so each command imports what is its own

import argparse
import gc
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.errors import KioskError
from kiosk.roles import ROLES

if TYPE_CHECKING:
    from kiosk.runtime.machine import Machine
    from kiosk.runtime.opening import Opening
    from screens.app import KioskApp

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
        from kiosk import doctor

        print(f"kiosk: {error}", file=sys.stderr)
        print(f"  mend: {doctor.MEND[type(error).__name__]}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _run(wanted: argparse.Namespace) -> int:
    settings = config.load(wanted.config, wanted.role)

    def bring_up(running: ExitStack, opening: "Opening", _window: "KioskApp") -> None:
        running.enter_context(_built(settings, opening))

    return _with_window(settings, bring_up)


def _demo(wanted: argparse.Namespace) -> int:
    settings = config.load(wanted.config, wanted.role)

    def bring_up(running: ExitStack, opening: "Opening", window: "KioskApp") -> None:
        from kiosk import demo

        central = running.enter_context(demo.central_for(settings))
        machine = _built(settings, opening)
        if machine.bench:
            machine.bench.attach(partial(window.bridge.capture_jpeg, 1.0), window.bridge.tap)
        running.enter_context(machine)
        for line in demo.what_is_running(central, machine):
            print(line, flush=True)
        demo.tell_notices(central, machine)

    return _with_window(settings, bring_up)


def _built(settings: config.Config, opening: "Opening") -> "Machine":
    from kiosk.bootstrap import build

    machine = build(settings, languages=opening.languages)
    opening.hand_over(machine.window_parts)
    return machine


def _with_window(
    settings: config.Config, bring_up: "Callable[[ExitStack, Opening, KioskApp], None]"
) -> int:
    """Open the window, bring the machine up behind it, and end both when the window closes."""
    # Until the first picture little is made that is not kept: looking for garbage delays it.
    gc.disable()
    from kiosk.bootstrap.opening import Behind, opening
    from screens.app import open_window

    shown = opening(settings)
    window = open_window(shown)
    behind = Behind(
        lambda running: bring_up(running, shown, window),
        lambda: window.bridge.later(0, window.stop),
    )

    def drawn() -> None:
        # What stands now stays to the end; no collection looks at it again.
        gc.freeze()
        gc.enable()
        behind.start()

    window.bridge.when_drawn(drawn)
    try:
        window.run()
    finally:
        behind.close()
    return 0


def _tour(wanted: argparse.Namespace) -> int:
    from kiosk.flows.session import Language, Look, Session
    from kiosk.touring import touring

    with (
        touring(config.load(wanted.config, wanted.role)) as (machine, world),
        ExitStack() as running,
    ):
        from screens.tours import play

        look = Look(wanted.large_type, wanted.high_contrast)
        played = play(
            machine.window_parts,
            world,
            wanted.folder,
            Session(Language(wanted.language), look),
            partial(running.enter_context, machine),
        )
    for picture in played.pictures:
        print(picture)
    if played.unseen:
        print("without a picture:", ", ".join(played.unseen), file=sys.stderr)
    return 0


def _doctor(wanted: argparse.Namespace) -> int:
    from kiosk import doctor

    findings = doctor.examine(wanted.config, wanted.role)
    for finding in findings:
        print(finding)
    return int(any(not finding.well for finding in findings))


def _enrol(wanted: argparse.Namespace) -> int:
    from kiosk import joining

    print(joining.ask_and_join(config.load(wanted.config, wanted.role)))
    return 0


def _operator(wanted: argparse.Namespace) -> int:
    from kiosk import enrolling, operators

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
    "enrol": _enrol,
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
        ("enrol", "let this machine in at central; asks for an administrator's one-time code"),
        ("operator", "say who may open the maintenance screens of this machine"),
    ):
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("--config", type=Path, default=ROOT / "config.toml", metavar="FILE")
        command.add_argument("--role", choices=sorted(ROLES), help="what the machine shall be")
        if name == "tour":
            command.add_argument("folder", type=Path, nargs="?", default=ROOT / "var" / "tour")
            command.add_argument("--language", default="zh_CN", choices=["zh_CN", "en", "zh_Hant"])
            command.add_argument("--large-type", action="store_true")
            command.add_argument("--high-contrast", action="store_true")
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
