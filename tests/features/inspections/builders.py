"""A round at the Riverside outlet and the people around it, for rules without a database."""

from typing import Any

from backend.features.inspections.model import Found, Round
from backend.features.inspections.rules.planning import Candidate, Paper
from backend.foundation.checklists.sheet import Answer, Finding, Sheet
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import derived_id

ROOT = "0198c0de-0000-7000-8000-000000000000"
RIVERSIDE = derived_id(ROOT, "outlet riverside")
HILLTOP = derived_id(ROOT, "outlet hilltop")
TEMPLATE = "ab" * 32


def person(name: str, *grants: Grant) -> Actor:
    """Somebody with the given grants, always the same id for the same name."""
    return Actor(id=derived_id(ROOT, name), name=name, grants=grants, device_id=f"{name}-phone")


LI_NA = person("Li Na", Grant("inspector", None, "service"))
ANA = person("Ana", Grant("inspector", None, "service"))
WANG_FANG = person("Wang Fang", Grant("outlet_head", RIVERSIDE, None))
CHEN_JIE = person("Chen Jie", Grant("manager", None, "service"))
STRANGER = person("Qian Hao", Grant("manager", HILLTOP, "retail"))
OUTREACH = person("Lin Xia", Grant("outreach", None, None))


def candidate(actor: Actor, *outlets: str) -> Candidate:
    """The person as somebody who may get a round, working at these outlets."""
    return Candidate(actor.id, actor.name, actor.grants, frozenset(outlets))


def paper(**values: Any) -> Paper:
    """The service-quality checklist in force."""
    usual: dict[str, Any] = {
        "id": TEMPLATE,
        "title": {"zh": "服务质量", "en": "Service quality"},
        "line": "service",
        "rhythm": "monthly",
        "retired": False,
    }
    return Paper(**(usual | values))


def round_(**values: Any) -> Round:
    """Li Na's open monthly round."""
    usual: dict[str, Any] = {
        "id": derived_id(ROOT, "round"),
        "template": TEMPLATE,
        "title": {"zh": "服务质量", "en": "Service quality"},
        "outlet": RIVERSIDE,
        "line": "service",
        "rhythm": "monthly",
        "assignee": LI_NA.id,
        "assigned_by": CHEN_JIE.id,
        "opens_at": "2026-05-04T00:00:00.000Z",
        "due_at": "2026-05-08T10:00:00.000Z",
        "unscheduled": False,
        "state": "open",
        "made_at": "2026-05-03T00:00:00.000Z",
    }
    return Round(**(usual | values))


def sheet(**answers: Any) -> Sheet:
    """A sheet with these answers by item, all by Li Na."""
    return Sheet(
        template=TEMPLATE,
        answers={
            item: Answer("main", value, "", LI_NA.id, "2026-05-06T02:00:00.000Z", 1)
            for item, value in answers.items()
        },
    )


def found(**values: Any) -> Found:
    """A blocked ramp."""
    usual: dict[str, Any] = {
        "id": derived_id(ROOT, "finding"),
        "round": round_().id,
        "item": "i_ramp",
        "severity": "major",
        "text": "The ramp is blocked",
        "cause": "",
        "measure": "",
        "on_spot": False,
        "by": LI_NA.id,
        "at": "2026-05-06T02:00:00.000Z",
    }
    return Found(**(usual | values))


def finding_in_sheet(one: Found) -> Finding:
    """The same finding as the sheet shows it."""
    return Finding(
        one.item,
        one.severity,
        one.text,
        one.cause,
        one.measure,
        one.on_spot,
        one.by,
        one.at,
    )


def at(moment: str = "2026-05-06T02:00:00.000Z", received: str = "") -> When:
    """The times of a command; received when it was made unless said otherwise."""
    arrived = received or moment
    return When(moment, arrived, min(moment, arrived), derived_id(ROOT, f"event {moment}"))
