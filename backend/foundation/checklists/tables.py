"""Where checklist versions and answer registers lie."""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.checklists.model import Draft, Edition, Template
from backend.foundation.checklists.registers import Register
from backend.foundation.database.rows import Rows


class TemplateVersion(Table, tablename="template_version"):
    """One row per version, named by the digest of its content."""

    id = Text(primary_key=True)
    code = Text(index=True)
    edition = Text()
    line = Text(index=True)
    rhythm = Text()
    title = Text()
    doc = Text()
    published_by = Text()
    published_at = Text()
    retired_at = Text(null=True, default=None)


class AnswerRegister(Table, tablename="answer_register"):
    """One row per record, item and slot; found by record, written one by one."""

    id = Text(primary_key=True)
    record = Text(index=True)
    item = Text()
    slot = Text()
    value = Text(null=True, default=None)
    note = Text()
    by = Text()
    device = Text()
    at = Text()
    rev = BigInt()
    cleared = Boolean()
    history = Text()


class TemplateDraft(Table, tablename="template_draft"):
    """One row per draft, found by whose it is."""

    id = Text(primary_key=True)
    by = Text(index=True)
    code = Text()
    edition = Text()
    line = Text()
    rhythm = Text()
    doc = Text()
    begun_from = Text(null=True, default=None)
    copy_of = Text(null=True, default=None)
    device = Text()
    at = Text()
    rev = BigInt()


class StandardEdition(Table, tablename="standard_edition"):
    """One row per edition of a standard, with its clauses; editions of one standard by code."""

    id = Text(primary_key=True)
    code = Text(index=True)
    title = Text()
    edition = Text()
    line = Text()
    effective_from = Text()
    effective_to = Text(null=True, default=None)
    clauses = Text()
    published_by = Text()
    published_at = Text()


TEMPLATES = Rows(TemplateVersion, Template)
REGISTERS = Rows(AnswerRegister, Register)
DRAFTS = Rows(TemplateDraft, Draft)
EDITIONS = Rows(StandardEdition, Edition)
