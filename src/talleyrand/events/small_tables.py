"""The small tables that rows of events are joined with: actors, codes, and outlets' places."""

from __future__ import annotations

from collections.abc import Sequence

from talleyrand.events import actors, cameo, outlets

Rows = Sequence[tuple[str | int, ...]]


def small_tables() -> dict[str, tuple[tuple[str, ...], Rows]]:
    """Actors, codes and outlets' places: the columns and rows of each table that is joined."""
    return {
        "actors": (("name", "iso3"), list(actors.cameo_codes().items())),
        "codes": (
            ("written", "code", "quad", "score10"),
            [(w, c.code, c.quad, round(c.goldstein * 10)) for w, c in cameo.written().items()],
        ),
        "plover": (("code", "plover"), list(cameo.plover().items())),
        "endings": (("ending", "iso3"), list(outlets.endings().items())),
        "domains": (
            ("label", "ending", "iso3"),
            [(*domain.split("."), iso3) for domain, iso3 in outlets.domains().items()],
        ),
    }
