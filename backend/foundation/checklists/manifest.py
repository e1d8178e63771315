"""Checklists as the house sees them."""

from backend.foundation.checklists import drafting, facts, feed, handlers, problems, standards
from backend.foundation.checklists.commands import (
    DropDraft,
    EndEdition,
    KeepDraft,
    PublishEdition,
    PublishTemplate,
    RetireTemplate,
)
from backend.foundation.checklists.tables import (
    AnswerRegister,
    StandardEdition,
    TemplateDraft,
    TemplateVersion,
)
from backend.foundation.checklists.workbook import problems as workbook_problems
from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose

MANIFEST = Manifest(
    name="checklists",
    tables=(TemplateVersion, AnswerRegister, TemplateDraft, StandardEdition),
    commands=(
        Command("checklists.publish_template", PublishTemplate, handlers.publish_template),
        Command("checklists.retire_template", RetireTemplate, handlers.retire_template),
        Command("checklists.keep_draft", KeepDraft, drafting.keep_draft),
        Command("checklists.drop_draft", DropDraft, drafting.drop_draft),
        Command("checklists.publish_edition", PublishEdition, standards.publish_edition),
        Command("checklists.end_edition", EndEdition, standards.end_edition),
    ),
    facts=facts.ALL,
    kinds=(
        Kind("template", feed.template),
        Kind("template_draft", feed.draft),
        Kind("standard_edition", feed.edition),
    ),
    problems=(*problems.ALL, *workbook_problems.ALL),
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
