"""Photos on their way in: tus 1.0.0 (core, creation, creation-with-upload, checksum, expiration,
termination) in front of `media/staging`. The specification is at tus.io/protocols/resumable-upload.

What the phone can rely on: an offset it was told is on the disk; the answer to the last byte comes
when the photo is in the store and recorded; after any break HEAD says where to continue. An upload
belongs to the person who began it and is unknown to everybody else.
"""

from typing import Any

from litestar import Request, Response, Router

from backend.api.problems import from_problem
from backend.api.uploads.continuing import continue_, end, overridden, where
from backend.api.uploads.creating import capabilities, create
from backend.api.uploads.headers import RESUMABLE
from backend.foundation.kernel.problem import Problem


def _refused(request: Request[Any, Any, Any], refusal: Problem) -> Response[bytes]:
    answer = from_problem(request, refusal)
    answer.headers.update(RESUMABLE)
    return answer


ROUTES = (
    Router(
        path="/v1/uploads",
        route_handlers=[capabilities, create, where, continue_, end, overridden],
        exception_handlers={Problem: _refused},
        # Bytes are counted against the declared length, piece by piece, as they arrive.
        request_max_body_size=None,
    ),
)
