"""What a source's own site gives since a day; a page that its parser no longer reads is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from talleyrand.errors import InputError, LayoutChanged
from talleyrand.model import Http, Raw, Rejected, Source


def pages(source: Source, http: Http, since: date | None = None) -> Iterator[Raw]:
    """The latest pages, or those since a day, as they come.

    Raises FetchError (what to do by hand) where a source has no site to ask, InputError where its
    site cannot be asked by day; and LayoutChanged at the end if a page gave nothing at all.
    """
    noted = _Noted(http)
    if since is None:
        return _watched(source, source.fetch(noted), noted)
    if source.fetch_since is None:
        source.fetch(http)  # most say what to do by hand
        raise InputError(f"{source.name} cannot be asked by day; leave --since out")
    return _watched(source, source.fetch_since(noted, since), noted)


class _Noted:
    """An Http that notes what was asked for since the last page came."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._asked: list[str] = []

    def get(
        self, url: str, *, settled: bool = False, text: bool = True, send: bytes | None = None
    ) -> bytes:
        self._asked.append(url)
        return self._http.get(url, settled=settled, text=text, send=send)

    def forget(self, url: str) -> None:
        self._http.forget(url)

    def done(self, *, well: bool) -> None:
        """A page came; where it could not be read, it is not to be taken for settled."""
        for url in () if well else self._asked:
            self._http.forget(url)
        self._asked.clear()


def _watched(source: Source, raws: Iterator[Raw], noted: _Noted) -> Iterator[Raw]:
    count, changed = 0, list[str]()
    for raw in raws:
        count += 1
        items = list(source.parse(raw)) if source.claims(raw.name) else []
        reasons = [item.reason for item in items if isinstance(item, Rejected)]
        noted.done(well=len(reasons) < len(items))
        if len(reasons) == len(items):
            changed.append(f"{raw.name}: {reasons[0] if reasons else 'nothing in it'}")
        yield raw
    if changed:
        raise LayoutChanged(
            f"{len(changed)} of {count} pages of {source.homepage} can no longer be read"
            f" ({changed[0]}); look at them and report it: what could be read is kept"
        )
