"""From the framework's list of calls to the finished document."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from backend.api import problems as api_problems
from backend.api.openapi.photos import describe_bytes
from backend.api.openapi.refusals import refusal_name, refusals, statuses
from backend.api.openapi.shapes import Shapes
from backend.api.openapi.travelling import BY_OPERATION
from backend.api.problems import ProblemBody
from backend.api.sync import wire
from backend.foundation.journal import problems as journal_problems
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.kernel.problem import ProblemType

_JSON = "application/json"
_METHODS = frozenset({"get", "head", "post", "put", "patch", "delete", "options"})
_NO_JSON = (None, type(None), bytes, str, Any)
_SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "xunfang_session"},
}


def described(document: dict[str, Any], app: Litestar, catalogue: Catalogue) -> dict[str, Any]:
    """The document with bodies, refusals, security and names. The one given is not changed."""
    finished = msgspec.json.decode(msgspec.json.encode(document))
    handlers = handlers_of(app)
    shapes = Shapes(catalogue, [ProblemBody, *_shapes(handlers.values())])
    for path, method, operation in operations(finished):
        _describe(operation, handlers[path, method], shapes)
        describe_bytes(method, operation)
    finished["components"] = {
        "schemas": shapes.components,
        "responses": refusals(_problems(catalogue), shapes.of(ProblemBody)),
        "securitySchemes": _SECURITY,
    }
    return finished


def handlers_of(app: Litestar) -> dict[tuple[str, str], HTTPRouteHandler]:
    """Every handler by the path and method under which the document lists it."""
    return {
        (route.path_format, method.lower()): handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
    }


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document, with its path and method."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in _METHODS:
                yield path, method, operation


def _describe(operation: dict[str, Any], handler: HTTPRouteHandler, shapes: Shapes) -> None:
    body = _body_of(handler)
    if body is not None:
        content = {_JSON: {"schema": shapes.of(body)}}
        operation["requestBody"] = {"required": True, "content": content}
    answer = _answer_of(handler)
    status = str(handler.status_code)
    if answer is not None and status in operation["responses"]:
        operation["responses"][status]["content"] = {_JSON: {"schema": shapes.of(answer)}}
    for refused in statuses(operation["operationId"], handler):
        reference = f"#/components/responses/{refusal_name(refused)}"
        operation["responses"][str(refused)] = {"$ref": reference}
    operation["security"] = [] if handler.opt.get("public") else [{"bearer": []}, {"cookie": []}]


def _problems(catalogue: Catalogue) -> list[ProblemType]:
    declared = (*journal_problems.ALL, *wire.PROBLEMS, *api_problems.ALL)
    return [*catalogue.problems.values(), *declared]


def _shapes(handlers: Iterable[HTTPRouteHandler]) -> list[Any]:
    found: list[Any] = []
    for handler in handlers:
        found += [shape for shape in (_body_of(handler), _answer_of(handler)) if shape is not None]
    return list(dict.fromkeys(found))


def _body_of(handler: HTTPRouteHandler) -> Any:
    """The shape of the JSON that a call reads, or None when it reads no JSON."""
    declared = handler.opt.get("body")
    if declared is not None:
        return declared
    field = handler.parsed_data_field
    return None if field is None else field.annotation


def _answer_of(handler: HTTPRouteHandler) -> Any:
    """The shape of the JSON that a call answers with, or None when it is something else."""
    declared = BY_OPERATION.get(str(handler.operation_id)) or handler.opt.get("answer")
    if declared is not None:
        return declared
    field = handler.parsed_return_field
    if field.is_subclass_of(Response):
        annotation = field.inner_types[0].annotation if field.inner_types else None
    else:
        annotation = field.annotation
    return None if annotation in _NO_JSON else annotation
