"""The command line: one parser, one function a command, heavy imports only when one runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from talleyrand import cli_events, cli_perception, cli_structure
from talleyrand.errors import TalleyrandError
from talleyrand.options import (
    STATE,
    Commands,
    add,
    count,
    evidence_base,
    named,
    outputs,
    own_codebook,
)

_MAIN_EXAMPLES = """examples:
  talleyrand assess CHN RUS --at 2022-09-15
  talleyrand assess China Russia --at 2022-09-15 --html samarkand.html
  talleyrand shift series.csv --at 2022-09-15
  talleyrand code statement.txt --lang zh --sender CHN --counterpart RUS
  talleyrand ingest whitehouse whitehouse.tar.xz
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 for an answer, 1 for trouble, 2 for input to mend."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small: threads only wait
    try:
        code = _command(options.command)(options)
        sys.stdout.flush()
        return code
    except TalleyrandError as error:
        print(f"talleyrand: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return 0
    except KeyboardInterrupt:
        print("\ntalleyrand: stopped; what was committed is kept", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="talleyrand",
        description="Has a state's position changed, or only the way it is read?",
        epilog=_MAIN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for made in (
        *(_assess, _shift, _code, _silence, _evidence, *cli_structure.PARSERS),
        *(*cli_perception.PARSERS, *cli_events.PARSERS, _ingest),
    ):
        made(commands)
    for made in (_sources, _dimensions, _codebook, _casebook, _reading):
        made(commands)
    return top


class _Version(argparse.Action):
    """Print the version, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"talleyrand {version('talleyrand')}")
        parser.exit()


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    from talleyrand import (
        commands,
        commands_events,
        commands_ingest,
        commands_perception,
        commands_search,
        commands_silence,
        commands_structure,
    )

    modules = (
        *(commands_search, commands_silence, commands_structure, commands_events),
        *(commands_ingest, commands_perception),
        commands,
    )
    where = next(module for module in modules if hasattr(module, name))
    chosen: Callable[[argparse.Namespace], int] = getattr(where, name)
    return chosen


def _assess(commands: Commands) -> None:
    sub = add(
        commands,
        "assess",
        "has a state's position towards another changed, or only its reading?",
        "  talleyrand assess CHN RUS --at 2022-09-15\n"
        "  talleyrand assess США Китай --at 2023-02-04 --window 18mo\n"
        "  talleyrand assess CHN RUS --at 2022-09-15 --html page.html --json > answer.json\n"
        "  talleyrand assess CHN RUS --at 2022-09 --margin trade=10% --margin words=0.3\n",
    )
    sub.add_argument("sender", help=STATE)
    sub.add_argument("target", help="the state it acts towards, named likewise")
    sub.add_argument("--at", required=True, metavar="DATE", help="as 2022-09-15, or 2022-09")
    sub.add_argument(
        "--window", default="12mo", help="looked at on either side, 3mo to 50y (default 12mo)"
    )
    sub.add_argument(
        "--margin", action="append", default=[], metavar="NAME=VALUE", type=named,
        help="another margin for a dimension, in its unit (trade also as 10%%)",
    )  # fmt: skip
    sub.add_argument(
        "--threshold", action="append", default=[], metavar="NAME=VALUE", type=named,
        help="how sure an outcome must be: sign=0.975, size=0.5, steady=0.95",
    )  # fmt: skip
    sub.add_argument(
        "--evidence", type=count, metavar="N", help="with --json: the N pieces nearest to the date"
    )
    outputs(sub)
    evidence_base(sub)


def _shift(commands: Commands) -> None:
    sub = add(
        commands,
        "shift",
        "judge any dated series of your own: a CSV of date,value[,n]",
        "  talleyrand shift series.csv --at 2022-09-15\n"
        "  talleyrand shift series.csv                     find the breaks\n"
        "  talleyrand shift series.csv --at 2022-09 --margin 0.5 --json\n",
    )
    sub.add_argument("file", help="the CSV file, or - for standard input")
    sub.add_argument("--at", metavar="DATE", help="the date; without it the breaks are searched")
    sub.add_argument("--margin", type=float, help="the smallest change worth naming")
    sub.add_argument("--log", action="store_true", help="judge ratios: take logarithms first")
    outputs(sub)


def _code(commands: Commands) -> None:
    sub = add(
        commands,
        "code",
        "find the codes of a text of your own, each with the speaker it belongs to",
        "  talleyrand code statement.txt --lang zh --sender CHN --counterpart RUS\n"
        "  echo 'Our friendship has no limits.' | talleyrand code - --lang en --sender RUS\n",
    )
    sub.add_argument("text", help="a file with the text, or - for standard input")
    sub.add_argument("--lang", required=True, choices=("en", "zh", "ru"))
    sub.add_argument("--sender", required=True, help=f"who published it: {STATE}")
    sub.add_argument("--counterpart", action="append", default=[], help="whom it deals with")
    sub.add_argument("--kind", default="other", help="meeting, call, press_conference, ...")
    sub.add_argument(
        "--on", metavar="DATE", help="the day of the event, by which leaders are known"
    )
    own_codebook(sub)
    sub.add_argument("--json", action="store_true", help="one JSON object")


def _silence(commands: Commands) -> None:
    sub = add(
        commands,
        "silence",
        "is it news that a read-out leaves something out?",
        "  talleyrand silence CHN RUS --code ukraine --at 2022-09-15\n"
        "  talleyrand silence CHN RUS --code no_limits --at 2022-09-15 --json\n"
        "  talleyrand silence CHN FRA --code ukraine --at 2024-05-06 --html page.html\n"
        "  talleyrand codebook                             what can be asked about\n",
    )
    sub.add_argument("sender", help=f"who published the read-out: {STATE}")
    sub.add_argument("target", help="whom it met or called, named likewise")
    sub.add_argument("--code", required=True, help="a code or a family of codes")
    sub.add_argument("--at", required=True, metavar="DATE", help="the day of the meeting or call")
    sub.add_argument(
        "--since", metavar="DATE", help="use the record from this day (default: since it changed)"
    )
    outputs(sub)
    evidence_base(sub)


def _evidence(commands: Commands) -> None:
    sub = add(
        commands,
        "evidence",
        "list what stands behind an answer, or find passages by code, speaker or words",
        "  talleyrand evidence CHN RUS --at 2022-09-15          behind the answer of assess\n"
        "  talleyrand evidence CHN RUS --code no_limits --from 2019-01 --to 2022-12\n"
        "  talleyrand evidence --sender CHN --text 没有止境 --store desk.duckdb\n"
        "  talleyrand evidence RUS --text 'special military operation*' --csv > found.csv\n",
    )
    sub.add_argument("sender", nargs="?", help=STATE)
    sub.add_argument("target", nargs="?", help="the state it acts towards, named likewise")
    sub.add_argument("--sender", dest="sender_named", metavar="STATE", help="the same by option")
    sub.add_argument("--target", dest="target_named", metavar="STATE", help="the same by option")
    sub.add_argument("--at", metavar="DATE", help="as 2022-09-15, or 2022-09")
    sub.add_argument(
        "--window", default="12mo", help="looked at on either side, 3mo to 50y (default 12mo)"
    )
    sub.add_argument("--dimension", help="only this dimension (see: talleyrand dimensions)")
    _search_options(sub)
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--csv", action="store_true", help="comma-separated, for a spreadsheet")
    own_codebook(sub)
    evidence_base(sub)


def _search_options(sub: argparse.ArgumentParser) -> None:
    search = sub.add_argument_group("finding passages")
    search.add_argument(
        "--code", action="append", default=[], metavar="CODE", help="a code or family of codes"
    )
    search.add_argument(
        "--text", metavar="WORDS", help="these words, as in a codebook: * ends a word's stem"
    )
    search.add_argument(
        "--speaker", metavar="WHO", help="a state, both, journalist, other, or part of a name"
    )
    _narrowed(search)
    search.add_argument("--limit", type=int, default=20, help="hits shown (default 20; 0: all)")


def _narrowed(group: Any) -> None:
    """Which texts are looked at."""
    group.add_argument("--from", dest="since", metavar="DATE", help="from 2019, 2019-01 or a day")
    group.add_argument("--to", dest="until", metavar="DATE", help="up to and with it, likewise")
    group.add_argument("--kind", help="meeting, call, press_conference, ...")
    group.add_argument("--source", help="the source (see: talleyrand sources)")


def _ingest(commands: Commands) -> None:
    sub = add(
        commands,
        "ingest",
        "read a source's files as published into the store",
        "  talleyrand ingest whitehouse whitehouse_2021_2024.tar.xz\n"
        "  talleyrand ingest cctv news/ --store desk.duckdb\n"
        "  talleyrand sources                              what can be ingested\n",
    )
    sub.add_argument("source", help="the source (see: talleyrand sources)")
    sub.add_argument(
        "paths", nargs="*", metavar="PATH", help="folders, archives or files; none: from its site"
    )
    sub.add_argument("--workers", type=int, help="processes at work (default: one a core)")
    own_codebook(sub)
    sub.add_argument("--quiet", action="store_true", help="no progress bar")
    sub.add_argument("--json", action="store_true", help="the summary as JSON")
    sub.add_argument("--store", metavar="FILE", help="the store (default: $TALLEYRAND_STORE)")


def _sources(commands: Commands) -> None:
    sub = add(commands, "sources", "list where records come from", "  talleyrand sources --json\n")
    sub.add_argument("--json", action="store_true", help="one JSON list")


def _dimensions(commands: Commands) -> None:
    sub = add(commands, "dimensions", "list what is measured", "  talleyrand dimensions --json\n")
    sub.add_argument("--json", action="store_true", help="one JSON list")


def _codebook(commands: Commands) -> None:
    sub = add(
        commands,
        "codebook",
        "list the codes, show one with its wordings, or the history of its use",
        "  talleyrand codebook\n  talleyrand codebook no_limits\n"
        "  talleyrand codebook --history no_limits CHN RUS --kind press_conference\n",
    )
    sub.add_argument("name", nargs="?", help="one code")
    sub.add_argument(
        "--history",
        nargs="+",
        metavar=("CODE", "STATE"),
        help="use over time of a code, family or codes joined by commas: CODE SENDER [TARGET]",
    )
    _narrowed(sub)
    own_codebook(sub)
    sub.add_argument("--json", action="store_true", help="one JSON list, of a history one object")
    evidence_base(sub)


def _casebook(commands: Commands) -> None:
    sub = add(
        commands,
        "casebook",
        "show the bundled figures' datasheet, or build them anew from public records",
        "  talleyrand casebook\n  talleyrand casebook --build ../shared/data --out casebook/\n",
    )
    sub.add_argument("--build", metavar="DATA", help="the folder of public records")
    sub.add_argument("--out", metavar="FOLDER", help="where to write (default: in the package)")


def _reading(commands: Commands) -> None:
    sub = add(
        commands,
        "reading",
        "show the seed words of the second reading, or make it anew from a store's texts",
        "  talleyrand reading\n  talleyrand reading --build --store desk.duckdb\n",
    )
    sub.add_argument("--build", action="store_true", help="read the texts of the store again")
    sub.add_argument("--workers", type=int, help="processes at work (default: one a core)")
    sub.add_argument("--json", action="store_true", help="one JSON list")
    sub.add_argument("--store", metavar="FILE", help="the store (default: $TALLEYRAND_STORE)")


if __name__ == "__main__":
    sys.exit(main())
