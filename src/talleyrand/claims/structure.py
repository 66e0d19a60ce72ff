"""Measures of structure: exposure to sanctions, and how a state voted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from talleyrand.claims.model import Measured
from talleyrand.exposures import Flows, members, read
from talleyrand.model import Evidence
from talleyrand.states import name, resolve
from talleyrand.store import Store

_VOTE = """
SELECT id, start_date AS day, value, url, item FROM records
WHERE kind = 'vote' AND sender = $state AND (item = $item OR note = $item OR contains(item, $item))
ORDER BY day LIMIT 1
"""
_CAST = {1.0: "yes", 2.0: "abstained", 3.0: "no", 8.0: "absent"}


def share_of_trade(store: Store, asked: Mapping[str, Any]) -> Measured:
    """The percentage of a state's cross-border intermediate trade that is with another."""
    flows = _flows(store)
    sender, target = resolve(asked["sender"]), resolve(asked["target"])
    share = 100 * float(flows.partners[flows.place(sender), flows.place(target)])
    told = (
        f"{share:.1f} % of {name(sender)}'s cross-border intermediate trade was with"
        f" {name(target)} in {flows.year}"
    )
    return Measured(share, told, "percent", figures={"year": flows.year})


def exposed_trade(store: Store, asked: Mapping[str, Any]) -> Measured:
    """What of a state's trade a coalition could withhold: billions of dollars of links with it."""
    flows = _flows(store)
    sender = resolve(asked["sender"])
    coalition, _ = members(flows, asked["by"].split(","))
    at = flows.place(sender)
    places = [flows.place(one) for one in coalition if one != sender]
    share = float(flows.partners[at, places].sum())
    value = share * float(flows.trade[at]) / 1e9
    told = (
        f"{name(sender)} traded {value:,.0f} billion dollars of intermediate goods and services"
        f" with {asked['by']} in {flows.year} ({100 * share:.0f} % of its cross-border trade)"
    )
    return Measured(value, told, "billion USD", figures={"share": share, "year": flows.year})


def vote(store: Store, asked: Mapping[str, Any]) -> Measured:
    """How a state voted on a roll call: yes, no, abstained or absent."""
    state = resolve(asked["state"])
    rows = store.rows(_VOTE, state=state, item=asked["item"])
    if not rows:
        return Measured(None, f"no vote of {name(state)} on {asked['item']} is on record")
    row = rows[0]
    cast = _CAST.get(row["value"], "absent")
    told = f"{name(state)} on {asked['item']} ({row['day']}): {cast}"
    return Measured(
        cast,
        told,
        evidence=(Evidence(row["id"] or row["item"], row["url"], row["day"], row["value"]),),
    )


def unrecorded(store: Store, asked: Mapping[str, Any]) -> Measured:
    """What no record here tells."""
    return Measured(None, f"not on record: {asked['what']}")


@lru_cache(maxsize=1)
def _flows(store: Store) -> Flows:
    return read(store)
