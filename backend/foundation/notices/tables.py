"""Where inboxes, targets and deliveries are kept. The journal writes the first two; what is on its
way is written by `gathering` and `lanes`, as a worker's leases are."""

from typing import ClassVar

from piccolo.columns import BigInt, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.notices.model import Delivery, Gathered, Inbox, Lane, Target


class InboxTable(Table, tablename="inbox"):
    """A person's e-mail address and choices."""

    id = Text(primary_key=True)  # the person's id
    address = Text(null=True, default=None)
    muted = Text()
    quiet = Text(null=True, default=None)
    language = Text()


class TargetTable(Table, tablename="target"):
    """Webhooks and group robots."""

    id = Text(primary_key=True)
    name = Text()
    kind = Text()
    host = Text()
    sealed = Text()
    kinds = Text()
    outlets = Text()
    lines = Text()
    language = Text()
    state = Text()
    made_at = Text()


class DeliveryTable(Table, tablename="delivery"):
    """What is on its way, and for a while what was."""

    id = Text(primary_key=True)
    lane = Text()
    place = BigInt()
    type = Text()
    rec_kind = Text(null=True, default=None)
    rec_id = Text(null=True, default=None)
    outlet = Text(null=True, default=None)
    line = Text(null=True, default=None)
    at = Text(index=True)
    state = Text()
    attempts = BigInt()
    ended_at = Text(null=True, default=None)
    code = Text(null=True, default=None)
    status = BigInt(null=True, default=None)
    indexed_together: ClassVar = (("lane", "place"),)
    indexed_where: ClassVar = {"state = 'queued'": ("lane", "place")}


class DeliveryLaneTable(Table, tablename="delivery_lane"):
    """The ways that deliveries go, and who is at one."""

    id = Text(primary_key=True)
    kind = Text()
    owner = Text()
    state = Text()
    attempts = BigInt()
    next_at = Text()
    failing_since = Text(null=True, default=None)
    last_sent_at = Text(null=True, default=None)
    code = Text(null=True, default=None)
    status = BigInt(null=True, default=None)
    clock_off = BigInt(null=True, default=None)
    holder = Text()
    held_until = Text()


class GatheredTable(Table, tablename="gathered"):
    """One row."""

    id = Text(primary_key=True)
    seq = BigInt()
    ver = BigInt()


INBOXES = Rows(InboxTable, Inbox)
TARGETS = Rows(TargetTable, Target)
DELIVERIES = Rows(DeliveryTable, Delivery)
LANES = Rows(DeliveryLaneTable, Lane)
GATHERED = Rows(GatheredTable, Gathered)
TABLES = (InboxTable, TargetTable, DeliveryTable, DeliveryLaneTable, GatheredTable)
