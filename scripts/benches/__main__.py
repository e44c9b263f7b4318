"""Runs benches by name and prints their figures."""

import argparse
import importlib
import sys

from scripts.benches.figure import Figure

NAMES = {
    "id-card": "id_card",
    "ui": "ui",
    "form": "form",
    "server": "server",
    "kill": "kill",
    "crash": "crash",
    "endorsement": "endorsement",
    "queue": "queue",
    "numbers": "numbers",
    "ratings": "ratings",
    "ratings-touch": "ratings_touch",
    "display": "display",
    "peak-day": "peak_day",
}


def table(figures: list[Figure]) -> str:
    """The figures for a person to read."""
    rows = [("figure", "value", "reference", "ratio", "goal", "holds")]
    for one in figures:
        reference = "" if one.reference is None else f"{one.reference:g} {one.unit}"
        ratio = "" if one.ratio is None else f"{one.ratio:g}"
        holds = {True: "yes", False: "NO", None: ""}[one.holds]
        rows.append((one.figure, f"{one.value:g} {one.unit}", reference, ratio, one.goal, holds))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows
    )


def main() -> int:
    """Run what was asked for; the exit code is 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Measure the product beside references.")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, wider spread")
    wanted = parser.parse_args()
    figures: list[Figure] = []
    for name in wanted.names or NAMES:
        print(f"bench {name} ...", file=sys.stderr)
        bench = importlib.import_module(f"scripts.benches.{NAMES[name]}")
        figures.extend(bench.measure(quick=wanted.quick))
    print(table(figures))
    for one in figures:
        print(one.line())
    return int(any(one.holds is False for one in figures))


if __name__ == "__main__":
    sys.exit(main())
