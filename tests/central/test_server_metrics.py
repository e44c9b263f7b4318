"""What a monitor sees, and that it sees no person."""

from tests.kit.central import Caller, RunningCentral, application_request, ticket_request


def test_a_monitor_sees_lines_and_times_and_nobody(central: RunningCentral, caller: Caller) -> None:
    caller.post("/v1/tickets", ticket_request("t-secret", application_id="a-secret"))
    caller.post("/v1/applications", application_request("a-secret"))
    caller.get("/v1/tickets/t-secret")
    caller.get("/nowhere/t-secret")
    seen = caller.get("/metrics").raw.decode()
    assert 'central_queue_waiting{hall="hs-1",service="passport"} 1.0' in seen
    path = 'method="GET",path="/v1/tickets/{ticket_id}",status="200"'
    assert f"central_request_seconds_count{{{path}}} 1.0" in seen
    assert "central_event_readers 0.0" in seen
    assert "secret" not in seen
    assert "420299" not in seen
