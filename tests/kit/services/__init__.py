"""Real servers and browsers for the tests.

Each is found or installed, started on a free loopback port in a temporary folder, and stopped by
the one who started it. Nothing on the machine is shared with them, and nothing of them stays.
"""
