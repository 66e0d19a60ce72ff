"""Which code and data of Talleyrand's own a stored row depends on, as a short hash.

A row is made anew where this differs from what it was made with, so that nobody has to remember to
raise a version. The wordings of the codebook have a version of their own.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

# What coding a text and framing a headline depend on; a test holds it against the imports.
CODER = (
    "aim.py",
    "aim_chinese.py",
    "aim_english.py",
    "aim_russian.py",
    "aim_words.py",
    "alphabet.py",
    "attribution",
    "bounded.py",
    "codebook.py",
    "coding.py",
    "cues.py",
    "finder.py",
    "frames.py",
    "framing",
    "framing.npz",
    "framing_rows.py",
    "groups.csv",
    "heads.csv",
    "leaders.csv",
    "lookalikes.py",
    "matcher.py",
    "needles.py",
    "mentions.py",
    "model.py",
    "phrase_file.py",
    "rows.py",
    "sentence_ends.py",
    "standins.csv",
    "states.py",
    "territories.py",
)
PARSERS = ("events", "ingest.py", "pieces.py", "sources")
_LIBRARIES = ("babel", "countrycode")  # the names of states


@cache
def fingerprint(*names: str) -> str:
    """A hash of these files and folders of the package, and of the libraries of names."""
    whole = hashlib.sha256(repr([(name, version(name)) for name in _LIBRARIES]).encode())
    for name in names:
        for path, data in _contents(resources.files("talleyrand") / name, name):
            whole.update(f"{path}\x1f{len(data)}\x1f".encode() + data)
    return whole.hexdigest()[:12]


def _contents(place: Traversable, path: str) -> list[tuple[str, bytes]]:
    """The files at a place, in order of name, but for what Python compiled."""
    if place.is_file():
        return [(path, place.read_bytes())]
    parts = sorted((p for p in place.iterdir() if p.name != "__pycache__"), key=lambda p: p.name)
    return [found for part in parts for found in _contents(part, f"{path}/{part.name}")]
