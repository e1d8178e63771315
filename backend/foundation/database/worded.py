"""An index over the words of a table's texts, on either engine.

A table says `worded = "words"`: a column that holds words, separated by spaces, made by our own
code (`kernel/words`). PostgreSQL indexes it as a tsvector that is cast from the text, so that
neither its parser nor the server's locale has a say in what a Chinese word is. SQLite has an FTS5
table beside, kept by triggers.

Promises: what is removed from the table is found no more, and after `forget_removed` its words are
nowhere in SQLite's index either: FTS5 only marks what is deleted until its parts are merged, and
the versions that can do better are newer than those that people have. Not promised: free pages of
the file, and dead rows of PostgreSQL until its next vacuum, as for every table.
"""

from collections.abc import Iterable, Sequence

from piccolo.table import Table

from backend.foundation.database.transaction import Dialect, Tx

PENDING_KB = 512  # new words that wait unsorted, and that every search reads through


def worded(table: type[Table]) -> str:
    """The column with the words; empty for a table that has none."""
    return str(getattr(table, "worded", ""))


def index_place(table: type[Table]) -> str:
    """What PostgreSQL's CREATE INDEX is to be put on."""
    name = table._meta.tablename
    column = f'("{worded(table)}"::tsvector)'
    return f'"{name}" USING gin ({column}) WITH (gin_pending_list_limit = {PENDING_KB})'


def beside(name: str) -> str:
    """The FTS5 table that belongs to a table."""
    return f"{name}_words"


def sqlite_table(table: type[Table]) -> list[str]:
    """The FTS5 table and the numbers of the rows in it, made and filled."""
    name, column = table._meta.tablename, worded(table)
    index, numbers = beside(name), _numbers(name)
    return [
        f'CREATE TABLE "{numbers}" (num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)',
        f"CREATE VIRTUAL TABLE \"{index}\" USING fts5({column}, content='', detail=none, "
        "tokenize='unicode61 remove_diacritics 0')",
        f'INSERT INTO "{numbers}"(id) SELECT id FROM "{name}"',
        f'INSERT INTO "{index}"(rowid, {column}) SELECT d.num, s."{column}" FROM "{name}" s '
        f'JOIN "{numbers}" d ON d.id = s.id',
    ]


def sqlite_triggers(table: type[Table]) -> dict[str, str]:
    """What keeps it, by purpose: CREATE TRIGGER with `{name}` still open."""
    name, column = table._meta.tablename, worded(table)
    index, numbers = beside(name), _numbers(name)
    known = f'FROM "{numbers}" WHERE id ='
    number = f'INSERT INTO "{numbers}"(id) VALUES (new.id);'
    put = f'INSERT INTO "{index}"(rowid, {column}) SELECT num, new."{column}" {known} new.id;'
    take = (
        f'INSERT INTO "{index}"("{index}", rowid, {column}) '
        f"SELECT 'delete', num, old.\"{column}\" {known} old.id;"
    )
    forget = f"DELETE {known} old.id;"
    begin = "CREATE TRIGGER {name} AFTER"
    return {
        "word_insert": f'{begin} INSERT ON "{name}" BEGIN {number} {put} END',
        "word_update": f'{begin} UPDATE ON "{name}" BEGIN {take} {put} END',
        "word_delete": f'{begin} DELETE ON "{name}" BEGIN {take} {forget} END',
    }


def _numbers(name: str) -> str:
    # A rowid of the table itself may change when its file is compacted; and a number made of its
    # id would be as long as a card's, and be taken for one.
    return f"{name}_numbers"


async def forget_removed(tx: Tx, name: str) -> None:
    """Merges the parts of the table's index, so that nothing of what was removed is left in it. The
    whole index is written anew: for an erasure, not for every change."""
    if tx.dialect == "sqlite":
        index = beside(name)
        await tx.run(f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')')


def having(
    dialect: Dialect,
    table: str,
    column: str,
    whole: Sequence[str],
    begun: Sequence[str],
    any_of: Iterable[Sequence[str]] = (),
) -> tuple[str, str, str]:
    """FROM, condition and its one argument for rows of `table` (as `s`) that have all of these
    words, words that begin so, and one word of each of those groups (an empty one asks for
    nothing). Words are letters and digits alone."""
    groups = [group for group in any_of if group]
    if dialect == "postgres":
        parts = [f"'{word}'" for word in whole] + [f"'{word}':*" for word in begun]
        parts += [f"({' | '.join(repr(word) for word in group)})" for group in groups]
        return f'"{table}" s', f's."{column}"::tsvector @@ (?::text)::tsquery', " & ".join(parts)
    parts = [f'"{word}"' for word in whole] + [f'"{word}"*' for word in begun]
    parts += ["(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups]
    index = beside(table)
    numbers = f'"{_numbers(table)}" d ON d.num = f.rowid'
    joined = f'"{index}" f JOIN {numbers} JOIN "{table}" s ON s.id = d.id'
    return joined, f'f."{index}" MATCH ?', " AND ".join(parts)
