"""Brings a database to the present schema when the server starts, one server at a time."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kiosk.central.server.database import Database

HEAD = "0011"
"""the newest revision in `migrations/versions`"""
_ADVISORY_LOCK = 0x68616C6C


def migrate(database: Database) -> None:
    """Run the migrations that are missing, all in one transaction.

    On SQLite `BEGIN IMMEDIATE` keeps a second server waiting, on PostgreSQL an advisory lock.
    """
    with database.transaction() as connection:
        if not database.is_sqlite:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK}
            )
        if _revision(connection) != HEAD:
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    # Only a start that changes the schema pays for Alembic's imports.
    from alembic import command  # noqa: PLC0415 - only when the schema changes
    from alembic.config import Config  # noqa: PLC0415 - only when the schema changes

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
