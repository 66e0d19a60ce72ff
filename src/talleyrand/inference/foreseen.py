"""Products of a level, a change and many series in the cells of the grid, at little cost.

A cell's covariance is that of persistent and independent noise, which few cells do not share, and
of a trend and yearly cycle, which are a few columns: so one factor serves all cells of equal noise,
and the rest follows from small matrices (Woodbury 1950; Harville 1974 for what it is used for).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference import marginal
from talleyrand.inference.change import RATIO
from talleyrand.inference.marginal import Floats

_LEAST = 1e-12  # of the largest share of a cycle, below which a column of it is rounding


def moments(
    months: Floats,
    noise: Floats,
    after: Floats,
    cycle: bool,
    chosen: NDArray[np.intp],
    columns: Floats,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Of columns (n, 2 + series), level and change first, in these cells of a mixture.

    Gives the normal matrices (cells, 2, 2), the pulls (cells, 2, series), the squares (cells,
    series) and the log determinants (cells,), each weighed by the inverse covariance.
    """
    number = marginal.number_of_cells(cycle)
    lines = _columns(months, cycle)
    variances = _variances(lines.shape[1], cycle)
    ratio, cell = np.divmod(chosen, number)
    pair, extra = np.divmod(cell, len(variances))
    shared, back = np.unique(pair, return_inverse=True)
    factor, logdet = _factored(months, noise, shared)
    scaled = [columns / np.where(after == 1, r, 1.0)[:, None] for r in RATIO]
    seen = factor @ np.column_stack([*scaled, lines])
    wide, own = columns.shape[1], seen[:, :, -lines.shape[1] :]
    per_ratio = [_products(seen[:, :, r * wide : (r + 1) * wide], own) for r in range(len(RATIO))]
    level, squares, crossed = (np.stack(one)[ratio, back] for one in zip(*per_ratio, strict=True))
    logs = logdet[back] + 2 * after.sum() * np.log(RATIO)[ratio]
    inner = np.swapaxes(own, 1, 2) @ own
    for place in np.unique(extra):
        mine = np.flatnonzero(extra == place)
        used = np.flatnonzero(variances[place])
        if not len(used):
            continue
        root = np.sqrt(variances[place][used])
        small = inner[back[mine]][:, used][:, :, used] * np.outer(root, root) + np.eye(len(used))
        across = crossed[mine][:, used] * root[:, None]
        solved = np.linalg.solve(small, across)
        level[mine] -= np.swapaxes(across[:, :, :2], 1, 2) @ solved
        squares[mine] -= np.einsum("cuf,cuf->cf", across, solved)
        logs[mine] += np.linalg.slogdet(small)[1]
    return level[:, :, :2], level[:, :, 2:], squares[:, 2:], logs


def _factored(months: Floats, noise: Floats, shared: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Whitening matrices of the noise in these cells without trend and cycle, log determinants."""
    n = len(months)
    every = marginal.noises(months, noise).reshape(-1, n, n)
    root = np.asarray(np.linalg.cholesky(every[shared] + 1e-9 * np.eye(n)), np.float64)
    logdet = 2 * np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    return marginal.lower_inverse(root), logdet


def _products(seen: Floats, own: Floats) -> tuple[Floats, Floats, Floats]:
    """Level and change against all columns, squares of all, and trend and cycle against all."""
    level = np.swapaxes(seen[:, :, :2], 1, 2) @ seen
    return level, np.einsum("cnf,cnf->cf", seen, seen), np.swapaxes(own, 1, 2) @ seen


def _variances(number: int, cycle: bool) -> Floats:
    """The variance of each of so many columns of trend and cycle, in their order on the grid."""
    every = [(t, s) for t in marginal.TREND for s in marginal.SEASON if cycle or not s]
    return np.array([[t**2, *[s**2] * (number - 1)] for t, s in every])


def _columns(months: Floats, cycle: bool) -> Floats:
    """A trend, and a yearly cycle as columns whose squares add up to its covariance."""
    line = marginal.line(months)[:, None]
    if not cycle:
        return line
    size, shape = np.linalg.eigh(marginal.wave(months))
    kept = size > _LEAST * size.max()
    return np.column_stack([line, shape[:, kept] * np.sqrt(size[kept])])
