"""Layouts of event data as published: how each is known, and where its columns go.

Each layout selects the same columns from its own: `id`, `day8` (YYYYMMDD), `actor1` and `actor2`
(codes or names, null where not an organ of a state), `code` (CAMEO, or PLOVER's event with a score
and class of its own), `score10` (tenths, or null: the code's), `quad`, `mentions` (reports, never
events), `url`, `outlet` (where there is no address). A file is known by its header or by the number
of its columns and the form of its cells; one that is none of these is named and refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from talleyrand.errors import LayoutChanged

Brings = Literal["events", "reports"]


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: its columns (of one with a header, those needed) and the selection from them."""

    name: str
    title: str
    columns: tuple[str, ...]
    select: str
    header: bool = False
    delimiter: str = "\t"
    quote: str = ""
    actors: Literal["cameo", "country", "acled", "ucdp"] = "country"
    brings: Brings = "events"
    forms: tuple[tuple[int, str], ...] = ()  # columns by number and the form of their cells


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _actor(n: int) -> str:
    return " ".join(
        f"Actor{n}{part}"
        for part in (
            *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code"),
            *("Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
        )
    )


def _places(adm2: str) -> str:
    parts = f"Type FullName CountryCode ADM1Code {adm2} Lat Long FeatureID".split()
    return " ".join(f"{who}Geo_{p}" for who in ("Actor1", "Actor2", "Action") for p in parts)


_GDELT = (
    f"GLOBALEVENTID SQLDATE MonthYear Year FractionDate {_actor(1)} {_actor(2)} IsRootEvent"
    " EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources"
    " NumArticles AvgTone"
)
GDELT1 = _names(f"{_GDELT} {_places('')} DATEADDED SOURCEURL")
GDELT2 = _names(f"{_GDELT} {_places('ADM2Code')} DATEADDED SOURCEURL")
_OLD = GDELT1[:-1]  # before April 2013, without an address
MENTIONS = _names(
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName "
    "MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset "
    "InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras "
)
GKG2 = _names(
    "GKGRECORDID DATE SourceCollectionIdentifier SourceCommonName DocumentIdentifier Counts "
    "V2Counts Themes V2Themes Locations V2Locations Persons V2Persons Organizations "
    "V2Organizations V2Tone Dates GCAM SharingImage RelatedImages SocialImageEmbeds "
    "SocialVideoEmbeds Quotations AllNames Amounts TranslationInfo Extras "
)
GKG1 = _names(
    "DATE NUMARTS COUNTS THEMES LOCATIONS PERSONS ORGANIZATIONS TONE CAMEOEVENTIDS SOURCES "
    "SOURCEURLS "
)

_ORGANS = "'GOV', 'MIL', 'COP', 'SPY', 'LEG', 'JUD'"


def _gdelt(url: str) -> str:
    organ = (
        "CASE WHEN Actor{0}Type1Code IS NULL OR Actor{0}Type1Code IN (" + _ORGANS + ")"
        " THEN Actor{0}CountryCode ELSE NULL END AS actor{0}"
    )
    return (
        f"GLOBALEVENTID AS id, SQLDATE AS day8, {organ.format(1)}, {organ.format(2)},"
        " EventCode AS code, CAST(NULL AS INTEGER) AS score10, CAST(NULL AS INTEGER) AS quad,"
        f" TRY_CAST(NumMentions AS INTEGER) AS mentions, {url} AS url, '' AS outlet"
    )


_OTHER = (
    "{id} AS id, {day} AS day8, {one} AS actor1, {two} AS actor2, {code} AS code,"
    " {score} AS score10, {quad} AS quad, 1 AS mentions, '' AS url, {outlet} AS outlet"
)
_NONE = "CAST(NULL AS INTEGER)"
_EVENT_FORMS = ((0, r"\d+"), (1, r"\d{8}"), (2, r"\d{6}"), (29, r"[1-4]?"))


def _icews_party(side: str) -> str:
    return (
        f'CASE WHEN "{side} Sectors" LIKE \'%Government%\' OR "{side} Name" = "{side} Country"'
        f' THEN "{side} Country" ELSE NULL END'
    )


_ACLED_CODE = (
    "CASE event_type WHEN 'Battles' THEN '190' WHEN 'Explosions/Remote violence' THEN '195'"
    " WHEN 'Violence against civilians' THEN '180' WHEN 'Protests' THEN '141'"
    " WHEN 'Riots' THEN '145' WHEN 'Strategic developments' THEN"
    " CASE sub_event_type WHEN 'Agreement' THEN '057' WHEN 'Arrests' THEN '173' ELSE '010' END"
    " ELSE '' END"
)

LAYOUTS: tuple[Layout, ...] = (
    Layout("gdelt2_events", "GDELT 2.0 events", GDELT2, _gdelt("SOURCEURL"), actors="cameo",
           forms=(*_EVENT_FORMS, (59, r"\d{14}"))),
    Layout("gdelt1_events", "GDELT 1.0 events", GDELT1, _gdelt("SOURCEURL"), actors="cameo",
           forms=(*_EVENT_FORMS, (56, r"\d{8}"))),
    Layout("gdelt1_early", "GDELT 1.0 events before April 2013", _OLD, _gdelt("''"), actors="cameo",
           forms=(*_EVENT_FORMS, (56, r"\d{8}"))),
    Layout("gdelt2_mentions", "GDELT 2.0 mentions", MENTIONS,
           "GLOBALEVENTID AS event, substr(MentionTimeDate, 1, 8) AS day8, '' AS url,"
           " MentionSourceName AS outlet, TRY_CAST(Confidence AS INTEGER) AS confidence,"
           " TRY_CAST(MentionDocTone AS DOUBLE) AS tone, '' AS places",
           brings="reports", forms=((0, r"\d+"), (1, r"\d{14}"), (2, r"\d{14}"), (3, r"\d"))),
    Layout("gdelt2_gkg", "GDELT 2.0 knowledge graph", GKG2,
           "GKGRECORDID AS event, substr(DATE, 1, 8) AS day8, DocumentIdentifier AS url,"
           " SourceCommonName AS outlet, CAST(NULL AS INTEGER) AS confidence,"
           " TRY_CAST(split_part(V2Tone, ',', 1) AS DOUBLE) AS tone, Locations AS places",
           brings="reports", forms=((0, r"\d{14}-T?\d+"), (1, r"\d{14}"), (2, r"\d"))),
    Layout("gdelt1_gkg", "GDELT 1.0 knowledge graph", GKG1,
           "DATE || '-' || SOURCEURLS AS event, DATE AS day8, SOURCEURLS AS url, SOURCES AS outlet,"
           " CAST(NULL AS INTEGER) AS confidence,"
           " TRY_CAST(split_part(TONE, ',', 1) AS DOUBLE) AS tone, LOCATIONS AS places",
           header=True, brings="reports"),
    Layout("icews", "ICEWS as published",
           ("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country",
            "CAMEO Code", "Target Name", "Target Sectors", "Target Country", "Publisher"),
           _OTHER.format(id='"Event ID"', day="replace(\"Event Date\", '-', '')",
                         one=_icews_party("Source"), two=_icews_party("Target"),
                         code='"CAMEO Code"', score=_NONE, quad=_NONE, outlet='"Publisher"'),
           header=True),
    Layout("polecat", "POLECAT",
           ("Event ID", "Event Date", "Event Type", "Intensity", "Quad Code", "Actor Country",
            "Recipient Country"),
           _OTHER.format(id='"Event ID"', day="replace(\"Event Date\", '-', '')",
                         one='"Actor Country"', two='"Recipient Country"',
                         code='upper("Event Type")',
                         score='CAST(round(TRY_CAST("Intensity" AS DOUBLE) * 10) AS INTEGER)',
                         quad='TRY_CAST("Quad Code" AS INTEGER)', outlet="''"),
           header=True),
    Layout("acled", "ACLED export",
           ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2",
            "source"),
           _OTHER.format(id="event_id_cnty", day="replace(event_date, '-', '')", one="actor1",
                         two="actor2", code=_ACLED_CODE, score=_NONE, quad=_NONE, outlet="source"),
           header=True, delimiter=",", quote='"', actors="acled"),
    Layout("ucdp_ged", "UCDP georeferenced events",
           ("id", "date_start", "side_a", "side_b", "type_of_violence"),
           _OTHER.format(id="id", day="replace(substr(date_start, 1, 10), '-', '')", one="side_a",
                         two="side_b", code="'190'", score=_NONE, quad=_NONE, outlet="''"),
           header=True, delimiter=",", quote='"', actors="ucdp"),
)  # fmt: skip

_ACLED_STATE = re.compile(
    r"(?:Military|Police) Forces of (?:the )?([^(]+?)\s*\(|Government of (.+)"
)
_UCDP_STATE = re.compile(r"Government of (?:the )?([^(]+?)\s*(?:\(.*)?$")


def party(layout: Layout, text: str) -> str:
    """The name of the country whose organ an actor is; empty where it is none's."""
    if layout.actors == "country":
        return text
    found = (_ACLED_STATE if layout.actors == "acled" else _UCDP_STATE).match(text)
    return next(filter(None, found.groups()), "") if found else ""


def recognise(lines: Sequence[str], where: str) -> Layout:
    """The layout of a file by its first lines; raises LayoutChanged that says what was seen."""
    first = lines[0].rstrip("\r\n").lstrip("\ufeff") if lines else ""
    for layout in LAYOUTS:
        if layout.header:
            cells = [cell.strip('"') for cell in first.split(layout.delimiter)]
            if set(layout.columns) <= set(cells):
                return layout
        elif all(_fits(layout, line) for line in lines if line.strip()) and first.strip():
            return layout
    raise LayoutChanged(f"{where}: {_seen(first)}; layouts read: {_known()}")


def _fits(layout: Layout, line: str) -> bool:
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == len(layout.columns) and all(
        re.fullmatch(form, cells[place]) for place, form in layout.forms
    )


def _seen(first: str) -> str:
    """What is wrong, told against the layout that comes nearest."""
    cells = first.split("\t") if "\t" in first else first.split(",")
    for layout in LAYOUTS:
        names = {cell.strip('"') for cell in cells}
        if layout.header and len(names & set(layout.columns)) * 2 > len(layout.columns):
            lacking = sorted(set(layout.columns) - names)
            return f"looks like {layout.title}, but has no column {', '.join(lacking)}"
        if not layout.header and "\t" in first and len(cells) == len(layout.columns):
            wrong = next((p for p, form in layout.forms if not re.fullmatch(form, cells[p])), None)
            if wrong is not None:
                name = layout.columns[wrong]
                return (
                    f"looks like {layout.title}, but column {wrong + 1} ({name}) has another form"
                )
    return f"no known layout of event data ({len(cells)} columns)"


def _known() -> str:
    counts = (
        f"{one.title} ({'by header' if one.header else f'{len(one.columns)} columns'})"
        for one in LAYOUTS
    )
    return ", ".join(counts)
