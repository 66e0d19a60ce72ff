"""The grammar of the commands on event data and texts at scale."""

from __future__ import annotations

import argparse

from talleyrand.options import STATE, Commands, add, own_codebook


def _reduce(commands: Commands) -> None:
    sub = add(
        commands,
        "reduce",
        "reduce event files of any size to the monthly series of every dyad",
        "  talleyrand reduce gdelt/*.export.CSV.zip --out events/\n"
        "  talleyrand reduce gdelt/ polecat.tsv --out events/ --memory 2GB --json\n"
        "  talleyrand reduce --since 2022-09-01 --until 2022-09-30 --out events/\n"
        "  talleyrand reduce 's3a://desk/gdelt/*.CSV.zip' --out s3a://desk/events \\\n"
        "      --engine spark --master spark://head:7077\n"
        "  talleyrand reduce --print-sql clickhouse --table gdelt.events\n",
    )
    sub.add_argument(
        "files", nargs="*", metavar="FILE",
        help="files or folders as published: GDELT events, mentions and GKG, ICEWS, POLECAT, ACLED,"
        " UCDP; plain, .gz or .zip",
    )  # fmt: skip
    sub.add_argument(
        "--since", metavar="DAY", help="instead of files: fetch GDELT's events from this day on"
    )
    sub.add_argument("--until", metavar="DAY", help="the last day to fetch (default today)")
    sub.add_argument(
        "--latest", action="store_true",
        help="instead of files: fetch the newest fifteen minutes of GDELT's events, without its"
        " list of 100 MB",
    )  # fmt: skip
    sub.add_argument("--out", metavar="FOLDER", help="where the series are kept")
    sub.add_argument(
        "--memory", metavar="SIZE", help="what may be used (default 600MB; of Spark here 2GB)"
    )
    _engine(sub, "duckdb")
    sub.add_argument(
        "--print-sql", metavar="DIALECT",
        help="print the reduction as a query of spark, clickhouse, bigquery, datafusion or duckdb",
    )  # fmt: skip
    sub.add_argument(
        "--layout", default="gdelt2_events", metavar="NAME",
        help="with --print-sql: gdelt2_events (default), gdelt1_events or gdelt1_early",
    )  # fmt: skip
    sub.add_argument(
        "--table", default="events_raw", metavar="NAME",
        help="with --print-sql: the table that has the columns as published",
    )  # fmt: skip
    sub.add_argument("--json", action="store_true", help="one JSON object")


def _engine(sub: argparse.ArgumentParser, here: str) -> None:
    """Where the work is done: by default on this machine, without Java."""
    sub.add_argument(
        "--engine", choices=(here, "spark"), default=here,
        help=f"{here} (default), or Apache Spark (pip install 'talleyrand[spark]', Java 17)",
    )  # fmt: skip
    sub.add_argument(
        "--master", default="local[*]", metavar="URL",
        help="with --engine spark: local[2], spark://HOST:7077, yarn, k8s://... (default local[*])",
    )  # fmt: skip


def _codings(commands: Commands) -> None:
    sub = add(
        commands,
        "codings",
        "code a table of texts, each passage with its speaker and codes",
        "  talleyrand codings texts.parquet --out coded.parquet\n"
        "  talleyrand codings texts.parquet --out coded/ --engine spark --master 'local[2]'\n",
    )
    sub.add_argument(
        "texts",
        help="Parquet with the columns id, text, language, sender, event_date, and if wanted"
        " counterparts and kind",
    )
    sub.add_argument("--out", required=True, metavar="FILE", help="Parquet; with Spark a folder")
    _engine(sub, "local")
    own_codebook(sub)
    sub.add_argument("--json", action="store_true", help="one JSON object")


def _events(commands: Commands) -> None:
    sub = add(
        commands,
        "events",
        "one dyad's monthly series from a folder of reduced event data",
        "  talleyrand events RUS UKR --in events/\n"
        "  talleyrand events CHN RUS --in events/ --press outside --json\n"
        "  talleyrand events RUS UKR --in events/ --by plover\n",
    )
    sub.add_argument("sender", help=STATE)
    sub.add_argument("target", help="the state it acts towards, named likewise")
    sub.add_argument(
        "--in", dest="folder", required=True, metavar="FOLDER", help="made by talleyrand reduce"
    )
    sub.add_argument(
        "--by", choices=("class", "plover"), default="class",
        help="class: words and deeds, cooperation and conflict (default); plover: PLOVER's events",
    )  # fmt: skip
    sub.add_argument(
        "--press", choices=("all", "own", "outside", "unknown"), default="all",
        help="only what the parties' own outlets report, those of third states, or unknown ones",
    )  # fmt: skip
    sub.add_argument("--json", action="store_true", help="one JSON object")
    sub.add_argument("--html", metavar="FILE", help="also write one self-contained page")


PARSERS = (_reduce, _events, _codings)
