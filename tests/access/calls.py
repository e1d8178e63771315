"""Every call of the OpenAPI document asked of everybody: which record it names, and with what.

The paths are the document's own. `on` is the record of the family whose id stands in the path; a
call without one is asked once. `+` answered, `-` forbidden, `.` not found, `r` any other refusal.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.api.openapi.describing import described, operations
from tests.access.asking import nobody
from tests.access.bank import ASKED, FORGETFUL
from tests.access.living import Lives
from tests.access.questions import parts
from tests.access.standing import Standing
from tests.features.stage import fixed

META = base64.b64encode(("5" * 64).encode()).decode()
TYPE = base64.b64encode(b"image/jpeg").decode()
PEOPLE = "用户名,姓名\nzhou.li,周丽\n".encode()
ROSTER = "姓名,编码\n王一,G900\n".encode()
OUTLETS = "网点号,名称,上级机构\nQ1,码头,1\n".encode()
CODES = "代码表,代码表名称,代码,名称\nchannel,渠道,1,柜台\n".encode()
DAYS = "日期,类型\n2027-02-06,放假\n".encode()
CLAUSES = "条款号,中文,英文\n1,有,Is\n".encode()
BYTES = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}


@dataclass(frozen=True)
class Call:
    """One call. `more` goes to the request as it is."""

    on: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """What one person was answered: for the family's record, and for one that nothing has."""

    operation: str
    line: str
    name: str
    status: int
    body: bytes
    missing: tuple[int, bytes] | None

    @property
    def letter(self) -> str:
        return letter_of(self.status)


def letter_of(status: int) -> str:
    """The kind of the answer."""
    if status < 400:
        return "+"
    return {403: "-", 404: "."}.get(status, "r")


UPLOAD = "an upload of somebody else"
CALLS: dict[str, Call] = {
    "SyncHello": Call(more={"json": {"req": "r", "t0": 0}}),
    "SyncPush": Call(more={"json": {"req": "r", "commands": []}}),
    "SyncPull": Call(more={"json": {"req": "r", "scopes": {}}}),
    "SyncEscrow": Call(more={"json": {"req": "r", "seq": 0, "op": "noop", "raw": ""}}),
    "WhoAmI": Call(),
    "SignOut": Call(more={"spare": True}),
    "ChangePassword": Call(more={"json": {"old": "", "new": "nor this one"}}),
    "OwnDevices": Call(),
    "RevokeDevice": Call("decoy"),
    "SetDeviceState": Call("decoy", {"json": {"state": "active", "reason": "found again"}}),
    "ConfirmErased": Call(more={"json": {"unsent": 0}}),
    "People": Call(),
    "Person": Call("forgetful"),
    "GivePassword": Call("forgetful"),
    "ReadPeople": Call(more={"content": PEOPLE}),
    "PeopleForm": Call(),
    "Audit": Call(),
    "AuditTable": Call(),
    "AuditBook": Call(),
    "OpenWork": Call("forgetful"),
    # To whom it belongs already: whoever may hand over is refused for that.
    "HandOverWork": Call(
        "forgetful",
        {"json": {"to": fixed(FORGETFUL), "items": [["round", fixed("x")]], "reason": "x"}},
    ),
    "WaitingDevices": Call(),
    "BlobsNeed": Call(more={"json": {"req": "r", "blobs": []}}),
    "CreateUpload": Call(
        more={"headers": {"Upload-Length": "9", "Upload-Metadata": f"sha256 {META},type {TYPE}"}}
    ),
    "OverriddenUpload": Call(UPLOAD, {"headers": BYTES | {"X-HTTP-Method-Override": "PATCH"}}),
    "EndUpload": Call(UPLOAD),
    "UploadStanding": Call(UPLOAD),
    "ContinueUpload": Call(UPLOAD, {"headers": BYTES}),
    "Blob": Call("blob"),
    "BlobStanding": Call("blob"),
    "OpenSealed": Call("photo sealed", {"json": {"reason": "asked by a court"}}),
    "Targets": Call(),
    "Target": Call("target"),
    "MailOfPeople": Call(),
    "OwnMail": Call(),
    "PrivacyConsents": Call(),
    "PrivacyWithdrawals": Call(),
    "PrivacyRetention": Call(),
    "PrivacyCertificates": Call(),
    "PrivacyHolds": Call(),
    "PrivacyMonth": Call(more={"params": {"month": "2026-11"}}),
    "PrivacyMonthFile": Call(more={"params": {"month": "2026-11"}}),
    "JudgeTemplate": Call(more={"json": {"code": "SQ"}}),
    "ReadTemplate": Call(more={"content": b"no workbook"}),
    "ReadXlsform": Call(more={"content": b"no workbook"}),
    "TemplateWorkbook": Call(more={"json": {}}),
    "ReadClauses": Call(more={"content": CLAUSES}),
    "ClausesForm": Call(),
    "ConsoleEvents": Call(),
    "ConsoleEventCounts": Call(),
    "ConsoleEvent": Call("event open"),
    "EventFestivals": Call(more={"params": {"year": "2026"}}),
    "ReadRoster": Call("event open", {"content": ROSTER}),
    "EventReport": Call("event concluded"),
    "EventBook": Call("event open"),
    "EventTable": Call("event open"),
    "ConsoleRounds": Call(),
    "ConsoleIncomplete": Call(),
    "ConsoleRound": Call("round sent"),
    "ConsoleCases": Call(),
    "ConsoleCase": Call("case reported"),
    "ConsoleRoundFigures": Call(),
    "ConsoleCaseFigures": Call(),
    "Search": Call(more={"params": {"q": "ramp"}}),
    "ExportFile": Call("export"),
    "RoundPaper": Call("round sent"),
    "CasePaper": Call("case reported"),
    "ConsoleVisits": Call(),
    "ConsoleVisitCalendar": Call(more={"params": {"since": "2026-11-01", "until": "2026-12-31"}}),
    "ConsoleVisitCounts": Call(),
    "ConsoleVisit": Call("visit submitted"),
    "ConsoleAuthorisations": Call(),
    "ReadOutlets": Call(more={"content": OUTLETS}),
    "OutletForm": Call(),
    "ReadCodeLists": Call(more={"content": CODES}),
    "CodeListForm": Call(),
    "ReadCalendar": Call(more={"content": DAYS}),
    "CalendarForm": Call(),
}
for _part in parts():
    CALLS.update(getattr(_part, "CALLS", {}))
# Asked without anybody being signed in; what they say is the same for the whole world.
PUBLIC = frozenset({"SignIn", "UploadCapabilities", "Health", "Ready"})


_known: dict[str, tuple[str, str]] = {}


def document(standing: Standing) -> dict[str, tuple[str, str]]:
    """Method and path of every operation of this application. Made once: it is always the same."""
    if not _known:
        app = standing.app
        told = described(app.openapi_schema.to_schema(), app, standing.house.catalogue)
        for path, method, operation in operations(json.loads(json.dumps(told))):
            _known[operation["operationId"]] = (method.upper(), path)
    return _known


async def ask_calls(
    standing: Standing, which: Iterable[str] = CALLS, people: Iterable[str] = ASKED
) -> list[Heard]:
    """What everybody is answered to these calls."""
    named, heard = document(standing), []
    upload = await _upload(standing)
    for operation in which:
        call = CALLS[operation]
        for line, id, missing in _ids(standing, call, upload):
            for name in people:
                heard.append(
                    await _heard(standing, named[operation], operation, line, name, id, missing)
                )
    return heard


def _ids(standing: Standing, call: Call, upload: str) -> Iterator[tuple[str, str, str]]:
    """For each family: the id of its record, and one of the same form that nothing has."""
    apart = {UPLOAD: upload, "decoy": "decoy-phone", "forgetful": fixed(FORGETFUL)}
    if call.on is None or call.on in apart:
        id = apart.get(call.on or "", "")
        yield "any", id, nobody(("upload", id))[1] if id else ""
        return
    for line, lives in standing.lives.items():
        id = _id(lives, call.on)
        yield line, id, nobody(("record", id))[1]


def _id(lives: Lives, on: str) -> str:
    return lives.photos["case reported"] if on == "blob" else lives.recs[on][1]


async def _heard(
    standing: Standing,
    place: tuple[str, str],
    operation: str,
    line: str,
    name: str,
    id: str,
    missing: str,
) -> Heard:
    method, path = place
    more = CALLS[operation].more
    start, _, end = path.partition("{")
    at = lambda id: start + id + end.partition("}")[2] if end else path  # noqa: E731
    answer = await standing.call(name, method, at(id), **more)
    absent = None
    if end:
        other = await standing.call(name, method, at(missing), **more)
        absent = (other.status_code, other.content.replace(missing.encode(), b"ID"))
    body = answer.content.replace(id.encode(), b"ID") if end and answer.status_code > 399 else None
    return Heard(operation, line, name, answer.status_code, body or answer.content, absent)


async def _upload(standing: Standing) -> str:
    """An upload that somebody began who is not among those asked."""
    headers = {"Upload-Length": "9", "Upload-Metadata": f"sha256 {META},type {TYPE}"}
    answer = await standing.call("li_na", "POST", "/v1/uploads", headers=headers)
    return answer.headers["location"].rsplit("/", 1)[1]
