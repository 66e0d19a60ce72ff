"""Measures of conduct: arms, aid, obligations, opinion, meetings and vetoes.

Each knows from when to when its source reaches. Where a period goes beyond, a count is a lower
bound: its interval is open upwards, and none at all is undetermined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from typing import Any

from talleyrand.claims import periods
from talleyrand.claims.model import Measured
from talleyrand.dimensions.contacts import DAYS_ENOUGH, READ_OUTS
from talleyrand.dimensions.opinion import SURVEYS, sampling_error
from talleyrand.errors import InputError
from talleyrand.model import Evidence
from talleyrand.states import name, resolve
from talleyrand.store import Row, Store

_ARMS = """
SELECT id, url, start_date AS day, value, item FROM records
WHERE source = 'sipri_arms' AND kind = $kind AND sender = $sender AND target = $target
  AND start_date >= $first AND end_date <= $last
  AND vintage = (SELECT max(vintage) FROM records WHERE source = 'sipri_arms')
ORDER BY day, item
"""
_ARMS_SPAN = """
SELECT min(start_date) AS first, max(end_date) AS last FROM records
WHERE source = 'sipri_arms' AND kind = 'arms_delivery'
"""
_ARMS_WHAT = {
    "delivered": ("arms_delivery", "million TIV of major arms delivered", "million TIV"),
    "ordered": ("arms_order", "million TIV of major arms ordered", "million TIV"),
    "deals": ("arms_deal", "deals on major arms made", "deals"),
}
_AID = """
SELECT id, url, start_date AS day, value, kind AS item FROM records
WHERE source = 'ukraine_aid' AND sender = $sender AND target = $target
  AND kind LIKE $kind AND start_date >= $first AND end_date <= $last ORDER BY day, kind
"""
_AID_SPAN = """
SELECT min(start_date) AS first, max(end_date) AS last,
  count(*) FILTER (WHERE sender = $sender) AS own
FROM records WHERE source = 'ukraine_aid'
"""
_AID_KINDS = ("military", "financial", "humanitarian")
_TIES = """
SELECT DISTINCT split_part(item, ' (', 1) AS item FROM records
WHERE source = $source AND sender = $sender AND target = $target
  AND start_date <= $last AND end_date >= $first ORDER BY item
"""
_SPAN = """
SELECT min(start_date) AS first, max(end_date) AS last, min(url) AS url FROM records
WHERE source = $source
"""
_TIES_SOURCES = ("atop", "cow_alliances")
_VITAE = """
SELECT min(id) AS id, min(url) AS url, start_date AS day, 1.0 AS value,
  string_agg(item, ', ' ORDER BY item) AS item
FROM records WHERE source = 'china_vitae' AND kind = 'meeting' AND target = $other
  AND start_date BETWEEN $first AND $last GROUP BY start_date ORDER BY day
"""
_READ_OUTS = """
SELECT min(id) AS id, arg_min(url, id) AS url, event_date AS day, 1.0 AS value,
  arg_min(source, id) AS item
FROM documents WHERE kind = 'meeting' AND event_date BETWEEN $first AND $last
  AND ((sender = $sender AND list_contains(counterparts, $target))
    OR (sender = $target AND list_contains(counterparts, $sender)))
GROUP BY event_date ORDER BY day
"""
# Months in which either side's archive of read-outs is covered.
_MONTHS = """
SELECT DISTINCT date_trunc('month', published)::DATE AS month FROM documents
WHERE sender IN ($sender, $target) AND list_contains($sources, source)
GROUP BY sender, date_trunc('month', published) HAVING count(DISTINCT published) >= $enough
"""
_VETOES = """
SELECT min(id) AS id, min(url) AS url, start_date AS day, 1.0 AS value,
  item || ' (' || min(note) || ')' AS item
FROM records WHERE kind = 'veto' AND sender IN ($sender, $target)
  AND start_date BETWEEN $first AND $last
GROUP BY start_date, records.item HAVING count(DISTINCT sender) = $members ORDER BY day
"""


def arms(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Millions of TIV delivered or ordered, or deals made, over whole years."""
    what = asked.get("what", "delivered")
    if what not in _ARMS_WHAT:
        raise InputError(f"`what` is one of {', '.join(_ARMS_WHAT)}, not {what!r}")
    first, last = periods.span(asked)
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        raise InputError("the register of arms is yearly: write `from` and `to` as years")
    kind, words, unit = _ARMS_WHAT[what]
    rows = store.rows(_ARMS, **_pair(asked), kind=kind, first=first, last=last)
    found = sum(row["value"] for row in rows)
    told = f"{found:,.4g} {words}, {_arrow(asked)}, {periods.worded(asked)} (sipri_arms)"
    return _bounded(found, told, unit, rows, store.rows(_ARMS_SPAN), (first, last), "sipri_arms")


def aid(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Billions of euros allocated to Ukraine by a donor (a state, or EU for its institutions)."""
    kind = asked.get("kind", "%")
    if kind not in (*_AID_KINDS, "%"):
        raise InputError(f"`kind` is one of {', '.join(_AID_KINDS)}, not {kind!r}")
    is_union = asked["sender"].strip().upper() == "EU"
    donor = "EU" if is_union else resolve(asked["sender"])
    target = resolve(asked.get("target", "UKR"))
    who = "the EU's institutions" if is_union else name(donor)
    spans = store.rows(_AID_SPAN, sender=donor)
    if target != "UKR" or not spans[0]["own"]:
        return Measured(None, f"no record of aid from {who} to {name(target)}: the tracker has"
                              " aid to Ukraine from the donors on its list")  # fmt: skip
    first, last = periods.span(asked)
    rows = store.rows(_AID, sender=donor, target=target, kind=f"aid_{kind}", first=first, last=last)
    found = sum(row["value"] for row in rows) / 1e9
    words = "" if kind == "%" else f"{kind} "
    told = (
        f"{who} allocated {found:,.4g} billion EUR of {words}aid to Ukraine,"
        f" {periods.worded(asked)} (ukraine_aid)"
    )
    return _bounded(found, told, "billion EUR", rows, spans, (first, last), "ukraine_aid")


def ties(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Whether an obligation (or any) of the sender towards the target was in force in a year."""
    year, wanted = int(asked["year"]), asked.get("obligation")
    first, last = date(year, 1, 1), date(year, 12, 31)
    chosen = [asked["source"]] if "source" in asked else list(_TIES_SOURCES)
    for source in chosen:
        span = store.rows(_SPAN, source=source)[0]
        if span["first"] is None or not (span["first"] <= first and last <= span["last"]):
            continue
        rows = store.rows(_TIES, source=source, **_pair(asked), first=first, last=last)
        held = [row["item"] for row in rows]
        told = f"obligations, {_arrow(asked)}, in force in {year} ({source}): "
        told += ", ".join(held) or "none"
        proof = Evidence(f"{source}:{year}", span["url"], first, float(len(held)), ", ".join(held))
        return Measured(wanted in held if wanted else bool(held), told,
                        figures={"obligations": held, "source": source, "year": year},
                        evidence=(proof,))  # fmt: skip
    return Measured(None, f"no record of obligations reaches {year} ({', '.join(chosen)})")


def opinion(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Percent of the sender's public with a favourable opinion of the target, with its interval."""
    year = int(asked["year"])
    rows = store.rows(SURVEYS, **_pair(asked))
    own = [row for row in rows if row["day"].year == year]
    if not own:
        years = ", ".join(f"{row['day'].year}" for row in rows) or "never"
        return Measured(None, f"{_arrow(asked)}: not asked in {year} (asked: {years})")
    row = own[0]
    percent, persons = row["percent"], row["persons"]
    reach = 1.96 * sampling_error(percent, persons)
    told = (
        f"{percent:.0f} % (± {reach:.1f}) of {name(resolve(asked['sender']))}'s public thought"
        f" well of {name(resolve(asked['target']))} in {year} (pew_opinion, n = {persons:,.0f})"
    )
    interval = (max(0.0, percent - reach), min(100.0, percent + reach))
    proof = Evidence(row["id"] or f"pew_opinion:{year}", row["url"], row["day"], percent)
    figures = {"year": year, "respondents": persons, "interval": list(interval)}
    return Measured(percent, told, "percent", interval, figures, (proof,))


def meetings(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Days with a meeting on record, in either side's read-outs or in the data on China's leaders.

    A count of read-outs is a lower bound where a month of the period is in neither archive.
    `source` is "read_outs" or "china_vitae"; by default the second where the period lies in it and
    China is one of the two. The two are never added up.
    """
    pair, (first, last) = _pair(asked), periods.span(asked)
    spans = store.rows(_SPAN, source="china_vitae")
    covered = spans[0]["first"] is not None and spans[0]["first"] <= first <= last
    covered = covered and last <= spans[0]["last"].replace(month=12, day=31)
    usual = "china_vitae" if covered and "CHN" in pair.values() else "read_outs"
    source = asked.get("source", usual)
    words = f"between {name(pair['sender'])} and {name(pair['target'])}, {periods.worded(asked)}"
    if source == "read_outs":
        rows = store.rows(_READ_OUTS, **pair, first=first, last=last)
        told = f"{len(rows)} days with a meeting {words} (read-outs of either side)"
        return _counted(rows, told, open_above=_gaps(store, pair, first, last), source=source)
    if source != "china_vitae":
        raise InputError(f"`source` is read_outs or china_vitae, not {source!r}")
    if "CHN" not in pair.values():
        return Measured(None, "china_vitae has meetings of China's leaders only")
    other = next(iso3 for iso3 in pair.values() if iso3 != "CHN")
    rows = store.rows(_VITAE, other=other, first=first, last=last)
    told = f"{len(rows)} days with a meeting {words} (china_vitae: seven Chinese leaders)"
    return _counted(rows, told, open_above=not covered, source=source)


def vetoes(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Vetoes in the Security Council: of the sender, or cast together with the target."""
    first, last = periods.span(asked)
    sender = resolve(asked["sender"])
    target = resolve(asked["target"]) if "target" in asked else sender
    parties = {"sender": sender, "target": target, "members": len({sender, target})}
    rows = store.rows(_VETOES, **parties, first=first, last=last)
    together = f" together with {name(target)}" if target != sender else ""
    count = "1 veto" if len(rows) == 1 else f"{len(rows)} vetoes"
    told = f"{name(sender)} cast {count}{together}, {periods.worded(asked)}"
    spans = store.rows(_SPAN, source="unsc_vetoes")
    return _bounded(float(len(rows)), f"{told} (unsc_vetoes)", "vetoes", rows, spans,
                    (first, last), "unsc_vetoes")  # fmt: skip


def _gaps(store: Store, pair: Mapping[str, str], first: date, last: date) -> bool:
    """Is there a month of the period in which neither side's read-outs are archived?"""
    rows = store.rows(_MONTHS, **pair, sources=list(READ_OUTS), enough=DAYS_ENOUGH)
    held = {(row["month"].year, row["month"].month) for row in rows}
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return any((month // 12, month % 12 + 1) not in held for month in months)


def _bounded(
    value: float,
    told: str,
    unit: str,
    rows: Sequence[Row],
    spans: Sequence[Row],
    asked: tuple[date, date],
    source: str,
) -> Measured:
    """A sum with its source's reach: a lower bound where the period goes beyond it."""
    first, last = spans[0]["first"], spans[0]["last"]
    if first is None:
        return Measured(None, f"no record of {source} in this store; run: talleyrand ingest"
                              f" {source} FILE")  # fmt: skip
    whole = first <= asked[0] and asked[1] <= last
    if not whole:
        told += f"; the record reaches from {first} to {last}"
    return _counted(rows, told, open_above=not whole, source=source, value=value, unit=unit)


def _counted(
    rows: Sequence[Row],
    told: str,
    *,
    open_above: bool,
    source: str,
    value: float | None = None,
    unit: str = "days",
) -> Measured:
    """A count or sum, its rows as evidence; `open_above`: there may be more than is on record."""
    amount = float(len(rows)) if value is None else value
    evidence = tuple(
        Evidence(row["id"] or f"{source}:{row['day']}:{row['item']}", row["url"], row["day"],
                 row["value"], row["item"])
        for row in rows
    )  # fmt: skip
    if open_above and not amount:
        return Measured(None, f"{told}: none on record, which is not none", unit)
    interval = (amount, inf) if open_above else None
    return Measured(amount, told, unit, interval, {"source": source}, evidence)


def _pair(asked: Mapping[str, Any]) -> dict[str, str]:
    return {"sender": resolve(asked["sender"]), "target": resolve(asked["target"])}


def _arrow(asked: Mapping[str, Any]) -> str:
    pair = _pair(asked)
    return f"{name(pair['sender'])} to {name(pair['target'])}"
