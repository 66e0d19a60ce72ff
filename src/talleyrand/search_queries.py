"""The queries of `talleyrand.search`: fixed statements, every value bound as a parameter."""

_DOCUMENTS = """
  ($sender IS NULL OR d.sender = $sender)
  AND ($since IS NULL OR d.event_date >= $since) AND ($until IS NULL OR d.event_date < $until)
  AND ($kind IS NULL OR d.kind = $kind) AND ($source IS NULL OR d.source = $source)
"""
_ORDER = "ORDER BY day, url, start_at, end_at, code LIMIT $limit"
_CODED = """
  (len($codes) = 0 OR list_contains($codes, m.code))
  AND ($target IS NULL OR list_contains(m.targets, $target))
  AND ($holder IS NULL OR m.holder = $holder OR ($is_state AND m.holder = 'both'))
  AND ($name IS NULL OR contains(lower(m.speaker), $name))
"""
_TOTALS = """
  , count(*) OVER () AS total, count(DISTINCT document_id) OVER () AS documents
"""
_MATCHES = """
SELECT m.document_id, m.code, m.start_at, m.end_at, m.speaker, m.holder, m.negated, m.targets,
  d.event_date AS day, d.published, d.source, d.kind, d.language, d.sender, d.counterparts, d.url
FROM matches m JOIN documents d ON d.id = m.document_id
"""
BY_CODE = "\n".join(
    ("SELECT *", _TOTALS, "FROM (", _MATCHES, "WHERE", _DOCUMENTS, "AND", _CODED, ")", _ORDER)
)
WORDED = "\n".join(
    (
        """SELECT d.id, d.text FROM documents d
        WHERE (contains(d.text, $letter_0) OR contains(d.text, $letter_1)
            OR contains(d.text, $letter_2) OR contains(d.text, $letter_3))
          AND regexp_matches(d.text, $expression) AND
        """,
        _DOCUMENTS,
    )
)
_SAID = """
WITH places AS (
  SELECT unnest($ids) AS document_id, unnest($starts) AS place, unnest($ends) AS place_end
), said AS MATERIALIZED (
  SELECT p.document_id, p.ordinal, p.speaker, p.state AS holder, min(l.place) AS start_at,
    arg_min(l.place_end, l.place) AS end_at
  FROM places l JOIN passages p ON p.document_id = l.document_id
  WHERE l.place >= p.start_at AND l.place < p.end_at
  GROUP BY ALL
)
"""
BY_TEXT = "\n".join(
    (
        _SAID,
        "SELECT *",
        _TOTALS,
        """FROM (
        SELECT s.*, NULL AS code, NULL AS negated, NULL AS targets, d.event_date AS day,
          d.published, d.source, d.kind, d.language, d.sender, d.counterparts, d.url
        FROM said s JOIN documents d ON d.id = s.document_id
        WHERE ($holder IS NULL OR s.holder = $holder OR ($is_state AND s.holder = 'both'))
          AND ($name IS NULL OR contains(lower(s.speaker), $name))
          AND ($target IS NULL OR list_contains(d.counterparts, $target) OR EXISTS (
            SELECT 1 FROM matches m WHERE m.document_id = s.document_id
              AND m.ordinal = s.ordinal AND list_contains(m.targets, $target))))
        """,
        _ORDER,
    )
)
BY_BOTH = "\n".join(
    (
        _SAID,
        "SELECT *",
        _TOTALS,
        "FROM (",
        _MATCHES,
        "JOIN said s ON s.document_id = m.document_id AND s.ordinal = m.ordinal WHERE",
        _CODED,
        ")",
        _ORDER,
    )
)
TEXTS = "SELECT id, title, text FROM documents WHERE id IN (SELECT unnest($ids))"
STORED_CODES = "SELECT DISTINCT code FROM matches"
USES = "\n".join(
    (
        """SELECT d.id AS document_id, d.event_date AS day, d.source, d.kind, d.url, m.code,
          m.speaker, m.holder, m.negated, m.start_at, m.end_at
        FROM matches m JOIN documents d ON d.id = m.document_id
        WHERE list_contains($codes, m.code)
          AND ($target IS NULL OR list_contains(m.targets, $target)) AND
        """,
        _DOCUMENTS,
        "ORDER BY day, url, start_at, end_at, code",
    )
)
PUBLISHED = "\n".join(
    (
        "SELECT date_trunc('month', d.event_date)::DATE AS month, count(*) AS documents",
        "FROM documents d WHERE",
        _DOCUMENTS,
        "GROUP BY month ORDER BY month",
    )
)
