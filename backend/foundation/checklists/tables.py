"""Where checklist versions and answer registers lie."""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.checklists.model import Template
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


TEMPLATES = Rows(TemplateVersion, Template)
REGISTERS = Rows(AnswerRegister, Register)
