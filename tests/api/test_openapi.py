"""The document at /v1/openapi.json: valid, complete, and kept by the real server under fuzzing."""

import contextlib
import json
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from unittest import SkipTest

import httpx
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.definitions import OPENAPI_31

from backend.api.openapi.describing import described, operations
from backend.app import create_app
from backend.foundation.journal.catalogue import Catalogue
from backend.settings import Settings
from tests.kit.served import Served
from tests.kit.world import ENGINES

PASSWORD = "fuzzing-the-demo"
PEOPLE = ("manager", "inspector", "outlet", "admin", "security", "dpo")
# The tus streams need offsets and digests that belong together; tuspy and tus-js-client drive
# them. Signing out would end the session that the other calls need.
LEFT_OUT = ("/v1/uploads", "/v1/uploads/{upload_id}")
EXAMPLES = int(os.environ.get("XUNFANG_FUZZ_EXAMPLES", "10"))  # of each call
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
# Whatever these say is between the client and the HTTP parser, and never reaches the house.
_CONNECTION = {"transfer-encoding", "content-length", "connection", "host", "expect", "upgrade"}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    folder = tmp_path_factory.mktemp("described")
    told = Settings(f"sqlite:///{folder / 'x.db'}", f"file://{folder / 'objects'}", folder)
    return create_app(told, worker=False)


@pytest.fixture(scope="module")
def catalogue(app: Litestar) -> Catalogue:
    return app.state.house.catalogue


@pytest.fixture(scope="module")
def document(app: Litestar, catalogue: Catalogue) -> dict[str, Any]:
    made = described(app.openapi_schema.to_schema(), app, catalogue)
    return json.loads(json.dumps(made))


def test_the_document_is_valid_openapi(document: dict[str, Any]):
    jsonschema_rs.validator_for(OPENAPI_31).validate(document)


def test_shapes_have_names_that_people_say(document: dict[str, Any]):
    """Two Structs of one name would be told apart by their modules, which nobody can read."""
    assert [name for name in document["components"]["schemas"] if not name.isalnum()] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]):
    for reference in references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_call_has_a_name_of_its_own_and_a_sentence(document: dict[str, Any]):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    for _, _, operation in operations(document):
        assert operation["operationId"].isalnum()
        assert operation["description"].endswith(".")


def test_every_call_describes_its_refusals_as_problems(document: dict[str, Any]):
    refused = document["components"]["responses"]
    for _, _, operation in operations(document):
        described_refusals = {status for status in operation["responses"] if status >= "400"}
        assert {"400", "404", "413", "422", "500", "503"} <= described_refusals
        if operation["security"]:
            assert {"401", "403"} <= described_refusals
    for response in refused.values():
        schema = response["content"]["application/problem+json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/ProblemBody"}
    assert "too_many_tries" in refused["Refused429"]["x-codes"]
    assert "Retry-After" in refused["Refused429"]["headers"]


def test_every_refusal_of_the_house_stands_under_its_status(
    document: dict[str, Any], catalogue: Catalogue
):
    refused = document["components"]["responses"]
    for problem in catalogue.problems.values():
        assert problem.code in refused[f"Refused{problem.status}"]["x-codes"]


def test_calls_behind_the_sign_in_say_so(document: dict[str, Any]):
    public = {o["operationId"] for _, _, o in operations(document) if not o["security"]}
    assert public <= {"SignIn", "Health", "Ready", "UploadCapabilities"}
    assert "SignIn" in public


def test_every_command_is_listed_with_its_sentence_and_its_arguments(
    document: dict[str, Any], catalogue: Catalogue
):
    schemas = document["components"]["schemas"]
    mapping = schemas["Command"]["discriminator"]["mapping"]
    assert set(mapping) == set(catalogue.commands)
    for op, reference in mapping.items():
        command = schemas[reference.rsplit("/", 1)[1]]
        assert command["properties"]["op"] == {"const": op}
        assert command["description"] == (catalogue.commands[op].asked.__doc__ or "").strip()
        args = schemas[command["properties"]["args"]["$ref"].rsplit("/", 1)[1]]
        assert args["additionalProperties"] is False


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"op": "inspections.no_such_thing"}, False),
        ({"args": {"item": "i_1", "value": "fail", "colour": "red"}}, False),
        ({"seq": 0}, False),
        ({"id": "not-a-uuid"}, False),
    ],
)
def test_a_push_is_described_well_enough_to_be_checked_against(
    document: dict[str, Any], change: dict[str, Any], fits: bool
):
    command = {
        "id": str(uuid.UUID(int=7)),
        "seq": 1,
        "op": "inspections.set_answer",
        "rec": ["round", "r1"],
        "at": "2026-11-24T01:00:00.000Z",
        "args": {"item": "i_1", "value": "fail"},
    }
    schema = document | {"$ref": "#/components/schemas/Push"}
    push = {"req": "r", "commands": [command | change]}
    assert jsonschema_rs.validator_for(schema).is_valid(push) is fits


@pytest.fixture(scope="module", params=ENGINES)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The real server with the demo organisation, on each engine in turn."""
    environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
    if request.param == "postgres":
        environment["XUNFANG_DATABASE_URL"] = request.getfixturevalue("postgres").new_database()
    running = Served(tmp_path_factory.mktemp("fuzzed"), **environment)
    running.run("demo")
    try:
        yield running.start().url
    finally:
        running.stop()


@pytest.fixture(scope="module")
def tokens(server: str) -> dict[str, str]:
    """One session for each of the people who try."""
    return {name: _sign_in(server, name) for name in PEOPLE}


def _sign_in(server: str, name: str) -> str:
    form = {"username": name, "password": PASSWORD, "device": {"id": f"device-of-{name}"}}
    answer = httpx.post(f"{server}/v1/session", json=form, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()["token"]


def promised(server: str) -> Iterator[schemathesis.APIOperation[Any, Any, Any, Any]]:
    """The calls that the running server promises, without those left out."""
    schema = schemathesis.openapi.from_url(f"{server}/v1/openapi.json")
    for path in LEFT_OUT:
        schema = schema.exclude(path=path)
    for found in schema.exclude(operation_id="SignOut").get_all_operations():
        assert isinstance(found, Ok)
        yield found.ok()


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_the_answer_is_one_that_was_promised(
    server: str,
    tokens: dict[str, str],
    mode: GenerationMode,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
):
    """No crash, no status, type or shape that the document does not name, whoever asks, with
    what fits the document and with what does not."""
    tried = 0
    for operation in promised(server):
        with subtests.test(operation.label):
            tried += _fuzz(operation, mode, list(tokens.values()))
    record_property("tried", tried)


def _fuzz(
    operation: schemathesis.APIOperation[Any, Any, Any, Any], mode: GenerationMode, who: list[str]
) -> int:
    """How many calls were made."""
    tried = 0

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
    @given(case=operation.as_strategy(generation_mode=mode), token=strategies.sampled_from(who))
    def fuzz(case: schemathesis.Case, token: str) -> None:
        nonlocal tried
        tried += 1
        for name in _CONNECTION & {name.lower() for name in case.headers}:
            case.headers.pop(name)
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    # With nothing that could be wrong about a call, there is no wrong example of it.
    with contextlib.suppress(SkipTest, Unsatisfiable):
        fuzz()
    return tried


def test_without_a_session_every_other_call_is_refused(document: dict[str, Any], server: str):
    for path, method, operation in operations(document):
        if operation["security"]:
            place = path.replace("{", "").replace("}", "")
            answer = httpx.request(method, f"{server}{place}")
            assert answer.status_code == 401, (method, path)


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)
