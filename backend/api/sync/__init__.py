"""The phone's four calls: hello, push, pull, escrow (poke comes later)."""
