"""Where rounds and findings lie. Answers are registers of `checklists`, photos of `evidence`."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.features.inspections.model import Found, Round
from backend.foundation.database.rows import Rows

# Word for word in every query that wants its index.
LIVING = "state IN ('assigned', 'open')"


class RoundTable(Table, tablename="round"):
    """One row per round."""

    id = Text(primary_key=True)
    template = Text()
    title = Text()
    outlet = Text()
    line = Text()
    rhythm = Text()
    assignee = Text(index=True)
    assigned_by = Text()
    opens_at = Text(null=True, default=None)
    due_at = Text(null=True, default=None)
    unscheduled = Boolean()
    state = Text()
    made_at = Text()
    late_template = Boolean()
    reason = Text()
    opened_at = Text(null=True, default=None)
    submitted_at = Text(null=True, default=None)
    received_at = Text(null=True, default=None)
    submitted_by = Text(null=True, default=None)
    signature = Text(null=True, default=None)
    manifest = Text(null=True, default=None)
    hash_equal = Boolean()
    score = Text(null=True, default=None)
    findings = BigInt()
    late = Boolean()
    amendments = Text()
    contributions = Text()
    # What is under way stays little while what is handed in grows for years.
    indexed_where: ClassVar = {LIVING: ("due_at", "id")}
    indexed_together: ClassVar = (
        ("made_at", "id"),
        ("outlet", "made_at"),
        ("line", "made_at"),
        ("outlet", "due_at"),
        ("state", "made_at"),
    )


class FoundTable(Table, tablename="round_finding"):
    """One row per finding, also after it became a case."""

    id = Text(primary_key=True)
    round = Text(index=True)
    item = Text()
    severity = Text()
    text = Text()
    cause = Text()
    measure = Text()
    on_spot = Boolean()
    by = Text()
    at = Text()
    raised = Boolean()


ROUNDS = Rows(RoundTable, Round)
FOUND = Rows(FoundTable, Found)
