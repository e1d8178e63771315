"""The phone's calls: hello, push, pull, escrow; and poke, which says when to pull."""
