"""The tutorial notebook runs from its first cell to its figure, from the casebook."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "tutorial.ipynb"


def shown(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does; gives the value of its last line, if it is a value."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None  # type: ignore[attr-defined]


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Under 15 cells, each of code shows something, and the last writes the figure."""
    monkeypatch.chdir(tmp_path)
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert len(cells) < 15
    assert not any(cell.get("outputs") for cell in cells), "clear the outputs"
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            value = shown("".join(cell["source"]), names)
            assert value is not None
            assert getattr(value, "_repr_html_", None) or repr(value)
    assert (tmp_path / "samarkand.svg").read_text("utf-8").startswith("<svg")
