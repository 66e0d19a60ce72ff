"""What a claim can be about: each measure is one entry of `MEASURES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from talleyrand.claims import coded_events, conduct, flows, periods, structure, texts, verdicts
from talleyrand.claims.model import Measured
from talleyrand.store import Store

Asked = Mapping[str, Any]


def _none(asked: Asked) -> Iterator[dict[str, Any]]:
    return iter(())


def _other_years(asked: Asked) -> Iterator[dict[str, Any]]:
    """The same question of the years around."""
    return ({**asked, "year": asked["year"] + off} for off in (1, -1, 2, -2))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by name: how it is asked, what it takes and needs, and readings nearby."""

    name: str
    ask: Callable[[Store, Asked], Measured]
    takes: Mapping[str, Any]
    needs: tuple[str, ...]
    says: str
    nearby: Callable[[Asked], Iterator[dict[str, Any]]] = field(default=_none)
    words: tuple[str, ...] = ()  # what it can be, where it is no number


_DYAD = {"sender": str, "target": str}
_PERIOD = {**_DYAD, **periods.PERIOD}
_PERIOD_NEEDS = ("sender", "target", "from", "to")
_YEARLY = {**_DYAD, "year": int, "source": str}
_CODED = {**_DYAD, "code": str, **periods.PERIOD}

MEASURES: tuple[Measure, ...] = (
    Measure("uses", texts.uses, {**_CODED, "kind": str, "negated": bool}, ("sender", "code"),
            "how often the sender itself uses a code, towards the target if named", periods.near),
    Measure("said", texts.said, {"state": str, "target": str, "code": str, **periods.PERIOD},
            ("state", "code"), "how often a state's words use a code, in texts of any side",
            periods.near),
    Measure("read_outs", texts.read_outs, {**_DYAD, **periods.PERIOD}, ("sender", "target"),
            "meetings and calls with the target in the sender's read-outs", periods.near),
    Measure("named_in_read_outs", texts.named_in_read_outs, {**_CODED, "sampled": bool},
            ("sender", "target", "code"),
            "percent of the read-outs with the target that name a code", periods.near),
    Measure("outcome", verdicts.outcome,
            {**_DYAD, "dimension": str, "at": (str, date), "window": str},
            ("sender", "target", "dimension", "at"),
            "the outcome of one dimension at a date", verdicts.other_windows,
            ("SHIFT", "SHIFT closer", "SHIFT further", "STEADY")),
    Measure("trade_value", flows.value, _PERIOD, _PERIOD_NEEDS,
            "billions traded in a period, in dollars or the source's currency", periods.near),
    Measure("trade_growth", flows.growth, {**_PERIOD, "vintage": str}, _PERIOD_NEEDS,
            "percent on the same months of the year before; `vintage` reported or computed",
            flows.growth_nearby),
    Measure("trade_share", flows.share, _YEARLY, ("sender", "target", "year"),
            "percent of the sender's trade that is with the target in a year", _other_years),
    Measure("trade_rank", flows.rank, _YEARLY, ("sender", "target", "year"),
            "the target's rank among the sender's trade partners in a year", _other_years),
    Measure("sold_by_industry", flows.industries, {**_DYAD, "industries": str},
            ("sender", "target", "industries"),
            "percent of what the sender sells the target that comes from some industries"),
    Measure("supply_share", structure.share_of_trade, _DYAD, ("sender", "target"),
            "percent of the sender's cross-border intermediate trade that is with the target"),
    Measure("supply_at_stake", structure.exposed_trade, {"sender": str, "by": str},
            ("sender", "by"), "billions of dollars of the sender's links with a coalition"),
    Measure("event_score", coded_events.score, _PERIOD, _PERIOD_NEEDS,
            "mean Goldstein-type score, -10 to 10, of coded events towards the target",
            periods.near),
    Measure("event_count", coded_events.count, _PERIOD, _PERIOD_NEEDS,
            "coded events of the sender towards the target", periods.near),
    Measure("unrecorded", structure.unrecorded, {"what": str}, ("what",),
            "a thing no record here tells: always undetermined, with what would"),
    Measure("vote", structure.vote, {"state": str, "item": str}, ("state", "item"),
            "how a state voted on a roll call", words=("yes", "no", "abstained", "absent")),
    Measure("arms_deliveries", conduct.arms, {**_PERIOD, "what": str}, _PERIOD_NEEDS,
            "major arms from sender to target over whole years; `what` delivered (million TIV),"
            " ordered (million TIV) or deals", periods.near),
    Measure("aid", conduct.aid, {**_PERIOD, "kind": str}, ("sender", "from", "to"),
            "billions of euros allocated to Ukraine by a donor (or EU, its institutions);"
            " `kind` military, financial or humanitarian", periods.near),
    Measure("ties", conduct.ties, {**_YEARLY, "obligation": str}, ("sender", "target", "year"),
            "whether an obligation (or any) was in force in a year: defense, offense, neutrality,"
            " nonaggression, consultation", _other_years),
    Measure("opinion", conduct.opinion, {**_DYAD, "year": int}, ("sender", "target", "year"),
            "percent of the sender's public with a favourable opinion of the target",
            _other_years),
    Measure("meetings", conduct.meetings, {**_PERIOD, "source": str}, _PERIOD_NEEDS,
            "days with a meeting; `source` read_outs (of either side) or china_vitae",
            periods.near),
    Measure("vetoes", conduct.vetoes, _PERIOD, ("sender", "from", "to"),
            "vetoes in the Security Council, with a target those cast together", periods.near),
)  # fmt: skip
