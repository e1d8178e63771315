"""What the server says to whoever writes checklists: read, judged, written out; nothing kept."""

import io
from typing import Any

import openpyxl
import pytest

from backend.api.given import DEPENDENCIES
from backend.foundation.checklists.commands import KeepDraft
from backend.foundation.checklists.manifest import MANIFEST as CHECKLISTS
from backend.foundation.documents.workshop import Workshop
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.kernel.canonical import digest
from tests.api.conftest import Api
from tests.foundation.checklists import sheets
from tests.foundation.checklists.test_code_lists import A, B, asking, codes
from tests.foundation.checklists.test_workbook import PLAIN, written
from tests.foundation.identity.house import MANIFESTS
from tests.kit.world import journal_on

CONSOLE = "/v1/console"
DOC = sheets.plain_template([{"key": "door", "points": 40}])
DRAFT = {"code": "SQ", "edition": "2027", "line": "service", "rhythm": "daily", "doc": DOC}


async def writer(api: Api, role: str = "admin") -> str:
    api.installation.workshop = Workshop(reading_seconds=300)  # other tests have the processors
    api.installation.journal = journal_on(
        api.installation.database, *MANIFESTS, EVIDENCE, CHECKLISTS, clock=api.house.clock
    )
    await api.house.person("root", role=role)
    return await api.token("root", device="desk-of-root")


async def judged(api: Api, token: str, **change: Any) -> dict[str, Any]:
    answer = await api.call("POST", f"{CONSOLE}/templates/judge", token, json=DRAFT | change)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def publish(api: Api, token: str, doc: dict[str, Any]) -> str | None:
    command = {
        "id": "01890000-0000-7000-8000-000000000001",
        "seq": 1,
        "op": "checklists.publish_template",
        "rec": ["template", digest(doc)],
        "args": DRAFT | {"doc": doc},
        "at": "2026-11-24T01:00:00.000Z",
    }
    body = {"req": "1", "commands": [command]}
    answer = await api.call("POST", "/v1/sync/push", token, json=body)
    return answer.json()["results"][0].get("code")


async def test_what_is_judged_sound_is_published_under_the_id_that_was_told(api: Api):
    root = await writer(api)
    assert await judged(api, root) == {"faults": [], "id": digest(DOC)}
    assert await publish(api, root, DOC) is None
    again = await judged(api, root)
    told = [(one["where"], one["field"], one["code"]) for one in again["faults"]]
    assert told == [
        ("head", "edition", "template_edition_taken"),
        ("doc", "sections", "template_exists"),
    ]
    assert again["faults"][0]["zh"].startswith("检查表 SQ")


async def test_a_line_that_is_not_there_and_a_picture_nobody_brought_are_told(api: Api):
    doc = sheets.plain_template([{"key": "door", "reference": ["ab" * 32]}])
    found = await judged(api, await writer(api), line="moon", doc=doc)
    assert [one["code"] for one in found["faults"]] == ["line_missing", "reference_missing"]


async def test_choices_are_held_against_their_code_list_as_it_is_today(api: Api):
    root = await writer(api)
    name = {"zh": "渠道", "en": "Channel"}
    rec = ("code_list", "channel")
    await api.house.do("organisation.add_code_list", rec, name=name, codes=codes("A", "1"))
    assert (await judged(api, root, doc=asking(A, B)))["faults"] == []
    await api.house.do("organisation.change_code_list", rec, order=["1"])
    (told,) = (await judged(api, root, doc=asking(A, B)))["faults"]
    assert (told["where"], told["field"], told["code"]) == ("how", "choices", "codes_differ")
    (told,) = (await judged(api, root, doc=asking(A, B, of="towns")))["faults"]
    assert told["code"] == "codes_unknown"


async def test_no_field_of_a_draft_is_called_like_what_calls_are_given(api: Api):
    """Litestar takes a wrong value in such a field for a mistake of the server, and answers 500."""
    assert not set(KeepDraft.__struct_fields__) & set(DEPENDENCIES)
    path = f"{CONSOLE}/templates/judge"
    answer = await api.call("POST", path, await writer(api), json={"begun_from": False})
    assert answer.status_code == 422


async def test_a_checklist_goes_out_as_a_workbook_and_comes_back(api: Api):
    root = await writer(api)
    path = f"{CONSOLE}/templates/workbook"
    out = await api.call("POST", path, root, json=DRAFT, params={"language": "en"})
    assert out.status_code == 200
    assert openpyxl.load_workbook(io.BytesIO(out.content)).sheetnames == [
        "Checklist",
        "Sections",
        "Items",
        "Options",
        "Demands",
    ]
    back = await api.call("POST", f"{CONSOLE}/templates/read", root, content=out.content)
    found = back.json()
    assert (found["problems"], found["doc"]) == ([], DOC)
    assert (found["code"], found["edition"], found["line"]) == ("SQ", "2027", "service")
    empty = await api.call("POST", path, root, json={})
    assert openpyxl.load_workbook(io.BytesIO(empty.content)).sheetnames[0] == "检查表"


async def test_a_bad_cell_and_a_bad_file_are_told(api: Api):
    root = await writer(api)
    book = openpyxl.load_workbook(io.BytesIO(written(PLAIN)))
    book["检查项"]["F2"] = "=1+1"
    made = io.BytesIO()
    book.save(made)
    path = f"{CONSOLE}/templates/read"
    found = (await api.call("POST", path, root, content=made.getvalue())).json()
    assert found["doc"] is None
    (told,) = found["problems"]
    assert (told["tab"], told["row"], told["column"], told["code"]) == (
        "检查项",
        2,
        "points",
        "cell_formula",
    )
    answer = await api.call("POST", path, root, content=b"PK\x03\x04 no workbook")
    assert (answer.status_code, answer.json()["code"]) == (422, "table_unreadable")


async def test_clauses_are_read_and_their_form_is_given(api: Api):
    root = await writer(api)
    table = "条款号,类别,中文,英文,分值\n3.1,软件,微笑,A smile,1.5\n".encode()
    read = await api.call("POST", f"{CONSOLE}/standards/read", root, content=table)
    assert read.json()["clauses"] == [
        {"no": "3.1", "kind": "soft", "text": {"zh": "微笑", "en": "A smile"}, "points": 15}
    ]
    form = await api.call("GET", f"{CONSOLE}/standards/form.xlsx", root)
    tab = openpyxl.load_workbook(io.BytesIO(form.content)).active
    assert tab is not None
    assert [cell.value for cell in tab[1]] == ["条款号", "类别", "中文", "英文", "分值"]


@pytest.mark.parametrize("role", ["inspector", "manager", "dpo"])
async def test_whoever_writes_no_checklists_is_refused(api: Api, role: str):
    token = await writer(api, role)
    for path in ("templates/judge", "templates/workbook"):
        answer = await api.call("POST", f"{CONSOLE}/{path}", token, json=DRAFT)
        assert answer.status_code == 403
    for path in ("templates/read", "templates/xlsform", "standards/read"):
        answer = await api.call("POST", f"{CONSOLE}/{path}", token, content=b"x")
        assert answer.status_code == 403
