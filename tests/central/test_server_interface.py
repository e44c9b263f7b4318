"""Generated requests against the described interface, on both engines."""

import contextlib
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.specs.openapi.checks import allow_header_conformance

from tests.kit.central import HALL, RunningCentral, new_id

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    allow_header_conformance,
]
STREAM = "/v1/events"
"""never ends; test_events_stream.py reads it"""
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(url: str) -> Iterator[schemathesis.APIOperation]:
    schema = schemathesis.openapi.from_url(f"{url}/v1/openapi.json")
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path != STREAM:
            yield operation


def known_places(case: schemathesis.Case) -> None:
    known = {"hall_id": HALL, "service_id": "passport", "services": ["passport", "enquiry"]}
    for part in (case.body, case.query):
        if isinstance(part, dict):
            part.update({name: value for name, value in known.items() if name in part})


@pytest.mark.timeout(600)
def test_no_generated_request_gets_an_undocumented_answer(central: RunningCentral) -> None:
    statuses: set[int] = set()
    tried = 0

    def probe(case: schemathesis.Case) -> None:
        nonlocal tried
        tried += 1
        headers = {}
        if tried % 2:  # generated keys and halls are mostly refused; half shall get further
            headers = {"Idempotency-Key": new_id("key")}
            known_places(case)
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        statuses.add(response.status_code)

    for operation in operations(central.url):
        for mode in schemathesis.GenerationMode:
            strategy = operation.as_strategy(generation_mode=mode)
            with contextlib.suppress(Unsatisfiable):  # health takes nothing that could be wrong
                BOUNDED(given(case=strategy)(probe))()
    assert tried >= 300
    assert {200, 201, 400, 404, 422} <= statuses
