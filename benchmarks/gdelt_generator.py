"""Files in the layout of GDELT 2.0 events, of any size, with the skew of the real ones. Invented.

    python benchmarks/gdelt_generator.py FOLDER --rows 10000000 [--files 10] [--zip] [--workers 2]

61 columns, tab-separated, no header and no quotes, as published. What is like the real files:

- actors: states by a Zipf law (exponent 1.1 over some 200), a third of events without a second
  actor, half within one state, so that some hundred pairs carry most of what is between states;
- codes: a Zipf law over CAMEO's, statements and consultations first; the score is the code's;
- outlets: 20,000 domains by a Zipf law, a third .com and the like, the rest country domains;
- dates: even over the span, one in fifty rows a month or a year older than it was added;
- 3 % of rows re-emitted: the same event and address again under a new number;
- mentions, sources and articles by a geometric law; places and tones filled as published.

Every cell is a hash of row number and seed: the same call gives the same bytes. `--copies 10`
writes each file ten times, every copy under numbers and addresses of its own, so that none is a
duplicate of another: the same dyads and days with ten times the events. It is quicker than drawing.
"""

from __future__ import annotations

import argparse
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from talleyrand.events import cameo
from talleyrand.states import all_states, name

FIRST, DAYS = "2015-03-01", 3650
DOMAINS = 20_000
ENDINGS = (
    *("com", "com", "com", "org", "net", "com", "co.uk", "in", "ru", "com.au"),
    *("cn", "de", "com.ng", "ca", "ua", "kz", "ir", "pk", "jp", "fr"),
)

# h(salt) is a number from 0 to 1 by row; z(u, n) a place from 1 to n by a Zipf law.
_MACROS = """
CREATE MACRO h(i, salt) AS (hash(i * 1000 + salt + $seed * 7919) % 1000000007) / 1000000007.0;
CREATE MACRO z(u, n) AS least(n, greatest(1, floor(
  pow(1 - u * (1 - pow(n, -0.1)), -10.0))))::INTEGER;
"""
_ROWS = """
SELECT i,
  DATE '{first}' + (i * {days} / {total})::INTEGER AS added,
  CASE WHEN h(o, 1) < .97 THEN 0 WHEN h(o, 1) < .98 THEN 30 WHEN h(o, 1) < .99 THEN 365 ELSE 7
    END AS older,
  z(h(o, 2), {states}) AS one,
  CASE WHEN h(o, 3) < .33 THEN NULL WHEN h(o, 3) < .66 THEN z(h(o, 2), {states})
    ELSE z(h(o, 4), {states}) END AS two,
  z(h(o, 5), {codes}) AS coded, z(h(o, 6), {domains}) AS site, h(o, 7) AS u7, h(o, 8) AS u8,
  1 + floor(-ln(1 - h(i, 9)) * 4)::INTEGER AS mentions, o
FROM (
  SELECT range AS i, CASE WHEN h(range, 0) < .03 AND range > {start} THEN range - 1 ELSE range
    END AS o
  FROM range({start}, {stop})
)
"""
_LAYOUT = """
SELECT 400000000 + i, strftime(day, '%Y%m%d'), strftime(day, '%Y%m'), year(day),
  round(year(day) + (month(day) * 30 + day(day)) / 365.0, 4),
  a.code || kind1, a.name, a.code, '', '', '', '', kind1, '', '',
  CASE WHEN b.code IS NULL THEN '' ELSE b.code || kind2 END, coalesce(b.name, ''),
  coalesce(b.code, ''), '', '', '', '', CASE WHEN b.code IS NULL THEN '' ELSE kind2 END, '', '',
  (h(o, 10) < .6)::INTEGER, c.code, c.base, c.root, c.quad, c.score,
  mentions, 1 + mentions // 6, mentions, round((u7 - .6) * 15, 6),
  4, 'Some City, Some Province (general), ' || a.name, a.geo, a.geo || '01', '1234',
  round(u7 * 120 - 60, 4),
  round(u8 * 300 - 150, 4), (1000 + one)::VARCHAR,
  CASE WHEN b.code IS NULL THEN 0 ELSE 1 END, coalesce(b.name, ''), coalesce(b.geo, ''), '', '',
  CASE WHEN b.code IS NULL THEN NULL ELSE round(u8 * 120 - 60, 4) END,
  CASE WHEN b.code IS NULL THEN NULL ELSE round(u7 * 300 - 150, 4) END, coalesce(b.geo, ''),
  4, 'Some City, Some Province (general), ' || a.name, a.geo, a.geo || '01', '1234',
  round(u7 * 120 - 60, 4),
  round(u8 * 300 - 150, 4), (1000 + one)::VARCHAR,
  strftime(added, '%Y%m%d') || '120000',
  'https://' || s.domain || '/news/' || strftime(added, '%Y/%m/%d')
    || '/an-invented-story-of-two-states-and-what-they-said-' || (o // 4)::VARCHAR
FROM (SELECT *, (added - older)::DATE AS day,
        CASE WHEN u7 < .5 THEN '' WHEN u7 < .7 THEN 'GOV' WHEN u7 < .8 THEN 'MIL' ELSE 'BUS'
          END AS kind1,
        CASE WHEN u8 < .5 THEN '' WHEN u8 < .7 THEN 'GOV' WHEN u8 < .8 THEN 'COP' ELSE 'CVL'
          END AS kind2
      FROM ({rows}))
JOIN actors a ON a.place = one LEFT JOIN actors b ON b.place = two
JOIN codes c ON c.place = coded JOIN sites s ON s.place = site
"""
_FIRST_STATES = ("USA", "RUS", "CHN", "GBR", "ISR", "IND", "UKR", "IRN", "SYR", "TUR", "PAK", "DEU",
                 "FRA", "AUS", "CAN", "JPN", "KOR", "PRK", "NGA", "AFG")  # fmt: skip


def prepared(seed: int) -> duckdb.DuckDBPyConnection:
    """A database with the actors, codes and outlets to draw from."""
    base = duckdb.connect()
    base.execute("SET memory_limit = '600MB'; SET threads = 1")  # one: rows stay in order
    for statement in _MACROS.replace("$seed", str(seed)).split(";\n"):
        if statement.strip():
            base.execute(statement)
    states = [*_FIRST_STATES, *(s for s in all_states() if s not in _FIRST_STATES)][:200]
    codes = sorted(cameo.codes(), key=lambda c: (abs(c.goldstein) > 4, c.quad, c.code))
    base.execute("CREATE TABLE actors (place INTEGER, code VARCHAR, name VARCHAR, geo VARCHAR)")
    base.executemany(
        "INSERT INTO actors VALUES (?, ?, ?, ?)",
        [(i, s, name(s).upper(), s[:2]) for i, s in enumerate(states, 1)],
    )
    base.execute(
        "CREATE TABLE codes (place INTEGER, code VARCHAR, base VARCHAR, root VARCHAR,"
        " quad INTEGER, score DOUBLE)"
    )
    base.executemany(
        "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?)",
        [(i, c.code, c.code[:3], c.code[:2], c.quad, c.goldstein) for i, c in enumerate(codes, 1)],
    )
    endings = ", ".join(f"'{ending}'" for ending in ENDINGS)
    base.execute(
        f"CREATE TABLE sites AS SELECT range AS place, 'paper' || range || '.' ||"
        f" ([{endings}])[1 + (hash(range) % {len(ENDINGS)})::INTEGER] AS domain"
        f" FROM range(1, {DOMAINS + 1})"
    )
    return base


def generate(
    folder: Path, rows: int, files: int = 1, seed: int = 1, zipped: bool = False,
    workers: int = 1, copies: int = 1,
) -> None:  # fmt: skip
    """Write `rows` drawn rows in `files` files to `folder`, each file in so many copies."""
    folder.mkdir(parents=True, exist_ok=True)
    one = partial(_write, folder, rows, files, seed, zipped, copies)
    if workers == 1:
        for number in range(files):
            one(number)
        return
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(one, range(files)))


def _write(
    folder: Path, rows: int, files: int, seed: int, zipped: bool, copies: int, number: int
) -> None:
    """One file: its share of the rows, by number, so that each file is the same in any run."""
    base = prepared(seed)
    counts = {name: base.sql(f"FROM {name}").shape[0] for name in ("actors", "codes")}
    start, stop = number * rows // files, (number + 1) * rows // files
    drawn = _ROWS.format(
        first=FIRST, days=DAYS, total=rows, start=start, stop=stop, domains=DOMAINS,
        states=counts["actors"], codes=counts["codes"],
    )  # fmt: skip
    path = folder / f"{number:08d}.export.CSV"
    base.execute(
        f"COPY ({_LAYOUT.format(rows=drawn)}) TO '{path}'"
        " (DELIMITER '\t', HEADER false, QUOTE '', ESCAPE '')"
    )
    for copy in range(1, copies):
        _copy(path, folder / f"{copy}{number:07d}.export.CSV", copy, zipped)
    if zipped:
        _pack(path)


def _copy(path: Path, to: Path, copy: int, zipped: bool) -> None:
    """The same rows under numbers and addresses of their own, so that each is another event."""
    with path.open("rb") as rows, to.open("wb") as written:
        for line in iter(partial(rows.readlines, 1 << 24), []):
            text = (b"%d" % copy).join([b"", *line]).replace(b"/an-inv", b"/%d-inv" % copy)
            written.write(text)
    if zipped:
        _pack(to)


def _pack(path: Path) -> None:
    with zipfile.ZipFile(f"{path}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(path, path.name)
    path.unlink()


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--zip", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--copies", type=int, default=1)
    asked = parser.parse_args()
    generate(asked.folder, asked.rows, asked.files, asked.seed, asked.zip, asked.workers,
             asked.copies)  # fmt: skip


if __name__ == "__main__":
    main()
