"""`/v1/openapi.json`: what the server can be asked, and every refusal it may answer with.

The framework lists the calls and their parameters. Bodies are described by msgspec, which is what
reads and writes them (the framework's own description forgets `additionalProperties` and names);
the commands inside a push are listed one by one with the names of their operations.
"""

from typing import Any

from litestar import Request, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from backend.api.openapi.describing import described


class Described(JsonRenderPlugin):
    """Renders the finished document, made once."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")
        self._finished: bytes | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        if self._finished is None:
            house = request.app.state.house
            document = described(openapi_schema, request.app, house.catalogue)
            self._finished = self.render_json(request, document)
        return self._finished


OPENAPI = OpenAPIConfig(
    title="Xunfang",
    version="1",
    description="Inspections and outreach that work without a signal.",
    path="/v1",
    use_handler_docstrings=True,
    openapi_router=Router("/v1", route_handlers=[], opt={"public": True}, include_in_schema=False),
    render_plugins=[Described()],
)
