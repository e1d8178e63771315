"""Every refusal as application/problem+json (RFC 9457), with a code that the phone can explain."""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from backend.foundation.database.transaction import Busy
from backend.foundation.documents.problems import table_too_large
from backend.foundation.journal.problems import busy
from backend.foundation.journal.tracing import request_id
from backend.foundation.kernel.limits import TABLE_BYTES_MAX
from backend.foundation.kernel.problem import Problem, problem

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
log = logging.getLogger("xunfang.api")

crashed = problem(
    500,
    "crashed",
    "The server made a mistake. What you recorded is still on your device.",
    "服务器出错了。您记录的内容仍在本机。",
)
ALL = (crashed,)
# What the framework refuses, it says in English alone.
_BY_STATUS = {
    400: ("bad_request", "服务器无法读取这次请求。"),
    401: ("sign_in_needed", "请先登录。"),
    403: ("forbidden", "您没有这项权限。"),
    404: ("not_found", "没有这个地址。"),
    405: ("method_not_allowed", "这个地址不支持这种操作。"),
    406: ("not_acceptable", "服务器不能以这种格式回答。"),
    413: ("too_large", "请求内容太大。"),
    415: ("unsupported_media_type", "服务器不接受这种格式的内容。"),
    422: ("args_invalid", "请求内容填写有误。"),
    429: ("too_many_requests", "请求过于频繁，请稍后再试。"),
    503: ("unavailable", "服务暂时不可用，请稍后再试。"),
}
_OTHERWISE = "服务器没有接受这次请求。"


class ProblemBody(msgspec.Struct, omit_defaults=True):
    """What a refusal looks like on the wire."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    detail_zh: str = ""
    cls: str | None = None
    facts: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []
    request_id: str = ""


def from_problem(request: Request[Any, Any, Any], refusal: Problem) -> Response[bytes]:
    """A refusal that a rule meant."""
    body = ProblemBody(
        type=f"urn:xunfang:problem:{refusal.code}",
        title=_title(refusal.status),
        status=refusal.status,
        code=refusal.code,
        detail=refusal.detail,
        detail_zh=refusal.detail_zh,
        cls=refusal.cls,
        facts=refusal.facts,
    )
    headers = {}
    if "retry_after" in refusal.facts:
        headers["Retry-After"] = str(refusal.facts["retry_after"])
    return _answer(body, headers)


def from_http(request: Request[Any, Any, Any], failed: HTTPException) -> Response[bytes]:
    """A refusal of the framework: unknown path, wrong method, unreadable body."""
    status = failed.status_code
    errors: list[dict[str, Any]] = []
    if isinstance(failed, ValidationException):
        status = 422
        if isinstance(failed.extra, list):
            errors = [dict(one) for one in failed.extra]
    code, words = _BY_STATUS.get(status, (f"http_{status}", _OTHERWISE))
    body = ProblemBody(
        type="about:blank",
        title=_title(status),
        status=status,
        code=code,
        detail=failed.detail or _title(status),
        detail_zh=words,
        errors=errors,
    )
    return _answer(body, dict(failed.headers or {}))


def from_size(request: Request[Any, Any, Any], failed: RequestEntityTooLarge) -> Response[bytes]:
    """A body above the limit of its call: a list that somebody brings is refused by the words of
    lists, which say what to do about it."""
    if request.route_handler.resolve_request_max_body_size() == TABLE_BYTES_MAX + 1:
        return from_problem(request, table_too_large(limit_mb=TABLE_BYTES_MAX // 1024**2))
    return from_http(request, failed)


def from_depth(request: Request[Any, Any, Any], failed: RecursionError) -> Response[bytes]:
    """A body nested without end, which the reader gives up on: not our mistake, and no log of it
    for everybody who cares to send one."""
    log.warning("%s: nested too deeply", _route(request))
    return from_http(request, HTTPException(status_code=400, detail="nested too deeply"))


def from_crash(request: Request[Any, Any, Any], failed: Exception) -> Response[bytes]:
    """A mistake of ours: logged whole, told in one sentence."""
    log.error("%s failed", _route(request), exc_info=failed)
    return from_problem(request, crashed())


def _route(request: Request[Any, Any, Any]) -> str:
    # As it is declared: ids of records say who did what.
    return f"{request.method} {request.scope.get('path_template', 'none')}"


def _title(status: int) -> str:
    # tus answers a damaged piece with 460, which the list of the standard does not know.
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Refused"


def from_busy(request: Request[Any, Any, Any], held: Busy) -> Response[bytes]:
    """The database was held by somebody else for too long: the same call may be sent again."""
    log.warning("%s: the database was held for too long", _route(request), exc_info=held)
    return from_problem(request, busy(retry_after=RETRY_SECONDS))


def _answer(body: ProblemBody, headers: dict[str, str]) -> Response[bytes]:
    body.request_id = request_id.get()
    return Response(
        msgspec.json.encode(body),
        status_code=body.status,
        media_type=MEDIA_TYPE,
        headers=headers | {"Cache-Control": "no-store"},
    )


HANDLERS: dict[Any, Any] = {
    Problem: from_problem,
    HTTPException: from_http,
    RequestEntityTooLarge: from_size,
    Busy: from_busy,
    RecursionError: from_depth,
    Exception: from_crash,
}
