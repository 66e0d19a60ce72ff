"""Build the bundled casebook: facts and figures from the public records, never a text.

The records are ingested into a fresh store as any user would; then the columns that are facts
(dates, kinds, parties, speakers, codes, values, URLs) are written as Parquet, in a fixed order.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from talleyrand import registry, second_reading
from talleyrand.errors import UnreadableFile
from talleyrand.ingest import Ingested, ingest, read
from talleyrand.store import Store, open_store
from talleyrand.store_files import write_sums

# Where each source's files stand below the folder of public records.
FILES: tuple[tuple[str, str], ...] = (
    ("cctv", "statements/cctv_xinwenlianbo_2020_2021.tar.gz"),
    ("cctv", "statements/cctv_xinwenlianbo_2022_2024.tar.gz"),
    ("mfa_china", "statements/mfa_china_press_conferences_html.tar.xz"),
    ("mfa_china", "statements/mfa_china_press_conferences_2016_2020.jsonl.xz"),
    ("whitehouse", "statements/whitehouse_2021_2024.tar.xz"),
    ("kremlin", "statements/kremlin_en_1999_2020.jsonl.xz"),
    ("kremlin", "statements/kremlin_en_2021_2022.csv.xz"),
    ("kremlin", "statements/kremlin_ru_2025_q1.jsonl.xz"),
    ("president_ukraine", "statements/president_ukraine_en_2021_2022.csv.xz"),
    ("un_general_debate", "statements/un_general_debate_2005_2024.tar.xz"),
    ("un_votes", "records/votes/unga_votes_wide_1946_2024.csv.gz"),
    ("un_votes", "records/votes/es11_1_and_68_262_nonyes.csv"),
    ("china_customs", "records/trade/china_russia_customs_ytd.csv"),
    ("imf_trade", "records/trade/imf_russia_annual.csv"),
    ("itpd", "records/trade/itpd_pairs_2000_2016.csv.gz"),
    ("us_census", "records/trade/us_trade_monthly_1985_2016.csv"),
    ("eurostat", "records/trade/eurostat_eu_partner_monthly_2020_2022.csv.gz"),
    ("china_partners", "records/trade/china_neighbours"),
    ("oecd_icio", "records/trade/oecd_icio_seller_sector_buyer_2022_musd.csv.gz"),
    ("ofac", "records/sanctions"),
    ("ukraine_aid", "records/arms/ukraine_support_tracker_monthly.csv"),
    ("atop", "records/ties/atop_dyad_year_1815_2018.parquet"),
    ("pew_opinion", "records/opinion/pew_favourability_toplines.csv"),
    ("china_vitae", "records/contacts/china_vitae_engagements_2003_2018.csv.gz"),
    ("unsc_vetoes", "records/votes/unsc_vetoes_1946_sept2022.csv"),
    ("icews", "records/events/icews18_named.tsv.gz"),
    ("icews", "records/events/icews_2005-2015_test.txt.gz"),
    ("icews", "records/events/icews_2005-2015_valid.txt.gz"),
    ("gdelt_daily", "records/events/gdelt_daily_dyads_2018_2024.parquet"),
    ("headlines", "coverage/rss_headlines_two_states_2022_2023.csv.xz"),
    ("headlines", "coverage/china_russia_headlines_2021_2023.csv.xz"),
    ("headlines", "coverage/xi_putin_headlines_2022-08_2022-10.csv"),
    ("headlines", "coverage/bbc_front_page_versions_2022-06_2023-04.csv.xz"),
    ("headlines", "coverage/channel_one_ru_2022.csv.xz"),
    ("headlines", "coverage/channel_one_ru_2023.csv.xz"),
)

_QUERIES = {
    "documents": """
        SELECT id, source, url, language, published, event_date, event_date_basis, sender,
          counterparts, kind, length
        FROM documents d
        WHERE id IN (SELECT document_id FROM matches WHERE len(targets) > 0)
          OR (kind IN ('meeting', 'call', 'joint_statement') AND len(counterparts) > 0)
          OR id IN (SELECT document_id FROM readings)
          OR id IN (SELECT min(id) FROM documents GROUP BY source, published)
        ORDER BY source, published, id""",
    "matches": """
        SELECT document_id, code, start_at, end_at, speaker, holder, negated, targets
        FROM matches
        WHERE len(targets) > 0 OR document_id IN (SELECT id FROM documents
          WHERE kind IN ('meeting', 'call', 'joint_statement') AND len(counterparts) > 0)
        ORDER BY document_id, start_at, code""",
    # who speaks in read-outs: names and offices, by which the rank of a meeting is known
    "passages": """
        SELECT DISTINCT p.document_id, p.speaker, p.state
        FROM passages p JOIN documents d ON d.id = p.document_id
        WHERE d.kind IN ('meeting', 'call', 'joint_statement') AND len(d.counterparts) > 0
          AND (p.state = d.sender OR list_contains(d.counterparts, p.state))
          AND length(p.speaker) <= 80
        ORDER BY p.document_id, p.state, p.speaker""",
    "records": """
        SELECT CASE WHEN kind IN ('vote', 'intermediate', 'listed', 'event_composite')
            OR source IN ('itpd', 'us_census', 'eurostat', 'atop', 'pew_opinion',
              'china_vitae', 'unsc_vetoes', 'ukraine_aid') THEN '' ELSE id END AS id,
          source, kind, sender, target, item,
          CASE WHEN source = 'atop' THEN greatest(start_date, DATE '1945-01-01')
            ELSE start_date END AS start_date, end_date,
          CASE WHEN source IN ('itpd', 'us_census') AND value > 0
            THEN round(value, (3 - floor(log10(value)))::INTEGER)
            WHEN source = 'gdelt_daily' THEN round(value, 3) ELSE value END AS value,
          unit, vintage, url, note
        FROM records
        WHERE source NOT IN ('cow_alliances', 'sipri_arms', 'un_comtrade', 'un_library')
          AND NOT (kind = 'listed' AND target = '') AND kind <> 'event'
          AND NOT (source = 'gdelt_daily' AND coalesce(try_cast(note AS INTEGER), 0) < 5)
          AND NOT (source = 'itpd' AND value < 1e7) AND NOT (source = 'us_census' AND value < 1e6)
          AND NOT (source = 'atop' AND end_date < DATE '1945-01-01')
        -- coded events by month and code, their number in `note`
        UNION ALL
        SELECT '', source, kind, sender, target, split_part(item, ' ', 1),
          date_trunc('month', start_date)::DATE, last_day(start_date), value, unit, vintage, url,
          count(*)::VARCHAR
        FROM records WHERE kind = 'event' GROUP BY ALL
        ORDER BY source, kind, sender, target, start_date, item, end_date""",
    "reports": """
        SELECT id, source, url, outlet, outlet_state, published, language, states, warming, cooling,
          acts, until, title_tone, lead_tone
        FROM reports WHERE len(states) > 1 ORDER BY outlet, published, id""",
    "readings": """
        SELECT document_id, target, language, score, sentences, words
        FROM readings ORDER BY document_id, target""",
    "meta": "SELECT key, value FROM meta ORDER BY key",
}


def build(
    data: Path, folder: Path, store_path: Path | None = None, said: Callable[[str], None] = print
) -> dict[str, int]:
    """Ingest the public records below `data` and write the casebook to `folder`.

    Gives the rows of each table. `store_path` keeps the store it was made from.
    """
    missing = [name for _, name in FILES if not (data / name).exists()]
    if missing:
        raise UnreadableFile(f"{data} lacks {missing[0]}; name the folder of public records")
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_store(store_path or Path(scratch) / "casebook.duckdb") as store,
    ):
        summaries = [_ingest(store, data, source, name, said) for source, name in FILES]
        said("reading the texts a second time")
        scaled = second_reading.build(store)
        rows = _write(store, folder)
        _datasheet(store, folder, summaries, rows, scaled)
    return rows


def _ingest(
    store: Store, data: Path, source: str, name: str, said: Callable[[str], None]
) -> tuple[str, Ingested]:
    said(f"ingesting {name}")
    return name, ingest(store, registry.source(source), read(data / name), origin=name)


def _write(store: Store, folder: Path) -> dict[str, int]:
    """Write every table beside its older self, then change them over, `meta` first and last.

    A kill leaves the older casebook, the newer one, or one without `meta`, which is refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store.set_meta("built", date.today().isoformat())  # noqa: DTZ011
    rows = {}
    for name, query in _QUERIES.items():
        rows[name] = store.export(query, folder / f".{name}.part")
    (folder / "meta.parquet").unlink(missing_ok=True)
    for name in sorted(_QUERIES, key=lambda name: name == "meta"):
        (folder / f".{name}.part").replace(folder / f"{name}.parquet")
    write_sums(folder)
    return rows


def _datasheet(
    store: Store,
    folder: Path,
    summaries: list[tuple[str, Ingested]],
    rows: dict[str, int],
    scaled: tuple[second_reading.Scaled, ...],
) -> None:
    """Write what each table holds, from where, under which licence, and what is wrong with it."""
    lines = [
        "# Datasheet of the casebook",
        "",
        f"Built {store.built}. Facts and figures only: no text.",
    ]
    lines += ["", "| table | rows |", "|---|---|"]
    lines += [f"| {name} | {count:,} |" for name, count in rows.items() if name != "meta"]
    spans = {r["source"]: r for r in store.rows(SPANS)}
    for source in registry.SOURCES:
        lines += ["", f"## {source.name}: {source.title}", ""]
        lines += [f"- licence: {source.licence}", f"- source: {source.homepage}"]
        if not source.redistributable:
            lines.append(
                f"- not in the casebook; for a store: talleyrand ingest {source.name} FILE"
            )
        span = spans.get(source.name)
        if span:
            lines.append(
                f"- span: {span['first']} to {span['last']}, {span['n']:,} {source.brings}"
            )
        for name, done in summaries:
            if done.source == source.name:
                lines.append(_ingested_line(name, done))
        lines += [f"- known defect: {defect}" for defect in source.defects]
    lines += ["", "## The second reading (latent semantic scaling)", ""]
    lines += [f"- {one.language}: {one.told()}" for one in scaled]
    (folder / "DATASHEET.md").write_text("\n".join(lines) + "\n", "utf-8")


SPANS = """
SELECT source, min(published) AS first, max(published) AS last, count(*) AS n
FROM documents GROUP BY source
UNION ALL SELECT source, min(start_date), max(end_date), count(*) FROM records GROUP BY source
UNION ALL SELECT source, min(published)::DATE, max(published)::DATE, count(*)
FROM reports GROUP BY source
"""


def _ingested_line(name: str, done: Ingested) -> str:
    aside = "; ".join(f"{count} {reason}" for reason, count in done.reasons[:5]) or "nothing"
    return f"- retrieved as `{name}`: {done.files:,} files read; set aside: {aside}"
