"""A batch of rows into one table of the store: what is new, seen, revised or coded anew.

SQL over the tables of store.sql, run by the store inside its transaction. A row is known by its id,
the hash of its natural key. Of two rows with one key and different content in one run the first
stands and the other is set aside, so that a second run comes to the same; across runs the newer
one stands. Of reports the one published first stands: the same title at the same address met later,
or in another table, is no correction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEYS = {
    "documents": ("source", "url", "title", "published"),
    "records": ("source", "kind", "sender", "target", "item", "start_date", "end_date", "vintage"),
    "reports": ("outlet", "url", "title"),
    "set_aside": ("source", "locator", "reason"),
}
RIVAL = "another text or value of a key already read: the first stands"

# A piece of which a row lost against a rival is read again each time.
KNOW = """INSERT INTO pieces SELECT digest, source, items, reasons FROM incoming
WHERE digest NOT IN (SELECT digest FROM pieces) AND digest NOT IN
  (SELECT piece FROM set_aside WHERE reason = $reason)"""

START = """INSERT INTO runs BY NAME SELECT $source AS source, $origin AS origin,
CAST($started AS TIMESTAMP) AS started, 0 AS files, 0 AS added, 0 AS seen, 0 AS revised,
0 AS set_aside, $codebook AS codebook"""
FINISH = """UPDATE runs SET finished = CAST($now AS TIMESTAMP), files = $files, added = $added,
seen = $seen, revised = $revised, recoded = $recoded, set_aside = $set_aside
WHERE started = CAST($started AS TIMESTAMP)"""

_CONTENT = {
    "documents": ("content",),
    "records": ("value", "unit", "url", "note"),
    "reports": ("content",),
    "set_aside": (),
}
_NO_LATER = {"reports": " AND {new}.published <= {old}.published"}
_LOCATORS = {
    "documents": "concat_ws(' ', n.url, n.title)",
    "records": "concat_ws(' ', n.kind, n.sender, n.target, n.item, n.end_date)",
    "reports": "concat_ws(' ', n.outlet, n.url)",
}
_CODED = frozenset({"documents", "reports"})
_OF_A_TEXT = ("passages", "matches", "readings")

Run = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch changed: rows added, seen before, revised, coded anew; rows set aside anew.

    `rivals` are rows not kept, since another of the same key was read before them in this run.
    """

    added: int = 0
    seen: int = 0
    revised: int = 0
    recoded: int = 0
    set_aside: int = 0
    rivals: int = 0

    @property
    def kept(self) -> int:
        """Rows that now stand in the store, whether new or not."""
        return self.added + self.seen + self.revised + self.recoded

    def __add__(self, other: Written) -> Written:
        return Written(
            self.added + other.added,
            self.seen + other.seen,
            self.revised + other.revised,
            self.recoded + other.recoded,
            self.set_aside + other.set_aside,
            self.rivals + other.rivals,
        )


def write(
    run: Run, name: str, total: int, parts: tuple[str, ...], now: datetime, since: datetime
) -> Written:
    """Take the rows of the view `incoming` (and `incoming_<part>`) into the table `name`.

    `total` is how many came in; what was last seen at `since` or later was seen in this run.
    """
    stage(run, name)
    compare(run, name, since)
    rivals, refused = _set_rivals_aside(run, name, now)
    changed = run("""SELECT count(*) FILTER (differs) AS revised,
        count(*) FILTER (NOT differs) AS recoded FROM changed""")[0]
    _forget(run, name)
    _touch(run, name, now)
    fresh = _insert(run, name, now)
    for part in parts:
        run(
            f"INSERT INTO {part} BY NAME SELECT f.id AS document_id, p.* EXCLUDE (row)"
            f" FROM incoming_{part} p JOIN fresh f ON p.row = f.row"
        )
    added = fresh - changed["revised"] - changed["recoded"]
    if name == "set_aside":
        return Written(set_aside=added)
    seen = total - fresh - rivals
    return Written(added, seen, changed["revised"], changed["recoded"], refused, rivals)


def stage(run: Run, name: str) -> None:
    """`numbered`: the rows with their ids; `staged`: the first of each id."""
    key = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in KEYS[name])
    run(
        "CREATE OR REPLACE TEMP TABLE numbered AS"
        f" SELECT md5(concat_ws(chr(31), {key})) AS id, * FROM incoming"
    )
    run("""CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM numbered
        WHERE place IN (SELECT min(place) FROM numbered GROUP BY id)""")


def compare(run: Run, name: str, since: datetime) -> None:
    """`there`: the staged rows the table holds already; `changed`: those that replace them."""
    coder, older = "false", ""
    if name in _CODED:
        coder = "d.coder IS DISTINCT FROM s.coder"
        older = " AND d.coder IS DISTINCT FROM ''"  # of a store that knew no coders
    run(
        "CREATE OR REPLACE TEMP TABLE there AS SELECT d.id, d.first_seen,"
        " coalesce(d.piece, '') AS piece, d.last_seen >= CAST($since AS TIMESTAMP) AS this_run,"
        f" ({_differs(name, 's', 'd')}{older}) AS differs, {coder} AS recoded"
        f" FROM {name} d JOIN staged s ON d.id = s.id",
        since=since,
    )
    run("""CREATE OR REPLACE TEMP TABLE changed AS
        SELECT * FROM there WHERE NOT this_run AND (differs OR recoded)""")


def _differs(name: str, new: str, old: str) -> str:
    """Whether the row `new` is to replace `old`, were they not of one run."""
    pairs = [f"{new}.{c} IS DISTINCT FROM {old}.{c}" for c in _CONTENT[name]]
    no_later = _NO_LATER.get(name, "").format(new=new, old=old)
    return f"(({' OR '.join(pairs) or 'false'}){no_later})"


def _set_rivals_aside(run: Run, name: str, now: datetime) -> tuple[int, int]:
    """Rows whose key was read before in this run with other content: how many, how many anew."""
    if name not in _LOCATORS:
        return 0, 0
    run(
        "CREATE OR REPLACE TEMP TABLE rivals AS"
        f" SELECT n.source, {_LOCATORS[name]} AS locator, n.piece FROM numbered n"
        " JOIN staged s ON n.id = s.id LEFT JOIN there t ON t.id = n.id AND t.this_run"
        f" LEFT JOIN {name} d ON d.id = t.id WHERE CASE WHEN t.this_run"
        f" THEN {_differs(name, 'n', 'd')} ELSE {_differs(name, 'n', 's')} END"
    )
    found: int = run("SELECT count(*) AS n FROM rivals")[0]["n"]
    if not found:
        return 0, 0
    run(
        "CREATE OR REPLACE TEMP TABLE refused AS SELECT DISTINCT ON (id)"
        " md5(concat_ws(chr(31), source, locator, $reason)) AS id, * FROM rivals",
        reason=RIVAL,
    )
    run(
        "UPDATE set_aside SET last_seen = CAST($now AS TIMESTAMP), piece = r.piece"
        " FROM refused r WHERE set_aside.id = r.id",
        now=now,
    )
    anew: int = run(
        "INSERT INTO set_aside BY NAME SELECT *, $reason AS reason,"
        " CAST($now AS TIMESTAMP) AS first_seen, CAST($now AS TIMESTAMP) AS last_seen"
        " FROM refused WHERE id NOT IN (SELECT id FROM set_aside)",
        now=now,
        reason=RIVAL,
    )[0]["Count"]
    return found, anew


def _forget(run: Run, name: str) -> None:
    """Remove what was revised or is coded anew, and no longer hold the pieces it was in known."""
    if not run("SELECT count(*) AS n FROM changed")[0]["n"]:
        return
    run("DELETE FROM pieces WHERE digest IN (SELECT piece FROM changed)")
    run(f"DELETE FROM {name} WHERE id IN (SELECT id FROM changed)")
    for part in _OF_A_TEXT if name == "documents" else ():
        run(f"DELETE FROM {part} WHERE document_id IN (SELECT id FROM changed)")


def _touch(run: Run, name: str, now: datetime) -> None:
    """What is there unchanged was seen now, in this piece: where it was before is stale."""
    run("""CREATE OR REPLACE TEMP TABLE kept AS SELECT s.id, s.piece, t.piece AS before
        FROM staged s JOIN there t ON s.id = t.id
        WHERE NOT t.this_run AND s.id NOT IN (SELECT id FROM changed)""")
    if not run("SELECT count(*) AS n FROM kept")[0]["n"]:
        return
    run("""DELETE FROM pieces WHERE digest IN
        (SELECT before FROM kept WHERE piece IS DISTINCT FROM before)""")
    run(
        f"UPDATE {name} SET last_seen = CAST($now AS TIMESTAMP), piece = k.piece"
        f" FROM kept k WHERE {name}.id = k.id",
        now=now,
    )


def _insert(run: Run, name: str, now: datetime) -> int:
    """The rows that are new, revised or coded anew; these keep when they were first seen."""
    run("""CREATE OR REPLACE TEMP TABLE fresh AS SELECT s.* EXCLUDE (place), c.first_seen
        FROM staged s LEFT JOIN changed c ON s.id = c.id
        WHERE c.id IS NOT NULL OR s.id NOT IN (SELECT id FROM there)""")
    extra = "row, first_seen" if name == "documents" else "first_seen"
    run(
        f"INSERT INTO {name} BY NAME SELECT f.* EXCLUDE ({extra}),"
        " coalesce(f.first_seen, CAST($now AS TIMESTAMP)) AS first_seen,"
        " CAST($now AS TIMESTAMP) AS last_seen FROM fresh f",
        now=now,
    )
    count: int = run("SELECT count(*) AS n FROM fresh")[0]["n"]
    return count
