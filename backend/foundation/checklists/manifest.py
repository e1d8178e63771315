"""Checklists as the house sees them."""

from backend.foundation.checklists import facts, feed, handlers, problems
from backend.foundation.checklists.commands import PublishTemplate, RetireTemplate
from backend.foundation.checklists.tables import AnswerRegister, TemplateVersion
from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose

MANIFEST = Manifest(
    name="checklists",
    tables=(TemplateVersion, AnswerRegister),
    commands=(
        Command("checklists.publish_template", PublishTemplate, handlers.publish_template),
        Command("checklists.retire_template", RetireTemplate, handlers.retire_template),
    ),
    facts=facts.ALL,
    kinds=(Kind("template", feed.template),),
    problems=problems.ALL,
    personal=(
        Purpose(
            "checklists.remarks",
            (
                "FindingRaised.text",
                "FindingRaised.cause",
                "FindingRaised.measure",
                "answer_register.value",
                "answer_register.note",
                "answer_register.history",
                "answer_register.by",
            ),
            "contract",
            "inspection_record",
            "记录检查结果及由谁作答",
            "Recording what a check found, and who answered",
        ),
    ),
)
