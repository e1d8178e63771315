"""The API's description at /v1/openapi.json."""

from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

OPENAPI = OpenAPIConfig(
    title="Xunfang",
    version="1",
    path="/v1",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
)
