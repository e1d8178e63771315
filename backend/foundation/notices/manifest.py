"""Notices, as the house knows them."""

from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose
from backend.foundation.notices import commands, facts, feed, handlers, problems, tables

MANIFEST = Manifest(
    name="notices",
    tables=tables.TABLES,
    commands=(
        Command("notices.mark_read", commands.MarkRead, handlers.mark_read),
        Command("notices.choose", commands.Choose, handlers.choose),
        Command("notices.set_address", commands.SetAddress, handlers.set_address),
        Command("notices.add_target", commands.AddTarget, handlers.add_target),
        Command("notices.change_target", commands.ChangeTarget, handlers.change_target),
        Command("notices.pause_target", commands.PauseTarget, handlers.pause_target),
        Command("notices.resume_target", commands.ResumeTarget, handlers.resume_target),
        Command("notices.test_target", commands.TestTarget, handlers.test_target),
        Command("notices.replay_target", commands.ReplayTarget, handlers.replay_target),
        Command("notices.remove_target", commands.RemoveTarget, handlers.remove_target),
    ),
    facts=facts.ALL,
    kinds=(Kind("inbox", feed.inbox),),
    problems=problems.ALL,
    personal=(
        Purpose(
            "notices.addresses",
            ("AddressSet.address", "inbox.address"),
            "contract",
            "staff_directory",
            "把工作消息发到本人邮箱",
            "Sending people their own notices by e-mail",
        ),
    ),
)
