"""The grammar of the commands on perception: what coverage quotes, how an event was framed."""

from __future__ import annotations

from talleyrand.options import STATE, Commands, add, evidence_base, outputs, own_codebook


def _quotes(commands: Commands) -> None:
    sub = add(
        commands,
        "quotes",
        "which sentences of a statement does the coverage quote, by whom, and how true?",
        "  talleyrand quotes statement.txt article.txt --sender CHN --counterpart RUS\n"
        "  talleyrand quotes statement.txt clippings/ --sender CHN --counterpart RUS"
        " --on 2022-09-15 --html page.html\n"
        "  talleyrand quotes readout_zh.txt article.html --translation readout_en.txt"
        " --sender CHN --json\n",
    )
    sub.add_argument("statement", metavar="STATEMENT", help="the official text (text or page)")
    sub.add_argument(
        "coverage", metavar="COVERAGE", nargs="*", help="news items: texts, pages or folders"
    )
    sub.add_argument("--sender", required=True, help=f"who published it; {STATE}")
    sub.add_argument(
        "--counterpart", action="append", default=[], metavar="STATE", help="whom it deals with"
    )
    sub.add_argument("--lang", choices=("en", "zh", "ru"), help="its language (default: by script)")
    sub.add_argument("--kind", default="meeting", help="what sort of text it is (default meeting)")
    sub.add_argument("--on", metavar="DATE", help="day of the event, by which leaders are known")
    sub.add_argument(
        "--translation", action="append", default=[], metavar="FILE",
        help="an official translation, sentence for sentence, for coverage in its language",
    )  # fmt: skip
    sub.add_argument(
        "--reports", type=int, metavar="DAYS",
        help="also the store's reports that name both parties within so many days of --on",
    )  # fmt: skip
    own_codebook(sub)
    outputs(sub)
    evidence_base(sub)


def _timeline(commands: Commands) -> None:
    sub = add(
        commands,
        "timeline",
        "how did outlets frame one event, before it and after, hour by hour?",
        "  talleyrand timeline CHN RUS --at 2022-09-15\n"
        "  talleyrand timeline CHN RUS --at 2022-09-15T09:00 --days 2 --html page.html\n"
        "  talleyrand timeline CHN RUS --at 2023-03-20 --json\n",
    )
    sub.add_argument("one", metavar="STATE", help=STATE)
    sub.add_argument("other", metavar="STATE", help="the other state, named likewise")
    sub.add_argument(
        "--at", required=True, metavar="TIME",
        help="the day of the event, with its hour in UTC where that is known: 2022-09-15T09:00",
    )  # fmt: skip
    sub.add_argument(
        "--days", type=int, default=3, metavar="N", help="days on either side (default 3)"
    )
    outputs(sub)
    evidence_base(sub)


def _edits(commands: Commands) -> None:
    sub = add(
        commands,
        "edits",
        "which pages changed the frame of their headline or lead, and when?",
        "  talleyrand edits CHN RUS --from 2022-09-01 --to 2022-09-30\n"
        "  talleyrand edits CHN RUS --from 2022-09 --to 2023-03 --store desk.duckdb --json\n",
    )
    sub.add_argument("one", metavar="STATE", help=STATE)
    sub.add_argument("other", metavar="STATE", help="the other state, named likewise")
    sub.add_argument("--from", dest="since", required=True, metavar="DATE", help="first day")
    sub.add_argument("--to", dest="until", required=True, metavar="DATE", help="last day, included")
    outputs(sub)
    evidence_base(sub)


def _coverage(commands: Commands) -> None:
    sub = add(
        commands,
        "coverage",
        "how much was written on two states, by whom, and how was it framed?",
        "  talleyrand coverage CHN RUS --from 2022-09 --to 2022-12\n"
        "  talleyrand coverage USA CHN --from 2023-01-01 --to 2023-03-31 --html page.html\n"
        "  talleyrand coverage RUS UKR --store desk.duckdb --json\n",
    )
    sub.add_argument("one", metavar="STATE", help=STATE)
    sub.add_argument("other", metavar="STATE", help="the other state, named likewise")
    sub.add_argument("--from", dest="since", default="", metavar="DATE", help="first day")
    sub.add_argument(
        "--to", dest="until", default="", metavar="DATE", help="last day, included (default: all)"
    )
    outputs(sub)
    evidence_base(sub)


PARSERS = (_coverage, _quotes, _timeline, _edits)
