"""What the commands' options have in common; nothing heavy is imported here."""

from __future__ import annotations

import argparse
from typing import Any

Commands = Any
STATE = "a state: ISO code, COW number, or name in English, Chinese or Russian"


def add(commands: Commands, name: str, says: str, examples: str) -> argparse.ArgumentParser:
    return commands.add_parser(  # type: ignore[no-any-return]
        name,
        help=says,
        description=says[0].upper() + says[1:] + ("" if says.endswith("?") else "."),
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def named(text: str) -> tuple[str, str]:
    name, _, value = (part.strip() for part in text.partition("="))
    if not (name and value):
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=VALUE; write words=0.3")
    return name, value


def count(text: str) -> int:
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pieces; write 20")
    return int(text)


def outputs(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="one JSON object")
    sub.add_argument("--html", metavar="FILE", help="also write one self-contained page")


def own_codebook(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--codebook", action="append", default=[], metavar="FILE", help="codes of your own (TOML)"
    )


def evidence_base(sub: argparse.ArgumentParser) -> None:
    base = sub.add_mutually_exclusive_group()
    base.add_argument("--store", metavar="FILE", help="answer from this store")
    base.add_argument("--casebook", action="store_true", help="answer from the bundled casebook")
