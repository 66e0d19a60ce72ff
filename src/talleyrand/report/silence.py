"""The answer of `silence` for readers: in the terminal, and as one self-contained page.

What is shown comes from the dictionary that `silence --json` prints; nothing is computed here
but percentages and rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from talleyrand.report import html, words
from talleyrand.report.text import lines

NAMED, LEFT_OUT, AT_ISSUE = "●", "○", "◆"
_STYLES = {"NEWS": "bold yellow", "ROUTINE": "bold blue", "TOO FEW": "bold magenta"}
_BADGES = {"NEWS": ("SHIFT", "◆"), "ROUTINE": ("STEADY", "="), "TOO FEW": ("UNCLEAR", "?")}
_MOST_OTHERS = 8
_MOST_SHOWN = 24  # texts with their address on the terminal, the nearest to the one at issue
_RANKS = {"leaders": "between leaders", "others": "below the leaders"}

Json = Mapping[str, Any]


def render(told: Json, names: Mapping[str, str], *, width: int = 80, colour: bool = False) -> str:
    """The answer as lines of at most `width` cells."""
    heading = f"{_parties(told, names)}: {words.plain(told['code'])}"
    blocks: list[RenderableType] = [
        Text(f"{heading} in the {_kind(told)} of {_long(told['text']['date'])}", "bold"),
        Text(""),
        _inset(Text(headline(told), _STYLES[told["outcome"]])),
        _inset(Text(words.plain(told["reason"]))),
        Text(""),
        _inset(Text(strip(told))),
        _inset(Text(f"{NAMED} names it  {LEFT_OUT} does not  {AT_ISSUE} this text", "dim")),
        Text(""),
        _inset(_standings(told)),
        Text(""),
        *(_inset(Text(line)) for line in _remarks(told, names)),
        Text(""),
        _record(told),
        *_not_shown(told),
        Text(""),
        _inset(Text(f"{_provenance(told)}.", "dim")),
    ]
    return lines(blocks, width, colour)


def page(told: Json, names: Mapping[str, str]) -> str:
    """The answer as one self-contained page."""
    badge, sign = _BADGES[told["outcome"]]
    return html.silence_page(
        title=f"{_parties(told, names)}: {told['code']}",
        about=f"{_kind(told)} of {_long(told['text']['date'])}",
        verdict={"outcome": badge, "sign": sign, "verdict": told["outcome"]},
        headline=headline(told),
        reason=told["reason"],
        record=[{**one, **_link(one["url"]), "sign": _sign(one, told)} for one in told["record"]],
        standings=[_row(told, name) for name in ("ex_ante", "ex_post")],
        remarks=_remarks(told, names, most=40),
        provenance=_provenance(told),
    )


def headline(told: Json) -> str:
    """One sentence: what the text did, and whether that is news."""
    if not told["omitted"]:
        return "It is named: no silence to judge."
    return {
        "NEWS": "The omission is news.",
        "ROUTINE": "The omission is routine.",
        "TOO FEW": "Too few to tell whether the omission is news.",
    }[told["outcome"]]


def strip(told: Json) -> str:
    """One sign a text, oldest first."""
    return "".join(_sign(one, told) for one in told["record"])


def _sign(one: Json, told: Json) -> str:
    if one["id"] == told["text"]["id"]:
        return AT_ISSUE
    return NAMED if one["mentioned"] else LEFT_OUT


def _standings(told: Json) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for header in ("", "named", "chance of omission", "95 % interval", "record since"):
        table.add_column(header, overflow="fold")
    for name in ("ex_ante", "ex_post"):
        row = _row(told, name)
        table.add_row(row["when"], row["named"], row["chance"], row["interval"], row["since"])
    return table


def _row(told: Json, name: str) -> dict[str, str]:
    standing = told[name]
    low, high = standing["interval"]
    return {
        "when": {"ex_ante": "as it stood that day", "ex_post": "with hindsight"}[name],
        "named": f"{standing['mentioned']} of {standing['n']}",
        "chance": _percent(standing["chance_of_omission"]),
        "interval": f"{_percent(low)} to {_percent(high)}",
        "since": _short(standing["since"]) if standing["since"] else "its start",
    }


def _remarks(told: Json, names: Mapping[str, str], most: int = _MOST_OTHERS) -> list[str]:
    """The population the text is matched with, and what would settle an open question."""
    post, text = told["ex_post"], told["text"]
    everyone, alike = post["all_counterparts"], post["same_kind_and_length"]
    said = [
        f"Matched with read-outs {_RANKS[text['rank']]}, with anyone: {everyone['mentioned']} of"
        f" {everyone['n']} name it; of the {text['length']} ones of a {text['kind']}"
        f" {alike['mentioned']} of {alike['n']}."
    ]
    others = [
        f"{words.named(one['counterpart'], names)} {one['mentioned']} of {one['n']}"
        for one in told["others"][:most]
    ]
    if others:
        said.append(f"Most often met: {', '.join(others)}.")
    if told["would_settle"]:
        said.append(f"What would settle it: {words.plain(told['would_settle'])}.")
    return said


def _record(told: Json) -> Table:
    """The record with its addresses, as narrow as an address needs."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in _near(told):
        table.add_row(one["date"], _sign(one, told), words.plain(one["url"]))
    return table


def _near(told: Json) -> list[Json]:
    at = date.fromisoformat(told["text"]["date"])
    away = {id(one): abs((date.fromisoformat(one["date"]) - at).days) for one in told["record"]}
    nearest = sorted(told["record"], key=lambda one: away[id(one)])[:_MOST_SHOWN]
    return sorted(nearest, key=lambda one: one["date"])


def _not_shown(told: Json) -> list[RenderableType]:
    rest = len(told["record"]) - _MOST_SHOWN
    return [Text(f"and {words.plural(rest, 'text')} further off: see --json", "dim")] * (rest > 0)


def _link(url: str) -> dict[str, str | None]:
    return {"link": html.link(url)}


def _parties(told: Json, names: Mapping[str, str]) -> str:
    sender, target = told["sender"], told["target"]
    return words.plain(f"{names.get(sender, sender)} → {names.get(target, target)}")


def _kind(told: Json) -> str:
    return "read-out of the call" if told["text"]["kind"] == "call" else "read-out of the meeting"


def _provenance(told: Json) -> str:
    base = told["casebook"]
    said = f"built {base['built']}; as it stood that day: from what was published by then"
    if base["origin"] == "casebook":
        return f"From the bundled casebook, {said}"
    return f"From your store {words.plain(base['location'])}, {said}"


def _percent(chance: float) -> str:
    """A chance in whole percent, never rounded to certainty."""
    if chance < 0.005:
        return "<1 %"
    return ">99 %" if chance > 0.995 else f"{100 * chance:.0f} %"


def _long(day: str) -> str:
    return words.long_date(date.fromisoformat(day))


def _short(day: str) -> str:
    return words.short_date(date.fromisoformat(day))


def _inset(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))
