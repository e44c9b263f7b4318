"""A world of devices, money and central that outlives the machine's process, for crash tests."""
