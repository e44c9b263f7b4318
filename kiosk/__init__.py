"""The machine without its screen and without vendor bytes.

A machine stands in an exit-entry hall and serves one citizen at a time. What it may do next is
decided by pure flow tables (`kiosk.flows`); what it does is done by services (`kiosk.runtime`).
"""

VERSION = "0.1.0"
