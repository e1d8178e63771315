"""What a look comes to, in one line."""

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at."""

    what: str
    good: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.good else 'BAD '} {self.what}: {self.said}"


NAMED_MAX = 3  # enough to begin with; a thousand names in one line help nobody


def counted(things: list[str], what: str) -> str:
    """How many, and the first few by name."""
    named = ", ".join(things[:NAMED_MAX])
    more = "" if len(things) <= NAMED_MAX else f" and {len(things) - NAMED_MAX} more"
    return f"{len(things)} {what}: {named}{more}"
