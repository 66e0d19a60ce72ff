"""The architecture on one screen: who may import whom, and one door per outside library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "talleyrand"

# From left to right: a module may import those named, and nothing else of Talleyrand's.
BASE = {"model", "errors"}
CODING = {"states", "codebook", "attribution", "matcher", *BASE}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors"},
    "matcher": set(),
    "states": {"matcher", *BASE},
    "cues": BASE,
    "phrase_file": {"cues", "matcher", *BASE},
    "finder": {"phrase_file", "cues", "matcher", *BASE},
    "codebook": {"finder", "phrase_file", "cues", "states", "matcher", *BASE},
    "attribution": {"states", "matcher", "attribution", *BASE},
    "frames": {"matcher", *BASE},
    "coding": CODING,
    "archives": BASE,
    "fetch": BASE,
    "store": BASE,
    "series_file": BASE,
    "sources": {"sources", "states", *BASE},
    "inference": {"inference", *BASE},
    # the votes dimension needs a statistic, the words dimension the poles of the codebook
    "dimensions": {"dimensions", "store", "states", "codebook", "inference.agreement", *BASE},
    "report": {"report", *BASE},
    "registry": {"sources", "dimensions", *BASE},
    "rows": {"frames", "coding", *CODING},
    "ingest": {"registry", "archives", "store", "rows", *CODING},
    "pipeline": {"registry", "inference", "store", "states", *BASE},
    "own_series": {"inference", "series_file", *BASE},
    "casebook_build": {"registry", "ingest", "store", *BASE},
    "api": {
        "registry",
        "pipeline",
        "own_series",
        "series_file",
        "store",
        "report",
        "coding",
        *CODING,
    },
    "commands": {
        *{"api", "pipeline", "own_series", "ingest", "casebook_build", "registry", "report"},
        *{"archives", "fetch", "store", "codebook", "states", *BASE},
    },
    "cli": {"commands", "errors"},
    "__main__": {"cli"},
    "__init__": {"api", *BASE},
}

# One door per outside library.
DOORS: dict[str, set[str]] = {
    "ahocorasick_rs": {"matcher"},
    "argparse": {"cli", "commands"},
    "babel": {"states"},
    "countrycode": {"states"},
    "duckdb": {"store"},
    "httpx": {"fetch"},
    "jinja2": {"report"},
    "lxml": {"sources"},
    "numpy": {"inference", "dimensions", "sources"},
    "pandas": {"report"},
    "pyarrow": {"store", "rows", "ingest", "sources"},
    "rich": {"report", "commands"},
    "scipy": {"inference"},
    "yaml": {"sources"},
}

FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def module_of(path: Path) -> str:
    """The module or package a file belongs to, as the tables above name it."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, dotted, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            assert node.module
            if node.module == "talleyrand":
                yield from (f"talleyrand.{name.name}" for name in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_right(path: Path) -> None:
    """A module imports only what its row of the table allows."""
    allowed = MAY_IMPORT[module_of(path)]
    for name in imports_of(path):
        if name.startswith("talleyrand."):
            inner = name.removeprefix("talleyrand.")
            assert inner in allowed or inner.split(".")[0] in allowed, f"may not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_door(path: Path) -> None:
    """An outside library is imported only where its row says."""
    for name in imports_of(path):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or module_of(path) in doors, f"{name} is not imported here"


def test_the_tables_name_every_module() -> None:
    """A new module needs a row, and no row outlives its module."""
    assert {module_of(path) for path in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    """What does not fit a screen or two is parted."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
