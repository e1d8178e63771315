"""The tables that people read: one line for each command, call, bucket and picture, one column for
each role. Written by `python -m tests.access`; a change of them is a change of who may do what.

In a column of a role stand four letters, for its holders at Riverside in `service`, at another
outlet, at Riverside in another line, and at Riverside in `security`. `admin` and `dpo` hold for
everything. Beside them: a post that has ended, a stopped person, a stopped phone, no post at all.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.access.asking import letter
from tests.access.bank import ASKED, LAKESIDE, PLACES, ROLES
from tests.access.calls import PUBLIC
from tests.access.seen import Seen
from tests.features.stage import HILLTOP, RIVERSIDE

PLACE_NAMES = {RIVERSIDE: "riverside", HILLTOP: "hilltop", LAKESIDE: "lakeside"}
FOLDER = Path(__file__).parent / "matrix"
HEAD = """\
What the bank answers to everybody. Made by asking it: `make access` writes this file anew, and
whoever reviews a change of it decides whether these people may do or see that.

  +  done or shown        r  refused by a rule that comes after who asks
  -  forbidden            .  as if there were none

Four letters for each role: at the outlet in the line `service`, at another outlet, at the outlet in
another line, at the outlet in `security`. `head` and `staff` at the outlet hold for every line but
the restricted ones, and the head sees those too. Then: administrators, data-protection officers,
whose post has ended, who is stopped, whose phone is stopped, who has no post; the deputy of the
manager at the outlet in all lines, and who was it before and is told so (`r`) for every command.
"""
SHORT = ("insp", "outr", "head", "staff", "mgr", "lead", "secr", "guard")
REST = tuple(name for name in ASKED if not name.startswith(tuple(f"{one}_" for one in ROLES)))
LAST = (("adm", "admin_"), ("dpo", "dpo_"), ("ended", "left"), ("stop", "stopped"))
MORE = (("phone", "lost"), ("none", "stranger"), ("dep", "deputy_now"), ("depx", "deputy_past"))


def tables(seen: Seen) -> dict[str, str]:
    """Every table by the name of its file."""
    commands = [
        (one.op, one.line, {name: letter(answer) for name, answer in one.real.items()})
        for one in seen.commands
    ]
    calls: dict[tuple[str, str], dict[str, str]] = {}
    for heard in seen.calls:
        calls.setdefault((heard.operation, heard.line), {})[heard.name] = heard.letter
    buckets = _buckets(seen)
    return {
        "commands.txt": _table(commands),
        "calls.txt": _table([(*key, told) for key, told in calls.items()]),
        "buckets.txt": _table(buckets),
        "photos.txt": _table([(w, line, told) for (line, w), told in seen.photos.items()]),
    }


def gaps(seen: Seen, ops: Iterable[str]) -> list[str]:
    """Commands, calls and kinds of records that nobody is asked about yet, with what to do."""
    asked = {one.op for one in seen.commands}
    heard = {one.operation for one in seen.calls} | PUBLIC
    return [
        *(
            f"{op} is a new command: put a question into a file of tests/access/questions that is "
            "taken for whoever it is meant for, then `make access`, and read what changed in "
            "tests/access/matrix"
            for op in sorted(set(ops) - asked)
        ),
        *(
            f"{operation} is a new call: put it into CALLS of tests/access/calls.py, or of the "
            "feature's file in tests/access/questions, with the record that its path names, then "
            "`make access`, and read what changed"
            for operation in sorted(seen.operations - heard)
        ),
    ]


def stored(name: str) -> str:
    """The table as it is checked in; empty where there is none."""
    path = FOLDER / name
    return path.read_text() if path.exists() else ""


def write(made: Mapping[str, str]) -> None:
    """Checks the tables in."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text)


def _buckets(seen: Seen) -> list[tuple[str, str, dict[str, str]]]:
    """Names of buckets, with what is one record's told by the record."""
    called = {id: name for lives in seen.lives.values() for name, (_, id) in lives.recs.items()}
    found: dict[str, dict[str, str]] = {}
    for name, phone in seen.phones.items():
        for bucket in phone.granted:
            told = ":".join(called.get(part, _place(part)) for part in bucket.split(":"))
            if bucket.startswith("user:"):
                told = "user:<oneself>"
            found.setdefault(told, {})[name] = "+"
    everybody = dict.fromkeys(seen.phones, ".")
    return [(bucket, "", everybody | told) for bucket, told in sorted(found.items())]


def _place(part: str) -> str:
    return PLACE_NAMES.get(part, part)


def _table(lines: Iterable[tuple[str, str, Mapping[str, str]]]) -> str:
    head = "".join(f"{name:7}" for name in (*SHORT, *(short for short, _ in (*LAST, *MORE))))
    rows = [f"{'':34}{'':10}{head}".rstrip()]
    for what, line, told in lines:
        by_role = ["".join(told[f"{role}_{place}"] for place in PLACES) for role in ROLES]
        rest = [
            "".join(told[name] for name in REST if name.startswith(start))
            for _, start in (*LAST, *MORE)
        ]
        cells = "".join(f"{cell:7}" for cell in (*by_role, *rest))
        rows.append(f"{what:34}{line:10}{cells}".rstrip())
    return HEAD + "\n" + "\n".join(rows) + "\n"
