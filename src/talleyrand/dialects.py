"""The queries in other engines' SQL: parsed as DuckDB's, held to a small subset, written anew.

Few forms are allowed, those that `tests/test_parity.py` runs on several engines and compares. What
sqlglot leaves in a form that an engine lacks, or reads otherwise, is put right here: a failed cast
is null, a part beyond the last is empty, an outer join without a partner gives nulls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from talleyrand.errors import InputError

DIALECTS = ("duckdb", "spark", "clickhouse", "bigquery", "datafusion")
_WRITTEN_AS = {"datafusion": "duckdb"}  # it reads the same, but for names without quotes
_SETTINGS = {
    "clickhouse": " SETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1",
}
_CLICKHOUSE_TYPES = {"INT": "Int32", "BIGINT": "Int64", "DOUBLE": "Float64"}
SUBSET = frozenset({
    "Alias", "And", "Between", "CTE", "Case", "Cast", "Coalesce", "Column", "Count",
    "DPipe", "DataType", "Distinct", "EQ", "From", "Group", "Identifier", "If", "In", "Is",
    "Join", "Length", "Like", "Literal", "Lower", "Max", "Min", "Mul", "NEQ", "Neg", "Not",
    "Null", "Nullif", "Or", "Replace", "Reverse", "Round", "Select", "SplitPart", "Star",
    "Subquery", "Substring", "Sum", "Table", "TableAlias", "TryCast", "Tuple", "Union", "Upper",
    "Values", "Where", "With",
})  # fmt: skip


@cache
def translated(query: str, dialect: str) -> str:
    """A query of ours in the SQL of another engine.

    Raises InputError for a dialect not offered, ValueError for a form outside of the subset.
    """
    known(dialect)
    glot = _sqlglot()
    tree = glot.parse_one(query, read="duckdb")
    _hold_to_subset(tree)
    change = _CHANGES.get(dialect)
    if change:
        tree = tree.transform(lambda node: change(glot, node))
    written = tree.sql(dialect=_WRITTEN_AS.get(dialect, dialect), identify=True, pretty=True)
    return f"{written}{_SETTINGS.get(dialect, '')}"


def round_trips(query: str, dialect: str) -> bool:
    """Does what was written for an engine read back as the same query in that engine's grammar?"""
    glot, written_as = _sqlglot(), _WRITTEN_AS.get(dialect, dialect)
    first = glot.parse_one(query, read=written_as)
    again = glot.parse_one(first.sql(dialect=written_as), read=written_as)
    return bool(first == again)


def columns(query: str) -> tuple[str, ...]:
    """The names of the columns a query reads, each once, in the order of the text."""
    glot = _sqlglot()
    found = glot.parse_one(query, read="duckdb").find_all(glot.exp.Column, bfs=False)
    return tuple(dict.fromkeys(column.name for column in found))


def known(dialect: str) -> None:
    """Raises InputError for an engine whose SQL is not offered."""
    if dialect not in DIALECTS:
        raise InputError(f"{dialect!r} is no dialect offered; there are {', '.join(DIALECTS)}")


def _hold_to_subset(tree: Any) -> None:
    """Raises ValueError for a form that no test compares between engines."""
    used = {type(node).__name__ for node in tree.walk()}
    if used - SUBSET:
        raise ValueError(f"outside of the tested subset of SQL: {', '.join(sorted(used - SUBSET))}")


def _for_clickhouse(glot: Any, node: Any) -> Any:
    """Casts that fail give null, parts of a text are taken from an array."""
    if isinstance(node, glot.exp.TryCast):
        kind = glot.exp.Literal.string(_CLICKHOUSE_TYPES[node.args["to"].this.name])
        return glot.exp.Anonymous(this="accurateCastOrNull", expressions=[node.this, kind])
    if isinstance(node, glot.exp.SplitPart):
        text, mark, place = node.this, node.args["delimiter"], node.args["part_index"]
        return glot.parse_one(
            f"splitByString({mark.sql()}, coalesce(:text, ''))[{place.sql()}]", read="clickhouse"
        ).transform(lambda one: text if isinstance(one, glot.exp.Placeholder) else one)
    return node


def _for_bigquery(glot: Any, node: Any) -> Any:
    """Parts of a text are taken from an array, from nought."""
    if isinstance(node, glot.exp.SplitPart):
        text, mark, place = node.this, node.args["delimiter"], node.args["part_index"]
        return glot.parse_one(
            f"coalesce(split(@text, {mark.sql()})[safe_offset({int(place.name) - 1})], '')",
            read="bigquery",
        ).transform(lambda one: text if isinstance(one, glot.exp.Parameter) else one)
    return node


_CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "clickhouse": _for_clickhouse,
    "bigquery": _for_bigquery,
}


def _sqlglot() -> Any:
    try:
        import sqlglot
    except ModuleNotFoundError as error:
        raise InputError(
            "SQL of other engines needs sqlglot; install it with: pip install 'talleyrand[sql]'"
        ) from error
    return sqlglot
