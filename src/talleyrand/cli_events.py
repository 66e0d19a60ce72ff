"""The grammar of the commands on event data at scale."""

from __future__ import annotations

from talleyrand.options import STATE, Commands, add


def _reduce(commands: Commands) -> None:
    sub = add(
        commands,
        "reduce",
        "reduce event files of any size to the monthly series of every dyad",
        "  talleyrand reduce gdelt/*.export.CSV.zip --out events/\n"
        "  talleyrand reduce gdelt/ polecat.tsv --out events/ --memory 2GB --json\n",
    )
    sub.add_argument(
        "files", nargs="+", metavar="FILE",
        help="files or folders as published: GDELT events, mentions and GKG, ICEWS, POLECAT, ACLED,"
        " UCDP; plain, .gz or .zip",
    )  # fmt: skip
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


PARSERS = (_reduce, _events)
