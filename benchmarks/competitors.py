"""What the neighbouring tools do: estimates of a change in log counts across a known date.

Each takes monthly counts and a 0/1 step and gives (estimate, standard error, degrees of freedom)
on the log scale, by statsmodels where it has the method.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import ModelWarning

Floats = NDArray[np.float64]
Estimate = tuple[float, float, float]


def poisson(counts: Floats, step: Floats) -> Estimate:
    """Poisson regression, its own standard error."""
    fit = _poisson(counts, step)
    return float(fit.params[1]), float(fit.bse[1]), 1e6


def quasi_poisson(counts: Floats, step: Floats) -> Estimate:
    """Poisson regression with the dispersion estimated (Pearson)."""
    fit = _poisson(counts, step)
    n = len(counts)
    return float(fit.params[1]), float(fit.bse[1] * np.sqrt(fit.pearson_chi2 / (n - 2))), n - 2


def quasi_poisson_ar1(counts: Floats, step: Floats) -> Estimate:
    """The same, widened by the AR(1) long-run factor of its residuals."""
    fit = _poisson(counts, step)
    rho = _lag_one(np.asarray(fit.resid_pearson))
    factor = np.sqrt((1 + rho) / (1 - rho))
    estimate, error, n = quasi_poisson(counts, step)
    return estimate, error * factor, max(n / factor**2, 3)


def hac(counts: Floats, step: Floats) -> Estimate:
    """Log counts by least squares with Bartlett weights (Newey and West 1987), 12 lags."""
    fit = sm.OLS(_logs(counts), sm.add_constant(step)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 12, "use_correction": True}
    )
    return float(fit.params[1]), float(fit.bse[1]), len(counts) - 2


def prais_winsten(counts: Floats, step: Floats) -> Estimate:
    """Log counts by iterated generalised least squares with AR(1) errors."""
    model = sm.GLSAR(_logs(counts), sm.add_constant(step), rho=1)
    fit = model.iterative_fit(maxiter=8)
    return float(fit.params[1]), float(fit.bse[1]), len(counts) - 3


def welch(counts: Floats, step: Floats) -> Estimate:
    """Welch's t on log counts, every month taken for independent."""
    return _welch(_logs(counts)[step == 1], _logs(counts)[step == 0])


def blocks(counts: Floats, step: Floats) -> Estimate:
    """Welch's t on means of six-month blocks (Ibragimov and Mueller 2010, 2016)."""
    logs = _logs(counts)
    sides = []
    for side in (1, 0):
        values = logs[step == side]
        sides.append(values[: len(values) // 6 * 6].reshape(-1, 6).mean(axis=1))
    return _welch(*sides)


METHODS: dict[str, Callable[[Floats, Floats], Estimate]] = {
    "Poisson": poisson,
    "quasi-Poisson t": quasi_poisson,
    "quasi-Poisson, AR(1) corrected": quasi_poisson_ar1,
    "HAC (Bartlett, 12 lags)": hac,
    "Prais-Winsten on logs": prais_winsten,
    "Welch t on logs": welch,
    "block means, 6 months (Ibragimov-Mueller)": blocks,
}


def _poisson(counts: Floats, step: Floats) -> sm.GLM:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)
        return sm.GLM(counts, sm.add_constant(step), family=sm.families.Poisson()).fit()


def _logs(counts: Floats) -> Floats:
    return np.asarray(np.log(counts + 0.5))


def _welch(one: Floats, other: Floats) -> Estimate:
    parts = [float(side.var(ddof=1)) / len(side) for side in (one, other)]
    total = sum(parts)
    freedom = total**2 / (parts[0] ** 2 / (len(one) - 1) + parts[1] ** 2 / (len(other) - 1))
    return float(one.mean() - other.mean()), float(np.sqrt(total)), freedom


def _lag_one(residuals: Floats) -> float:
    centred = residuals - residuals.mean()
    return float(np.clip((centred[1:] @ centred[:-1]) / (centred @ centred), 0.0, 0.95))
