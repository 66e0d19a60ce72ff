"""How well the framing coder of headlines tells warming from cooling, and what that does to change.

    python benchmarks/framing.py ../shared/data

On the public test set of directed sentiment (Park, Pan and Joo 2021), collapsed to the tone between
the two named: warming, cooling, neither. Prints the confusion, macro-F1, and the slope of coded on
true tone: what a true change of one shows as. `coverage` divides by that slope.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from talleyrand.frames import frame

_TRUE = {"0": 0, "1": 1, "2": 1, "3": -1, "4": -1}
_MARK = re.compile(r"\[([^\]]*)\]")


def main() -> None:
    """Print confusion, macro-F1 and slope."""
    folder = Path(sys.argv[1]) / "benchmarks" / "directed_sentiment" / "dataset"
    pairs = [pair for part in ("valid", "test") for pair in read(folder / f"{part}.txt")]
    true, coded = (np.array(side) for side in zip(*pairs, strict=True))
    counts = Counter(pairs)
    print("| true | coded warming | neither | cooling |\n|---|---|---|---|")
    for tone, name in ((1, "warming"), (0, "neither"), (-1, "cooling")):
        print(f"| {name} | " + " | ".join(str(counts[tone, c]) for c in (1, 0, -1)) + " |")
    scores = [_f1(true == tone, coded == tone) for tone in (1, 0, -1)]
    slope = np.cov(coded, true)[0, 1] / true.var(ddof=1)
    print(f"\n{len(pairs)} sentences: macro-F1 {np.mean(scores):.2f}, slope {slope:.2f}")


def read(path: Path) -> Iterator[tuple[int, int]]:
    """True and coded tone of every sentence with two marked parties."""
    for line in path.read_text("utf-8").splitlines():
        sentence, *_, label = line.split("\t")
        marks = list(_MARK.finditer(sentence))
        if label in _TRUE and len(marks) >= 2:
            named = [(m.start(), m.end(), who) for m, who in zip(marks, "PQ", strict=False)]
            yield _TRUE[label], frame(sentence, "", named).between("P", "Q")


def _f1(true: np.ndarray, coded: np.ndarray) -> float:
    return float(2 * (true & coded).sum() / max(1, true.sum() + coded.sum()))


if __name__ == "__main__":
    main()
