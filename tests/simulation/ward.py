"""One more feature of the simulated house: a command that our own mistake makes impossible."""

import msgspec

from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.manifest import Command, Manifest
from backend.foundation.journal.work import Work


class Explode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nobody can carry this out: the handler has a mistake."""


async def explode(work: Work, asked: Explode, ctx: Context) -> Outcome:
    raise AssertionError("the mistake that this command is for")


MANIFEST = Manifest(name="ward", commands=(Command("ward.explode", Explode, explode),))
