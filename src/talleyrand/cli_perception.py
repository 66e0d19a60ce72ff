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


PARSERS = (_quotes,)
