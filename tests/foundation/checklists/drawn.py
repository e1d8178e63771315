"""Three hundred sheets drawn by a seeded generator, judged once by Python and kept in a file.

After a deliberate change of a rule: `python -m tests.foundation.checklists.drawn`
"""

import json
import random
from typing import Any

import msgspec

from backend.foundation.checklists.conditions import possible_tokens, visible_items
from backend.foundation.checklists.demands import missing, progress
from backend.foundation.checklists.scoring import points_after, score
from backend.foundation.checklists.sheet import manifest_hash, values_of
from backend.foundation.checklists.soundness import faults
from backend.foundation.checklists.template import Item, TemplateDoc
from tests.foundation.checklists import sheets

SEED = 20_260_504
TEMPLATES = 30
SHEETS_EACH = 10
PATH = sheets.CASES / "drawn.json"
_WORDS = {"zh": "字", "en": "words"}
_TYPES = ("pass_fail", "pass_fail", "score", "single", "multiple", "number", "text", "photo")
_SHOTS = ("answer", "before", "after", "finding")
_SEVERITIES = ("minor", "major", "serious", "danger")


def answer_items() -> dict[str, dict[str, Any]]:
    """The items of answers.json, in short form."""
    return json.loads((sheets.CASES / "answers.json").read_text("utf-8"))["items"]


def stored() -> dict[str, Any]:
    """What the file holds."""
    return json.loads(PATH.read_text("utf-8"))


def draw() -> dict[str, Any]:
    """The same templates and sheets every time, with today's judgement."""
    chance = random.Random(SEED)
    templates: dict[str, list[dict[str, Any]]] = {}
    cases: list[dict[str, Any]] = []
    for number in range(TEMPLATES):
        short = _short_items(chance)
        doc = msgspec.convert(sheets.plain_template(short), TemplateDoc)
        assert faults(doc) == [], faults(doc)
        templates[f"t{number}"] = short
        cases += [_case(chance, f"t{number}", doc) for _ in range(SHEETS_EACH)]
    return {"templates": templates, "cases": cases}


def _short_items(chance: random.Random) -> list[dict[str, Any]]:
    short: list[dict[str, Any]] = []
    whole: list[Item] = []
    for position in range(chance.randint(3, 8)):
        item = _short_item(chance, f"i{position}", whole)
        short.append(item)
        whole.append(sheets.item(item, position + 1))
    return short


def _short_item(chance: random.Random, key: str, earlier: list[Item]) -> dict[str, Any]:
    kind = chance.choice(_TYPES)
    item: dict[str, Any] = {"key": key, "type": kind, "required": chance.random() < 0.8}
    item["section"] = chance.choice(("one", "two")) if not earlier else "one"
    if kind in ("pass_fail", "score", "single", "multiple"):
        item["points"] = chance.randint(1, 60)
    if kind == "score" and chance.random() < 0.8:
        item["deductions"] = [
            {"code": f"d{n}", "text": _WORDS, "points": chance.randint(1, item["points"])}
            for n in range(chance.randint(1, 3))
        ]
    if kind in ("single", "multiple"):
        item["choices"] = [
            {"key": f"c{n}", "text": _WORDS, "fail": n == 0} for n in range(chance.randint(2, 4))
        ]
    if kind == "number":
        item["number"] = {"min": "0", "max": "99", "unit": _WORDS, "decimals": 1}
    if "points" in item:
        item["veto"] = chance.random() < 0.2
    item["camera_only"] = chance.random() < 0.2
    item["demand"] = _demand(chance, sheets.item(item))
    item["show_when"] = _condition(chance, earlier)
    return item


def _demand(chance: random.Random, item: Item) -> list[dict[str, Any]]:
    if chance.random() < 0.5:
        return []
    token = chance.choice(sorted(possible_tokens(item)))
    return [{"when": [token], "photos": chance.randint(1, 2), "note": chance.random() < 0.5}]


def _condition(chance: random.Random, earlier: list[Item], depth: int = 1) -> Any:
    asked = [item for item in earlier if item.points]
    if not asked or (depth == 1 and chance.random() < 0.5):
        return None
    if depth < 3 and chance.random() < 0.3:
        parts = [_condition(chance, earlier, depth + 1) for _ in range(2)]
        return {chance.choice(("all", "any")): parts}
    item = chance.choice(asked)
    some = sorted(possible_tokens(item))
    return {"item": item.key, "in": sorted(chance.sample(some, chance.randint(1, 2)))}


def _case(chance: random.Random, name: str, doc: TemplateDoc) -> dict[str, Any]:
    items = [item for section in doc.sections for item in section.items]
    case: dict[str, Any] = {"template": name, "answers": {}, "findings": {}, "shots": []}
    for item in items:
        if item.type != "photo" and chance.random() < 0.85:
            note = chance.choice(("", "", "  ", "备注", 'a "note"\n𠮷'))
            case["answers"][item.key] = {"value": _value(chance, item), "note": note}
    for number in range(chance.randint(0, 2)):
        case["findings"][f"f{number}"] = {
            "item": chance.choice(items).key,
            "severity": chance.choice(_SEVERITIES),
            "text": "发现",
            "cause": chance.choice(("", "原因")),
            "on_spot": chance.random() < 0.5,
        }
    for _ in range(chance.randint(0, 5)):
        finding = chance.choice((None, "f0", "f1"))
        source = chance.choice(("camera", "gallery"))
        digest = f"p{chance.randint(1, 3)}"
        shot = [chance.choice(items).key, finding, chance.choice(_SHOTS), digest, source]
        case["shots"].append(shot)
    return _judged(case, doc)


def _value(chance: random.Random, item: Item) -> Any:
    if item.type == "pass_fail":
        return chance.choice(("pass", "fail", "na"))
    if item.type == "score":
        codes = [reason.code for reason in item.deductions]
        reasons = chance.sample(codes, chance.randint(0, len(codes)))
        points = points_after(item, reasons) if codes else chance.randint(0, item.points)
        return chance.choice(("na", {"points": points, "reasons": reasons}))
    if item.type == "single":
        return chance.choice(item.choices).key
    if item.type == "multiple":
        keys = [choice.key for choice in item.choices]
        return chance.sample(keys, chance.randint(1, len(keys)))
    return "12.5" if item.type == "number" else "文字"


def _judged(case: dict[str, Any], doc: TemplateDoc) -> dict[str, Any]:
    sheet, shots = sheets.sheet(case), sheets.shots(case)
    values = values_of(sheet)
    won, done = score(doc, values), progress(doc, sheet, shots)
    return {
        **case,
        "visible": [item.key for item in visible_items(doc, values)],
        "score": [won.points, won.max, list(won.vetoed)],
        "missing": [[m.item, m.what, m.count, m.finding] for m in missing(doc, sheet, shots)],
        "progress": [done.answered, done.total],
        "hash": manifest_hash(sheet),
    }


if __name__ == "__main__":
    text = json.dumps(draw(), ensure_ascii=False, separators=(",", ":"))
    PATH.write_text(text.replace('{"template"', '\n{"template"') + "\n", "utf-8")
