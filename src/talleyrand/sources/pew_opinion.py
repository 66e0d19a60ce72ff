"""What publics think of other states: share favourable, Pew Global Attitudes, by country and year.

Two records a survey: `favourable` (percent of those who answered, weighted) and `respondents`
(how many answered). The sampling error follows from both; see the dimension `opinion`.
"""

from __future__ import annotations

from collections.abc import Iterator

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, coded, year

NAME = "pew_opinion"
PAGE = "https://www.pewresearch.org/global/datasets/"

_NEEDED = ("year", "country", "about", "share_favourable_of_answers", "n")
_OWN = {"PLS": "PSE"}  # codes of the table's own
_WRONG = {("2013", "CHN")}  # columns mixed up upstream


def fetch(http: Http) -> Iterator[Raw]:
    """The surveys need a registration; raises FetchError that says what to do."""
    raise FetchError(
        f"download the surveys from {PAGE}, tabulate them with the columns {', '.join(_NEEDED)},"
        f" then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of shares."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "pew" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    flows = Flows(NAME, PAGE)
    seen: set[tuple[str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        public, about, when = _state(cells["country"]), _state(cells["about"]), cells["year"]
        share, count = _csv.amount(cells["share_favourable_of_answers"]), _csv.amount(cells["n"])
        if not (when.isascii() and when.isdecimal() and 1990 <= int(when) < 2100):
            yield Rejected(NAME, where, "no year")
        elif public is None or about is None or public == about:
            yield Rejected(NAME, where, "an opinion about oneself or what is no state (EU, UN)")
        elif (when, about) in _WRONG:
            yield Rejected(NAME, where, "2013 about China is wrong upstream")
        elif share is None or count is None or not 0 <= share <= 1 or count < 1:
            yield Rejected(NAME, where, "a share or a number that is none")
        elif (when, public, about) in seen:
            yield Rejected(NAME, where, "a second row of the same survey")
        else:
            seen.add((when, public, about))
            for kind, value, unit in (
                ("favourable", round(100 * share, 6), "percent"),
                ("respondents", count, "persons"),
            ):
                flows.add(kind, (public, about), year(int(when)), value, item="favourable",
                          unit=unit)  # fmt: skip
    if len(flows):
        yield flows.table()


def _state(code: str) -> str | None:
    return coded(_OWN.get(code.strip(), code.strip()))


SOURCE = Source(
    name=NAME,
    title="Favourable opinions of other states (Pew Global Attitudes)",
    publisher="",
    licence="shares tabulated from surveys of the Pew Research Center: attribution; the Center"
    " answers for no analysis of others, and its raw data are not passed on",
    homepage=PAGE,
    brings="records",
    defects=(
        "years in which a country was not asked are gaps; China was last asked in 2016 at the"
        " latest, about Russia in 2015, Russia in 2019",
        "2013 about China is wrong upstream and dropped",
        "shares are of those who answered; opinions of the EU and the UN are set aside",
        "surveys in autocracies may hear what is safe to say",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
