"""Privacy, as the house knows it."""

from backend.foundation.evidence.facts import Erased
from backend.foundation.journal.manifest import Command, Kind, Manifest, Reaction
from backend.foundation.privacy import (
    certifying,
    commands,
    facts,
    feed,
    policy,
    problems,
    states,
    tables,
)
from backend.foundation.privacy.handlers import notices, repeating, retaining, withdrawing

MANIFEST = Manifest(
    name="privacy",
    tables=tables.TABLES,
    commands=(
        Command("privacy.publish_notice", commands.PublishNotice, notices.publish_notice),
        Command("privacy.retire_notice", commands.RetireNotice, notices.retire_notice),
        Command("privacy.withdraw", commands.Withdraw, withdrawing.withdraw),
        Command("privacy.hold", commands.HoldRecord, retaining.hold),
        Command("privacy.release", commands.ReleaseHold, retaining.release),
        Command("privacy.expire", commands.Expire, retaining.expire),
        Command("privacy.repeat_erasure", commands.RepeatErasure, repeating.repeat),
    ),
    facts=facts.ALL,
    kinds=(
        Kind("privacy_notice", feed.notice),
        Kind("consent", feed.consent),
        Kind("hold", feed.hold),
        Kind("certificate", feed.certificate),
    ),
    reactions=(Reaction(Erased, certifying.note_erased),),
    machines=(states.MACHINE,),
    problems=problems.ALL,
    personal=policy.PERSONAL,
    retention=policy.RETENTION,
)
