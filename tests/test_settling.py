"""What would settle an open question: advice that holds when it is followed."""

import re
from datetime import date

import numpy as np
import pytest

from talleyrand.inference import wording
from talleyrand.inference.shift import judge
from talleyrand.inference.synthetic import monthly, persistent_noise
from talleyrand.model import Outcome

PHI, BEFORE, MONTHS, MARGIN = 0.0, 36, 40, 1.2
LATE = np.arange(MONTHS) >= BEFORE
HALF = np.arange(24) >= 12
PROMISE = re.compile(r"About (\d+) more months? after")


def continued(rng: np.random.Generator, last: float, months: int) -> np.ndarray:
    """The noise of so many months more."""
    noise = []
    for shock in rng.standard_normal(months):
        last = PHI * last + np.sqrt(1 - PHI**2) * shock
        noise.append(last)
    return np.array(noise)


def test_the_months_promised_settle_it_four_times_in_five() -> None:
    """Seeded series that are extended as advised, the estimate taken for the truth."""
    rng = np.random.default_rng(4)
    settled = []
    for _ in range(50):
        values = persistent_noise(rng, phi=PHI, months=MONTHS)
        at = monthly(values).dates[BEFORE]
        finding = judge(monthly(values), at, margin=MARGIN)
        promise = PROMISE.match(finding.would_settle or "")
        if not promise:
            continue
        flat = values - (finding.change or 0.0) * LATE
        more = flat.mean() + (finding.change or 0.0)
        more = more + continued(rng, flat[-1] - flat.mean(), int(promise[1]))
        longer = judge(monthly(np.r_[values, more]), at, margin=MARGIN)
        settled.append(longer.outcome != Outcome.UNCLEAR)
    assert len(settled) >= 15
    assert np.mean(settled) >= 0.75


def test_a_wider_window_is_advised_where_records_there_would_settle_it() -> None:
    """Rather than to wait; the advice names the window and what it holds."""
    values = persistent_noise(np.random.default_rng(7), phi=0.0, months=78)
    whole = monthly(values)
    near = monthly(values[33:45], start=whole.dates[33])
    at = whole.dates[39]
    finding = judge(near, at, margin=0.9, wider=[("48mo", whole)])
    assert finding.outcome == Outcome.UNCLEAR
    assert "--window 48mo has 39 months before the date and 39 after" in str(finding.would_settle)
    assert judge(whole, at, margin=0.9).outcome == Outcome.STEADY


@pytest.mark.parametrize(
    ("values", "margin", "said"),
    [
        (3 * np.random.default_rng(1).standard_normal(24), 0.1, "times the margin"),
        (0.3 * np.random.default_rng(1).standard_normal(24) + 1.1 * HALF, 1.0, "close to the"),
    ],
    ids=["noise", "margin"],
)
def test_what_nothing_settles_says_which_it_is(
    values: np.ndarray, margin: float, said: str
) -> None:
    """The noise is too large, or the change too near the margin; each sentence stands alone."""
    finding = judge(monthly(values), date(2019, 1, 1), margin=margin)
    assert finding.outcome == Outcome.UNCLEAR
    assert said in str(finding.would_settle)
    assert str(finding.would_settle).startswith(
        "No number of months in reach is likely to settle it: "
    )


def test_one_is_said_in_the_singular() -> None:
    """No "1 times", no "1 months"."""
    assert wording.further(1, "month").startswith("About 1 more month after")
    assert "1 more session before" in wording.too_few(2, 5, 3, "session")[1]
