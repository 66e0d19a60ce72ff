"""Event files as published, on this machine or in object storage, as tables of cells in Spark.

Lines are parted by Spark itself; zipped members are unpacked by the workers, within the same
bounds as elsewhere. A line that is no row of its layout is left out and counted.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from talleyrand.errors import LayoutChanged
from talleyrand.event_files import files_below, head, unpacked, zipped_head
from talleyrand.events import layouts
from talleyrand.events.layouts import Layout
from talleyrand.spark.place import address_of
from talleyrand.spark.session import in_arrow

_LONGEST_LINE = 2_097_152  # bytes, as in DuckDB's reader
_AT_ONCE = 50_000  # lines handed on in one batch
_BROKEN = "_broken_line"


@dataclass(frozen=True, slots=True)
class Files:
    """Files or a pattern of them, all of one layout and packed alike, with the header if any."""

    layout: Layout
    paths: tuple[str, ...]
    zipped: bool
    header: tuple[str, ...] = ()


def sorted_out(spark: Any, given: Sequence[str]) -> tuple[list[Files], list[str]]:
    """What is named, by layout; and why files were refused.

    Below folders of this machine each file is looked into; an address in object storage, or a
    pattern, is taken for one layout, told by the first lines that Spark reads from it.
    """
    found: list[Files] = []
    refused: list[str] = []
    for one in given:
        known = _far(spark, one) if "://" in one else _near(Path(one))
        for path, zipped, lines in known:
            try:
                _verify_name(path)
                layout = layouts.recognise(lines, path.rsplit("/", 1)[-1])
                found.append(Files(layout, (path,), zipped, _header(layout, lines, zipped, path)))
            except LayoutChanged as error:
                refused.append(str(error))
    return [_together(list(group)) for _, group in groupby(found, key=_kind)], refused


def cells(spark: Any, files: Files) -> tuple[Any, Any]:
    """A table with a column a cell, null where empty, and the observation that counts damage."""
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    if files.header:
        names, rows = files.header, _headed(spark, files)
        good = f.col(_BROKEN).isNull()
        columns = [f.nullif(f.col(_quoted(n)), f.lit("")).alias(n) for n in names]
    else:
        names, rows = files.layout.columns, _parted(lines(spark, files.paths, files.zipped))
        good = f.col("sound") & (f.size("parts") == len(names))
        columns = [f.nullif(f.col("parts")[i], f.lit("")).alias(n) for i, n in enumerate(names)]
    damage = Observation()
    counted = rows.observe(damage, f.count(f.when(~good, 1)).alias("damaged"))
    return counted.where(good).select(*columns), damage


def lines(spark: Any, paths: Sequence[str], zipped: bool) -> Any:
    """The lines of files as text, a column `value`."""
    if zipped:
        packed = spark.read.format("binaryFile").load(list(paths)).select("path", "content")
        return in_arrow(packed, members, "value string")
    return spark.read.text(list(paths))  # lines end in \n, \r or both


def members(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The lines of zipped files, which come with their path and content."""
    for batch in batches:
        for row in batch.to_pylist():
            with tempfile.TemporaryDirectory() as work:
                packed = Path(work) / row["path"].rsplit("/", 1)[-1]
                packed.write_bytes(row["content"])
                for member in unpacked(packed, Path(work)):
                    yield from _lines_of(member)


def _lines_of(path: Path) -> Iterator[pa.RecordBatch]:
    """A file's lines in batches."""
    chunk: list[bytes] = []
    with path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE + 1):
            chunk += line.rstrip(b"\r\n").replace(b"\r", b"\n").split(b"\n")
            if len(chunk) >= _AT_ONCE:
                yield _as_text(chunk)
                chunk = []
    if chunk:
        yield _as_text(chunk)


def _as_text(chunk: list[bytes]) -> pa.RecordBatch:
    """Lines as Spark's own reader gives them: bytes that are no text stay, and are counted then."""
    values = pa.array(chunk, pa.binary()).view(pa.string())
    return pa.RecordBatch.from_arrays([values], ["value"])


def _parted(found: Any) -> Any:
    """Lines that are not blank, in their parts, and whether they are sound text."""
    from pyspark.sql import functions as f

    return found.where("value <> ''").select(
        f.split("value", "\t", -1).alias("parts"),
        (f.is_valid_utf8("value") & (f.octet_length("value") <= _LONGEST_LINE)).alias("sound"),
    )  # fmt: skip


def _headed(spark: Any, files: Files) -> Any:
    """Files with a header, by Spark's own reader, each row whole or marked as broken."""
    layout = files.layout
    schema = ", ".join(f"{_quoted(name)} STRING" for name in (*files.header, _BROKEN))
    return (
        spark.read.schema(schema)
        .option("header", True)
        .option("sep", layout.delimiter)
        .option("quote", layout.quote)
        .option("escape", layout.quote or "\\")
        .option("multiLine", bool(layout.quote))
        .option("columnNameOfCorruptRecord", _BROKEN)
        .csv(list(files.paths))
    )


def _near(path: Path) -> Iterator[tuple[str, bool, list[str]]]:
    """Each file of this machine with its first lines."""
    for file in files_below([path]):
        zipped = file.suffix.lower() == ".zip"
        yield address_of(file), zipped, zipped_head(file) if zipped else head(file)


def _far(spark: Any, address: str) -> Iterator[tuple[str, bool, list[str]]]:
    """An address or pattern elsewhere with the first lines that come from it."""
    zipped = address.lower().endswith(".zip")
    first = lines(spark, (address,), zipped).limit(20).collect()
    yield address, zipped, [row["value"] for row in first]


def _verify_name(path: str) -> None:
    """Spark passes over such files without a word."""
    name = path.rsplit("/", 1)[-1]
    if name.startswith(("_", ".")):
        raise LayoutChanged(f"{name}: Spark reads no file whose name begins so; rename it")


def _header(layout: Layout, first: Sequence[str], zipped: bool, path: str) -> tuple[str, ...]:
    if not layout.header:
        return ()
    if zipped:
        raise LayoutChanged(
            f"{path}: {layout.title} is read by Spark unpacked or as .gz; unpack it"
        )
    line = first[0].rstrip("\r\n").lstrip("\ufeff")
    if not layout.quote:
        return tuple(line.split(layout.delimiter))
    return tuple(next(csv.reader([line], delimiter=layout.delimiter)))


def _kind(files: Files) -> tuple[str, bool, tuple[str, ...]]:
    return files.layout.name, files.zipped, files.header


def _together(alike: Sequence[Files]) -> Files:
    paths = tuple(path for files in alike for path in files.paths)
    return Files(alike[0].layout, paths, alike[0].zipped, alike[0].header)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
