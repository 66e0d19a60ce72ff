"""The tables of a store, as `store.sql` has them."""

from __future__ import annotations

from importlib import resources


def whole() -> str:
    """The statements that make every table which is not there yet."""
    return resources.files("talleyrand").joinpath("store.sql").read_text("utf-8")


def temporary(name: str) -> str:
    """The statement that makes one table for its connection only, empty."""
    statements = whole()
    start = statements.index(f"CREATE TABLE IF NOT EXISTS {name} ")
    statement = statements[start : statements.index(";", start)]
    return statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1)
