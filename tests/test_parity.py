"""The same SQL text gives the same series on engines of other makers, to the last digit."""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from event_rows import gdelt
from talleyrand import dialects, engine_queries, reduce, reduction_sql
from talleyrand.cli import main
from talleyrand.errors import InputError
from talleyrand.events import layouts

pytest.importorskip("sqlglot", reason="sqlglot is not installed: pip install 'talleyrand[sql]'")
Series = list[tuple[str | int, ...]]
LAYOUTS = ("gdelt2_events", "gdelt1_events", "gdelt1_early")


@pytest.fixture(scope="module", params=LAYOUTS)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A layout, its cells as Parquet, and the series of our own path."""
    folder = tmp_path_factory.mktemp("parity")
    layout = engine_queries.layout_named(request.param)
    file = gdelt(folder / "a.CSV", 1500, seed=3, layout=layout.columns)
    reduce([file], folder / "out")
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in layout.columns)
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{file}', delim = '\t', quote = '', escape = '',"
        f" header = false, auto_detect = false, ignore_errors = true, columns = {{{names}}}))"
        f" TO '{folder / 'raw.parquet'}'"
    )
    return layout.name, folder / "raw.parquet", series_of(folder / "out" / "series.parquet")


def series_of(path: Path) -> Series:
    return numbers(duckdb.execute(f"SELECT * FROM '{path}'").fetchall())


def numbers(rows: Any) -> Series:
    """Whole numbers whatever an engine's type for them; a fraction would show."""
    kept = []
    for row in rows:
        assert all(float(cell).is_integer() for cell in row[4:])
        kept.append((*row[:2], int(row[2]), row[3], *(int(cell) for cell in row[4:])))
    return sorted(kept)


def test_the_sample_holds_what_is_to_be_compared(sample: Any) -> None:
    """Every kind of press and of conduct, and months of several years."""
    _, _, series = sample
    assert {row[3] for row in series} >= {"unknown"}
    assert len({row[2] for row in series}) == 3
    assert all(sum(int(row[i]) for row in series) for i in (4, 6, 7, 8, 10, 11))


def test_duckdb_reads_what_was_parsed_and_written_again(sample: Any) -> None:
    name, raw, series = sample
    base = duckdb.connect()
    base.execute(f"CREATE VIEW events_raw AS FROM '{raw}'")
    assert numbers(base.execute(reduction_sql("duckdb", layout=name)).fetchall()) == series


def test_datafusion_gives_the_same_series(sample: Any) -> None:
    datafusion = pytest.importorskip("datafusion", reason="datafusion is not installed")
    name, raw, series = sample
    context = datafusion.SessionContext()
    context.register_parquet("events_raw", str(raw))
    found = context.sql(reduction_sql("datafusion", layout=name)).to_arrow_table()
    assert numbers(tuple(row.values()) for row in found.to_pylist()) == series


def test_clickhouse_gives_the_same_series(sample: Any) -> None:
    """ClickHouse itself, in this process (chdb), on the SQL that is emitted for it."""
    chdb = pytest.importorskip("chdb", reason="chdb is not installed: make engines")
    name, raw, series = sample
    query = reduction_sql("clickhouse", layout=name)
    query = query.replace('"events_raw"', f"file('{raw}', 'Parquet')")
    lines = str(chdb.query(query, "JSONCompactEachRow")).splitlines()
    assert numbers(tuple(json.loads(line)) for line in lines) == series


@pytest.mark.parametrize("dialect", dialects.DIALECTS)
def test_what_is_emitted_reads_back_as_the_same_query(dialect: str) -> None:
    assert dialects.round_trips(reduction_sql(dialect), dialect)


def test_bigquery_gets_no_function_that_it_lacks() -> None:
    """BigQuery can't be run here: what it is known to lack is at least not there."""
    query = reduction_sql("bigquery", table="gdelt-bq.gdeltv2.events").upper()
    assert "`GDELT-BQ`.`GDELTV2`.`EVENTS`" in query
    assert not [word for word in ("SPLIT_PART", "TRY_CAST", " VARCHAR", "::") if word in query]
    assert "SAFE_OFFSET(2)" in query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT list_sort(a) FROM t",
        "SELECT a FROM t QUALIFY row_number() OVER () = 1",
        "SELECT regexp_matches(a, 'b') FROM t",
        "SELECT a / b FROM t",
    ],
)
def test_a_form_that_no_test_compares_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="outside of the tested subset"):
        dialects.translated(query, "spark")


def test_every_statement_keeps_to_the_subset() -> None:
    """All selections of all layouts, too."""
    for layout in layouts.LAYOUTS:
        assert dialects.translated(f"SELECT {layout.select} FROM raw", "spark")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--print-sql", "oracle"], "no dialect"),
        (["--print-sql", "spark", "--table", "a; DROP TABLE b"], "no name of a table"),
        (["--print-sql", "spark", "--layout", "acled"], "no layout to write SQL for"),
        (["a.CSV"], "--out FOLDER"),
        (["--out", "x"], "name files of event data"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reduce", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_sql_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reduce", "--print-sql", "clickhouse", "--table", "gdelt.events"]) == 0
    printed = capsys.readouterr().out
    assert '"gdelt"."events"' in printed
    assert "join_use_nulls" in printed


def test_without_sqlglot_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(InputError, match=r"talleyrand\[sql\]"):
        dialects.columns("SELECT a FROM t")
