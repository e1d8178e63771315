"""Whether the process lives, and whether it can do its work."""

from litestar import Response, get

from backend.house import House


@get("/healthz", operation_id="Health", opt={"public": True})
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", operation_id="Ready", opt={"public": True})
async def readyz(house: House) -> Response[dict[str, str]]:
    """The database answers and takes writes."""
    try:
        async with house.database.unit_of_work() as tx:
            await tx.tuples("SELECT head FROM sync_counter WHERE id = 1")
    except Exception as failed:
        return Response({"status": "not ready", "why": type(failed).__name__}, status_code=503)
    return Response({"status": "ready"})
