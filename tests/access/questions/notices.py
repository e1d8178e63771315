"""Commands about notices: one's own inbox, and the administrators' targets."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.living import Lives
from tests.access.questions import Question, said
from tests.features.stage import fixed
from tests.worker.outside import seal

TOLD = ("rectifications.Reported",)
CHOSEN = {"muted": [], "quiet": None, "language": "zh"}


async def live(bank: Any, lives: Lives) -> None:
    """The head's own inbox, and targets that are told of this family's line."""
    inbox = lives.recs["inbox"] = ("inbox", lives.head.id)
    await lives.head.must("notices.choose", inbox, CHOSEN)
    keeper = bank.who("keeper")
    for name in ("target", "target paused"):
        rec, command = ("target", new_id()), new_id()
        sealed = seal("https://hooks.example/", rec[1], command, key=bank.journal.key)
        args = {"name": lives.line, "kind": "webhook", "kinds": TOLD, "lines": [lives.line]}
        await keeper.must("notices.add_target", rec, args | {"sealed": sealed}, id=command)
        lives.recs[name] = rec
    await keeper.must("notices.pause_target", lives.recs["target paused"])


QUESTIONS: dict[str, Question] = {
    "notices.mark_read": Question("inbox", said(notices=[fixed("no notice")]), "head"),
    "notices.choose": Question("inbox", said(**CHOSEN), "head"),
    "notices.set_address": Question("inbox", said(address="a@bank.example"), "keeper"),
    "notices.add_target": Question(
        "new target", said(name="Hook", kind="webhook", kinds=TOLD, sealed="xfs1.AAAA"), "keeper"
    ),
    "notices.change_target": Question("target", said(name="Other"), "keeper"),
    "notices.test_target": Question("target", said(), "keeper"),
    "notices.replay_target": Question("target", said(since="2026-11-24T00:00:00Z"), "keeper"),
    "notices.pause_target": Question("target", said(), "keeper"),
    "notices.resume_target": Question("target paused", said(), "keeper"),
    "notices.remove_target": Question("target", said(), "keeper"),
}
