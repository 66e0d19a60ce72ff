"""Latent semantic scaling: the polarity of words from a few seed words and no labels.

Watanabe, K. 2020. Latent Semantic Scaling: A Semisupervised Text Analysis Technique for New
Domains and Languages. Communication Methods and Measures 15(2):81-102; R package LSX. Words that
stand in the same sentences get like vectors (a truncated singular value decomposition of the
sentence-word counts); a word's polarity is its mean cosine similarity to the seeds of one pole
less that to the seeds of the other; a text's score is the mean polarity of its words.

Word vectors are scaled by the singular values, as in latent semantic analysis (Deerwester and
others 1990); LSX takes the bare singular vectors. Nothing is drawn at random: the decomposition
starts from a fixed vector, and the order of the words is alphabetical.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Sentences = Sequence[Sequence[str]]

DIMENSIONS = 100  # of a word's vector; LSX takes 300, which changed little and took four times
RARE = 10  # a word in fewer sentences gets no polarity
RARE_SMALL = 5  # the same, where there are few sentences
SMALL = 20_000
COMMON = 0.2  # a word in a larger share of the sentences is grammar, unless it is a seed
FEWEST_WORDS = 3  # a sentence with fewer words of known polarity gets no score
FEWEST_SEEDS = 5  # of either pole that must be known


@dataclass(frozen=True, slots=True)
class Polarity:
    """Words and their polarity, standardised so that sentences have mean 0 and deviation 1.

    `seeds` counts the seeds of the warm and of the hostile pole that were found.
    """

    words: dict[str, int]
    values: Floats
    centre: float
    spread: float
    seeds: tuple[int, int]


def fit(
    sentences: Sentences, warm: Iterable[str], hostile: Iterable[str], dimensions: int = DIMENSIONS
) -> Polarity | None:
    """Learn the polarity of every word that is neither rare nor grammar.

    Gives None where fewer than FEWEST_SEEDS of either pole occur often enough.
    """
    poles = (list(dict.fromkeys(warm)), list(dict.fromkeys(hostile)))
    words = vocabulary(sentences, keep=frozenset(poles[0] + poles[1]))
    known = [[words[seed] for seed in pole if seed in words] for pole in poles]
    if min(map(len, known)) < FEWEST_SEEDS:
        return None
    counted = counts(sentences, words)
    values = polarity(counted, known[0], known[1], dimensions)
    scored = mean_polarity(counted, values)
    scored = scored[~np.isnan(scored)]
    spread = float(scored.std()) or 1.0
    centre = float(scored.mean())
    return Polarity(words, values, centre, spread, (len(known[0]), len(known[1])))


def scores(sentences: Sentences, polarity: Polarity) -> Floats:
    """The standardised score of each sentence; NaN where too few of its words are known."""
    found = mean_polarity(counts(sentences, polarity.words), polarity.values)
    return np.asarray((found - polarity.centre) / polarity.spread)


def vocabulary(sentences: Sentences, keep: frozenset[str]) -> dict[str, int]:
    """The words to scale, numbered in alphabetical order."""
    within = Counter[str]()
    for sentence in sentences:
        within.update(set(sentence))
    rare = RARE if len(sentences) >= SMALL else RARE_SMALL
    common = COMMON * len(sentences)
    chosen = (w for w, n in within.items() if n >= rare and (n <= common or w in keep))
    return {word: number for number, word in enumerate(sorted(chosen))}


def counts(sentences: Sentences, words: dict[str, int]) -> csr_array:
    """How often each sentence (row) has each word (column); unknown words are left out."""
    rows: list[int] = []
    columns: list[int] = []
    for row, sentence in enumerate(sentences):
        found = [words[word] for word in sentence if word in words]
        columns += found
        rows += [row] * len(found)
    ones = np.ones(len(rows))
    shape = (len(sentences), len(words))
    return csr_array((ones, (rows, columns)), shape=shape)


def polarity(
    counted: csr_array, warm: Sequence[int], hostile: Sequence[int], dimensions: int
) -> Floats:
    """Each word's mean cosine similarity to the warm seeds less that to the hostile ones."""
    vectors = word_vectors(counted, dimensions)
    towards = vectors @ vectors[list(warm)].mean(axis=0)
    against = vectors @ vectors[list(hostile)].mean(axis=0)
    return np.asarray(towards - against)


def word_vectors(counted: csr_array, dimensions: int) -> Floats:
    """Word vectors of length one, words by dimensions (at most one fewer than either side)."""
    from scipy.sparse.linalg import svds

    rank = min(dimensions, min(counted.shape) - 1)
    start = np.ones(min(counted.shape))
    _, sizes, words = svds(
        counted,
        k=rank,
        v0=start,
        tol=1e-4,
        return_singular_vectors="vh",  # type: ignore[arg-type]  # the stubs lack it
    )
    vectors = np.asarray(words).T * np.asarray(sizes)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12))


def mean_polarity(counted: csr_array, values: Floats) -> Floats:
    """The mean polarity of each row's words, weighted by how often they occur."""
    known = np.asarray(counted.sum(axis=1)).ravel()
    total = np.asarray(counted @ values)
    return np.where(known >= FEWEST_WORDS, total / np.maximum(known, 1.0), np.nan)
