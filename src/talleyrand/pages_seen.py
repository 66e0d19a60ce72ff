"""Which page a report is a version of: outlets carry one page at two hosts, and edit it."""

from __future__ import annotations

# SQL over the table `reports`. The query stays, since some sites tell pages apart by it; a report
# without an address has one that its source made up, and is a page of its own.
PAGE = (
    "CASE WHEN starts_with(url, source || ':') THEN id"
    " ELSE regexp_replace(url, '^https?://[^/?#]*|#.*$', '', 'g') END"
)
