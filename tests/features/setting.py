"""What stands on the Riverside stage: places, people, a checklist, pictures. Plain data."""

from typing import Any

from backend.foundation.kernel import canonical
from backend.foundation.kernel.ids import derived_id, new_id

Asked = tuple[str, tuple[str, str], dict[str, Any]]
ROOT = "0198c0de-0000-7000-8000-000000000000"


def fixed(name: str) -> str:
    """Always the same id for the same name."""
    return derived_id(ROOT, name)


CITY, OPERATIONS = fixed("unit city"), fixed("unit operations")
RIVERSIDE, HILLTOP = fixed("outlet riverside"), fixed("outlet hilltop")
POSTS: dict[str, dict[str, Any]] = {
    "li_na": {"role": "inspector", "line": "service"},
    "ana": {"role": "inspector", "line": "service"},
    "wang_fang": {"role": "outlet_head", "outlet": RIVERSIDE},
    "xiao_chen": {"role": "outlet_staff", "outlet": RIVERSIDE},
    "chen_jie": {"role": "manager", "unit": CITY},
    "zhao_min": {"role": "manager", "unit": CITY},
    "sun_yue": {"role": "secretariat", "unit": CITY},
    "guo_qiang": {"role": "line_lead", "unit": OPERATIONS, "line": "operations"},
    "qian_hao": {"role": "manager", "outlet": HILLTOP, "line": "retail"},
    "lin_xia": {"role": "outreach"},
    "he_ping": {"role": "security", "line": "security"},
}
WORDS = {"zh": "检查表", "en": "Checklist"}


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def item(key: str, no: str, type_: str = "pass_fail", **values: Any) -> dict[str, Any]:
    """One item with everything that a template has to say about it."""
    usual: dict[str, Any] = {
        "key": key,
        "no": no,
        "text": words(key),
        "hint": None,
        "type": type_,
        "points": 60,
        "veto": False,
        "required": True,
        "deductions": [],
        "choices": [],
        "number": None,
        "show_when": None,
        "demand": [],
        "reference": [],
        "clause": None,
        "camera_only": False,
    }
    return usual | values


def document(title: str = "Service quality") -> dict[str, Any]:
    """Four items: a ramp that needs a photo when it fails, a counter, a door, a remark."""
    fails = [{"when": ["fail"], "photos": 1, "note": False}]
    return {
        "title": words(title),
        "sections": [
            {
                "key": "hall",
                "no": "1",
                "title": words("Hall"),
                "items": [
                    item("i_ramp", "1.1", demand=fails),
                    item(
                        "i_counter",
                        "1.2",
                        "score",
                        points=40,
                        deductions=[{"code": "dust", "text": words("Dust"), "points": 15}],
                    ),
                    item("i_door", "1.3", veto=True),
                    item("i_remark", "1.4", "text", points=0, required=False),
                ],
            }
        ],
    }


def setting() -> list[Asked]:
    """Units, outlets and lines, as commands of the house."""
    city = {"code": "1", "name": words("City"), "level": "branch"}
    ops = {"code": "2", "name": words("Ops"), "level": "department", "parent": CITY}
    made: list[Asked] = [
        ("organisation.add_unit", ("unit", CITY), city),
        ("organisation.add_unit", ("unit", OPERATIONS), ops),
    ]
    for id, name in ((RIVERSIDE, "Riverside"), (HILLTOP, "Hilltop")):
        outlet = {"code": name, "name": words(name), "unit": CITY}
        made.append(("organisation.add_outlet", ("outlet", id), outlet))
    for line in ("service", "retail", "operations", "security"):
        made.append(("organisation.add_line", ("line", line), {"name": words(line)}))
    return made


def people() -> list[Asked]:
    """Everybody with their post, as commands of the house."""
    made: list[Asked] = []
    for name, post in POSTS.items():
        rec = ("person", fixed(name))
        made.append(("identity.add_person", rec, {"username": name, "name": name}))
        held = {"post": fixed(f"post {name}"), "title": words("Post"), **post}
        made.append(("identity.hold_post", rec, held))
    return made


def passing() -> dict[str, Any]:
    """Answers of an outlet where all is well."""
    return {"i_ramp": "pass", "i_counter": {"points": 40, "reasons": []}, "i_door": "pass"}


def picture(name: str, **values: Any) -> dict[str, Any]:
    """The phone's record of a photo just taken; the same name is the same picture."""
    usual = {
        "id": new_id(),
        "sha256": canonical.digest({"picture": name}),
        "size": 300_000,
        "type": "image/jpeg",
        "width": 4000,
        "height": 3000,
        "source": "camera",
        "taken_at": "2026-11-24T01:00:00.000Z",
    }
    return usual | values
