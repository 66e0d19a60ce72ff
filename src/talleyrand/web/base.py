"""The records behind the pages: one store a thread, and what is on record, counted once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from talleyrand import provenance, states
from talleyrand.model import Casebook
from talleyrand.store import Store

_MOST_STATES = 24
_DYADS = """
SELECT sender, target, count(*) AS texts, min(day) AS first, max(day) AS last FROM (
  SELECT sender, unnest(counterparts) AS target, event_date AS day FROM documents)
WHERE sender <> target GROUP BY ALL HAVING count(*) >= 3
ORDER BY texts DESC, sender, target LIMIT 400
"""
_REPORTS = (
    "SELECT count(*) AS n, min(published)::DATE AS first, max(published)::DATE AS last FROM reports"
)
_RECENT = """
SELECT id, source, kind, sender, counterparts, event_date AS day, {title} AS title, language
FROM documents
WHERE kind IN ('meeting', 'call', 'joint_statement') AND len(counterparts) BETWEEN 1 AND 2
ORDER BY event_date DESC, id LIMIT 12
"""


class Base:
    """An open store for all threads; `claims` are files of claims by the name they go by."""

    def __init__(self, store: Store, claims: Mapping[str, Path] | None = None) -> None:
        self._first, self.claims = store, dict(claims or {})
        self._own = threading.local()
        self._lock = threading.Lock()

    @property
    def store(self) -> Store:
        """This thread's connection."""
        if not hasattr(self._own, "store"):
            with self._lock:
                self._own.store = self._first.sibling()
        found: Store = self._own.store
        return found

    @property
    def has_texts(self) -> bool:
        """Whether the words of statements and reports are there, not only figures on them."""
        return self._first.origin != "casebook"

    def about(self) -> dict[str, str]:
        """Where the answers come from."""
        first = self._first
        return provenance.told(Casebook(first.origin, self.store.built, first.location))

    def on_record(self) -> dict[str, Any]:
        """The dyads with texts, the reports and the newest read-outs."""
        return self._on_record

    @cached_property
    def _on_record(self) -> dict[str, Any]:
        dyads = self.store.rows(_DYADS)
        count: dict[str, int] = {}
        for row in dyads:
            count[row["target"]] = count.get(row["target"], 0) + row["texts"]
        targets = sorted(count, key=lambda iso3: -count[iso3])[:_MOST_STATES]
        senders = list(dict.fromkeys(row["sender"] for row in dyads))
        known = states.all_states()
        named = {row[side] for row in dyads for side in ("sender", "target")} & set(known)
        title = "''" if self._first.origin == "casebook" else "title"  # there it holds none
        recent = self.store.rows(_RECENT.format(title=title))
        return {
            "senders": senders,
            "targets": targets,
            "dyads": [{**row, "first": f"{row['first']}", "last": f"{row['last']}"}
                      for row in dyads],
            "recent": [{**row, "day": f"{row['day']}"} for row in recent],
            "reports": {k: str(v) for k, v in self.store.rows(_REPORTS)[0].items()},
            "names": {iso3: states.name(iso3) for iso3 in sorted({*named, *known})},
            "casebook": self.about(),
        }  # fmt: skip
