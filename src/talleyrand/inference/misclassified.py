"""Shares of true classes from shares as coded, given how a coder errs.

With the confusion of a held-out sample, the shares as coded are a mixture of its rows; solving for
the weights gives the true shares (Buonaccorsi 2010, ch. 2; Hopkins and King 2010). The answer is
linear in what was coded, so each coded class has a worth: the mean worth of all texts is unbiased
for any contrast of the shares, whereas the coded contrast itself is shrunk and shifted. It holds as
far as the coder errs on the texts as on the sample.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from talleyrand.errors import TalleyrandError

Numbers = NDArray[np.float64]
_Z = 1.959964  # of a 95 % interval


def worth(confusion: Numbers, contrast: Numbers) -> Numbers:
    """What a text of each coded class counts for a contrast of true classes.

    `confusion` has counts, true class by coded class; `contrast` is what each true class counts,
    for instance (0, 1, -1). Raises TalleyrandError where the coder can't tell the classes apart.
    """
    seen = confusion.sum(axis=1, keepdims=True)
    rates = confusion / np.where(seen > 0, seen, 1)  # a class never seen leaves a row of none
    if np.linalg.cond(rates) > 50:
        raise TalleyrandError(f"a coder with these errors tells no classes apart: {confusion}")
    return np.asarray(np.linalg.solve(rates, contrast))


def slope(confusion: Numbers, contrast: Numbers) -> float:
    """What a true change of one shows as, were all change in proportion to the sample."""
    total = confusion.sum()
    true, coded = confusion.sum(axis=1) / total, confusion.sum(axis=0) / total
    both = contrast @ (confusion / total) @ contrast
    spread = true @ contrast**2 - (true @ contrast) ** 2
    return float((both - (true @ contrast) * (coded @ contrast)) / spread)


def corrected(coded: Numbers, confusion: Numbers, contrast: Numbers) -> tuple[float, float]:
    """A contrast of true shares and its standard error, from counts by coded class.

    The error has two parts: few texts, and few in the sample the confusion was counted on.
    """
    total = coded.sum()
    value = worth(confusion, contrast)
    shares = coded / total
    sampled = (shares @ value**2 - (shares @ value) ** 2) / total
    rates = confusion / confusion.sum(axis=1, keepdims=True)
    true = np.linalg.solve(rates.T, shares)
    spread = rates @ value**2 - (rates @ value) ** 2  # of the worth, within each true class
    known = float((true**2 * spread / confusion.sum(axis=1)).sum())
    return float(shares @ value), float(np.sqrt(sampled + known))


def share(count: int, total: int) -> tuple[float, float, float]:
    """A share and its 95 % interval (Wilson 1927); `total` must be above none."""
    found = count / total
    middle = (found + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z / (1 + _Z**2 / total) * np.sqrt(found * (1 - found) / total + _Z**2 / (4 * total**2))
    return found, float(max(0.0, middle - half)), float(min(1.0, middle + half))
