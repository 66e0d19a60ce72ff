"""Answers kept in memory, bounded by their size: the one not asked for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Kept:
    """One finished response."""

    status: int
    media: str
    body: bytes
    policy: str  # its Content-Security-Policy
    tag: str  # its ETag


def kept(status: int, media: str, body: str, policy: str) -> Kept:
    """A response as it is kept and sent; lone surrogates become question marks."""
    data = body.encode("utf-8", "replace")
    return Kept(status, media, data, policy, f'"{sha256(data).hexdigest()[:32]}"')


class Shelf:
    """At most `most` bytes of responses by what was asked."""

    def __init__(self, most: int = 64 << 20) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key, now the last to go."""
        found = self._kept.get(key)
        if found:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: Kept) -> None:
        """Keep a response, and let go of others until all fit; one too large is not kept."""
        old = self._kept.pop(key, None)
        self.size -= len(old.body) if old else 0
        if len(value.body) > self.most // 4:
            return
        self._kept[key] = value
        self.size += len(value.body)
        while self.size > self.most:
            _, gone = self._kept.popitem(last=False)
            self.size -= len(gone.body)

    def __len__(self) -> int:
        return len(self._kept)
