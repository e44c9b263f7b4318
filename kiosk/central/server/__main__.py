"""Runs the server: `python -m kiosk.central.server`."""

import gc
import sys

# Modules, schemas and routes stay: to look for garbage among them costs an eighth of the start.
gc.disable()

if __name__ == "__main__":
    from kiosk.central.server import program

    sys.exit(program.main())
