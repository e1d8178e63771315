"""Evidence, as the house knows it."""

from backend.foundation.evidence import (
    commands,
    erasing,
    facts,
    feed,
    handlers,
    notices,
    preparing,
    problems,
    states,
    tables,
)
from backend.foundation.journal.manifest import Command, Kind, Manifest

MANIFEST = Manifest(
    name="evidence",
    tables=tables.TABLES,
    commands=(
        Command("evidence.waive", commands.Waive, handlers.waive),
        Command("evidence.open_sealed", commands.OpenSealed, handlers.open_sealed),
        Command("evidence.erased", commands.ConfirmErased, handlers.erased),
        Command("evidence.receive", commands.Receive, handlers.receive, prepare=preparing.arrivals),
        Command("evidence.accept", commands.Accept, handlers.accept),
        Command("evidence.refuse", commands.Refuse, handlers.refuse),
    ),
    facts=facts.ALL,
    kinds=(Kind("photo", feed.photo, preparing.places),),
    machines=(states.MACHINE,),
    problems=problems.ALL,
    notices=notices.ALL,
    clearing=(erasing.clear,),
)
