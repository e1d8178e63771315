"""Guards inside the database, for the day when our own code is wrong.

Promised: a fact can be added but neither changed nor deleted, on both engines; on PostgreSQL no
transaction commits a change to a published table unless it also wrote a row of the change
index. Without the second, one forgotten writer would leave every phone on old data for ever
and nobody would notice. Not promised: protection from somebody who may drop triggers.

The runner calls `guards` after each run and remakes only what differs, because dropping a trigger
waits for every open transaction on its table. The name carries a digest of the text. With them
come the triggers that keep SQLite's index of words.
"""

import hashlib
from dataclasses import dataclass

from backend.foundation.database import worded as words
from backend.foundation.database.schema import Schema

PREFIX = "xunfang_"


@dataclass(frozen=True)
class Guard:
    """One trigger: the table it sits on, its name, and the statement that makes it."""

    table: str
    name: str
    sql: str


def sqlite_guards(schema: Schema) -> list[Guard]:
    worded = [
        _guard(table._meta.tablename, purpose, text)
        for table in schema.tables
        if words.worded(table)
        for purpose, text in words.sqlite_triggers(table).items()
    ]
    kept = [
        _guard(
            table._meta.tablename,
            f"keep_{verb.lower()}",
            f'CREATE TRIGGER {{name}} BEFORE {verb} ON "{{table}}" BEGIN '
            f"SELECT RAISE(ABORT, '{{table}} is append-only: {verb} refused'); END",
        )
        for table in schema.append_only
        for verb in ("UPDATE", "DELETE")
    ]
    return [*kept, *worded]


def postgres_guards(schema: Schema) -> list[Guard]:
    kept = [
        _guard(table._meta.tablename, f"keep_{verb.lower()}", text)
        for table in schema.append_only
        for verb, text in _KEEP.items()
    ]
    if schema.change_index is None:
        return kept
    index = schema.change_index._meta.tablename
    noted = [_guard(index, f"note_{verb.lower()}", text) for verb, text in _NOTE.items()]
    required = [_guard(table._meta.tablename, "publish", _PUBLISH) for table in schema.published]
    return [*kept, *noted, *required]


def _guard(table: str, purpose: str, template: str) -> Guard:
    text = template.replace("{table}", table)
    digest = hashlib.sha256("".join([text, *POSTGRES_FUNCTIONS]).encode()).hexdigest()[:8]
    name = f"{PREFIX}{purpose}_{table}_{digest}"[:63]
    return Guard(table, name, text.replace("{name}", name))


_KEEP = {
    "UPDATE": 'CREATE TRIGGER {name} BEFORE UPDATE ON "{table}" '
    "FOR EACH ROW EXECUTE FUNCTION xunfang_keep()",
    "DELETE": 'CREATE TRIGGER {name} BEFORE DELETE ON "{table}" '
    "FOR EACH ROW EXECUTE FUNCTION xunfang_keep()",
    "TRUNCATE": 'CREATE TRIGGER {name} BEFORE TRUNCATE ON "{table}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION xunfang_keep()",
}
_NOTE = {
    "INSERT": 'CREATE TRIGGER {name} AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS written '
    "FOR EACH STATEMENT EXECUTE FUNCTION xunfang_note_change()",
    "UPDATE": 'CREATE TRIGGER {name} AFTER UPDATE ON "{table}" REFERENCING NEW TABLE AS written '
    "FOR EACH STATEMENT EXECUTE FUNCTION xunfang_note_change()",
}
_PUBLISH = (
    'CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION xunfang_require_change()"
)

# The note is a setting of the transaction: it costs no row, and a rolled back savepoint takes it
# back. It names the transaction, so a note of the previous one in the same session is no note.
POSTGRES_FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION xunfang_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """
CREATE OR REPLACE FUNCTION xunfang_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM written) THEN
    PERFORM set_config('xunfang.change_noted', pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END $$""",
    """
CREATE OR REPLACE FUNCTION xunfang_require_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('xunfang.change_noted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    RAISE EXCEPTION '% was changed in a transaction without a change row', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$""",
)
