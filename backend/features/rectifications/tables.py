"""Where cases lie. Events, photos and steps are JSON inside the row: a case is read whole."""

from typing import ClassVar

from piccolo.columns import Boolean, Text
from piccolo.table import Table

from backend.features.rectifications.model import Rectification
from backend.foundation.database.rows import Rows

# Word for word in every query that wants its index.
LIVING = "state IN ('open', 'assigned', 'accepted', 'reported', 'returned')"


class RectificationTable(Table, tablename="rectification"):
    """One row per case."""

    id = Text(primary_key=True)
    finding = Text(index=True)
    round = Text(index=True)
    outlet = Text()
    line = Text()
    item = Text()
    item_key = Text()
    severity = Text()
    text = Text()
    cause = Text()
    measure = Text()
    on_spot = Boolean()
    state = Text(index=True)
    owner = Text(null=True, default=None)
    dept = Text(null=True, default=None)
    handover = Text(null=True, default=None)
    due_at = Text(null=True, default=None)
    due_steps = Text()
    due_waits_for = Text(null=True, default=None, index=True)
    late = Boolean()
    raised_by = Text()
    raised_at = Text()
    opened_at = Text()
    fixed_by = Text(null=True, default=None)
    reported_at = Text(null=True, default=None)
    closed_at = Text(null=True, default=None)
    extension = Text(null=True, default=None)
    before = Text()
    after = Text()
    events = Text()
    returns = Text()
    # What is open stays few while what is closed grows for years.
    indexed_where: ClassVar = {LIVING: ("line", "outlet", "due_at", "state")}
    indexed_together: ClassVar = (
        ("opened_at", "id"),
        ("outlet", "opened_at"),
        ("line", "opened_at"),
        ("item_key", "opened_at"),
    )


CASES = Rows(RectificationTable, Rectification)
