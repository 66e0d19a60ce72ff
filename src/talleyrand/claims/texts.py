"""Measures of official texts: how often a code is used, and named in read-outs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import sqrt
from typing import Any

from talleyrand import codebook, search
from talleyrand.claims import periods
from talleyrand.claims.model import Measured
from talleyrand.model import Evidence
from talleyrand.states import name, resolve
from talleyrand.store import Store
from talleyrand.use_history import Use, history

_READ_OUTS = """
SELECT arg_min(d.id, d.id) AS id, d.event_date AS day, arg_min(d.url, d.id) AS url,
  bool_or(EXISTS (SELECT 1 FROM matches m WHERE m.document_id = d.id
    AND list_contains($codes, m.code) AND NOT m.negated)) AS named
FROM documents d
WHERE d.sender = $sender AND list_contains(d.counterparts, $target)
  AND d.kind IN ('meeting', 'call') AND d.event_date BETWEEN $first AND $last
GROUP BY d.event_date ORDER BY day
"""
_ANY_READ_OUT = """
SELECT count(*) AS n FROM documents
WHERE sender = $sender AND kind IN ('meeting', 'call') AND event_date BETWEEN $first AND $last
"""
_MOST_EVIDENCE = 12
_Z = 1.96


def uses(store: Store, asked: Mapping[str, Any]) -> Measured:
    """How often a sender itself uses a code (or says the opposite: `negated`), in a period."""
    sender, target = resolve(asked["sender"]), asked.get("target")
    first, last = periods.span(asked)
    codes = search.codes_named([asked["code"]], codebook.load(), store)
    query = search.Query(
        sender=sender,
        target=resolve(target) if target else None,
        codes=codes,
        since=first,
        until=_after(last),
        kind=asked.get("kind"),
    )
    found = history(store, asked["code"], query)
    texts = sum(count for _, count in found.texts)
    period, who = periods.worded(asked), name(sender)
    towards = f" towards {name(resolve(target))}" if target else ""
    if not texts:
        return Measured(None, f"no text of {who} is on record in {period}; ingest some that are")
    own = found.of("negated" if asked.get("negated") else "own")
    told = _used(who, asked["code"], towards, len(own), f"{period}; {texts:,} texts")
    return Measured(float(len(own)), told, "uses", figures={"texts": texts}, evidence=_of_uses(own))


def said(store: Store, asked: Mapping[str, Any]) -> Measured:
    """How often a state's own words use a code in anybody's texts, also those of the other side."""
    state, target = resolve(asked["state"]), asked.get("target")
    first, last = periods.span(asked)
    codes = search.codes_named([asked["code"]], codebook.load(), store)
    query = search.Query(
        target=resolve(target) if target else None,
        codes=codes,
        speaker=state,
        since=first,
        until=_after(last),
    )
    found = search.find(store, query, _MOST_EVIDENCE)
    own = [hit for hit in found.hits if not hit.negated]
    towards = f" of {name(resolve(target))}" if target else ""
    told = _used(name(state), asked["code"], towards, found.total, periods.worded(asked))
    evidence = tuple(Evidence(h.document, h.url, h.date, quote=h.speaker or h.holder) for h in own)
    return Measured(float(found.total), f"{told}, in texts of any side", "uses", evidence=evidence)


def read_outs(store: Store, asked: Mapping[str, Any]) -> Measured:
    """How many meetings and calls with the target the sender's read-outs report, in a period."""
    rows = _rows(store, asked, ())
    sender, target = resolve(asked["sender"]), resolve(asked["target"])
    told = (
        f"{name(sender)} reports {len(rows)} meetings and calls with {name(target)}"
        f" in {periods.worded(asked)}"
    )
    if not rows and not _reports_any(store, asked):
        return Measured(None, f"no read-out of {name(sender)} is on record then")
    return Measured(
        float(len(rows)),
        told,
        "contacts",
        evidence=tuple(Evidence(r["id"], r["url"], r["day"]) for r in rows[:_MOST_EVIDENCE]),
    )


def named_in_read_outs(store: Store, asked: Mapping[str, Any]) -> Measured:
    """The percentage of read-outs with the target that name a code, with its interval (Wilson)."""
    codes = search.codes_named([asked["code"]], codebook.load(), store)
    rows = _rows(store, asked, codes)
    period = periods.worded(asked)
    sender, target = resolve(asked["sender"]), resolve(asked["target"])
    if not rows:
        return Measured(
            None, f"no read-out of {name(sender)} with {name(target)} is on record in {period}"
        )
    named = sum(row["named"] for row in rows)
    told = (
        f"{named} of {len(rows)} read-outs of {name(sender)} with {name(target)}"
        f" name {asked['code']} in {period}"
    )
    return Measured(
        100 * named / len(rows),
        told,
        "percent",
        interval=_wilson(named, len(rows)) if asked.get("sampled", False) else None,
        figures={"named": named, "texts": len(rows)},
        evidence=tuple(
            Evidence(r["id"], r["url"], r["day"], float(r["named"])) for r in rows[:_MOST_EVIDENCE]
        ),
    )


def _rows(store: Store, asked: Mapping[str, Any], codes: tuple[str, ...]) -> list[dict[str, Any]]:
    first, last = periods.span(asked)
    return store.rows(
        _READ_OUTS,
        sender=resolve(asked["sender"]),
        target=resolve(asked["target"]),
        codes=list(codes),
        first=first,
        last=last,
    )


def _reports_any(store: Store, asked: Mapping[str, Any]) -> bool:
    """Has the sender any read-out in the period, with whomever?"""
    first, last = periods.span(asked)
    sender = resolve(asked["sender"])
    return bool(store.rows(_ANY_READ_OUT, sender=sender, first=first, last=last)[0]["n"])


def _wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent (Wilson 1927)."""
    share, z = k / n, _Z
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)


def _of_uses(found: tuple[Use, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(u.document, u.url, u.date, quote=f"{u.code}, {u.speaker or u.holder}")
        for u in found[:_MOST_EVIDENCE]
    )


def _used(who: str, code: str, towards: str, count: int, when: str) -> str:
    if not count:
        return f"{who} never used {code}{towards} ({when})"
    times = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return f"{who} used {code}{towards} {times} ({when})"


def _after(day: date) -> date:
    return day + timedelta(days=1)
