"""Devices: what they can do, the bytes they speak, and peers that simulate them at the wire.

Nothing here knows the kiosk. A driver is thin input/output over a pure codec; a simulator is the
other end of the wire, so that the driver under test is the one that runs in the hall.
"""
