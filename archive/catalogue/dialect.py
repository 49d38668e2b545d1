"""All that differs between SQLite and PostgreSQL, in one place."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WRITES = "soundbite_writes"
_WRITERS = 0x50_0D_B1_7E  # the name of our advisory lock, arbitrary
_FORBIDDEN = "the audit trail is append-only"
_SQLITE_APPEND_ONLY = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_FORBIDDEN}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_FORBIDDEN}'); END",
    # INSERT OR REPLACE deletes the old row without asking the delete trigger.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN NEW.seq IN (SELECT seq FROM audit)"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
)
_POSTGRES_APPEND_ONLY = (
    "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_FORBIDDEN}'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
)


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def prepare(engine: Engine, busy_timeout_s: float) -> None:
    """Set up every new connection, and how a transaction begins."""
    if not is_sqlite(engine):
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; see the next listener
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(busy_timeout_s * 1000)}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a committed act survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writer fails at once when another one writes.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_for_writing(connection: Connection) -> None:
    """One writer at a time, as the chained audit trail needs. SQLite's BEGIN IMMEDIATE is that already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def forbid_audit_changes(connection: Connection) -> None:
    """Triggers that stop UPDATE, DELETE and REPLACE on the audit trail."""
    is_postgres = connection.dialect.name == "postgresql"
    for statement in _POSTGRES_APPEND_ONLY if is_postgres else _SQLITE_APPEND_ONLY:
        connection.exec_driver_sql(statement)
