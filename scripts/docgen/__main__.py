"""`scripts/docs [--check]`."""

import argparse
import sys
from pathlib import Path

from scripts.docgen.documents import stale, write

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Write the documents, or with `--check` say which are stale; 1 when any is."""
    parser = argparse.ArgumentParser(prog="scripts/docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    if parser.parse_args(arguments).check:
        found = stale(ROOT)
        for path in found:
            print(f"stale: {path}  (mend: scripts/docs)")
        return int(bool(found))
    for path in write(ROOT):
        print(f"written: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
