"""The journal's own tables. Only `journal` writes them; facts are append-only by trigger."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, SmallInt, Text
from piccolo.constraints import Unique
from piccolo.table import Table

# Of these the payload was kept. Written into every query that wants the index below: SQLite uses it
# only where the condition stands word for word.
NOT_APPLIED = "status IN ('rejected', 'conflict')"
# Acts of administration among all that happened, and what deputies did in the name of others. Word
# for word in every query that wants its index.
ADMINISTRATIVE = (
    "(for_person IS NOT NULL OR rec_kind IN ('calendar', 'code_list', 'deputy', 'device', 'hold', "
    "'inbox', 'line', 'outlet', 'person', 'pin', 'privacy_notice', 'standard_edition', 'target', "
    "'template', 'unit'))"
)
# Of these something is still to come. Few, however many rounds there are.
UNFINISHED_ROUND = "kind = 'round' AND body LIKE '%\"complete\":false%'"


class SyncCounter(Table, tablename="sync_counter"):
    """One row. Locked second to last in every writing transaction: its order is commit order."""

    id = SmallInt(primary_key=True, default=1)
    head = BigInt()
    epoch = Text()
    horizon = BigInt()
    durable = BigInt()
    chain_seq = BigInt()
    chain_hash = Text()


class SyncRow(Table, tablename="sync_row"):
    """The compacted pull index: one row per record and bucket, at its latest version."""

    id = Text(primary_key=True)  # kind:rec_id:bucket
    rec_key = Text(index=True)  # kind:rec_id
    kind = Text()
    rec_id = Text()
    bucket = Text()
    ver = BigInt(unique=True)
    gone = Boolean()
    h64 = Text()  # 16 hex digits: the first 8 bytes of SHA-256("kind:id:ver")
    # The index that pages are read by. Piccolo has no composite index, but it has this.
    bucket_ver = Unique([bucket, ver])


class Record(Table, tablename="record"):
    """What phones receive: the wire body of each record as it stands."""

    id = Text(primary_key=True)  # kind:rec_id
    kind = Text()
    rec_id = Text()
    rev = BigInt()
    body = Text()
    indexed_where: ClassVar = {UNFINISHED_ROUND: ("rec_id",)}


class DeviceLog(Table, tablename="device_log"):
    """How far the commands of one person on one device were taken. Kept for ever."""

    id = Text(primary_key=True)  # device:person
    device_id = Text()
    person_id = Text()
    last_seq = BigInt()


class Verdict(Table, tablename="verdict"):
    """The stored answer to one command. `payload` is there only for what was not applied."""

    id = Text(primary_key=True)  # the command's id
    slot = Text(unique=True)  # device:person:seq
    device_id = Text()
    person_id = Text()
    seq = BigInt()
    op = Text()
    rec_key = Text()
    status = Text()
    code = Text(null=True, default=None)
    answer = Text()
    payload = Text(null=True, default=None)
    payload_hash = Text()
    ver = BigInt()
    received_at = Text()
    # Whether the making of a record was refused, and what was kept of its commands: only what was
    # not applied is ever asked for by record.
    indexed_where: ClassVar = {NOT_APPLIED: ("rec_key", "device_id")}


class Fact(Table, tablename="fact"):
    """What happened, in commit order, each entry hashed over the one before."""

    id = Text(primary_key=True)
    seq = BigInt(unique=True)
    type = Text()
    rec_kind = Text()
    rec_id = Text(index=True)
    actor_id = Text()
    for_person = Text(null=True, default=None)  # whom the actor stood in for
    device_id = Text()
    cause = Text()
    occurred_at = Text()
    offset_ms = BigInt()
    error_ms = BigInt()
    received_at = Text()
    payload = Text()
    commitment = Text(null=True, default=None)
    prev_hash = Text()
    entry_hash = Text()
    indexed_where: ClassVar = {ADMINISTRATIVE: ("seq",)}


class FactPersonal(Table, tablename="fact_personal"):
    """The erasable half of a fact: personal fields and the salt of their commitment."""

    id = Text(primary_key=True)  # the fact's id
    salt = Text()
    payload = Text()


class BucketMember(Table, tablename="bucket_member"):
    """Who belongs to a bucket by name, and between which versions."""

    id = Text(primary_key=True)  # bucket|person
    bucket = Text(index=True)
    person_id = Text(index=True)
    from_ver = BigInt()
    until_ver = BigInt(null=True, default=None)


class Notice(Table, tablename="notice"):
    """A line for one person: what happened to something of theirs."""

    id = Text(primary_key=True)
    person_id = Text(index=True)
    type = Text()
    params = Text()
    rec_kind = Text(null=True, default=None)
    rec_id = Text(null=True, default=None, index=True)
    at = Text()
    fact = Text(null=True, default=None)  # the type of the fact that it tells of
    read_at = Text(null=True, default=None)


class Tombstone(Table, tablename="tombstone"):
    """A record that was erased. Kept for ever: nothing of this key is taken again."""

    id = Text(primary_key=True)  # kind:rec_id
    at = Text()
    cause = Text()  # the command that erased it


class Search(Table, tablename="search"):
    """The words by which a desk finds a record, and the text that they are from."""

    id = Text(primary_key=True)  # kind:rec_id
    kind = Text()
    opens_kind = Text()
    opens_id = Text()
    outlet = Text()
    line = Text()
    # No index: PostgreSQL would walk all of time by it instead of looking the words up.
    at = Text()
    text = Text()
    words = Text()
    mark = Text()
    worded: ClassVar = "words"


class Tally(Table, tablename="tally"):
    """One cell of the figures; an empty outlet stands for all of them."""

    id = Text(primary_key=True)  # tally|span|outlet|line|key
    tally = Text()
    span = Text()
    outlet = Text()
    line = Text()
    key = Text()
    n0 = BigInt()
    n1 = BigInt()
    n2 = BigInt()
    n3 = BigInt()
    n4 = BigInt()
    n5 = BigInt()
    n6 = BigInt()
    indexed_together: ClassVar = (("tally", "outlet", "span"), ("tally", "span"))


class Tallied(Table, tablename="tallied"):
    """What a record has added to the figures."""

    id = Text(primary_key=True)  # kind:rec_id
    counts = Text()


class Derived(Table, tablename="derived"):
    """By which rules what is derived from records was made."""

    id = Text(primary_key=True)
    version = BigInt()


class Job(Table, tablename="job"):
    """Work nobody waits for, queued in the transaction that made it necessary."""

    id = Text(primary_key=True)
    kind = Text()
    payload = Text()
    dedupe = Text(unique=True)
    status = Text(index=True)  # queued, running, done
    run_at = Text()
    attempts = BigInt()
    worker = Text()
    locked_until = Text()
    last_error = Text()
    queued_at = Text(null=True, default=None)
    request_id = Text(null=True, default=None)  # the call that made it necessary


TABLES = (
    SyncCounter,
    SyncRow,
    Record,
    DeviceLog,
    Verdict,
    Fact,
    FactPersonal,
    BucketMember,
    Notice,
    Tombstone,
    Search,
    Tally,
    Tallied,
    Derived,
    Job,
)
