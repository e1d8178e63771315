"""Whether the process lives, and whether it can do its work."""

from typing import Any

from litestar import Request, Response, get

_NO_STORE = {"Cache-Control": "no-store"}


@get("/healthz", operation_id="Health", opt={"public": True})
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", operation_id="Ready", opt={"public": True})
async def readyz(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """Database, store, staging and key are as they have to be, and nobody told it to end."""
    missing = await request.app.state.readiness.missing()
    if missing:
        body = {"status": "not ready", "missing": missing}
        return Response(body, status_code=503, headers=_NO_STORE)
    return Response({"status": "ready"}, headers=_NO_STORE)
