"""Opening the catalogue, its transactions, and its tables on both databases."""

from __future__ import annotations

import importlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from archive.catalogue import Catalogue, audit, migrate, recordings
from archive.catalogue.tables import metadata
from archive.errors import CatalogueBusy, CatalogueError, NotWritable
from tests.archive.kills import in_child, open_to_all, until_not_killed
from tests.archive.rows import a_recording


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "catalogue.db"


def test_a_new_catalogue_is_opened_once_and_again(path: Path) -> None:
    for _ in range(2):
        with Catalogue.open(path) as catalogue, catalogue.read() as tx:
            assert recordings.all(tx) == ()


def test_the_migrations_make_the_tables_of_the_code(path: Path) -> None:
    Catalogue.open(path).close()
    made, wanted = inspect(create_engine(f"sqlite:///{path}")), create_engine("sqlite://")
    metadata.create_all(wanted)
    expected = inspect(wanted)
    assert sorted(made.get_table_names()) == sorted(expected.get_table_names())
    for table in expected.get_table_names():
        for facts in (
            "get_columns",
            "get_pk_constraint",
            "get_foreign_keys",
            "get_unique_constraints",
            "get_indexes",
        ):
            assert repr(getattr(made, facts)(table)) == repr(getattr(expected, facts)(table)), (table, facts)


def test_every_migration_is_numbered_without_holes() -> None:
    assert list(migrate.numbered()) == list(range(1, len(migrate.numbered()) + 1))


def test_postgresql_can_serve_the_same_tables() -> None:
    first = importlib.import_module("archive.catalogue.migrations.0001_first")
    for tables in (metadata, first.metadata):
        for table in tables.sorted_tables:
            ddl = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
            assert "CREATE TABLE" in ddl
            assert "DATETIME" not in ddl


def test_wal_full_sync_and_foreign_keys_are_on(path: Path) -> None:
    with Catalogue.open(path) as catalogue, catalogue.read() as tx:
        pragma = {
            name: tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}


def test_an_exception_takes_the_whole_transaction_back(path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        with pytest.raises(RuntimeError, match="on the way"):
            add_and_break(catalogue)
        with catalogue.read() as tx:
            assert recordings.all(tx) == ()
            assert audit.acts(tx) == ()


def add_and_break(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recordings.add(tx, a_recording())
        raise RuntimeError("on the way")


def test_a_second_writer_waits_and_then_says_busy(path: Path) -> None:
    with (
        Catalogue.open(path) as first,
        Catalogue.open(path, busy_timeout_s=0.05) as second,
        first.write("anna"),
    ):
        with pytest.raises(CatalogueBusy, match="is busy") as caught, second.write("ben"):
            pass
        assert caught.value.is_transient


def test_readers_do_not_wait_for_a_writer(path: Path) -> None:
    with (
        Catalogue.open(path) as one,
        Catalogue.open(path, busy_timeout_s=0.05) as two,
        one.write("anna") as tx,
    ):
        recordings.add(tx, a_recording())
        with two.read() as reading:
            assert recordings.all(reading) == ()


def test_an_act_needs_an_actor(path: Path) -> None:
    with Catalogue.open(path) as catalogue, pytest.raises(ValueError, match="somebody"), catalogue.write(""):
        pass


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("this is a letter to the editor, " * 100)
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="is no catalogue"):
        Catalogue.open(path)
    assert path.read_bytes() == before


def test_a_newer_catalogue_is_refused(path: Path) -> None:
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (999, 'from the future', '2030-01-01 00:00:00')")
    connection.close()
    with pytest.raises(CatalogueError, match="at step 999"):
        Catalogue.open(path)


def test_a_broken_reference_is_refused(path: Path) -> None:
    from archive.catalogue import moments
    from tests.archive.rows import a_moment

    with (
        Catalogue.open(path) as catalogue,
        pytest.raises(CatalogueError, match="refused a row"),
        catalogue.write("anna") as tx,
    ):
        moments.put(tx, [a_moment("r_nowhere")])


def test_missing_permission_is_said(path: Path) -> None:
    Catalogue.open(path).close()
    open_to_all(path)
    path.parent.chmod(0o555)
    path.chmod(0o444)

    def work() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        with (
            pytest.raises(NotWritable, match="may not be written"),
            Catalogue.open(path) as catalogue,
            catalogue.write("anna") as tx,
        ):
            audit.record(tx, "a", "b")

    assert in_child(work) == 0


def test_a_kill_anywhere_while_the_catalogue_is_made_leaves_one_that_opens(path: Path) -> None:
    def work() -> None:
        with Catalogue.open(path, reserve_bytes=1) as catalogue, catalogue.write("anna") as tx:
            audit.record(tx, "made", "")

    def check() -> None:
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()

    path.parent.mkdir()
    until_not_killed(work, check)
    with Catalogue.open(path) as catalogue, catalogue.read() as tx:
        assert audit.verify_chain(tx) is None


def test_a_catalogue_opened_before_a_fork_serves_parent_and_child(path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        with catalogue.write("parent") as tx:
            audit.record(tx, "one", "")

        def work() -> None:
            with catalogue.write("child") as tx:
                audit.record(tx, "two", "")

        assert in_child(work) == 0
        with catalogue.write("parent") as tx:
            audit.record(tx, "three", "")
            assert [act.act for act in audit.acts(tx)] == ["one", "two", "three"]


def test_importing_the_catalogue_brings_no_media_no_network_and_no_fsspec() -> None:
    code = "import sys, archive.catalogue; print(*{'av', 'numpy', 'httpx', 'fsspec', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
