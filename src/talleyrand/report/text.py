"""An answer for the terminal: within the width asked, in colour only when asked.

The one door to rich, which measures wide characters and wraps. All ingested text goes through
`words.plain` first, so that no title or quotation can steer the terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from talleyrand.assessment import Assessment, Judged
from talleyrand.figures import percent
from talleyrand.model import Finding, Outcome, Series
from talleyrand.report import corners, remarks, words
from talleyrand.report.spark import sparkline

# Blue, yellow and magenta stay apart for every kind of colour vision; the word always stands too.
_STYLES = {
    Outcome.SHIFT: "bold yellow",
    Outcome.STEADY: "bold blue",
    Outcome.UNCLEAR: "bold magenta",
}
_GAP = 2
_MOST_BARS = 12
_FEWEST_BARS = 3


def render(
    assessment: Assessment,
    *,
    width: int = 80,
    colour: bool = False,
    names: Mapping[str, str] | None = None,
    hints: Sequence[str] = (),
) -> str:
    """Render an assessment as lines of at most `width` cells, without a final line break.

    `names` maps ISO3 codes to the names to show; `hints` are the commands to offer next.
    """
    blocks = [
        _title(assessment, names or {}, width),
        _gap(),
        Padding(Text(words.plain(assessment.headline.text), style="bold"), (0, 0, 0, 2)),
        _sides(assessment),
        *_first(assessment),
        *_table(assessment, width),
        *_triangle(assessment, names or {}),
        *_remarks(assessment),
        _gap(),
        Padding(Text(f"{_sentence(words.provenance(assessment.casebook))}", "dim"), (0, 0, 0, 2)),
        *_hints(hints),
    ]
    return lines(blocks, width, colour)


def render_finding(
    finding: Finding,
    series: Series | None = None,
    *,
    title: str = "series",
    at: date | None = None,
    unit: str = "",
    width: int = 80,
    colour: bool = False,
    hints: Sequence[str] = (),
) -> str:
    """Render what was found in one series of the user's own, with or without a date.

    `unit` is that of the change, where the series does not carry one.
    """
    unit = unit or (series.unit if series else "")
    heading = words.plain(title) + (f" around {words.long_date(at)}" if at else "")
    counts = f"{finding.n_before} before, {finding.n_after} after" if at else ""
    blocks: list[RenderableType] = [
        _ends(heading, counts, width),
        _gap(),
        Padding(Text(words.verdict_words(finding), _STYLES[finding.outcome]), (0, 0, 0, 2)),
        Padding(Text(words.plain(finding.reason)), (0, 0, 0, 2)),
        _gap(),
        _figures(finding, series, at, unit, width),
        *_breaks(finding, unit, at),
        *_hints(hints),
    ]
    return lines(blocks, width, colour)


def _title(assessment: Assessment, names: Mapping[str, str], width: int) -> RenderableType:
    left = f"{words.parties(assessment, names)} around {words.long_date(assessment.at)}"
    months = assessment.window_months
    return _ends(left, f"{words.plural(months, 'month')} before, {months} after", width)


def _ends(left: str, right: str, width: int) -> Text:
    """One line with a text at either end, or two lines where they do not fit on one."""
    room = width - cell_len(left) - cell_len(right)
    between = " " * room if room >= _GAP else "\n"
    title = Text().append(left, "bold")
    return title.append(between + right, "dim") if right else title


def _sides(assessment: Assessment) -> RenderableType:
    grid = Table.grid(padding=(0, _GAP))
    for side, outcome in (
        ("position", assessment.headline.position),
        ("perception", assessment.headline.perception),
    ):
        told = words.side_words(assessment, "position" if side == "position" else "perception")
        grid.add_row(side, Text(outcome.value, _STYLES[outcome]), told)
    return Padding(grid, (0, 0, 0, 2))


def _first(assessment: Assessment) -> list[RenderableType]:
    order = assessment.headline.order
    return [_gap(), Padding(Text(words.plain(order.text)), (0, 0, 0, 2))] if order else []


def _table(assessment: Assessment, width: int) -> list[RenderableType]:
    measured = [one for one in assessment.judged if one.measurable]
    if not measured:
        return []
    rows = [_row(one, assessment.at) for one in measured]
    each_side = _bars_that_fit(rows, width)
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("dimension", overflow="fold")
    if each_side:
        table.add_column("series", no_wrap=True)
    for header in ("change", "interval", "margin"):
        table.add_column(header, justify="right", overflow="fold")
    table.add_column("verdict", overflow="fold")
    for one, (name, change, interval, margin, verdict) in zip(measured, rows, strict=True):
        drawn = [_spark(one, assessment, each_side)] if each_side else []
        table.add_row(
            name, *drawn, change, interval, margin, Text(verdict, _STYLES[one.finding.outcome])
        )
    return [_gap(), Padding(table, (0, 0, 0, 2))]


def _triangle(assessment: Assessment, names: Mapping[str, str]) -> list[RenderableType]:
    found = corners.rows(assessment, names)
    if not found:
        return []
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(corners.TITLE.lower(), overflow="fold")
    for _, title in corners.MEASURES:
        table.add_column(title, overflow="fold")
    for row in found:
        table.add_row(*row)
    return [_gap(), Padding(table, (0, 0, 0, 2))]


def _row(judged: Judged, at: date) -> tuple[str, str, str, str, str]:
    finding = judged.finding
    scale = words.scale_of(finding, judged.unit)
    return (
        words.plain(judged.name),
        scale.signed(finding.change),
        scale.interval(finding.interval) or "no estimate",
        scale.unsigned(finding.margin),
        remarks.row_verdict(finding, at),
    )


def _bars_that_fit(rows: Iterable[tuple[str, ...]], width: int) -> int:
    """How many bars a side the other columns leave room for; none if too few to be read."""
    headers = ("dimension", "change", "interval", "margin", "verdict")
    columns = zip(*(headers, *rows), strict=True)
    taken = 2 + sum(max(map(cell_len, column)) + _GAP for column in columns)
    room = (width - taken - _GAP - 1) // 2
    return min(room, _MOST_BARS) if room >= _FEWEST_BARS else 0


def _spark(judged: Judged, assessment: Assessment, each_side: int) -> str:
    months, left_out = assessment.window_months, judged.finding.left_out
    return sparkline(judged.series, assessment.at, months, each_side, left_out)


def _remarks(assessment: Assessment) -> list[RenderableType]:
    """A paragraph a dimension, then what holds for several, the most important first."""
    paragraphs = [
        (words.plain(one.name), _paragraph(one, assessment.at))
        for one in assessment.judged
        if one.measurable
    ]
    paragraphs += remarks.unmeasured_words(assessment)
    if not paragraphs:
        return []
    said: list[tuple[str, str | None]] = [
        ("date", remarks.left_out_words(assessment)),
        ("sources", remarks.caveat_words(assessment)),
        *(("note", note) for note in remarks.notes(assessment)),
        *(
            (words.plain(one.name), words.plain(one.series.note))
            for one in assessment.judged
            if one.measurable
        ),
        ("other margins", remarks.margin_changes(assessment)),
        ("units", remarks.units_words(assessment)),
        ("rule", words.plain(assessment.headline.rule)),
        ("who moved closer", corners.NOTE if corners.rows(assessment, {}) else None),
    ]
    told = [_hanging(f"{name}: ", text) for name, text in said if text]
    return [_gap(), *(_hanging(f"{name}: ", text) for name, text in paragraphs), _gap(), *told]


def _paragraph(judged: Judged, at: date) -> str:
    """How much stands behind a row, how likely a change is, and what else must be known of it."""
    finding = judged.finding
    parts = [remarks.span_words(judged)]
    if finding.p_shift is not None:
        parts[0] += f"; {percent(finding.p_shift)} beyond the margin"
    parts[0] = _sentence(parts[0])
    told = (
        remarks.trend_words(finding),
        remarks.moved_words(judged, at),
        words.second_words(judged),
    )
    parts += [_capital(sentence) for sentence in told if sentence]
    return " ".join([*parts, remarks.settle_words(finding) or ""]).rstrip()


def _hanging(label: str, text: str) -> RenderableType:
    """A label and a text, set in by two cells."""
    grid = Table.grid()
    grid.add_column(width=2)
    grid.add_column(overflow="fold")
    grid.add_row("", Text().append(label, "bold").append(text))
    return grid


def _figures(
    finding: Finding, series: Series | None, at: date | None, unit: str, width: int
) -> RenderableType:
    scale = words.scale_of(finding, unit)
    unit = f" {words.plain(unit)}" if unit and not scale.logs else ""
    grid = Table.grid(padding=(0, _GAP))
    if series is not None:
        each_side = max(_FEWEST_BARS, min(24, (width - 24) // 2))
        grid.add_row("series", sparkline(series, at, None, each_side, finding.left_out))
    interval = f"  (95 %: {scale.interval(finding.interval)})" if finding.interval else ""
    grid.add_row("change", f"{scale.signed(finding.change)}{unit}{interval}")
    grid.add_row("margin", f"{scale.unsigned(finding.margin)}{unit}{_other_margins(finding)}")
    if finding.p_shift is not None:
        shift, steady = percent(finding.p_shift), percent(finding.p_steady)
        grid.add_row("chance", f"{shift} that it moved by more than the margin, {steady} by less")
    if finding.outcome is Outcome.UNCLEAR and finding.would_settle:
        grid.add_row("settle", words.plain(finding.would_settle))
    return Padding(grid, (0, 0, 0, 2))


def _other_margins(finding: Finding) -> str:
    tried = (("half", finding.at_half_margin), ("double", finding.at_double_margin))
    told = [f"{outcome.value} at {name}" for name, outcome in tried if outcome]
    return f"  ({', '.join(told)})" if told else ""


def _breaks(finding: Finding, unit: str, at: date | None) -> list[RenderableType]:
    likely = [b for b in finding.breaks if b.probability >= remarks.LIKELY]
    ranked = sorted(likely, key=lambda b: -b.probability)[: 1 if at else 5]
    if not ranked:
        return []
    scale = words.scale_of(finding, unit)
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("most probable change" if at else "moved around", overflow="fold")
    table.add_column("probability", justify="right")
    table.add_column("change", justify="right")
    known = any(one.interval for one in ranked)
    if known:
        table.add_column("with 95 % between")
    for one in ranked:
        told = (words.short_date(one.date), percent(one.probability), scale.signed(one.change))
        table.add_row(*told, *([words.between(one.interval)] if known else []))
    return [_gap(), Padding(table, (0, 0, 0, 2))]


def _hints(hints: Sequence[str]) -> list[RenderableType]:
    return [_hanging("Next: ", words.plain(hint)) for hint in hints]


def _sentence(text: str) -> str:
    return f"{_capital(text)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gap() -> Text:
    return Text("")


def lines(blocks: Sequence[RenderableType], width: int, colour: bool) -> str:
    """Print to a string, whatever the terminal and environment of the caller."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as captured:
        for block in blocks:
            console.print(block)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).rstrip("\n")
