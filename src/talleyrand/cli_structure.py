"""The grammar of the commands on structure: who depends on whom, and who would be hit."""

from __future__ import annotations

from talleyrand.options import STATE, Commands, add, evidence_base, outputs


def _exposure(commands: Commands) -> None:
    sub = add(
        commands,
        "exposure",
        "who is hit if sanctions on a state reach those who trade with it?",
        "  talleyrand exposure RUS --by USA,EU,JPN,GBR\n"
        "  talleyrand exposure RUS --by G7,EU --substitution 0.3 --rounds 6 --html page.html\n"
        "  talleyrand exposure CHN --by USA --json\n",
    )
    sub.add_argument("target", help=STATE)
    sub.add_argument(
        "--by", default="G7,EU", metavar="STATES",
        help="who imposes them: states and groups (EU, G7, NATO, ...) with commas (default G7,EU)",
    )  # fmt: skip
    sub.add_argument(
        "--substitution", type=float, default=0.5, metavar="SHARE",
        help="the share of each link replaced before the next round (default 0.5)",
    )  # fmt: skip
    sub.add_argument(
        "--threshold", type=float, default=5.0, metavar="TIMES",
        help="who trades so many times more with the coalition than with the target complies"
        " (default 5)",
    )  # fmt: skip
    sub.add_argument(
        "--rounds", default="4", metavar="N", help="rounds counted, or all (default 4)"
    )
    outputs(sub)
    evidence_base(sub)


def _check(commands: Commands) -> None:
    sub = add(
        commands,
        "check",
        "put a file of claims to the records, one by one",
        "  talleyrand check claims/samarkand_2022.toml\n"
        "  talleyrand check mine.toml --json\n"
        "  talleyrand check mine.toml --only 04-trade --html page.html\n",
    )
    sub.add_argument("claims", metavar="CLAIMS.toml", help="the file (see docs/claims.md)")
    sub.add_argument("--only", action="append", default=[], metavar="ID", help="only this claim")
    outputs(sub)
    evidence_base(sub)


def _trade(commands: Commands) -> None:
    sub = add(
        commands,
        "trade",
        "what do two states trade in a period, and who depends on whom?",
        "  talleyrand trade CHN RUS --from 2022-01 --to 2022-06\n"
        "  talleyrand trade Russia Kazakhstan --from 2021 --to 2021 --json\n"
        "  talleyrand trade DEU RUS --from 2022-02 --to 2022-11 --html page.html\n",
    )
    sub.add_argument("sender", help=STATE)
    sub.add_argument("target", help="the other state, named likewise")
    sub.add_argument(
        "--from", dest="since", required=True, metavar="DATE", help="first year or month: 2022-01"
    )
    sub.add_argument(
        "--to", dest="until", required=True, metavar="DATE", help="last one, included: 2022-06"
    )
    outputs(sub)
    evidence_base(sub)


def _arena(commands: Commands) -> None:
    sub = add(
        commands,
        "arena",
        "how do two powers stand in a third state's neighbourhood?",
        "  talleyrand arena CHN RUS\n"
        "  talleyrand arena CHN RUS --in KAZ --from 2005 --html page.html\n"
        "  talleyrand arena CHN USA --in PHL,VNM,THA,IDN --json\n",
    )
    sub.add_argument("one", metavar="POWER", help=STATE)
    sub.add_argument("other", metavar="OTHER", help="the other power, named likewise")
    sub.add_argument(
        "--in", dest="within", default="", metavar="STATES",
        help="third states and groups (CENTRAL_ASIA, CIS, ...) with commas (for China and Russia"
        " by default KAZ,KGZ,TJK,TKM,UZB)",
    )  # fmt: skip
    sub.add_argument("--from", dest="since", metavar="YEAR", help="first year (default 1992)")
    sub.add_argument("--to", dest="until", metavar="YEAR", help="last year, included")
    outputs(sub)
    evidence_base(sub)


PARSERS = (_exposure, _trade, _arena, _check)
