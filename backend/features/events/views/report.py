"""What the report of one page says: numbers against goals, and what each figure opens. Pure."""

from collections.abc import Mapping
from typing import Any

from backend.features.events.model import Event
from backend.features.events.states import INWARD
from backend.features.events.views.words import COUNTERS, KINDS, TOPICS, said
from backend.foundation.documents.links import record_url

TEMPLATE = "backend.features.events.views:report.typ"
# Texts as long as a page has room for beside six photos; the console has all of them.
LESSONS_SHOWN, COST_SHOWN, QUESTION_SHOWN, QUESTIONS_SHOWN = 320, 160, 60, 4
ROWS_SHOWN, TITLE_SHOWN, NAME_SHOWN = 6, 48, 24


def told(
    event: Event, names: Mapping[str, str], outlet: str, origin: str, tongue: str
) -> dict[str, Any]:
    """`data` of the template. `names` are those of staff by id; `outlet` the outlet's name."""
    home = record_url(origin, "/events", event.id)
    result = event.result
    topics = result.topics if result is not None else event.topics
    comma = "、" if tongue == "zh" else ", "
    return {
        "title": _cut(event.theme, TITLE_SHOWN),
        "subtitle": f"{said(KINDS, event.kind, tongue)} · {_days(event)}",
        "place": _cut(f"{outlet} · {event.place}", COST_SHOWN),
        "staff": _cut(comma.join(names.get(one, "") for one in event.staff), COST_SHOWN),
        "planned_by": names.get(event.planned_by, ""),
        "approved_by": names.get(event.approved_by or "", ""),
        "state": event.state,
        "url": home,
        "figures": _figures(event, home),
        "tallies": _tallies(event, tongue, home),
        "materials": [
            {
                "name": _cut(one.name, NAME_SHOWN),
                "n": one.n + one.restocked,
                "handed": one.handed,
                "left": one.left,
            }
            for one in event.stock[:ROWS_SHOWN]
        ],
        "topics": comma.join(said(TOPICS, one, tongue) for one in topics[: ROWS_SHOWN * 2]),
        "questions": [_cut(one.text, QUESTION_SHOWN) for one in event.questions[:QUESTIONS_SHOWN]],
        "asked": len(event.questions),
        "cost": _cut(result.cost if result else "", COST_SHOWN),
        "budget": _cut(event.budget, COST_SHOWN),
        "lessons": _cut(result.lessons if result else "", LESSONS_SHOWN),
        "photos": chosen(event),
    }


def chosen(event: Event) -> list[str]:
    """Digests of the photos that were chosen, in their order, without those that are gone."""
    by_id = {one.id: one.sha256 for one in event.photos}
    wanted = event.result.photos if event.result is not None else ()
    return list(dict.fromkeys(by_id[id] for id in wanted if id in by_id))


def _figures(event: Event, home: str) -> list[dict[str, Any]]:
    """Code, figure, goal (0: none was set), and the page of the console that shows who is meant."""
    counts, people = event.counts, event.goals.people
    inward = event.kind in INWARD
    return [
        {"code": code, "n": n, "goal": goal, "url": f"{home}/{part}"}
        for code, n, goal, part in (
            ("persons", counts.persons, people if inward else 0, "roster"),
            ("guests", counts.guests, 0 if inward else people, "roster"),
            ("walk_ins", counts.walk_ins, 0, "roster"),
            ("staff", counts.staff, 0, "roster"),
            ("late", counts.late, 0, "roster"),
            ("contacts", event.contacts.asked, event.goals.follow_ups, "follow-up"),
        )
    ]


def _tallies(event: Event, tongue: str, home: str) -> list[dict[str, Any]]:
    sums: dict[str, int] = {}
    for one in event.sums:
        if one.what == "tally":
            sums[one.key] = sums.get(one.key, 0) + one.n
    shown = [(key, n) for key, n in sums.items() if n][:ROWS_SHOWN]
    return [{"name": said(COUNTERS, key, tongue), "n": n, "url": home} for key, n in shown]


def _days(event: Event) -> str:
    days = event.day if event.until_day is None else f"{event.day} – {event.until_day}"
    return f"{days} {event.starts}–{event.ends}"


def _cut(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
