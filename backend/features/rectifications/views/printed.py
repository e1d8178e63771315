"""A case on paper: what the template of the page is given."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from backend.features.rectifications.views import reading
from backend.features.rectifications.views.reading import CaseRow
from backend.features.rectifications.views.taken import SEVERITIES, STATES
from backend.foundation.database.transaction import Tx
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.identity.reading.called import Called, called
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import ZONE, parse
from backend.foundation.kernel.limits import PAPER_PHOTOS_MAX

TEMPLATE = "backend.features.rectifications.views:case.typ"
Photos = Mapping[str, Mapping[str, Any]]
EVENTS = {
    "raised": ("记录问题", "Raised"),
    "assigned": ("分派", "Assigned"),
    "accepted": ("接收整改", "Accepted"),
    "declined": ("退还", "Given back"),
    "reported": ("报告已整改", "Reported as fixed"),
    "extension_requested": ("申请延期", "More time asked for"),
    "extended": ("同意延期", "More time given"),
    "extension_refused": ("没有同意延期", "More time refused"),
    "approved": ("审批通过并销号", "Approved and closed"),
    "returned": ("退回", "Returned"),
    "reopened": ("重新打开", "Reopened"),
    "cancelled": ("撤销", "Cancelled"),
    "handed_over": ("移交", "Handed over"),
    "taken_over": ("接收移交", "Taken over"),
    "over_declined": ("没有接收移交", "Hand-over declined"),
    "fixed_on_spot": ("当场整改", "Fixed on the spot"),
    "kept": ("晚到，已保留", "Came late, kept"),
}


class Paper(NamedTuple):
    """What the workshop is given: the data of the template, and pictures by digest."""

    data: dict[str, Any]
    photos: dict[str, bytes]


async def paper(
    tx: Tx, actor: Actor, id: str, now: str, tongue: str, pictures: Pictures
) -> Paper | None:
    """A case for whoever may read it; None for everybody else."""
    row = await reading.one(tx, actor, id, now)
    if row is None:
        return None
    photos = await reading.photos(tx, [row])
    there = await pictures.of(tx, chosen(photos))
    names = await called(tx, tongue, [row.body["outlet"]], people(row))
    return Paper(told(row, photos, there, names, tongue), there)


def chosen(photos: Photos) -> list[str]:
    """Digests of the photos that a paper has room for."""
    return list(dict.fromkeys(one["sha256"] for one in photos.values()))[:PAPER_PHOTOS_MAX]


def told(
    row: CaseRow, photos: Photos, there: Container[str], names: Called, tongue: str
) -> dict[str, Any]:
    """`data` of the template. `there` are the digests of the pictures handed in with it."""
    body, at = row.body, 0 if tongue == "zh" else 1
    item = body["item"]
    before, after = (_shown(body[part], photos, there) for part in ("before", "after"))
    listed = len(body["before"]) + len(body["after"])
    return {
        "title": body["text"] or item["text"][tongue],
        "subtitle": f"{item['no']} {item['text'][tongue] or item['text']['zh']}",
        "facts": _facts(row, names, at),
        "before": before,
        "after": after,
        "events": [
            {
                "at": _moment(event["occurred_at"]),
                "by": names.person(event["by"]),
                "what": EVENTS.get(event["type"], (event["type"],) * 2)[at],
                "note": _remarks(event),
            }
            for event in body["events"]
        ],
        "missing": listed - len(before) - len(after),
    }


def people(row: CaseRow) -> list[str | None]:
    """Everybody whose name stands on the paper."""
    return [row.body["owner"], *(event["by"] for event in row.body["events"])]


def _facts(row: CaseRow, names: Called, at: int) -> list[tuple[str, str]]:
    body = row.body
    late = ("，超期", ", overdue")[at] if row.overdue else ""
    pairs = [
        (("网点", "Outlet"), names.outlet(body["outlet"])),
        (("条线", "Line"), names.line(body["line"])),
        (("程度", "Severity"), SEVERITIES[body["severity"]][at]),
        (("状态", "State"), STATES[body["state"]][at] + late),
        (("期限", "Due"), _moment(body["due_at"])),
        (("整改人", "Owner"), names.person(body["owner"])),
        (("原因", "Cause"), body["cause"]),
        (("措施", "Measure"), body["measure"]),
        (("编号", "Id"), row.id),
    ]
    return [(name[at], value) for name, value in pairs if value]


def _shown(ids: Iterable[str], photos: Photos, there: Container[str]) -> list[dict[str, str]]:
    return [
        {"name": photos[id]["sha256"], "words": photos[id]["sha256"][:8]}
        for id in ids
        if id in photos and photos[id]["sha256"] in there
    ]


def _remarks(event: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, [event["note"], *(p["comment"] for p in event["points"])]))


def _moment(at: str | None) -> str:
    return "" if at is None else parse(at).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
