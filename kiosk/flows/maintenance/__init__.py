"""The errand "maintenance": what staff do at the machine, behind a number or card and a PIN."""
