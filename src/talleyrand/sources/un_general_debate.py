"""The UN General Debate: one speech a member state and year, 2005 to 2024, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from talleyrand import states
from talleyrand.errors import FetchError, UnknownState
from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "un_general_debate"
HOME = "https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/0TJX8Y"

_FILE = re.compile(r"(?:^|/)([A-Z]{2,3})_(\d{2,3})_(\d{4})\.txt$")


def fetch(http: Http) -> Iterator[Raw]:
    """Not offered: the corpus is published as one archive behind a page of terms."""
    raise FetchError(f"download the corpus by hand from {HOME}, then ingest the archive")


def claims(name: str) -> bool:
    """A speech is named by state, session and year: CHN_77_2022.txt."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a speech."""
    found = _FILE.search(raw.name)
    if not found:
        yield Rejected(NAME, raw.name, "the file name is not state_session_year.txt")
        return
    text = _text.paragraphs(raw.data.decode("utf-8-sig", "replace"))
    try:
        sender = states.state(found[1]).iso3
    except UnknownState:
        yield Rejected(NAME, raw.name, "the speaker is not a state")
        return
    if not text:
        yield Rejected(NAME, raw.name, "a speech without text")
        return
    day = date(int(found[3]), 9, 25)
    yield Document(
        source=NAME,
        url=f"undebate:{sender}:{found[3]}",
        title=f"General Debate {found[3]}, {states.name(sender)}",
        text=text,
        language="en",
        published=day,
        event_date=day,
        event_date_basis="publication",
        sender=sender,
        counterparts=(),
        kind=Kind.SPEECH,
    )


SOURCE = Source(
    name=NAME,
    title="UN General Debate Corpus: one speech a member state and year",
    publisher="",
    licence="CC0 (Jankin, Baturo and Dasandi, UN General Debate Corpus)",
    homepage=HOME,
    brings="documents",
    defects=(
        "one text a year: every speech is dated 25 September, when the debate is on",
        "the rank of the speaker varies from year to year",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
