"""A visit to Mrs Wu at home: Lin Xia and Xiao Chen go there, Chen Jie reviews it."""

from typing import Any

from backend.foundation.journal.envelope import Answer
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from tests.features.stage import RIVERSIDE, Hand, Stage, fixed, picture, words
from tests.kit.world import Phone

Rec = tuple[str, str]
PURPOSES = tuple(
    f"visits.{name}"
    for name in ("address", "identity", "condition", "intention", "photos", "recording")
)
OFFICER = Actor(fixed("dpo"), "Gu Qing", (Grant("dpo"),), "dpo-phone")
ADDRESS, NAME = "湖滨路 8 号 3 单元", "吴桂英"
WORDS = "我腿不好，想让女儿替我改密码"
NOTE = "叫名字马上答应，说得清楚"


def notice() -> dict[str, Any]:
    kinds = ("who", "purpose", "method", "kinds", "retention", "rights", "effect")
    return {
        "code": "home_visit",
        "edition": "2026-1",
        "title": words("Before we begin"),
        "points": [{"kind": kind, "text": words(kind)} for kind in kinds],
        "purposes": list(PURPOSES),
    }


def wanted(**more: Any) -> dict[str, Any]:
    """What is asked for, unless told otherwise: a verification, so that the daughter may act."""
    return {
        "kind": "verification",
        "outlet": RIVERSIDE,
        "line": "service",
        "asked_by": "relative",
        "channel": "phone",
        "business": "password_reset",
        "why": "bedridden",
        "day": "2026-11-24",
        "begins": "09:30",
        "ends": "11:00",
        "person": {
            "name": NAME,
            "address_as": "auntie",
            "address": ADDRESS,
            "phone": "0797-8123456",
            "agent": {"name": "吴小兰", "relationship": "child"},
        },
    } | more


class Home:
    """One visit and everybody who has to do with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.id = new_id()
        self.visit: Rec = ("visit", self.id)
        self.person: Rec = ("visit_person", self.id)
        self.a: Hand = stage.lin_xia
        self.b: Hand = stage.xiao_chen
        self.judge: Hand = stage.chen_jie
        self.officer = Phone(stage.journal, OFFICER)
        self.notice = ""
        self.consent: Rec = ("consent", "")

    def shot(self, name: str, **more: Any) -> dict[str, Any]:
        """The phone's record of a picture just taken."""
        return picture(name, **more)

    def part(self, aspect: str) -> Rec:
        return ("visit_answer", f"{self.id}.{aspect}")

    async def publish(self) -> None:
        """The officer is somebody of the house, and the notice is in force."""
        person = ("identity.add_person", ("person", OFFICER.id), {"username": "dpo", "name": "Gu"})
        await self.stage.house(person)
        self.notice = digest(notice())
        rec = ("privacy_notice", self.notice)
        answer = await self.officer.do("privacy.publish_notice", rec, {"doc": notice()})
        assert answer.s == "applied", answer

    async def requested(self, **more: Any) -> "Home":
        await self.stage.wang_fang.must("visits.request", self.person, wanted(**more))
        return self

    async def scheduled(self, **more: Any) -> "Home":
        await self.requested(**more)
        await self.stage.wang_fang.must("visits.schedule", self.visit, self.plan())
        return self

    def plan(self, *staff: str, **more: Any) -> dict[str, Any]:
        two = list(staff) or [self.a.id, self.b.id]
        return {"day": "2026-11-24", "begins": "09:30", "ends": "11:00", "staff": two} | more

    async def at_home(self, **more: Any) -> "Home":
        """Both are there."""
        await self.scheduled(**more)
        await self.a.must("visits.sign_in", self.visit, {})
        await self.b.must("visits.sign_in", self.visit, {})
        return self

    async def agree(self, *refused: str, **more: Any) -> Answer:
        """The customer signs, and agrees to every purpose but those named (without `visits.`)."""
        told = await self.giving(*refused, **more)
        self.consent = ("consent", told["id"])
        return await self.a.do("visits.consent", self.visit, {"consent": told})

    async def giving(self, *refused: str, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": new_id(),
            "notice": self.notice,
            "principal": "person",
            "answers": [
                {"purpose": one, "given": one.removeprefix("visits.") not in refused}
                for one in PURPOSES
            ],
            "how": "signature",
            "staff": [self.a.id, self.b.id],
        }
        if "how" not in more and "photo" not in more:
            shot = self.shot(f"signature {told['id']}", source="drawn")
            await self.a.must("visits.sign", self.visit, {"photo": shot})
            await self.stage.arrive(shot, by=self.a)
            told["photo"] = shot["id"]
        return told | more

    async def consented(self, *refused: str, **more: Any) -> "Home":
        await self.at_home(**more)
        answer = await self.agree(*refused)
        assert answer.s == "applied", (answer.code, answer.detail)
        return self

    async def answered(self, *, doubt: bool = False) -> "Home":
        """Everything that a verification demands, with one photo that has arrived."""
        await self.consented()
        await self.answers(doubt=doubt)
        return self

    async def answers(self, *, doubt: bool = False) -> None:
        seen = {"kind": "identity_card", "matches": True}
        await self.a.must(
            "visits.sight", self.part("identity"), {"of": "principal", "document": seen}
        )
        agent = {"present": True, "relationship": "child"}
        await self.a.must("visits.note_agent", self.part("identity"), agent)
        observed = {
            "responds_to_name": "yes",
            "states_purpose": "yes",
            "doubt": doubt,
            "note": NOTE,
        }
        await self.a.must("visits.observe", self.part("condition"), observed)
        await self.a.must("visits.record_intention", self.part("intention"), {"words": WORDS})
        authority = {"business": ["password_reset"], "scope": "once", "until": "2026-12-31"}
        await self.a.must("visits.authorise", self.visit, authority)
        await self.photo("at the door")

    async def photo(self, name: str, *, arrives: bool = True) -> dict[str, Any]:
        shot = self.shot(name)
        await self.a.must("visits.attach", self.part("photos"), {"photo": shot})
        if arrives:
            await self.stage.arrive(shot, by=self.a)
        return shot

    async def submitted(self, *, doubt: bool = False) -> "Home":
        await self.answered(doubt=doubt)
        await self.a.must("visits.submit", self.visit, {})
        return self

    async def seen(self) -> dict[str, str]:
        return {"content_digest": (await self.body())["content_digest"]}

    async def accepted(self, *, doubt: bool = False) -> "Home":
        await self.submitted(doubt=doubt)
        await self.judge.must("visits.accept", self.visit, await self.seen())
        return self

    async def withdraw(self, *purposes: str, **more: Any) -> Answer:
        """The customer takes it back by phone, wholly unless purposes are named."""
        told: dict[str, Any] = {"channel": "phone", "asked_by": "person"} | more
        if purposes:
            told["purposes"] = [f"visits.{one}" for one in purposes]
        return await self.officer.do("privacy.withdraw", self.consent, told)

    async def body(self) -> dict[str, Any]:
        return await self.stage.body(*self.visit)

    async def state(self) -> str:
        return (await self.body())["state"]

    async def authorisation(self) -> Rec:
        id = (await self.body())["authorisation"]
        assert id, "nothing was authorised"
        return ("authorisation", id)
