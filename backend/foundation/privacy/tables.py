"""Where notices, consents, holds, certificates and due dates lie."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.privacy.model import (
    Answer,
    Awaited,
    Certificate,
    Consent,
    Hold,
    Kept,
    Notice,
)


class PrivacyNotice(Table, tablename="privacy_notice"):
    """One row per version, named by the digest of its content."""

    id = Text(primary_key=True)
    code = Text(index=True)
    edition = Text()
    title = Text()
    points = Text()
    purposes = Text()
    published_by = Text()
    published_at = Text()
    retired_at = Text(null=True, default=None)


class ConsentTable(Table, tablename="consent"):
    """One row per person and notice."""

    id = Text(primary_key=True)
    parent_kind = Text()
    parent_id = Text()
    parent = Text(index=True)
    outlet = Text(index=True)
    line = Text(null=True, default=None)
    buckets = Text()
    notice = Text()
    late_notice = Boolean()
    principal = Text()
    minor = Boolean()
    how = Text()
    photo = Text(null=True, default=None)
    witness = Text(null=True, default=None)
    staff = Text()
    by = Text()
    device = Text()
    given_at = Text(index=True)
    occurred_at = Text()
    offset_ms = BigInt()
    error_ms = BigInt()
    received_at = Text()
    valid_until = Text(null=True, default=None)


class ConsentAnswer(Table, tablename="consent_answer"):
    """One row per purpose: what is withdrawn alone stands alone."""

    id = Text(primary_key=True)
    consent = Text(index=True)
    purpose = Text(index=True)
    given = Boolean()
    withdrawn_at = Text(null=True, default=None, index=True)
    recorded_at = Text(null=True, default=None)
    channel = Text(null=True, default=None)
    asked_by = Text(null=True, default=None)
    staff = Text(null=True, default=None)
    action = Text(null=True, default=None)
    erase_by = Text(null=True, default=None)


class RetentionTable(Table, tablename="privacy_retention"):
    """One row per record and class. The worker asks for what is due among years of rows."""

    id = Text(primary_key=True)
    kind = Text()
    rec_id = Text()
    rec = Text(index=True)
    klass = Text()
    action = Text()
    outlet = Text()
    line = Text(null=True, default=None)
    since = Text()
    days = BigInt()
    due_on = Text(index=True)
    reason = Text()
    state = Text()
    ended_at = Text(null=True, default=None)
    certificate = Text(null=True, default=None)
    indexed_where: ClassVar = {"state = 'kept'": ("due_on", "id")}


class HoldTable(Table, tablename="privacy_hold"):
    """One row per hold; several may lie on one record."""

    id = Text(primary_key=True)
    kind = Text()
    rec_id = Text()
    rec = Text(index=True)
    by = Text()
    why = Text()
    at = Text()
    released_by = Text(null=True, default=None)
    released_why = Text(null=True, default=None)
    released_at = Text(null=True, default=None)


class CertificateTable(Table, tablename="certificate"):
    """One row per order to erase or seal."""

    id = Text(primary_key=True)
    cause = Text()
    action = Text()
    kind = Text()
    rec_id = Text()
    rec = Text(index=True)
    rule = Text()
    records = Text()
    fields = BigInt()
    digests = Text()
    by = Text()
    ordered_at = Text(index=True)
    erase_by = Text()
    state = Text(index=True)
    done_at = Text(null=True, default=None)


class AwaitedTable(Table, tablename="certificate_digest"):
    """Bytes that have to be gone before a certificate is done."""

    id = Text(primary_key=True)
    certificate = Text(index=True)
    digest = Text(index=True)
    gone_at = Text(null=True, default=None)


NOTICES = Rows(PrivacyNotice, Notice)
CONSENTS = Rows(ConsentTable, Consent)
ANSWERS = Rows(ConsentAnswer, Answer)
KEPT = Rows(RetentionTable, Kept)
HOLDS = Rows(HoldTable, Hold)
CERTIFICATES = Rows(CertificateTable, Certificate)
AWAITED = Rows(AwaitedTable, Awaited)
TABLES = (
    PrivacyNotice,
    ConsentTable,
    ConsentAnswer,
    RetentionTable,
    HoldTable,
    CertificateTable,
    AwaitedTable,
)
