"""Which refusals a call may answer with, by status."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from litestar.handlers import HTTPRouteHandler

from backend.foundation.kernel.problem import ProblemType

# What any call may meet: an unreadable or wrong request, no session, a foreign record, a limit, a
# crash of ours, a store or database that is away.
ANY = (400, 404, 405, 413, 422, 500, 503)
SIGNED_IN = (401, 403)
CHANGING = (409, 429)
FURTHER: dict[str, tuple[int, ...]] = {
    "SignIn": (401, 403, 429),
    "SyncHello": (426,),
    "Blob": (416,),
    "CreateUpload": (410, 412, 415, 423, 460),
    "ContinueUpload": (410, 412, 415, 423, 460),
    "OverriddenUpload": (410, 412, 415, 423, 460),
    "EndUpload": (410, 412, 423),
    "UploadStanding": (410, 412, 423),
}
_PHRASES = {460: "Checksum Mismatch"}


def statuses(operation_id: str, handler: HTTPRouteHandler) -> list[int]:
    """The statuses of every refusal that this call may answer with."""
    found = set(ANY) | set(FURTHER.get(operation_id, ()))
    if not handler.opt.get("public"):
        found |= set(SIGNED_IN)
    if handler.http_methods - {"GET", "HEAD", "OPTIONS"}:
        found |= set(CHANGING)
    return sorted(found)


def refusal_name(status: int) -> str:
    """The component that describes refusals of this status."""
    return f"Refused{status}"


def refusals(problems: Iterable[ProblemType], body: dict[str, Any]) -> dict[str, Any]:
    """The components: one response for each status, with the codes that it may carry."""
    codes: dict[int, set[str]] = {}
    for kind in problems:
        codes.setdefault(kind.status, set()).add(kind.code)
    every = {
        *codes,
        *ANY,
        *SIGNED_IN,
        *CHANGING,
        *(one for more in FURTHER.values() for one in more),
    }
    return {
        refusal_name(status): _refusal(status, sorted(codes.get(status, ())), body)
        for status in sorted(every)
    }


def _refusal(status: int, codes: list[str], body: dict[str, Any]) -> dict[str, Any]:
    phrase = _PHRASES.get(status) or HTTPStatus(status).phrase
    answer: dict[str, Any] = {
        "description": phrase,
        "content": {"application/problem+json": {"schema": body}},
        "x-codes": codes,
    }
    if status in (429, 503):
        wait = {"description": "Seconds until it is worth trying again."}
        answer["headers"] = {"Retry-After": wait | {"schema": {"type": "string"}}}
    return answer
