"""An invented assessment: no figure, date, address or quotation in it is real."""

from __future__ import annotations

import math
from datetime import date

from talleyrand.assessment import Assessment, Headline, Judged
from talleyrand.model import Break, Casebook, Dyad, Evidence, Finding, Outcome, Series

NAMES = {"CHN": "China", "RUS": "Russia"}
AT = date(2022, 9, 15)


def assessment() -> Assessment:
    """Six dimensions: steady, unclear with three points, shifted, yearly, empty, perception."""
    return Assessment(
        dyad=Dyad("CHN", "RUS"),
        at=AT,
        window_months=12,
        headline=Headline(
            Outcome.STEADY,
            Outcome.SHIFT,
            "The reading changed, not the position.",
            "Most of the judged dimensions decide a side.",
        ),
        judged=(_words(), _contacts(), _trade(), _votes(), _opinion(), _coverage()),
        casebook=Casebook("casebook", date(2026, 1, 31)),
        version="0.1.0",
        notes=("Invented figures: a sample for tests.",),
    )


def hostile() -> Assessment:
    """The same answer with text that tries to steer a page or a terminal."""
    bad = (
        '<script>alert("x")</script><img src=x onerror=alert(1)>\x1b[31mred\x1b]0;title\x07'
        "\u202egnp.exe\u2066 \ud83d lone\x9b2J {{ 7*7 }} </style></svg>"
    )
    evidence = (
        Evidence("bad-1", "javascript:alert(1)", AT, quote=bad),
        Evidence("bad-2", 'https://example.org/"><script>alert(2)</script>', AT, value=math.nan),
        Evidence(bad, "data:text/html,<script>1</script>", AT, quote=bad),
        Evidence("bad-4", "https://\x1b[31mexample.org", AT, quote="plain"),
    )
    finding = Finding(
        Outcome.UNCLEAR, None, math.nan, (-math.inf, math.inf), 0.5, math.nan, None, 1, 1, bad, bad
    )
    series = Series(
        (date(2022, 3, 1), date(2022, 4, 1), date(2022, 10, 1)),
        (0.1, math.nan, 0.4),
        (1, math.nan, 3),
        (None, math.inf, 0.1),
        "month",
        bad,
        evidence,
        bad,
    )
    base = assessment()
    return Assessment(
        base.dyad,
        AT,
        12,
        Headline(Outcome.UNCLEAR, Outcome.UNCLEAR, bad),
        (Judged(bad, "position", bad, series, finding), _coverage()),
        Casebook("store", date(2026, 1, 31), bad),
        bad,
        (bad,),
    )


def empty() -> Assessment:
    """No dimension could be measured at all."""
    return Assessment(
        Dyad("FSM", "TUV"),
        date(1999, 1, 1),
        6,
        Headline(Outcome.UNCLEAR, Outcome.UNCLEAR, "The evidence can't tell."),
        (),
        Casebook("casebook", date(2026, 1, 31)),
        "0.1.0",
    )


def monthly(start: date, values: list[float]) -> list[tuple[date, float]]:
    """Pair values with the firsts of consecutive months; NaN leaves its month out."""
    first = start.year * 12 + start.month - 1
    days = [date((first + i) // 12, (first + i) % 12 + 1, 1) for i in range(len(values))]
    return [(day, value) for day, value in zip(days, values, strict=True) if value == value]


def wave(base: float, size: float, count: int) -> list[float]:
    """A level with an irregular but repeatable ripple."""
    return [base + size * math.sin(i * 2.4) * math.cos(i * 0.7 + base) for i in range(count)]


def _series(
    rows: list[tuple[date, float]], n: list[float], se: float | None, unit: str, note: str = ""
) -> Series:
    return Series(
        tuple(day for day, _ in rows),
        tuple(value for _, value in rows),
        tuple(n[i % len(n)] for i in range(len(rows))),
        tuple(None if se is None else se / math.sqrt(n[i % len(n)]) for i in range(len(rows))),
        "month",
        unit,
        _evidence(rows),
        note,
    )


def _evidence(rows: list[tuple[date, float]]) -> tuple[Evidence, ...]:
    quotes = (
        "（虚构样本）双方将继续在涉及彼此核心利益的问题上相互坚定支持，推动两国各领域务实合作"
        "不断取得新成果，为两国人民带来更多实实在在的利益，这一段文字纯属为测试换行而写。",
        "(Вымышленный образец.) Стороны подтвердили намерение углублять взаимодействие на всех"
        " направлениях и продолжать регулярные консультации на уровне министров и экспертов.",
        "(Invented sample.) The two sides said that they would go on as before.",
        None,
    )
    return tuple(
        Evidence(
            f"sample-{i:03d}",
            f"https://example.org/invented/{day.isoformat()}/{i}",
            day,
            value=value,
            quote=quotes[i % 4],
        )
        for i, (day, value) in enumerate(rows)
    )


def _words() -> Judged:
    rows = monthly(date(2021, 3, 1), wave(0.42, 0.16, 36))
    series = _series(rows, [3, 8, 1, 5], 0.3, "log-odds", "Read-outs and press conferences only.")
    finding = Finding(
        Outcome.STEADY, None, -0.04, (-0.19, 0.11), 0.25, 0.004, 0.991, 12, 12,
        "The change is within the margin with a probability of 99 %.",
        None, (Break(date(2022, 3, 1), 0.913, -0.21), Break(date(2022, 9, 1), 0.03, -0.02)),
        Outcome.UNCLEAR, Outcome.STEADY, Break(date(2022, 3, 1), 0.913, -0.21),
        (date(2022, 9, 1),), 0.04,
    )  # fmt: skip
    return Judged("words", "position", "log-odds", series, finding)


def _contacts() -> Judged:
    rows = [(date(2022, 2, 4), 2.0), (date(2022, 6, 15), 1.0), (date(2022, 12, 30), 2.4)]
    series = Series(
        tuple(day for day, _ in rows), tuple(value for _, value in rows), (1, 1, 1),
        (None, None, None), "document", "meetings a month", _evidence(rows),
    )  # fmt: skip
    finding = Finding(
        Outcome.UNCLEAR, None, 0.3, (-0.6, 1.1), 0.5, 0.31, 0.66, 2, 1,
        "Three meetings are too few to tell a change from chance.",
        "3 more months like these would settle it.", (), Outcome.UNCLEAR, Outcome.UNCLEAR,
    )  # fmt: skip
    return Judged("contacts", "position", "meetings a month", series, finding)


def _trade() -> Judged:
    values = [1.1e10 + 2e8 * i + 4e8 * math.sin(i * 1.9) for i in range(32)]
    values[11] = values[12] = math.nan
    rows = monthly(date(2021, 5, 1), values)
    series = _series(rows, [1], None, "USD a month", "January and February come as one figure.")
    finding = Finding(
        Outcome.SHIFT, "closer", 2.6e9, (1.4e9, 3.9e9), 1.25e9, 0.982, 0.018, 11, 12,
        "Trade rose by more than the margin.", None, (Break(date(2022, 9, 1), 0.41, 2.4e9),),
        Outcome.SHIFT, Outcome.UNCLEAR,
    )  # fmt: skip
    return Judged("trade", "position", "USD a month", series, finding)


def _votes() -> Judged:
    days = tuple(date(year, 9, 1) for year in range(2010, 2025))
    values = tuple(0.71 + 0.03 * math.sin(i * 1.7) for i in range(15))
    evidence = tuple(
        Evidence(f"rcid-{i}", "https://example.org/votes", day, value=value)
        for i, (day, value) in enumerate(zip(days, values, strict=True))
    )
    series = Series(
        days, values, tuple(60 + 3 * i for i in range(15)), (0.015,) * 15, "year",
        "agreement beyond chance", evidence,
    )  # fmt: skip
    finding = Finding(
        Outcome.STEADY, None, 0.011, (-0.017, 0.038), 0.05, 0.01, 0.99, 8, 7,
        "Agreement beyond chance stayed within the margin.", None, (), Outcome.STEADY,
        Outcome.STEADY,
    )  # fmt: skip
    return Judged("votes", "position", "agreement beyond chance", series, finding)


def _opinion() -> Judged:
    series = Series((), (), (), (), "year", "% favourable", (), "")
    finding = Finding(
        Outcome.UNCLEAR, None, None, None, 5.0, None, None, 0, 0,
        "No survey covers this pair of states.",
        "One survey wave before the date and one after it.",
    )  # fmt: skip
    return Judged("opinion", "position", "% favourable", series, finding)


def _coverage() -> Judged:
    before, after = wave(0.1, 0.2, 18), wave(-0.52, 0.15, 18)
    rows = monthly(date(2021, 4, 1), before + after)
    series = _series(rows, [40, 9, 120, 22], 0.7, "tone", "A fixed panel of 5 outlets.")
    finding = Finding(
        Outcome.SHIFT, "further", -0.61, (-0.83, -0.38), 0.2, 0.9996, 0.0003, 12, 12,
        "Reports turned colder by more than the margin.", None,
        (Break(date(2022, 10, 1), 0.88, -0.6),), Outcome.SHIFT, Outcome.SHIFT,
    )  # fmt: skip
    why = "15 in 100 headlines turned from neutral"
    caveats = ("headlines begins 2022-01-05",)
    return Judged("coverage", "perception", "tone", series, finding, None, why, caveats)
