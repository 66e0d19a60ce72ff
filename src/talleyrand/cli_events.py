"""The grammar of the commands on event data at scale."""

from __future__ import annotations

from talleyrand.options import STATE, Commands, add


def _reduce(commands: Commands) -> None:
    sub = add(
        commands,
        "reduce",
        "reduce event files of any size to the monthly series of every dyad",
        "  talleyrand reduce gdelt/*.export.CSV.zip --out events/\n"
        "  talleyrand reduce gdelt/ polecat.tsv --out events/ --memory 2GB --json\n"
        "  talleyrand reduce --since 2022-09-01 --until 2022-09-30 --out events/\n",
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
    sub.add_argument("--out", required=True, metavar="FOLDER", help="where the series are kept")
    sub.add_argument(
        "--memory", default="600MB", metavar="SIZE", help="what may be used (default 600MB)"
    )
    sub.add_argument("--json", action="store_true", help="one JSON object")


def _events(commands: Commands) -> None:
    sub = add(
        commands,
        "events",
        "one dyad's monthly series from a folder of reduced event data",
        "  talleyrand events RUS UKR --in events/\n"
        "  talleyrand events CHN RUS --in events/ --press outside --json\n",
    )
    sub.add_argument("sender", help=STATE)
    sub.add_argument("target", help="the state it acts towards, named likewise")
    sub.add_argument(
        "--in", dest="folder", required=True, metavar="FOLDER", help="made by talleyrand reduce"
    )
    sub.add_argument(
        "--press", choices=("all", "own", "outside", "unknown"), default="all",
        help="only what the parties' own outlets report, those of third states, or unknown ones",
    )  # fmt: skip
    sub.add_argument("--json", action="store_true", help="one JSON object")
    sub.add_argument("--html", metavar="FILE", help="also write one self-contained page")


PARSERS = (_reduce, _events)
