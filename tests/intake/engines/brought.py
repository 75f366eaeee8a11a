"""Puts tables into the engines that somebody may bring: DuckDB and polars always; Spark, and Postgres by way of ibis, where CI has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

_NUMBERS = count()
Put = Callable[[pd.DataFrame], Any]
"""Puts a table of text into an engine."""


@cache
def _duckdb() -> Any:
    import duckdb

    return duckdb.connect()


def put_in_duckdb(table: pd.DataFrame) -> Any:
    name = f"people_{next(_NUMBERS)}"
    _duckdb().from_df(table).create(name)
    return _duckdb().table(name)


def put_in_polars(table: pd.DataFrame) -> Any:
    import polars

    return polars.from_pandas(table).lazy()


@contextmanager
def spark() -> Iterator[Put]:
    """A session on two cores of this machine, whose Java compiles in haste: it is gone before it could be quick."""
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}  # fmt: skip
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield partial(_put_in_spark, session)
    finally:
        session.stop()


def _put_in_spark(session: Any, table: pd.DataFrame) -> Any:
    schema = ", ".join(f"`{name}` string" for name in table)
    rows = session.createDataFrame([tuple(row) for row in table.itertuples(index=False)], schema)
    return rows.coalesce(1).cache()  # or Python is asked for them again with each question


@contextmanager
def postgres() -> Iterator[Put]:
    """A server of its own, which nobody but this user reaches, in a folder that is gone afterwards."""
    import ibis

    with tempfile.TemporaryDirectory(prefix="eia-postgres-") as place:
        folder = Path(place)
        who = _as_another(folder)
        run = partial(subprocess.run, check=True, capture_output=True, **who)
        run(
            [
                _program("initdb"),
                "-D",
                folder / "data",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ]
        )
        server = subprocess.Popen([_program("postgres"), "-D", folder / "data", "-k", folder, "-c", "listen_addresses="], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)  # fmt: skip
        try:
            held = _connected(partial(ibis.postgres.connect, host=place, user="postgres", database="postgres"))
            yield lambda table: _put_in_postgres(held, table, f"people_{next(_NUMBERS)}")
            held.disconnect()
        finally:
            server.terminate()
            server.wait()


def _put_in_postgres(held: Any, table: pd.DataFrame, name: str) -> Any:
    import pyarrow as pa

    return held.create_table(
        name, pa.table({column: pa.array(table[column].tolist(), pa.string()) for column in table})
    )


def _program(name: str) -> str:
    """A program of Debian's package, which is not on the path."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    assert found, f"These tests need PostgreSQL: apt-get install postgresql ({name})."
    return found


def _as_another(folder: Path) -> Mapping[str, Any]:
    """How to run what refuses to run as root."""
    if os.geteuid():
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "cwd": folder}


def _connected(connect: Callable[[], Any]) -> Any:
    for _ in range(300):
        try:
            return connect()
        except Exception:  # it is not up yet
            time.sleep(0.1)
    return connect()
