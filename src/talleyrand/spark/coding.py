"""Texts coded as a Spark job: every worker runs the coder on its batches of a table of texts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from talleyrand import codebook as books
from talleyrand import texts_table
from talleyrand.codebook import Codebook
from talleyrand.errors import InputError, StoreError
from talleyrand.rows import coder
from talleyrand.spark.place import address_of, is_there, literal, uri_of, verify_reached
from talleyrand.spark.session import in_arrow, session

_SCHEMA = (
    "id string, ordinal int, start int, end int, speaker string, state string, matches"
    " array<struct<code:string, holder:string, start:int, end:int, negated:boolean,"
    " targets:array<string>>>, problem string, coder string"
)
_TEXTS_A_BATCH = "200"


def code(
    texts: str, out: str, *, master: str, own: Sequence[Path] = (), memory: str = "2GB"
) -> dict[str, int]:
    """Code a table of texts (Parquet) into `out`, a folder of Parquet; gives what it came to.

    Own codebooks go to the workers with the job. Raises InputError where `out` is there already,
    StoreError where a worker has another version of the coder, and what `session` raises.
    """
    files = tuple(path.read_text("utf-8") for path in own)
    version = coder(books.load(*own))
    verify_reached(master, texts, out)
    to = out if "://" in out else uri_of(out)
    with session(master, memory) as spark:
        if is_there(spark, to):
            raise InputError(f"{out} is there already; name a new folder")
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _TEXTS_A_BATCH)
        table = spark.read.parquet(address_of(texts))
        wanted = texts_table.check(table.columns, texts)
        tasks = max(table.rdd.getNumPartitions(), 4 * spark.sparkContext.defaultParallelism)
        parted = table.select(wanted).repartition(tasks, "id")
        made = in_arrow(parted, _worker(files, version), _SCHEMA)
        made.write.mode("error").parquet(to)
        return _counts(spark.read.parquet(literal(to)), table)


def _counts(made: Any, table: Any) -> dict[str, int]:
    passages = made.where("problem IS NULL").count()
    return {"texts": table.count(), "passages": passages, "problems": made.count() - passages}


def _worker(
    files: tuple[str, ...], version: str
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What a worker does with its batches, once sure that it codes as the driver would."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        book = _codebook(files)
        if coder(book) != version:
            raise StoreError(
                f"a worker codes with {coder(book)}, the driver with {version}; install the same"
                " version of talleyrand on all"
            )
        for batch in batches:
            yield texts_table.coded(batch, book)

    return run


@cache
def _codebook(files: tuple[str, ...]) -> Codebook:
    """The codebook with own files, put down again where the worker runs."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.toml" for number in range(len(files))]
        for path, text in zip(paths, files, strict=True):
            path.write_text(text, "utf-8")
        return books.load(*paths)
