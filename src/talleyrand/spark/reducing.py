"""The reductions of `talleyrand.scale` on Apache Spark: the same statements, the same folder.

Each layout's rows are staged as Parquet, then each event is kept once, by year, then the series are
made of all that is there. Files already reduced, by either engine, may be among what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from talleyrand import engine_queries
from talleyrand.dialects import translated
from talleyrand.errors import LayoutChanged
from talleyrand.event_files import files_below
from talleyrand.events import actors, layouts
from talleyrand.events.small_tables import Rows, small_tables
from talleyrand.folder_lock import locked
from talleyrand.scale import Reduced
from talleyrand.scale_queries import statement
from talleyrand.spark import reading
from talleyrand.spark.place import Place, address_of, is_there, literal, verify_reached
from talleyrand.spark.reading import Files
from talleyrand.spark.session import session

_ORDER = {"events": ("sender", "target", "day8", "code", "url", "id"),
          "reports": ("event", "outlet")}  # fmt: skip
_SMALL_BLOCKS = 1 << 20  # bytes of a group of rows, so that one dyad is found fast


def reduce(paths: Sequence[str], out: str, *, master: str, memory: str = "2GB") -> Reduced:
    """Read event files, or folders of events already reduced, into `out` at a Spark master.

    `paths` and `out` are of this machine, or addresses such as s3a://bucket/gdelt/*.CSV.zip.
    Raises LayoutChanged where no file is of a known layout, InputError for places that the workers
    cannot reach or that hold events already, and what `session` raises.
    """
    verify_reached(master, *paths, out)
    files = _files(paths)
    near = "://" not in out
    with locked(Path(out)) if near else nullcontext(), session(master, memory) as spark:
        place = Place(spark, out, near)
        place.opened(files)
        try:
            return _reduced(spark, paths, place, files)
        finally:
            place.emptied()


def _reduced(spark: Any, paths: Sequence[str], place: Place, files: Sequence[Path]) -> Reduced:
    earlier = [path for path in paths if _is_reduced(spark, path)]
    groups, refused = reading.sorted_out(spark, [path for path in paths if path not in earlier])
    if refused and not groups and not earlier:
        raise LayoutChanged(refused[0])
    for name, (columns, rows) in small_tables().items():
        _small(spark, name, columns, rows)
    counts: dict[str, int] = {}
    damaged = 0
    for group in groups:
        damaged += _stage(spark, group, place)
        counts[group.layout.name] = counts.get(group.layout.name, 0) + len(group.paths)
    for folder in earlier:
        events = _events_in(spark, f"{address_of(folder)}/events")
        events.write.mode("append").parquet(place.work("events"))
    place.begun(files)
    before = _count(spark, place.at("events"), place.has("events"))
    staged, reports = (_staged(spark, place, kind) for kind in ("events", "reports"))
    for kind in ("events", "reports"):
        _keep(spark, place, kind)
    _series(spark, place)
    now = _count(spark, place.at("events"), place.has("events"))
    place.done()
    again = staged - (now - before)
    return Reduced(counts, now, now - before, again, reports, damaged, tuple(refused))


def _files(paths: Sequence[str]) -> list[Path]:
    """The files of this machine that are read, of folders reduced before the tables of events."""
    found: list[Path] = []
    for path in (Path(one) for one in paths if "://" not in one):
        reduced = sorted(path.glob("events/year=*/*.parquet"))
        found += reduced or files_below([path])
    return found


def _is_reduced(spark: Any, path: str) -> bool:
    if "://" in path:
        return is_there(spark, f"{address_of(path)}/events")
    return any(Path(path).glob("events/year=*/*.parquet"))


def _stage(spark: Any, files: Files, place: Place) -> int:
    """Write what the rows of some files come to; gives how many lines were no rows."""
    raw, damage = reading.cells(spark, files)
    raw.createOrReplaceTempView("raw")
    _sql(spark, f"SELECT {files.layout.select} FROM raw").createOrReplaceTempView("source")
    kind = files.layout.brings
    if kind == "events":
        _small(spark, "actors", ("name", "iso3"), _actors(spark, files.layout))
        _sql(spark, statement("placed")).createOrReplaceTempView("placed")
    made = _sql(spark, statement(kind))
    if kind == "events":
        made = made.selectExpr("*", "1L AS copies")
    made.write.mode("append").parquet(place.work(kind))
    return int(damage.get["damaged"])


def _actors(spark: Any, layout: layouts.Layout) -> Rows:
    """The states of actors: by code, or of those that the rows of `source` name."""
    if layout.actors == "cameo":
        return small_tables()["actors"][1]
    query = "SELECT actor1 AS name FROM source UNION SELECT actor2 AS name FROM source"
    named = [row["name"] for row in _sql(spark, query).collect()]
    found = {name: actors.state_of(layouts.party(layout, name)) for name in named if name}
    return [(name, iso3) for name, iso3 in found.items() if iso3] or [("", "")]


def _keep(spark: Any, place: Place, kind: str) -> None:
    """Each staged row once, with what was kept of its years before, by year and sorted."""
    if not place.has_work(kind):
        return
    rows = spark.read.parquet(literal(place.work(kind))).where("month > 0")
    years = [r["year"] for r in rows.selectExpr("month DIV 100 AS year").distinct().collect()]
    for kept in filter(None, (place.kept(kind, year) for year in years)):
        old = _events_in(spark, kept) if kind == "events" else spark.read.parquet(kept)
        rows = rows.unionByName(old)
    rows.createOrReplaceTempView("everything")
    query = engine_queries.distinct("everything")
    query = engine_queries.with_plover(query) if kind == "events" else _DISTINCT
    dated = _sql(spark, query).selectExpr("*", "CAST(month DIV 100 AS INT) AS year")
    by = "year", _ORDER[kind][0]
    apart = dated.repartition("year") if place.near else dated.repartitionByRange(*by)
    in_order = apart.sortWithinPartitions("year", *_ORDER[kind])
    in_order.write.partitionBy("year").parquet(place.writing(kind))
    place.put(kind)


_DISTINCT = "SELECT DISTINCT * FROM everything"


def _series(spark: Any, place: Place) -> None:
    """The series of all years in one file, sorted by dyad in small groups of rows."""
    if not place.has("events"):
        return
    _events_in(spark, literal(place.at("events"))).createOrReplaceTempView("events")
    made = _sql(spark, statement("series")).coalesce(1)
    made = made.sortWithinPartitions("sender", "target", "month", "press")
    writing = made.write.option("parquet.block.size", _SMALL_BLOCKS)
    writing.parquet(place.writing("series.parquet"))
    place.put_file("series.parquet")


def _events_in(spark: Any, address: str) -> Any:
    """Events as either engine wrote them, with the same types."""
    found = spark.read.parquet(address)
    return found.selectExpr(*engine_queries.EVENT_COLUMNS, "CAST(copies AS BIGINT) AS copies")


def _sql(spark: Any, query: str) -> Any:
    return spark.sql(translated(query, "spark"))


def _small(spark: Any, name: str, columns: Sequence[str], rows: Rows) -> None:
    """A small table, which Spark sends to every worker."""
    _sql(spark, engine_queries.written_out(columns, rows)).createOrReplaceTempView(name)


def _staged(spark: Any, place: Place, kind: str) -> int:
    return _count(spark, place.work(kind), place.has_work(kind))


def _count(spark: Any, address: str, there: bool) -> int:
    return int(spark.read.parquet(literal(address)).count()) if there else 0
