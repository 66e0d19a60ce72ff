"""Edits: pages whose headline or lead was changed so that it frames the relation otherwise.

From what the store holds of each version of a page: when it was first seen, when last where the
source tells, and the tone of its headline and of its lead, each by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from talleyrand.errors import InputError
from talleyrand.frames import frame
from talleyrand.pages_seen import PAGE
from talleyrand.store import Row, Store

_VERSIONS = """
SELECT *, {page} AS page FROM reports
WHERE list_contains(states, $one) AND list_contains(states, $other)
  AND published >= $since AND published < $until
ORDER BY published, id
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page; times in UTC, tones -1, 0, 1, None where it is not known."""

    first_seen: datetime
    last_seen: datetime | None
    title: str
    lead: str
    title_tone: int | None
    lead_tone: int | None

    def to_dict(self) -> dict[str, Any]:
        times = {"first_seen": _iso(self.first_seen), "last_seen": _iso(self.last_seen)}
        return {**asdict(self), **times}


@dataclass(frozen=True, slots=True)
class Edit:
    """A page with its versions in order; `turns` are the places in them where a frame changed."""

    outlet: str
    outlet_state: str
    url: str
    versions: tuple[Version, ...]
    turns: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The edit as `talleyrand edits --json` gives it."""
        return {
            "outlet": self.outlet,
            "outlet_state": self.outlet_state,
            "url": self.url,
            "versions": [version.to_dict() for version in self.versions],
            "changes": [self._turn(n) for n in self.turns],
        }

    def _turn(self, n: int) -> dict[str, Any]:
        old, new = self.versions[n - 1], self.versions[n]
        return {
            "between": [_iso(old.last_seen or old.first_seen), _iso(new.first_seen)],
            "title_tone": [old.title_tone, new.title_tone],
            "lead_tone": [old.lead_tone, new.lead_tone],
        }


def ask(store: Store, one: str, other: str, since: datetime, until: datetime) -> list[Edit]:
    """Edits of pages that name both states (ISO3) and were first seen in a period."""
    rows = store.rows(_VERSIONS.format(page=PAGE), one=one, other=other, since=since, until=until)
    if rows and not {"title", "title_tone"} & rows[0].keys():
        raise InputError(
            f"{store.location} was built before versions of pages were kept; name a store of"
            " headlines with --store"
        )
    return found(rows)


def found(rows: Sequence[Row]) -> list[Edit]:
    """Edits in rows of reports, in order of their first version.

    Versions are those at one address: another host may carry another lead at the same time.
    """
    pages: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["published"].time() == datetime.min.time():
            continue  # known by the day only, so that no order of versions can be told
        pages[row["outlet"], row["url"], row["page"]].append(row)
    edits = []
    for (outlet, url, _), versions in pages.items():
        told = tuple(_version(row) for row in sorted(versions, key=lambda r: r["published"]))
        turns = tuple(n for n in range(1, len(told)) if _turned(told[n - 1], told[n]))
        if turns:
            edits.append(Edit(outlet, versions[0]["outlet_state"], url, told, turns))
    return edits


def _version(row: Mapping[str, Any]) -> Version:
    """Where the texts are there they are coded now; the casebook holds the tones."""
    title, lead = row.get("title") or "", row.get("lead") or ""
    return Version(
        first_seen=row["published"],
        last_seen=row.get("until"),
        title=title,
        lead=lead,
        title_tone=frame(title).tone if title else row.get("title_tone"),
        lead_tone=frame(lead).tone if lead else None if title else row.get("lead_tone"),
    )


def _turned(old: Version, new: Version) -> bool:
    """Another tone of the headline, or of a lead that both versions have."""
    pairs = (old.title_tone, new.title_tone), (old.lead_tone, new.lead_tone)
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _iso(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='minutes')}Z" if moment else None
