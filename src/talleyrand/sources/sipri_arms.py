"""Transfers of major conventional arms between states, deal by deal: the SIPRI trade register.

A deal gives up to three sorts of record: `arms_deal` (one, in the year of order), `arms_order`
(its trend-indicator value, TIV, in the year of order) and `arms_delivery` (the TIV delivered, a
record for each year of delivery named). The register gives one TIV for all years of delivery of a
deal: it is split evenly over them, which is an assumption. TIV are millions; they measure military
capability, not money. Only deals with a delivery in the register's span are in it.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, partner, year

NAME = "sipri_arms"
PAGE = "https://armstransfers.sipri.org"
API = "https://atbackend.sipri.org/api/p/trades/trade-register-csv/"
_FIRST = 1950  # year of delivery

_DESIGNATION, _ORDERED = "Weapon designation", "Year of order"
_DELIVERED, _YEARS = "SIPRI TIV of delivered weapons", "Year(s) of delivery"
_TOTAL = "SIPRI TIV for total order"
_NEEDED = ("Recipient", "Supplier", _ORDERED, _DESIGNATION, _YEARS, _TOTAL, _DELIVERED)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE = re.compile(r"from all countries\s+to all countries", re.IGNORECASE)
_GENERATED = re.compile(r"Data generated: (\d{1,2} \w{3} \d{4})")
_SPAN = re.compile(r"range '(\d{4})' to '(\d{4})'")


@dataclass(frozen=True, slots=True)
class _Deal:
    """One row, checked: TIV are None where the register gives none."""

    parties: tuple[str, str]
    ordered: int
    delivered_in: tuple[int, ...]
    order: float | None
    delivered: float | None


def fetch(http: Http) -> Iterator[Raw]:
    """The whole register to the end of last year, which SIPRI makes on request.

    Raises LayoutChanged where the answer is none: then ask the page by hand.
    """
    last = datetime.now(UTC).year - 1
    asked = json.dumps({"filters": _filters(_FIRST, last), "logic": "AND"}).encode()
    answer = http.get(API, text=False, send=asked)
    try:
        data = base64.b64decode(json.loads(answer)["bytes"], validate=True)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LayoutChanged(
            f"{API} no longer answers with a register; ask {PAGE} for the trade register of all"
            f" suppliers and recipients as CSV, then run: talleyrand ingest {NAME} FILE"
        ) from error
    yield Raw(f"trade_register_{_FIRST}_{last}.csv", data)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """A part of the register would make what is absent look like none; raises FetchError."""
    raise FetchError(
        "the register is fetched whole, so that what is absent is none: leave --since out, or run:"
        f" talleyrand ingest {NAME} FILE"
    )


def _filters(first: int, last: int) -> list[dict[str, object]]:
    """What SIPRI's own page sends for all suppliers, recipients and weapons."""
    empty: dict[str, object] = {"oldField": "", "condition": "contains", "listData": []}
    return [
        {**empty, "field": "Delivery year", "value1": first, "value2": last},
        {**empty, "field": "Order year", "value1": 0, "value2": last},
        {**empty, "field": "opendeals", "condition": "", "value1": "", "value2": ""},
    ]


def claims(name: str) -> bool:
    """A trade register."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "trade" in last and "register" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of records."""
    text = raw.data.decode("latin-1")
    at = text.find("Recipient,Supplier")
    if at < 0:
        yield Rejected(NAME, raw.name, "not the table expected: no column Recipient")
        return
    if not _WHOLE.search(text[:at]):
        yield Rejected(NAME, raw.name, "a part of the register: ask for all suppliers and"
                                       " recipients, so that what is absent is none")  # fmt: skip
        return
    flows = Flows(NAME, PAGE, _vintage(text[:at]))
    seen: Counter[str] = Counter()
    span = _span(text[:at])
    for row in _csv.rows(Raw(raw.name, text[at:].encode(), raw.before), NAME, _NEEDED):
        deal = row if isinstance(row, Rejected) else _deal(*row, span)
        if isinstance(deal, Rejected):
            yield deal
            continue
        assert not isinstance(row, Rejected)
        _add(flows, deal, _item(row[1], seen))
    if len(flows):
        yield flows.table()


def _deal(where: str, cells: _csv.Row, span: tuple[int, int]) -> _Deal | Rejected:
    """A row as a deal between two states, or why it is none."""
    seller, buyer = _state(cells["Supplier"]), _state(cells["Recipient"])
    ordered = cells[_ORDERED].strip()
    years = tuple(dict.fromkeys(part.strip() for part in cells[_YEARS].split(";")))
    if seller is None or buyer is None:
        return Rejected(NAME, where, "a party unknown, no state, or a state that is no more")
    if seller == buyer:
        return Rejected(NAME, where, "a transfer of a state to itself or a part of it")
    if not _YEAR.fullmatch(ordered) or not all(_YEAR.fullmatch(one) for one in years):
        return Rejected(NAME, where, "no year of order or of delivery")
    if not all(span[0] <= int(one) <= span[1] for one in years):
        return Rejected(NAME, where, "a delivery outside the register's span")
    order, delivered = (
        _csv.amount(cells[name]) if cells[name].strip() else None for name in (_TOTAL, _DELIVERED)
    )
    told = ((order, cells[_TOTAL]), (delivered, cells[_DELIVERED]))
    if any(value < 0 if value is not None else bool(cell.strip()) for value, cell in told):
        return Rejected(NAME, where, "a value that is no amount")
    return _Deal((seller, buyer), int(ordered), tuple(map(int, years)), order, delivered)


def _add(flows: Flows, deal: _Deal, item: str) -> None:
    flows.add("arms_deal", deal.parties, year(deal.ordered), 1.0, item=item, unit="deals")
    if deal.order:  # a zero stands for a total that is not known
        flows.add("arms_order", deal.parties, year(deal.ordered), deal.order, item=item, unit="TIV")
    if deal.delivered is not None:
        years = len(deal.delivered_in)
        note = f"split evenly over {years} years" if years > 1 else ""
        for one in deal.delivered_in:
            value = deal.delivered / years
            flows.add("arms_delivery", deal.parties, year(one), value, item=item, unit="TIV",
                      note=note)  # fmt: skip


def _item(cells: _csv.Row, seen: Counter[str]) -> str:
    """The weapon, with what tells two deals on it apart."""
    digest = sha256("\t".join(cells.values()).encode()).hexdigest()[:8]
    seen[digest] += 1
    again = f".{seen[digest]}" if seen[digest] > 1 else ""
    return f"{cells[_DESIGNATION].strip()} [{digest}{again}]"


def _state(name: str) -> str | None:
    """A state by name; None for what a star marks as none (rebels, organisations)."""
    return None if "*" in name or name.startswith("unknown") else partner(name.strip())


def _vintage(preamble: str) -> str:
    """The day the register was made, ISO; empty where it does not say."""
    found = _GENERATED.search(preamble)
    try:
        return f"{datetime.strptime(found[1], '%d %b %Y').date()}" if found else ""  # noqa: DTZ007
    except ValueError:
        return ""


def _span(preamble: str) -> tuple[int, int]:
    found = _SPAN.search(preamble)
    return (int(found[1]), int(found[2])) if found else (1950, 2099)


SOURCE = Source(
    name=NAME,
    title="Transfers of major conventional arms (SIPRI)",
    publisher="",
    licence="SIPRI terms: non-commercial use with attribution, and less than a tenth of a data set"
    " reproduced. So no figure of it is in the casebook: ingest the register into a store",
    homepage=PAGE,
    brings="records",
    defects=(
        "major conventional arms only: small arms, most ammunition, parts and dual-use goods"
        " (drones for civil use, chips, machine tools) are absent, so none on record is no proof"
        " that nothing was sent",
        "deals with a delivery in 1950 to 2024: orders not yet delivered are absent, so the orders"
        " of the last years are too few",
        "fetched as SIPRI's own page asks for it, which is not documented; not tried on the real"
        " site",
        "one value for all years of delivery of a deal, here split evenly over them",
        "many years and numbers are SIPRI's estimates; a value of 0 is below half a million",
        "parties that are unknown, rebels, organisations or states without a successor are set"
        " aside; the Soviet Union is RUS, Yugoslavia SRB, West Germany DEU",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    redistributable=False,
    complete=True,
    fetch_since=fetch_since,
)
