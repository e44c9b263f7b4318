"""What the server's database holds: sealed fields, its schema, its key."""

import logging
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from kiosk.central.server import migrate, tables
from kiosk.central.server.app import create_app
from kiosk.central.server.database import Database
from kiosk.central.server.sealing import FieldSealer, SealBrokenError
from kiosk.central.server.settings import CentralSettings
from tests.kit.central import FIELD_KEY, Caller, RunningCentral, WallClock, application_request


def test_personal_fields_are_sealed_one_by_one_and_bound_to_their_place(
    central: RunningCentral, caller: Caller
) -> None:
    sent = application_request("a-1")
    assert caller.post("/v1/applications", sent).status == 201
    row = central.rows(tables.application)[0]
    field = central.rows(tables.application_field)[0]
    sealer = FieldSealer(FIELD_KEY)
    for name in tables.PERSONAL:
        opened = sealer.unseal("application", "a-1", name, row[name])
        assert opened == (sent["identity"].get(name) or ("CHN" if name == "nationality" else ""))
    assert sealer.unseal("application_field", "a-1/0", "phone", field["value"]) == "13900000000"
    with pytest.raises(SealBrokenError):
        sealer.unseal("application", "a-1", "address", row["name"])
    with pytest.raises(SealBrokenError):
        sealer.unseal("application", "a-2", "name", row["name"])
    with pytest.raises(SealBrokenError):
        FieldSealer(bytes(32)).unseal("application", "a-1", "name", row["name"])


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + bytes(40), b"\x01" + bytes(12)])
def test_what_is_no_seal_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealBrokenError):
        FieldSealer(FIELD_KEY).unseal("application", "a-1", "name", sealed)


def test_nothing_personal_reaches_file_answer_or_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = application_request("a-1")
    with RunningCentral(str(tmp_path / "central.db")) as central:
        caller = Caller(central.port)
        caller.post("/v1/applications", sent)
        answers = caller.get("/v1/applications/a-1").raw + caller.get("/v1/openapi.json").raw
        caller.close()
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    number, name = sent["identity"]["number"], sent["identity"]["name"]
    for secret in (number, name, sent["identity"]["address"], "13900000000"):
        assert secret.encode() not in files + answers
        assert secret not in caplog.text


def test_the_status_of_an_application_says_only_that(caller: Caller) -> None:
    caller.post("/v1/applications", application_request("a-1"))
    found = caller.get("/v1/applications/a-1").body
    assert set(found) == {"application_id", "received_at", "documents"}
    assert [set(one) for one in found["documents"]] == [{"kind", "state", "since"}]
    unknown = caller.get("/v1/applications/a-2")
    assert (unknown.status, unknown.code) == (404, "unknown_application")


def test_the_migrations_make_exactly_the_tables(central: RunningCentral) -> None:
    with central.office.database.transaction() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    config = Config()
    folder = Path(migrate.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    assert revision == migrate.HEAD == ScriptDirectory.from_config(config).get_current_head()


def test_a_second_start_finds_everything_in_place(central_database: str) -> None:
    for expected in ("A001", "A002"):
        with RunningCentral(central_database) as central:
            caller = Caller(central.port)
            body = {
                "ticket_id": f"t-{expected}",
                "machine_id": "k",
                "hall_id": "hs-1",
                "services": ["passport"],
                "taken_at": "2026-11-24T09:00:00+08:00",
            }
            assert caller.post("/v1/tickets", body).body["number"] == expected
            caller.close()


def test_a_key_that_does_not_belong_to_the_database_stops_the_start(central_database: str) -> None:
    with RunningCentral(central_database):
        pass
    with pytest.raises(SealBrokenError):
        create_app(CentralSettings(central_database, bytes(32)), WallClock())


def test_sqlite_is_durable_and_forgets_what_is_deleted(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "central.db"))
    with database.transaction() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
