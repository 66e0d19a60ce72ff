"""The UN General Debate: one speech a member state and year, 2005 to 2024, in English."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator
from datetime import date

from talleyrand import states
from talleyrand.errors import FetchError, LayoutChanged, UnknownState
from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "un_general_debate"
DOI = "doi:10.7910/DVN/0TJX8Y"
API = "https://dataverse.harvard.edu/api"
OPENS = (9, 25)  # the debate opens in the third or fourth week of September

_FILE = re.compile(r"(?:^|/)([A-Z]{2,3})_(\d{1,3})_(\d{4})\.txt$")
_TARS = (".tar.gz", ".tgz", ".tar")
_FORMER = {"YUG": "SRB"}  # the seat of Serbia and Montenegro, kept by Serbia in 2006
_WRAPPED_AT = 100  # characters; a file whose lines are shorter is hard-wrapped
_ENDS = (".", "!", "?", ":", "”", '"', "’", ")")
_MOST_SPEECH = 4 * 1024 * 1024


def fetch(http: Http) -> Iterator[Raw]:
    """The speeches of the corpus's latest archive at Harvard Dataverse."""
    try:
        about = json.loads(http.get(f"{API}/datasets/:persistentId/?persistentId={DOI}"))
        files = [entry["dataFile"] for entry in about["data"]["latestVersion"]["files"]]
        packed = [int(f["id"]) for f in files if str(f["filename"]).endswith(_TARS)]
        address = f"{API}/access/datafile/{packed[-1]}"
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise LayoutChanged(
            f"{SOURCE.homepage} offers no tar archive; download the corpus and ingest the file"
        ) from error
    try:
        yield from _members(http.get(address, settled=True, text=False))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise FetchError(f"the corpus came damaged ({error}); fetch it again") from error


def _members(data: bytes) -> Iterator[Raw]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
        for member in archive:
            if member.isreg() and claims(member.name) and member.size <= _MOST_SPEECH:
                stream = archive.extractfile(member)
                yield Raw(member.name, stream.read() if stream else b"")


def claims(name: str) -> bool:
    """A speech is named by state, session and year: CHN_77_2022.txt."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a speech."""
    found = _FILE.search(raw.name)
    text = _text.decoded(raw.data)
    if not found or text is None:
        reason = "not UTF-8" if found else "the file is not named state_session_year.txt"
        yield Rejected(NAME, raw.name, reason)
        return
    try:
        sender = states.state(_FORMER.get(found[1], found[1])).iso3
        opened = date(int(found[3]), *OPENS)
    except UnknownState:
        yield Rejected(NAME, raw.name, "the speaker is not a state")
        return
    except ValueError:
        yield Rejected(NAME, raw.name, "the file's name holds no year")
        return
    clean = _text.paragraphs(_unwrapped(text))
    if not clean:
        yield Rejected(NAME, raw.name, "a speech without text")
        return
    yield _speech(sender, found[2], opened, clean)


def _speech(sender: str, session: str, opened: date, text: str) -> Document:
    return Document(
        source=NAME,
        url=f"https://doi.org/{DOI.removeprefix('doi:')}#{sender}_{session}_{opened.year}",
        title=f"General Debate {opened.year}, {states.name(sender)}",
        text=text,
        language="en",
        published=opened,
        event_date=opened,
        event_date_basis="publication",
        sender=sender,
        counterparts=(),
        kind=Kind.SPEECH,
    )


def _unwrapped(text: str) -> str:
    """One line a paragraph.

    Before 2015 files are hard-wrapped and a paragraph begins with a space; later a line is a
    paragraph, at times with marks of Markdown. A break in mid-sentence is the end of a page.
    """
    lines = text.splitlines()
    wrapped = sum(len(line) > _WRAPPED_AT for line in lines) * 20 <= len(lines)
    joined: list[str] = []
    fresh = True
    for line in lines:
        said = line.strip() if wrapped else _text.inline(line.strip().lstrip("#> "))
        if not said:
            fresh = True
            continue
        begins = fresh or line[0].isspace() if wrapped else not said[0].islower() and said[0] != "("
        if not joined or (begins and joined[-1].endswith(_ENDS)) or (begins and not wrapped):
            joined.append(said)
        elif joined[-1].endswith("-"):
            joined[-1] += said
        else:
            joined[-1] += f" {said}"
        fresh = False
    return "\n".join(joined)


SOURCE = Source(
    name=NAME,
    title="UN General Debate Corpus: one speech a member state and year",
    publisher="",
    licence="CC0 (Jankin, Baturo and Dasandi, UN General Debate Corpus)",
    homepage="https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/0TJX8Y",
    brings="documents",
    defects=(
        "the day of a speech is not told: each is dated 25 September of its year, when the debate"
        " is on, and the basis is publication",
        "one text a year, and the rank of the speaker varies; the European Union is set aside",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
