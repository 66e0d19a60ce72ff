"""The answer of `talleyrand.assess`: a frozen value that shows itself in every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from talleyrand.assessment import Assessment, Headline, Judged

if TYPE_CHECKING:
    import pandas as pd

    from talleyrand.report.chart import Chart


@dataclass(frozen=True, slots=True)
class Verdict:
    """An assessment with its renderings: text, JSON, table, chart, page, notebook view.

    `names` maps ISO3 codes to the names to show (the code stands where there is none) and
    `titles` each dimension to a line that tells what it measures.
    """

    assessment: Assessment
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sender(self) -> str:
        """The ISO3 code of the state that acts."""
        return self.assessment.dyad.sender

    @property
    def target(self) -> str:
        """The ISO3 code of the state it acts towards."""
        return self.assessment.dyad.target

    @property
    def at(self) -> date:
        """The date whose before and after are compared."""
        return self.assessment.at

    @property
    def headline(self) -> Headline:
        """Position set against perception."""
        return self.assessment.headline

    @property
    def dimensions(self) -> tuple[Judged, ...]:
        """What was measured, each with its series and finding."""
        return self.assessment.judged

    def to_dict(self, *, most_evidence: int | None = None) -> dict[str, Any]:
        """The answer as plain values: the JSON contract.

        `most_evidence` keeps so many pieces a dimension, those nearest to the date.
        """
        from talleyrand.report import as_json

        return as_json.assessment_to_dict(self.assessment, most_evidence=most_evidence)

    def to_json(self, *, most_evidence: int | None = None) -> str:
        """The answer as JSON text, as `assess --json` prints it."""
        from talleyrand.report import as_json

        return as_json.dumps(self.to_dict(most_evidence=most_evidence))

    def to_text(self, *, width: int = 80, colour: bool = False, hints: Sequence[str] = ()) -> str:
        """The answer for a terminal of this width, in colour only if asked."""
        from talleyrand.report import text

        return text.render(
            self.assessment, width=width, colour=colour, names=self.names, hints=hints
        )

    def to_html(self, *, served: str = "") -> str:
        """The answer as one self-contained page; see `talleyrand.report.html.page`."""
        from talleyrand.report import html

        return html.page(self.assessment, names=self.names, titles=self.titles, served=served)

    def to_frame(self) -> pd.DataFrame:
        """One row a dimension, indexed by its name."""
        from talleyrand.report import frames

        return frames.dimensions(self.assessment)

    def series_frame(self) -> pd.DataFrame:
        """All points of all dimensions, one row a point."""
        from talleyrand.report import frames

        return frames.series(self.assessment)

    def plot(self) -> Chart:
        """All series with the date, the margins and the intervals."""
        from talleyrand.report import chart

        return chart.panels(self.assessment, self.names)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from talleyrand.report import html

        return html.notebook(self.assessment, names=self.names)
