"""The library's functions on event data at scale: files to series, and one dyad's series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talleyrand.errors import InputError

if TYPE_CHECKING:
    from talleyrand.scale import Reduced

ENGINES = ("duckdb", "spark")
PRESS = ("all", "own", "outside", "unknown")


def reduce(
    files: Sequence[str | Path],
    out: str | Path,
    *,
    memory: str | None = None,
    engine: str = "duckdb",
    master: str = "local[*]",
) -> Reduced:
    """Read event files as published (GDELT, ICEWS, POLECAT, ACLED, UCDP) into the folder `out`.

    There they stand as Parquet by year, each event once, with the monthly series of every dyad.
    Reading the same files again changes nothing. `memory` (600MB) bounds what is used, whatever the
    size. With `engine="spark"` the same is done at a Spark master, where files and `out` may be
    addresses such as s3a://bucket/gdelt/*.CSV.zip; `memory` (2GB) is then that of a local master.
    """
    if not files:
        raise InputError("name at least one file or folder of event data")
    if _engine(engine) == "spark":
        from talleyrand.spark import reducing

        given = [str(file) for file in files]
        return reducing.reduce(given, str(out), master=master, memory=memory or "2GB")
    from talleyrand import scale

    return scale.reduce([Path(file) for file in files], Path(out), memory=memory or scale.MEMORY)


def event_series(
    folder: str | Path, sender: str, target: str, *, press: str = "all"
) -> list[dict[str, Any]]:
    """What `sender` did to `target` by month: events, mean score, classes of conduct, reports.

    `press` is "all", or only what outlets of one kind reported: "own" (of either party), "outside"
    (of third states) or "unknown".
    """
    from talleyrand import scale
    from talleyrand.states import resolve

    _known_press(press)
    return scale.series(Path(folder), resolve(sender), resolve(target), press)


def event_types(
    folder: str | Path, sender: str, target: str, *, press: str = "all"
) -> list[dict[str, Any]]:
    """What `sender` did to `target` by month and PLOVER event: events and mean score.

    `plover` is empty for comments and appeals, which PLOVER leaves out. `press` as for
    `event_series`.
    """
    from talleyrand import scale
    from talleyrand.states import resolve

    _known_press(press)
    return scale.types(Path(folder), resolve(sender), resolve(target), press)


def _known_press(press: str) -> None:
    if press not in PRESS:
        raise InputError(f"{press!r} is no kind of press; there are {', '.join(PRESS)}")


def reduction_sql(dialect: str, *, layout: str = "gdelt2_events", table: str = "events_raw") -> str:
    """The reduction from a table of GDELT's columns to series, as one query of another engine.

    `dialect` is one of spark, clickhouse, bigquery, datafusion and duckdb; `table` holds the
    columns as published, under their names, with a dot between the parts of its own.
    """
    from talleyrand import dialects, engine_queries

    chosen = engine_queries.layout_named(layout)
    dialects.known(dialect)
    columns = dialects.columns(f"SELECT {chosen.select}")
    query = engine_queries.reduction(chosen, engine_queries.table_named(table), columns)
    return dialects.translated(query, dialect)


def codings(
    texts: str | Path,
    out: str | Path,
    *,
    engine: str = "local",
    master: str = "local[*]",
    codebook: Sequence[Path] = (),
) -> dict[str, int]:
    """Code a table of texts (Parquet: id, text, language, sender, event_date) into a table.

    Each row of `out` is a passage with its speaker and matches, or a text and why it could not be
    coded. Columns `counterparts` and `kind` are read if there. With `engine="spark"` it is a job at
    a Spark master, `out` a folder, and both may be addresses.
    """
    if engine == "spark":
        from talleyrand.spark import coding

        return coding.code(str(texts), str(out), master=master, own=tuple(codebook))
    if engine != "local":
        raise InputError(f"{engine!r} is no engine for coding; there are local, spark")
    from talleyrand import texts_table
    from talleyrand.codebook import load

    return texts_table.code_file(Path(texts), Path(out), load(*codebook))


def _engine(name: str) -> str:
    if name not in ENGINES:
        raise InputError(f"{name!r} is no engine; there are {', '.join(ENGINES)}")
    return name
