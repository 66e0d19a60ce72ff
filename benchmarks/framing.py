"""How well framing is coded, beside simpler coders, on sentences of news and on headlines.

    python benchmarks/framing.py ../shared/data

On directed_sentiment (Park, Pan and Joo 2021): macro-F1 over its five classes and over warming,
cooling, neither, on all test sentences and on those that do not stand in the training part too. On
benchmarks/headlines: three and five classes against labels on which both labellings agree, with
95 % intervals (bootstrap over headlines). Competitors: the majority, VADER, TF-IDF with logistic
regression, the phrases alone. They need `pip install scikit-learn vaderSentiment`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talleyrand import frames, framing_build, framing_rows, states
from talleyrand.framing import corpus
from talleyrand.framing.coder import coder, labels
from talleyrand.framing.network import HEADLINES, SENTENCES
from talleyrand.model import Report

Labels = NDArray[np.int64]
POLE = np.array([0, 1, 1, 2, 2])  # neutral, warming, cooling
_NAMES = ("neutral", "warming", "cooling")
_FRAMES = {"neutral": 0, "warming": 1, "cooling": 2}
_TONE_ONLY = ("VADER", "phrases")
_HERE = Path(__file__).parent / "headlines"


def main() -> None:
    """Print the tables."""
    data = Path(sys.argv[1])
    sentences(data / "benchmarks" / "directed_sentiment" / "dataset")
    found = list(labelled(data / "coverage"))
    for language in ("en", "ru", "zh"):
        headlines([one for one in found if one["language"] == language], language)


# --- directed_sentiment --------------------------------------------------------------------


def sentences(folder: Path) -> None:
    test = corpus.read(folder / "test.txt")
    official = corpus.read(folder / "train.txt")
    taught = {s.raw for s in official}
    train = corpus.read(folder / "train.txt", {s.raw for s in test})
    fresh = np.array([s.raw not in taught for s in test])
    true = np.array([s.label for s in test])
    raw, read = [s.raw for s in test], [s.read for s in test]
    coded = {
        "majority": np.zeros(len(test), int),
        "VADER": vader(raw),
        "TF-IDF, logistic": tfidf(train, raw),
        "the same, taught the official part": tfidf(official, raw),
        "phrases": phrases(raw),
        "trained, as for sentences": labels(coder().chances(read, SENTENCES)),
        "trained, as for headlines": labels(coder().chances(read, HEADLINES)),
    }
    print(f"{len(test)} test sentences, {(~fresh).sum()} of them in the training part too\n")
    print("| coder | five, unseen | three, unseen | five, all | three, all | by class, unseen |")
    print("|---|---|---|---|---|---|")
    for name, found in coded.items():
        cells = []
        for of in (fresh, np.ones_like(fresh)):
            five, three = both(name, true[of], found[of])
            cells += ["" if five is None else f"{five.mean():.3f}", f"{three.mean():.3f}"]
        five, three = both(name, true[fresh], found[fresh])
        by_class = " ".join(f"{v:.2f}" for v in (three if five is None else five))
        print(f"| {name} | {' | '.join(cells)} | {by_class} |", flush=True)
    speed(read)


def both(name: str, true: Labels, found: Labels) -> tuple[Any, NDArray[np.float64]]:
    """F1 by class of five and of three; a coder of tone only has none of five."""
    if name in _TONE_ONLY:
        return None, f1(POLE[true], found, 3)
    return f1(true, found, 5), f1(POLE[true], POLE[found], 3)


def f1(true: Labels, coded: Labels, classes: int) -> NDArray[np.float64]:
    """F1 of each class."""
    hits = [((true == k) & (coded == k)).sum() for k in range(classes)]
    either = [(true == k).sum() + (coded == k).sum() for k in range(classes)]
    return np.array([2 * h / max(1, e) for h, e in zip(hits, either, strict=True)])


def vader(texts: Sequence[str]) -> Labels:
    """VADER's tone at its usual thresholds, as 0, 1, 2."""
    from vaderSentiment import vaderSentiment

    analyser = vaderSentiment.SentimentIntensityAnalyzer()
    scores = [analyser.polarity_scores(text)["compound"] for text in texts]
    return np.array([1 if s >= 0.05 else 2 if s <= -0.05 else 0 for s in scores])


def phrases(texts: Sequence[str]) -> Labels:
    """What the phrases alone say between the two marked, as 0, 1, 2."""
    found = []
    for text in texts:
        marks = list(corpus._MARK.finditer(text))[:2]
        named = [(m.start(), m.end(), who) for m, who in zip(marks, "PQ", strict=True)]
        found.append(frames.frame(text, "", named).between("P", "Q") % 3)
    return np.array(found)


def tfidf(train: Sequence[corpus.Labelled], texts: Sequence[str]) -> Labels:
    """Words and pairs of words weighted by TF-IDF, balanced logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    known = words.fit_transform([s.raw for s in train])
    model: Any = LogisticRegression(C=10, class_weight="balanced", max_iter=60)
    model.fit(known, [s.label for s in train])
    return np.asarray(model.predict(words.transform(texts)))


def speed(read: Sequence[Any]) -> None:
    """Sentences a second of processor time, tokens made before."""
    many = list(read) * 4
    coder().chances(many[:500])
    start = time.process_time()
    coder().chances(many)
    print(f"\n{len(many) / (time.process_time() - start):,.0f} sentences a second, scoring alone")


# --- headlines -----------------------------------------------------------------------------


def labelled(folder: Path) -> Iterator[dict[str, Any]]:
    """The headlines of the gold set, each with its report and both its labels."""
    sides = [read_labels(_HERE / f"{side}.jsonl") for side in "ab"]
    for name, report in framing_build.reports(folder):
        if name in sides[0]:
            one, other = (side.pop(name) for side in sides)
            yield {"report": report, "language": report.language, "one": one, "other": other}


def read_labels(path: Path) -> dict[str, dict[str, Any]]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return {row["id"]: row for row in rows}


def headlines(found: list[dict[str, Any]], language: str) -> None:
    same = [h for h in found if h["one"]["frame"] == h["other"]["frame"]]
    true = np.array([_FRAMES[h["one"]["frame"]] for h in same])
    reports = [h["report"] for h in same]
    pairs = [(h["one"]["p"], h["one"]["q"]) for h in same]
    judged, seconds = timed([h["report"] for h in found])
    keep = [k for k, h in enumerate(found) if h["one"]["frame"] == h["other"]["frame"]]
    trained = [
        judged[k].tones.get("-".join(sorted(p)), 0) for k, p in zip(keep, pairs, strict=True)
    ]
    coded = {
        "majority": np.full(len(true), np.bincount(true, minlength=3).argmax()),
        "VADER": vader([r.title for r in reports])
        if language == "en"
        else np.zeros(len(true), int),
        "phrases, title": by_phrases(reports, pairs, lead=False),
        "phrases, title and lead": by_phrases(reports, pairs, lead=True),
        "as stored": np.array(trained) % 3,
    }
    print(f"\n{language}: {len(found)} headlines, {len(same)} on whose frame both agree")
    print(f"({1 / seconds:,.0f} headlines a second with states, phrases and networks)\n")
    print("| coder | macro-F1 | interval | " + " | ".join(_NAMES) + " |\n|---|---|---|---|---|---|")
    for name, codes in coded.items():
        by_class = f1(true, codes, 3)
        low, high = interval(true, codes)
        cells = " | ".join(f"{v:.2f}" for v in by_class)
        print(f"| {name} | {by_class.mean():.2f} | {low:.2f} to {high:.2f} | {cells} |")
    errors(true, coded["as stored"])
    if language == "en":
        directions(same, [judged[k] for k in keep])
        gap = difference(true, coded["as stored"], coded["phrases, title and lead"])
        print("\nless the phrases: {:+.2f} ({:+.2f} to {:+.2f})".format(*gap))


def timed(reports: list[Report]) -> tuple[list[framing_rows.Judged], float]:
    """How each is judged, and processor seconds a report."""
    framing_rows.judged([framing_rows.read(one) for one in reports[:20]])
    start = time.process_time()
    judged = framing_rows.judged([framing_rows.read(one) for one in reports])
    return judged, (time.process_time() - start) / max(1, len(reports))


def by_phrases(reports: list[Report], pairs: list[tuple[str, str]], *, lead: bool) -> Labels:
    found = []
    for report, pair in zip(reports, pairs, strict=True):
        rest = report.lead if lead else ""
        named = states.mentions(f"{report.title}\n{rest}", report.language, report.published.date())
        framing = frames.frame(report.title, rest, [(m.start, m.end, m.iso3) for m in named])
        found.append(framing.between(*pair) % 3)
    return np.array(found)


def interval(true: Labels, coded: Labels) -> tuple[float, float]:
    """95 % interval of macro-F1."""
    low, high = np.percentile(
        [f1(true[k], coded[k], 3).mean() for k in draws(len(true))], (2.5, 97.5)
    )
    return float(low), float(high)


def difference(true: Labels, one: Labels, other: Labels) -> tuple[float, float, float]:
    """Macro-F1 of one coder less another's, with its 95 % interval."""
    gaps = [(f1(true[k], one[k], 3) - f1(true[k], other[k], 3)).mean() for k in draws(len(true))]
    low, high = np.percentile(gaps, (2.5, 97.5))
    return float((f1(true, one, 3) - f1(true, other, 3)).mean()), float(low), float(high)


def draws(size: int) -> NDArray[np.int64]:
    return np.random.default_rng(1).integers(0, size, (1000, size))


def errors(true: Labels, coded: Labels) -> None:
    """The confusion: rows what is true, columns what is coded."""
    print("\n| true | " + " | ".join(_NAMES) + " |\n|---|---|---|---|")
    for k, name in enumerate(_NAMES):
        counts = [((true == k) & (coded == j)).sum() for j in range(3)]
        print(f"| {name} | " + " | ".join(map(str, counts)) + " |")


def directions(same: list[dict[str, Any]], judged: list[framing_rows.Judged]) -> None:
    """Five classes, where both labels agree on who acts too."""
    true, coded = [], []
    for one, found in zip(same, judged, strict=True):
        if one["one"]["label"] == one["other"]["label"]:
            p, q = one["one"]["p"], one["one"]["q"]
            acts = (f"{p}>{q}+", f"{q}>{p}+", f"{p}>{q}-", f"{q}>{p}-")
            said = [k + 1 for k, act in enumerate(acts) if act in found.acts]
            true.append(one["one"]["label"])
            coded.append(said[0] if said else 0)
    by_class = f1(np.array(true), np.array(coded), 5)
    cells = " ".join(f"{v:.2f}" for v in by_class)
    print(f"\nfive classes, {len(true)} headlines: {by_class.mean():.2f} ({cells})")


if __name__ == "__main__":
    main()
