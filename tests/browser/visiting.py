"""Visits that are made ready over the API, so that a test begins where it wants to look."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.browser.branch import Branch
from tests.browser.visit_page import ADDRESS, AGENT, NAME, WORDS

OUTLET = "SELECT id FROM outlet WHERE code = ?"
PERSON = "SELECT id FROM person WHERE username = ?"
LINE = "community"
ROUNDS = 40  # pages of a pull; the demo needs fewer
PURPOSES = ("address", "identity", "condition", "intention", "photos", "recording")


def today(days: int = 0) -> str:
    """The bank's local day."""
    return (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=days)).date().isoformat()


class Hand:
    """Somebody who sends commands past every screen, as a phone of an older build would."""

    def __init__(self, branch: Branch, username: str) -> None:
        self._client = branch.client(username)
        self._sent = 0
        self.id = str(branch.rows(PERSON, username)[0]["id"])

    def do(self, op: str, rec: tuple[str, str], args: dict[str, Any]) -> dict[str, Any]:
        """One command; its verdict."""
        self._sent += 1
        command = {
            "id": new_id(),
            "seq": self._sent,
            "op": op,
            "v": 1,
            "actor": self.id,
            "rec": list(rec),
            "at": wire(SystemClock().now()),
            "args": args,
        }
        body = {"req": f"r{self._sent}", "saw": 0, "commands": [command]}
        answer = self._client.post("/v1/sync/push", json=body).raise_for_status().json()
        return dict(answer["results"][0])

    def body(self, kind: str, id: str) -> dict[str, Any]:
        """A record as this person's phone would have it."""
        scopes: dict[str, int] = {}
        for _ in range(ROUNDS):
            asked = {"req": "p", "scopes": scopes, "epoch": ""}
            answer = self._client.post("/v1/sync/pull", json=asked).raise_for_status().json()
            for page in answer["scopes"].values():
                for row in page["rows"]:
                    if row[:2] == [kind, id]:
                        return dict(next(part for part in row if isinstance(part, dict)))
            scopes |= {name: page["next"] for name, page in answer["scopes"].items()}
            scopes |= dict.fromkeys(answer["add"], 0)
        raise AssertionError(f"{kind} {id} never came")

    def must(self, op: str, rec: tuple[str, str], args: dict[str, Any]) -> None:
        verdict = self.do(op, rec, args)
        assert verdict["s"] == "applied", verdict


class Prepared:
    """A verification for today at the outlet LX02, of `outreach` and `outreach2`."""

    def __init__(self, branch: Branch, *staff: str) -> None:
        self.branch = branch
        self.id = new_id()
        self.visit = ("visit", self.id)
        self.head = Hand(branch, "outlet")
        self.staff = [Hand(branch, name) for name in staff or ("outreach", "outreach2")]
        self.consent = ""

    def scheduled(self) -> "Prepared":
        self.head.must("visits.request", ("visit_person", self.id), self._wanted())
        self.plan(*(one.id for one in self.staff))
        return self

    def plan(self, *staff: str) -> None:
        told = {"day": today(), "begins": "09:00", "ends": "11:00", "staff": list(staff)}
        self.head.must("visits.schedule", self.visit, told)

    def at_home(self) -> "Prepared":
        self.scheduled()
        for one in self.staff:
            one.must("visits.sign_in", self.visit, {})
        return self

    def agreed(self, *refused: str) -> "Prepared":
        notice = self.branch.rows("SELECT id FROM privacy_notice WHERE code = ?", "home_visit")
        self.consent = new_id()
        answers = [{"purpose": f"visits.{one}", "given": one not in refused} for one in PURPOSES]
        giving = {
            "id": self.consent,
            "notice": notice[0]["id"],
            "principal": "person",
            "answers": answers,
            "how": "spoken",
            "witness": self.staff[1].id,
            "staff": [one.id for one in self.staff],
        }
        self.staff[0].must("visits.consent", self.visit, {"consent": giving})
        return self

    def answered(self, *, doubt: bool = False) -> "Prepared":
        document = {"kind": "identity_card", "matches": True}
        seen = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": doubt}
        for aspect, op, args in (
            ("identity", "sight", {"of": "principal", "document": document}),
            ("identity", "note_agent", {"present": True, "relationship": "child"}),
            ("condition", "observe", seen),
            ("intention", "record_intention", {"words": WORDS}),
        ):
            self.staff[0].must(f"visits.{op}", ("visit_answer", f"{self.id}.{aspect}"), args)
        wanted = {"business": ["password_reset"], "scope": "once", "until": today(30)}
        self.staff[0].must("visits.authorise", self.visit, wanted)
        return self

    def submitted(self) -> "Prepared":
        self.at_home().agreed().answered()
        self.staff[0].must("visits.submit", self.visit, {})
        return self

    def _wanted(self) -> dict[str, Any]:
        outlet = self.branch.rows(OUTLET, "LX02")[0]["id"]
        agent = {"name": AGENT, "relationship": "child"}
        person = {"name": NAME, "address_as": "auntie", "address": ADDRESS, "agent": agent}
        return {
            "kind": "verification",
            "outlet": outlet,
            "line": LINE,
            "asked_by": "relative",
            "channel": "phone",
            "business": "password_reset",
            "why": "bedridden",
            "day": today(),
            "begins": "09:00",
            "ends": "11:00",
            "person": person,
        }
