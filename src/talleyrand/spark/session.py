"""A session of Apache Spark, on this machine or on a cluster, and what it lacks told plainly."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from talleyrand.errors import InputError, StoreError

LEAST_JAVA = 17
_HERE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}  # a local session is reached from nowhere else
_ALWAYS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
}


def missing() -> str:
    """What this machine lacks to run Spark, with the remedy; empty where nothing."""
    try:
        import pyspark  # noqa: F401
    except ModuleNotFoundError:
        return "pyspark is not installed; install it with: pip install 'talleyrand[spark]'"
    found = _java()
    if found is None:
        return f"Spark needs Java {LEAST_JAVA} or newer, and none is found; install a JRE"
    if found < LEAST_JAVA:
        return f"Spark needs Java {LEAST_JAVA} or newer, and JAVA_HOME or PATH has {found}"
    return ""


@contextmanager
def session(master: str, memory: str = "2GB") -> Iterator[Any]:
    """A session at `master` (`local[2]`, `spark://...`, `yarn`, `k8s://...`), ended afterwards.

    Where a session is at work already (a notebook on a cluster), a branch of it is given and the
    session itself left as it is. `memory` is for a driver on this machine; settings of
    `spark-defaults.conf` hold but for those that the answer depends on. Raises InputError where
    Spark or Java is lacking or no session can be had, StoreError where a job fails.
    """
    lacking = missing()
    if lacking:
        raise InputError(lacking)
    import pyspark.errors
    import pyspark.sql
    from py4j.protocol import Py4JError  # the bridge to Java that pyspark brings

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # errors are told here
    running = pyspark.sql.SparkSession.getActiveSession()
    try:
        opened = _branch(running) if running else _opened(master, memory)
    except (pyspark.errors.PySparkException, Py4JError, RuntimeError) as error:
        raise InputError(f"no Spark session at {master!r}: {_cause(error)}") from error
    try:
        yield opened
    except (pyspark.errors.PySparkException, Py4JError) as error:
        raise StoreError(f"the Spark job failed: {_cause(error)}") from error
    finally:
        if not running:
            opened.stop()


def in_arrow(table: Any, function: Any, schema: str) -> Any:
    """A table's batches put through a function; pandas, of which Spark warns, has no part."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        return table.mapInArrow(function, schema)


def _opened(master: str, memory: str) -> Any:
    from pyspark.sql import SparkSession

    here = {**_HERE, "spark.driver.memory": _size(memory)} if master.startswith("local") else {}
    building = SparkSession.builder.appName("talleyrand").master(master)
    for name, value in {**here, **_ALWAYS}.items():
        building = building.config(name, value)
    with _quiet_start():
        return building.getOrCreate()


def _size(memory: str) -> str:
    """2GB as Spark writes it, 2g; raises InputError for what is no size."""
    found = re.fullmatch(r"(\d+) ?([kmgt])i?b?", memory.strip().lower())
    if found is None:
        raise InputError(f"{memory!r} is no size; write 2GB")
    return found[1] + found[2]


def _branch(running: Any) -> Any:
    """A session beside a running one, with its own views and settings."""
    branch = running.newSession()
    for name, value in _ALWAYS.items():
        if name.startswith("spark.sql."):
            branch.conf.set(name, value)
    return branch


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Without the greetings that Java and its log print before the level is set."""
    sys.stderr.flush()
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _java() -> int | None:
    """The major version of the Java that Spark would start, None where there is none."""
    home = os.environ.get("JAVA_HOME")
    binary = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not binary:
        return None
    try:
        told = subprocess.run(  # noqa: S603
            [binary, "-version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found[1]) if found else None


def _cause(error: Exception) -> str:
    """What went wrong in one line: of an error of Java, the innermost that is told."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [
        line for line in lines if re.match(r"(?:: |Caused by: )?[\w.]+(?:Exception|Error)\b", line)
    ]
    return (told or lines or [type(error).__name__])[-1 if told else 0].lstrip(": ")[:300]
