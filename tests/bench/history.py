"""Years of rounds in an installation's PostgreSQL, made where they lie: half a minute for a million
would be hours through commands. What a query touches is like the real thing: published bodies of
the demo with their places in the change index and the people they belong to, words as our own code
cuts them, cells of the figures as sums of what was made.

Two houses of different size are the same bank today: the last quarter has the same rounds in both,
five a week for each of forty outlets and three lines, so that a first page, a chart and the latest
hits are the same answer. What differs is what lies behind: the rest of the rounds, spread over five
years before that quarter. One round in ten has a finding, of which those of the last weeks are
open; one word stands in ten rounds of those years, whatever their number.
"""

import json

from backend.foundation.journal.search import line_word, outlet_word
from backend.foundation.kernel.words import words_of
from tests.bench.installation import Installation

OUTLETS, YEARS = 40, 5
LINES = ("service", "retail", "operations")
A_WEEK = 5 * OUTLETS * len(LINES)
RECENT_WEEKS = 13
RECENT = RECENT_WEEKS * A_WEEK
RARE, COMMON = "扶手松动", "灭火器"  # in the texts of ten rounds, and in one of five
_TABLES = (
    "round",
    "rectification",
    "record",
    "sync_row",
    "bucket_member",
    "search",
    "tally",
    "tallied",
)
_PEOPLE = 200
_OPEN_DAYS = 14
_TEXTS = (
    "二楼灭火器过期，已通知后勤更换",
    "大厅灯管损坏两根，光线偏暗",
    "叫号机旁等候区座椅破损",
    "便民箱老花镜缺失，需要补充",
    "无障碍坡道被纸箱占用，轮椅无法通行",
)


def fill(one: Installation, rounds: int) -> None:
    """Adds so many rounds, and what belongs to them. There have to be more than `RECENT`."""
    assert rounds > RECENT, f"{rounds} rounds are less than a quarter"
    for table in _TABLES:  # what is cleaned up behind the loading is no part of any answer
        off = "autovacuum_enabled = false, toast.autovacuum_enabled = false"
        one.ask(f"ALTER TABLE {table} SET ({off})")
    indexes = _indexes(one)
    for name in indexes:
        one.ask(f'DROP INDEX "{name}"')
    parts = (_rounds(rounds), _cases(), _places(rounds), _words(rounds), _tallies())
    for sql in (_ground(rounds), *parts):
        # No row of these is anybody's change: the guards that ask for one are left out.
        one.ask(f"SET session_replication_role = replica; {sql}")
    for made in indexes.values():  # sorted once, instead of searched a million times
        one.ask(f"SET maintenance_work_mem = '256MB'; {made}")
    one.ask("DROP TABLE bench_outlet, bench_text, bench_body, bench_round")
    one.ask("VACUUM ANALYZE")
    one.ask("CHECKPOINT")


def _indexes(one: Installation) -> dict[str, str]:
    """What makes each index that is no constraint, by its name."""
    named = ", ".join(f"'{table}'" for table in _TABLES)
    said = one.ask(
        f"SELECT indexname || '|' || indexdef FROM pg_indexes WHERE tablename IN ({named}) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    pairs = (line.split("|", 1) for line in said.splitlines())
    return {name: made for name, made in pairs}


def _ground(rounds: int) -> str:
    outlets = [f"bench-outlet-{n:02d}" for n in range(OUTLETS)]
    names = ", ".join(f"({n}, '{id}', '{outlet_word(id)}')" for n, id in enumerate(outlets))
    said = [*_TEXTS, f"楼梯{RARE}，存在跌倒隐患"]
    texts = ", ".join(
        f"({n}, '{text}', '{' '.join(words_of(text))}')" for n, text in enumerate(said)
    )
    body = json.dumps({"complete": True, "state": "submitted"})
    of_line = f"[g.n / {OUTLETS} % {len(LINES)} + 1]"
    line = f"(ARRAY{list(LINES)!r}){of_line}"
    line_words = f"(ARRAY{[line_word(one) for one in LINES]!r}){of_line}"
    quarter = f"interval '{RECENT_WEEKS} weeks'"
    return f"""
        CREATE TABLE bench_outlet (n int, id text, word text);
        INSERT INTO bench_outlet VALUES {names};
        CREATE TABLE bench_text (n int, text text, words text);
        INSERT INTO bench_text VALUES {texts};
        CREATE TABLE bench_body AS
        SELECT kind, coalesce(max(body), '{body}') AS body FROM record
        WHERE (kind = 'round' AND body LIKE '%"complete":true%') OR
              (kind = 'rectification' AND body LIKE '%"state":"closed"%') GROUP BY kind;
        CREATE UNLOGGED TABLE bench_round AS
        SELECT g.n, 'bench-' || g.n AS id, o.id AS outlet, {line} AS line,
            o.word || ' ' || {line_words} AS word,
            'bench-person-' || g.n % {_PEOPLE} AS person, now() - CASE WHEN g.n <= {RECENT}
            THEN g.n * interval '1 week' / {A_WEEK} ELSE {quarter} +
            (g.n - {RECENT}) * interval '{YEARS} years' / {rounds - RECENT} END AS at
        FROM generate_series(1, {rounds}) g (n) JOIN bench_outlet o ON o.n = g.n % {OUTLETS}
        ORDER BY g.n DESC;"""


def _rounds(rounds: int) -> str:
    return f"""
        INSERT INTO round (id, template, title, outlet, line, rhythm, assignee, assigned_by,
            due_at, unscheduled, state, made_at, late_template, reason, submitted_at, received_at,
            hash_equal, findings, late, amendments, contributions)
        SELECT id, '', '{{}}', outlet, line, 'monthly', person, 'bench', {_wire("at")}, false,
            'submitted', {_wire("at")}, false, '', {_wire("at")}, {_wire("at")}, true, 0, false,
            '[]', '[]' FROM bench_round;
        INSERT INTO record (id, kind, rec_id, rev, body)
        SELECT 'round:' || id, 'round', id, 1, b.body
        FROM bench_round, bench_body b WHERE b.kind = 'round';
        INSERT INTO tallied (id, counts) SELECT 'round:' || id, '{{}}' FROM bench_round;
        INSERT INTO bucket_member (id, bucket, person_id, from_ver)
        SELECT 'round:' || id || '|' || person, 'round:' || id, person, {rounds} - n
        FROM bench_round;"""


def _cases() -> str:
    recent = f"at > now() - interval '{_OPEN_DAYS} days' AND n % 100 = 0"
    return f"""
        INSERT INTO rectification (id, finding, round, outlet, line, item, item_key, severity, text,
            cause, measure, on_spot, state, due_at, due_steps, late, raised_by, raised_at,
            opened_at, before, after, events, returns)
        SELECT id, id, id, outlet, line,
            '{{"key": "k", "no": "1.1", "text": {{"zh": "项", "en": "item"}}}}',
            'item-' || n / 10 % 30, 'major', '', '', '', false,
            CASE WHEN {recent} THEN 'open' ELSE 'closed' END, {_wire("at")}, '[]', false, person,
            {_wire("at")}, {_wire("at")}, '[]', '[]', '[]', '[]'
        FROM bench_round WHERE n % 10 = 0;
        INSERT INTO record (id, kind, rec_id, rev, body)
        SELECT 'rectification:' || id, 'rectification', id, 1, b.body
        FROM bench_round, bench_body b WHERE b.kind = 'rectification' AND n % 10 = 0;"""


def _places(rounds: int) -> str:
    """Where phones receive them: round and case with their people and on their desk."""
    return f"""
        INSERT INTO sync_row (id, rec_key, kind, rec_id, bucket, ver, gone, h64)
        SELECT key || ':' || bucket, key, kind, r.id, bucket, c.head + ({rounds} - r.n) * 4 + slot,
            false, substr(md5(key), 1, 16)
        FROM bench_round r, sync_counter c,
            (VALUES (1, 'round'), (2, 'round'), (3, 'rectification'), (4, 'rectification'))
            k (slot, kind),
            LATERAL (SELECT k.kind || ':' || r.id AS key, CASE slot WHEN 1 THEN 'round:' || r.id
                WHEN 4 THEN 'user:' || person ELSE 'desk:' || outlet || ':' || line END AS bucket) p
        WHERE slot < 3 OR r.n % 10 = 0;
        UPDATE sync_counter SET head = head + {rounds} * 4 + 1;"""


def _words(rounds: int) -> str:
    years = rounds - RECENT
    rare = f"r.n > {RECENT} AND (r.n - {RECENT}) % {max(1, years // 100) * 10} = 0"
    return f"""
        INSERT INTO search (id, kind, opens_kind, opens_id, outlet, line, at, text, words,
            mark)
        SELECT k.kind || ':' || r.id, k.kind, k.opens, r.id, r.outlet, r.line,
            {_wire("r.at")}, t.text, concat_ws(' ', t.words,
            to_char(date_trunc('week', r.at AT TIME ZONE 'UTC'), '"w"YYYYMMDD'),
            to_char(r.at AT TIME ZONE 'UTC', '"m"YYYYMM'),
            to_char(r.at AT TIME ZONE 'UTC', '"y"YYYY'), r.word), ''
        FROM bench_round r
        JOIN bench_text t ON t.n = CASE WHEN {rare} THEN {len(_TEXTS)}
            ELSE r.n / 10 % {len(_TEXTS)} END,
        (VALUES (0, 'sheet', 'round'), (1, 'rectification', 'rectification')) k (n, kind, opens)
        WHERE r.n % 10 = 0;"""


def _tallies() -> str:
    week = "to_char(date_trunc('week', at AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD')"
    month = "to_char(date_trunc('month', at AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD')"
    kinds = (
        (
            "rounds",
            week,
            "''::text",
            "count(*), count(*), 0, count(*), sum(900), sum(1000)",
            "true",
        ),
        ("failed", month, "'item-' || n / 10 % 30", "count(*), 0, 0, 0, 0, 0", "n % 10 = 0"),
    )
    return "".join(
        f"""
        INSERT INTO tally (id, tally, span, outlet, line, key, n0, n1, n2, n3, n4, n5, n6)
        SELECT concat_ws('|', '{tally}', {span}, place, line, {key}), '{tally}', {span}, place,
            line, {key}, {numbers}, 0
        FROM bench_round, unnest(ARRAY[outlet, '']) place WHERE {which}
        GROUP BY {span}, place, line, {key} ON CONFLICT (id) DO NOTHING;"""
        for tally, span, key, numbers, which in kinds
    )


def _wire(column: str) -> str:
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
