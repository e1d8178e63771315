"""What has to hold whatever the tables say, so that a wrong table cannot bless a leak.

Each rule gives its complaints in words. None of them asks the product who may do what: who belongs
where follows from the names of the people (see `bank`) alone.
"""

import json
from collections.abc import Iterator

from backend.foundation.journal.envelope import Answer
from tests.access.asking import EVERYTHING, letter
from tests.access.bank import ABSENT, DEPUTY, FAMILIES, LOST
from tests.access.calls import Heard
from tests.access.seen import Seen
from tests.features.stage import RIVERSIDE

STOPPED = ("stopped_one", LOST)
PLACE_OF = {"service": "_own", "security": "_guard"}
OFFICERS = ("dpo_one", "dpo_two")
ADMINS = ("admin_one", "admin_two")
HEAD = "outlet_head_own"  # puts right what the patrol found: sees the restricted line at the outlet
# Whose posts name no line and yet hold for the restricted one, at their own outlet: that there are
# checklists of it is no news to them.
HEADS = (HEAD, "outlet_head_away")
# What a stopped phone may do: hand over, learn that it was stopped, sign out.
HANDING_OVER = frozenset(
    {
        "SyncHello",
        "SyncPush",
        "SyncPull",
        "SyncEscrow",
        "WhoAmI",
        "SignOut",
        "ChangePassword",
        "ConfirmErased",
        "BlobsNeed",
        "CreateUpload",
    }
)
OF_KEEPERS = frozenset(
    {
        "People",
        "Person",
        "GivePassword",
        "ReadPeople",
        "PeopleForm",
        "SetDeviceState",
        "OpenWork",
        "HandOverWork",
    }
)
# A draft is one person's and of no family: an id that somebody else has is told as taken.
OF_ONE_PERSON = frozenset({"checklists.keep_draft"})
# Counts of the console by the kind of record that they count.
COUNTED = {
    "ConsoleVisitCounts": "visit",
    "ConsoleVisitCalendar": "visit",
    "ConsoleEventCounts": "event",
}
STATES_ONLY = ("overdue", "incomplete", "late", "on_spot")  # counted beside the states, not among


def belongs(name: str, line: str) -> bool:
    """Whether this person's posts lead to the family at Riverside."""
    if line not in PLACE_OF:
        return False
    if name == DEPUTY:
        return belongs(ABSENT, line)
    return name.endswith(PLACE_OF[line]) or name == HEAD


def everything(seen: Seen) -> list[str]:
    """All complaints of all rules."""
    rules = (foreign_like_missing, families_apart, verdicts_show, counts, stopped, officers)
    return [complaint for rule in rules for complaint in rule(seen)]


def foreign_like_missing(seen: Seen) -> Iterator[str]:
    """(a) To whoever it does not belong, a record answers as if there were none."""
    for one in seen.commands:
        for name, other in one.other.items():
            if not _outside(name, one.line) or _is_house(one.op) or one.op in OF_ONE_PERSON:
                continue
            if _at_the_counter(name, seen, one.line) & {one.rec[1], one.beside}:
                continue
            if _told(one.real[name]) != _told(other):
                yield (
                    f"{one.op}: {name} learns of a {one.line} record: "
                    f"{one.real[name].code}, and {other.code} where there is none"
                )
    for heard in seen.calls:
        if heard.missing is None or not _outside(heard.name, heard.line):
            continue
        if heard.name in STOPPED:
            continue
        if (heard.status, heard.body) != heard.missing:
            yield f"{heard.operation}: {heard.name} is answered otherwise than for a missing record"


def families_apart(seen: Seen) -> Iterator[str]:
    """(b) and (c) Nobody is sent anything of a family, outlet or line that is not theirs."""
    for line in FAMILIES:
        lives = seen.lives[line]
        marks = lives.marks() - _shared(seen, line)
        for name, phone in seen.phones.items():
            if belongs(name, line) or name in OFFICERS:
                continue
            allowed = _at_the_counter(name, seen, line)
            for key, body in phone.rows.items():
                text = json.dumps([key, body])
                found = {mark for mark in marks - allowed if mark in text}
                if found:
                    yield f"bucket: {name} receives {key[0]} of {line}"
            closed = {f"desk:{RIVERSIDE}:{line}", "line:security" if line == "security" else ""}
            for bucket in phone.granted:
                if bucket in closed or any(mark in bucket for mark in marks):
                    yield f"bucket: {name} is granted {bucket} of {line}"
        for heard in seen.calls:
            if belongs(heard.name, line) or heard.name in (*OFFICERS, *ADMINS):
                continue
            text = heard.body.decode("utf-8", "replace")
            if any(mark in text for mark in marks):
                yield f"{heard.operation}: {heard.name} reads something of {line}"
        for (family, what), served in seen.photos.items():
            for name, told in served.items():
                nothing = told == "." or (name in STOPPED and told == "-")
                if family == line and not nothing and not belongs(name, line):
                    yield f"photo: {name} is answered {told} for {what} of {line}"


def verdicts_show(seen: Seen) -> Iterator[str]:
    """A verdict shows a record only to those whose phones receive it."""
    for one in seen.commands:
        for name, answer in one.real.items():
            if answer.row is None:
                continue
            kind, id = json.loads(bytes(answer.row))[:2]
            if (kind, id) not in seen.phones[name].rows:
                yield f"{one.op}: the verdict shows {name} a {kind} of {one.line}"


def counts(seen: Seen) -> Iterator[str]:
    """(c) Every number counts what the reader may open, and nothing besides."""
    for heard in seen.calls:
        kind = COUNTED.get(heard.operation)
        if kind is None or heard.status != 200:
            continue
        told = sum(
            row["count"] for row in json.loads(heard.body) if row.get("name", "") not in STATES_ONLY
        )
        due = sum(
            len({id for k, id in seen.lives[line].recs.values() if k == kind})
            for line in FAMILIES
            if belongs(heard.name, line) or heard.name in ADMINS
        )
        if told != due:
            yield f"{heard.operation}: {heard.name} is told {told}, and {due} are there"


def stopped(seen: Seen) -> Iterator[str]:
    """(d) A stopped person or phone gets nothing new."""
    for name in STOPPED:
        if name not in seen.phones:
            continue
        if seen.phones[name].granted or seen.phones[name].rows:
            yield f"bucket: {name} still receives"
        for one in seen.commands:
            if letter(one.real[name]) == "+" or one.real[name].row is not None:
                yield f"{one.op}: {name} is still taken"
        for heard in seen.calls:
            if heard.name != name or heard.operation in HANDING_OVER:
                continue
            if heard.status not in (403, 404):
                yield f"{heard.operation}: {name} is still answered"


def officers(seen: Seen) -> Iterator[str]:
    """(e) The officer sees what is kept about people, the administrator people and devices."""
    for name in (*OFFICERS, *ADMINS):
        if name not in seen.phones:
            continue
        for bucket in seen.phones[name].granted:
            fits = bucket == "org" or bucket.startswith(("line:", "user:"))
            if not fits and not (bucket == "privacy" and name in OFFICERS):
                yield f"bucket: {name} is granted {bucket}"
        for (line, what), served in seen.photos.items():
            if served.get(name, ".") != ".":
                yield f"photo: {name} is served {what} of {line}"
    for heard in seen.calls:
        private = heard.operation.startswith("Privacy") or heard.operation == "OpenSealed"
        if private and (heard.status < 400) != (heard.name in OFFICERS):
            yield f"{heard.operation}: {heard.name} is answered {heard.status}"
        if heard.operation in OF_KEEPERS and heard.name not in ADMINS and heard.status < 400:
            yield f"{heard.operation}: {heard.name} keeps people and devices"
        audit = heard.operation.startswith("Audit") and heard.status < 400
        if audit and heard.name not in (*ADMINS, *OFFICERS):
            yield f"{heard.operation}: {heard.name} reads what administration did"
        desk = heard.operation.startswith("Console")
        if heard.name in OFFICERS and desk and heard.status < 400:
            yield f"{heard.operation}: {heard.name} reads the console"
        if heard.name in ADMINS and heard.status < 400 and _of_visitors(heard):
            yield f"{heard.operation}: {heard.name} reads who was at an event"


def _of_visitors(heard: Heard) -> bool:
    text = heard.body.decode("utf-8", "replace")
    return heard.operation == "EventBook" or "Guest of" in text


def _outside(name: str, line: str) -> bool:
    """Neither by post nor by office anything to do with the family's records."""
    return not belongs(name, line) and name not in (*OFFICERS, *ADMINS)


def _is_house(op: str) -> bool:
    """Commands about what everybody knows: the organisation, people, the notices that are read; and
    orders of one's own, which are of no family."""
    return op.startswith(("organisation.", "identity.", "exports.")) or EVERYTHING[op].by in (
        "system",
        "officer",
    )


def _told(answer: Answer) -> tuple[object, ...]:
    facts = sorted(answer.facts or {})
    return answer.s, answer.code, answer.cls, answer.detail, tuple(facts)


def _shared(seen: Seen, line: str) -> set[str]:
    """What both families have: no mark of either."""
    other = next(one for one in FAMILIES if one != line)
    return seen.lives[other].marks() & seen.lives[line].marks()


def _at_the_counter(name: str, seen: Seen, line: str) -> set[str]:
    """What lies outside of desks on purpose: checklists and the standards that they cite with all
    phones of a business line, and authorisations, which name nobody, at every counter of the
    outlet."""
    recs = seen.lives[line].recs
    papers = {recs["template"][1], recs["edition"][1]}
    if line == "security":
        return papers if name in HEADS else set()
    allowed = papers if not name.endswith("_guard") else set()
    if name.endswith("_line"):
        allowed |= {recs["authorisation"][1], recs["visit accepted"][1]}
    return allowed
