"""The measurements of docs/validity.md: the competitors are right, and the page can be made."""

import sys
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import stdtrit

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import competitors
import judgement
import judgement_page
import plots
import sensitivity
import settling
import talleyrand
import throughput
import validity
from samples import WORLDS, Sample, scale

SAMPLE = scale(60, 36)(np.random.default_rng(4), 0.5, 0.7, 5)
COUNTS = WORLDS[0].draw(np.random.default_rng(4), 0.5, 0.4, 5)


def least_squares(sample: Sample, one: int) -> sm.OLS:
    return sm.OLS(sample.values[:, one], sm.add_constant(sample.after))


def test_newey_west_is_that_of_statsmodels() -> None:
    """Estimate and half-width, with the small-sample correction."""
    estimate, wide, _ = competitors.hac(SAMPLE)
    for one in range(5):
        fit = least_squares(SAMPLE, one).fit(
            cov_type="HAC", cov_kwds={"maxlags": 12, "use_correction": True}
        )
        assert estimate[one] == pytest.approx(fit.params[1])
        assert wide[one] == pytest.approx(stdtrit(58, 0.975) * fit.bse[1])


def test_quasi_poisson_is_that_of_statsmodels() -> None:
    """The log ratio and its standard error with Pearson's dispersion."""
    found = competitors.quasi_poisson(COUNTS)
    assert found is not None
    assert COUNTS.counts is not None
    family = sm.families.Poisson()
    for one in range(5):
        model = sm.GLM(COUNTS.counts[:, one], sm.add_constant(COUNTS.after), family=family)
        fit = model.fit(scale="X2")
        assert found[0][one] == pytest.approx(fit.params[1])
        assert found[1][one] == pytest.approx(stdtrit(70, 0.975) * fit.bse[1], rel=1e-5)


def test_prais_winsten_is_least_squares_with_the_estimated_covariance() -> None:
    """With the rho it ends at, the estimate and its error are those of statsmodels' GLS."""
    estimate, error, rho, _ = competitors.feasible(SAMPLE.values, SAMPLE.after)
    gaps = np.abs(SAMPLE.months[:, None] - SAMPLE.months[None, :])
    for one in range(5):
        model = sm.GLS(SAMPLE.values[:, one], sm.add_constant(SAMPLE.after), rho[one] ** gaps)
        fit = model.fit()
        assert estimate[one] == pytest.approx(fit.params[1])
        assert error[one] == pytest.approx(fit.bse[1])


def test_the_structural_model_is_that_of_statsmodels() -> None:
    """A local level with the step as regressor, at the best maximum statsmodels finds.

    Its default search stops at a lesser maximum in two of these five.
    """
    estimate, _, _ = competitors.structural(SAMPLE)
    for one in range(5):
        model = sm.tsa.UnobservedComponents(SAMPLE.values[:, one], "llevel", exog=SAMPLE.after)
        found = [model.fit(disp=False, method=way, maxiter=2000) for way in ("lbfgs", "nm")]
        best = max(found, key=lambda fit: fit.llf)
        assert estimate[one] == pytest.approx(best.params[2], abs=0.03)


def test_every_competitor_is_right_without_noise_to_speak_of() -> None:
    """Each finds the step of a nearly noiseless series."""
    rng = np.random.default_rng(0)
    quiet = scale(48, 24, sd=1e-3)(rng, 0.3, 1.0, 3)
    for name, method in competitors.METHODS.items():
        found = method(quiet)
        assert found is None or np.allclose(found[0], 1.0, atol=0.01), name


def test_the_page_can_be_made_in_tiny() -> None:
    """Every section that knows a tiny size appears, with its tables."""
    sections = (("Settled", settling.section), ("Speed", throughput.section))
    page = validity.page(sections, quick=True)
    assert page.count("\n## ") == 2
    assert "judge_all" in page
    assert "| all |" in page


def test_sections_without_a_tiny_size_are_left_out() -> None:
    """A section that takes nothing is long: a quick page does not wait for it."""
    assert "Long" not in validity.page((("Long", lambda: "never"),), quick=True)
    assert "once" in validity.page((("Long", lambda: "once"),), quick=False)


def test_the_grid_names_what_falls_short() -> None:
    """Two worlds in tiny: a row a method, and a summary that leaves nothing out."""
    rates = judgement.measured(WORLDS[:2], (0.0, 0.8), 12, 1)
    told = judgement.table(rates, WORLDS[0].name)
    assert all(name in told for name in judgement.NAMES)
    assert "Falls short" in judgement_page.shortfalls(rates)
    assert judgement_page.summary(rates).count("\n") == 5


def test_the_margins_are_shown_at_half_and_double() -> None:
    """One dyad, a row for every dimension that has an interval and none for the others."""
    told = sensitivity.section(quick=True)
    judged = talleyrand.assess(*sensitivity.DYADS[0], at=sensitivity.AT).assessment.judged
    assert told.count("| CHN-RUS |") == sum(one.finding.interval is not None for one in judged) > 4
    assert "| `words` | 0.3 log-odds |" in told


def test_a_picture_is_whole_and_within_its_frame() -> None:
    """Every line and its name are drawn, nothing outside the axes."""
    svg = plots.draw("A <title>", "phi", "%", {"Talleyrand": [(0.0, 5.0), (0.9, 50.0)]}, 6.0)
    assert svg.startswith("<svg")
    assert "A &lt;title&gt;" in svg
    assert "Talleyrand" in svg
