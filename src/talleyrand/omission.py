"""Is a silence news? The chance that a read-out leaves a code out, from the sender's own record.

Twice: as it stood that day (ex ante: only what was published by then) and with hindsight (ex
post: every other event of the archive). The answer is NEWS, ROUTINE or TOO FEW to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from math import isinf
from typing import Any

import numpy as np

from talleyrand import codebook as codebooks
from talleyrand import provenance
from talleyrand.errors import InputError, UnknownCode
from talleyrand.inference import silence
from talleyrand.inference.silence import Chance, Foretold, Texts
from talleyrand.model import Casebook, Dyad
from talleyrand.readouts import ReadOut, Reported, read_outs, reported
from talleyrand.store import Store

NEWS_BELOW = 0.10  # an omission is news if its chance was below this
NEWS_UPPER = 0.25  # and the upper end of the interval below this
ROUTINE_ABOVE = 0.10  # it is routine if the lower end of the interval is above this
FEWEST = 4  # texts of the dyad's own record without which nothing is said
NEAR_DAYS = 3  # how far from the date asked the event may be
_MOST_ASKED = 30  # texts: what would take more is not worth naming
_KINDS = ("meeting", "call")


@dataclass(frozen=True, slots=True)
class Standing:
    """The dyad's own record and the chance of an omission, as they stood at one moment.

    `since` is the first day of the record that counts (None: all of it); `named` and `texts`
    count the texts with all counterparts, `alike_named` and `alike` those of them that are of
    the same kind and length as the text at issue.
    """

    mentioned: int
    n: int
    chance: Chance
    since: date | None
    named: int
    texts: int
    alike_named: int
    alike: int

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {
            "mentioned": self.mentioned,
            "n": self.n,
            "chance_of_omission": self.chance.omission,
            "interval": list(self.chance.interval),
            "since": self.since.isoformat() if self.since else None,
            "all_counterparts": {"mentioned": self.named, "n": self.texts},
            "same_kind_and_length": {"mentioned": self.alike_named, "n": self.alike},
        }


@dataclass(frozen=True, slots=True)
class Silence:
    """The whole answer, before it is rendered."""

    dyad: Dyad
    code: str
    at: date
    text: ReadOut
    ex_ante: Standing
    ex_post: Standing
    outcome: str
    reason: str
    would_settle: str | None
    record: tuple[ReadOut, ...]
    others: tuple[tuple[str, int, int], ...]  # counterpart, named, texts: with hindsight
    casebook: Casebook
    version: str

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values: the JSON contract."""
        return {
            "sender": self.dyad.sender,
            "target": self.dyad.target,
            "code": self.code,
            "at": self.at.isoformat(),
            "omitted": not self.text.mentioned,
            "ex_ante": self.ex_ante.to_dict(),
            "ex_post": self.ex_post.to_dict(),
            "outcome": self.outcome,
            "reason": self.reason,
            "would_settle": self.would_settle,
            "text": {**_read_out(self.text), "kind": self.text.kind, "rank": self.text.rank,
                     "length": ("short", "middling", "long")[self.text.length]},
            "record": [_read_out(one) for one in self.record],
            "others": [
                {"counterpart": who, "mentioned": named, "n": texts}
                for who, named, texts in self.others
            ],
            "casebook": provenance.told(self.casebook),
            "version": self.version,
        }  # fmt: skip


def ask(
    store: Store, sender: str, target: str, code: str, at: date, since: date | None = None
) -> Silence:
    """Judge the read-out nearest to a date (ISO3 codes of the two states).

    Raises InputError where no read-out of the dyad is within `NEAR_DAYS`, UnknownCode where the
    code is neither a code nor a family.
    """
    topics, stances = codes_of(code)
    documents = reported(store, sender, topics, stances)
    text = _at_issue(read_outs(documents), target, at)
    if since and since > text.day:
        raise InputError(f"--since {since} is after the read-out of {text.day}; take a day before")
    before = [d for d in documents if d.published <= text.day and d.day < text.day]
    ante, told, _ = _stand(_matched(before, text), text, since, hindsight=False)
    post, _, record = _stand(_matched(documents, text), text, since, hindsight=True)
    outcome, reason = judged(text.mentioned, ante)
    return Silence(
        dyad=Dyad(sender, target),
        code=code,
        at=at,
        text=text,
        ex_ante=ante,
        ex_post=post,
        outcome=outcome,
        reason=reason,
        would_settle=_settle(told, ante) if outcome == "TOO FEW" else None,
        record=tuple(one for one in record if one.counterpart == target),
        others=_by_counterpart(record, target),
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
    )


def codes_of(name: str) -> tuple[list[str], list[str]]:
    """The topics and the stances that a name stands for: a code, or a family of codes."""
    book = codebooks.load()
    chosen = [book.codes[name]] if name in book.codes else []
    chosen = chosen or [code for code in book.codes.values() if code.family == name]
    if not chosen:
        families = ", ".join(book.families())
        raise UnknownCode(
            f"no code or family {name!r}; see: talleyrand codebook (families: {families})"
        )
    topics = [code.name for code in chosen if code.about]
    return topics, [code.name for code in chosen if not code.about]


def judged(mentioned: bool, ante: Standing) -> tuple[str, str]:
    """The outcome and the sentence that gives the reason."""
    chance, (low, high) = ante.chance.omission, ante.chance.interval
    told = f"{_percent(chance)} ({_percent(low)} to {_percent(high)})"
    if mentioned:
        said = "The text names it, so there is no silence to judge. The chance of an omission was"
        return "ROUTINE", f"{said} {told}."
    if ante.n < FEWEST:
        had = (
            f"{ante.mentioned} of {ante.n} earlier texts named it" if ante.n else "no earlier text"
        )
        said = f"{had[0].upper()}{had[1:]}; below {FEWEST} texts nothing is said."
        return "TOO FEW", f"{said} The chance of an omission was {told}."
    if chance < NEWS_BELOW and high < NEWS_UPPER:
        return "NEWS", f"Leaving it out was unusual: the chance that day was {told}."
    if low > ROUTINE_ABOVE:
        return "ROUTINE", f"Leaving it out was not unusual: the chance that day was {told}."
    return "TOO FEW", f"The record is too thin to tell: the chance of an omission was {told}."


def _percent(chance: float) -> str:
    """A chance in whole percent, never rounded to certainty."""
    if chance < 0.005:
        return "<1 %"
    return ">99 %" if chance > 0.995 else f"{100 * chance:.0f} %"


def texts_of(record: Sequence[ReadOut]) -> Texts:
    """Read-outs as arrays for the model."""
    names = sorted({one.counterpart for one in record})
    return Texts(
        day=np.array([one.day.toordinal() for one in record], dtype=float),
        known=np.array([one.published.toordinal() for one in record], dtype=float),
        counterpart=np.array([names.index(one.counterpart) for one in record], dtype=np.int64),
        cell=np.array([_KINDS.index(one.kind) * 3 + one.length for one in record], dtype=np.int64),
        mentioned=np.array([one.mentioned for one in record], dtype=bool),
    )


def _at_issue(record: Sequence[ReadOut], target: str, at: date) -> ReadOut:
    own = [one for one in record if one.counterpart == target]
    ranked = sorted(
        own, key=lambda e: (abs((e.day - at).days), e.rank != "leaders", -e.length, e.id)
    )
    if ranked and abs((ranked[0].day - at).days) <= NEAR_DAYS:
        return ranked[0]
    if not ranked:
        raise InputError(
            f"there is no read-out of the sender with {target} on record; see what is there with:"
            " talleyrand sources"
        )
    nearest = ", ".join(str(day) for day in sorted({e.day for e in ranked[:4]}))
    raise InputError(
        f"no read-out with {target} within {NEAR_DAYS} days of {at}; nearest: {nearest}"
    )


def _matched(documents: Sequence[Reported], text: ReadOut) -> list[ReadOut]:
    """The events of the same rank, without the one at issue."""
    here = (text.day, text.counterpart)
    events = read_outs(documents)
    return [e for e in events if e.rank == text.rank and (e.day, e.counterpart) != here]


def _stand(
    others: list[ReadOut], text: ReadOut, since: date | None, *, hindsight: bool
) -> tuple[Standing, Foretold, list[ReadOut]]:
    """Where the record stood; also what was foretold (the text comes last) and the record."""
    day = text.day.toordinal()
    first, last = (since.toordinal() if since else -np.inf, np.inf)
    if since is None:
        arrays = texts_of(others)
        first, last = silence.stretch(arrays.day, arrays.mentioned, day)
    kept = [one for one in others if first <= one.day.toordinal() < last]
    told = silence.foretell(texts_of([*kept, text]), hindsight=hindsight)
    own = [one for one in kept if one.counterpart == text.counterpart]
    alike = [one for one in kept if (one.kind, one.length) == (text.kind, text.length)]
    standing = Standing(
        mentioned=sum(one.mentioned for one in own),
        n=len(own),
        chance=silence.extended(told, len(kept)),
        since=None if isinf(first) else date.fromordinal(int(first)),
        named=sum(one.mentioned for one in kept),
        texts=len(kept),
        alike_named=sum(one.mentioned for one in alike),
        alike=len(alike),
    )
    return standing, told, sorted([*kept, text], key=lambda one: one.day)


def _by_counterpart(record: Sequence[ReadOut], target: str) -> tuple[tuple[str, int, int], ...]:
    texts = Counter(one.counterpart for one in record)
    named = Counter(one.counterpart for one in record if one.mentioned)
    rest = [(who, named[who], count) for who, count in texts.items() if who != target]
    return tuple(sorted(rest, key=lambda one: (-one[2], one[0])))


def _settle(told: Foretold, ante: Standing) -> str | None:
    """How many more texts that all name the code, or all leave it out, would decide."""
    last = len(told.weight) - 1
    news = _fewest(lambda k: _decides(silence.extended(told, last, (k, 0)), ante.n + k, "NEWS"))
    routine = _fewest(
        lambda k: _decides(silence.extended(told, last, (0, k)), ante.n + k, "ROUTINE")
    )
    said = [f"{news} more texts that all name it (then NEWS)"] if news else []
    said += [f"{routine} more that all leave it out (then ROUTINE)"] if routine else []
    return " or ".join(said) or None


def _decides(chance: Chance, n: int, wanted: str) -> bool:
    standing = Standing(n, n, chance, None, 0, 0, 0, 0)
    return judged(False, standing)[0] == wanted


def _fewest(decides: Callable[[int], bool]) -> int | None:
    return next((k for k in range(1, _MOST_ASKED + 1) if decides(k)), None)


def _read_out(one: ReadOut) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": one.url,
        "date": one.day.isoformat(),
        "mentioned": one.mentioned,
    }
