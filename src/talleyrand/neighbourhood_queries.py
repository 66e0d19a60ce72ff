"""The queries of `talleyrand.neighbourhood`: fixed statements, every value bound as a parameter."""

# Each third state's trade with either power and with all, by year, in the sources that have all
# its partners. A power with which a source has no flow is a gap (NULL), never a zero.
TRADE = """
SELECT source, year, state, sum(value) AS whole, any_value(url) AS url,
  sum(value) FILTER (WHERE partner = $one) AS one,
  sum(value) FILTER (WHERE partner = $other) AS other
FROM (
  SELECT source, year(start_date) AS year, sender AS state, target AS partner, value, url
    FROM records WHERE source IN ('us_census', 'imf_trade') AND list_contains($within, sender)
    AND note NOT LIKE '%implausible%'
  UNION ALL
  SELECT source, year(start_date), sender, target, value, url FROM records
    WHERE source IN ('itpd', 'oecd_icio') AND sender <> target AND list_contains($within, sender)
  UNION ALL
  SELECT source, year(start_date), target, sender, value, url FROM records
    WHERE source IN ('itpd', 'oecd_icio') AND sender <> target AND list_contains($within, target)
)
GROUP BY ALL HAVING count(DISTINCT partner) >= $fewest
"""

# Read-outs of meetings and calls of either power with each third state (one a day and state),
# and those of them that reassure it, beside the power's read-outs with anybody.
READ_OUTS = """
WITH held AS (
  SELECT sender, event_date, unnest(counterparts) AS state, id, url FROM documents
  WHERE sender IN ($one, $other) AND kind IN ('meeting', 'call')
), reassuring AS (
  SELECT DISTINCT m.document_id AS id, unnest(m.targets) AS state
  FROM matches m JOIN documents d ON d.id = m.document_id
  WHERE list_contains($codes, m.code) AND NOT m.negated AND m.holder IN (d.sender, 'both')
    AND d.sender IN ($one, $other)
)
SELECT held.sender, held.state, event_date AS day, min(held.id) AS id, min(url) AS url,
  bool_or(reassuring.id IS NOT NULL) AS reassures
FROM held LEFT JOIN reassuring ON reassuring.id = held.id AND reassuring.state = held.state
WHERE held.state NOT IN ($one, $other)
GROUP BY ALL ORDER BY day, held.sender, held.state
"""

COVERED = """
SELECT date_trunc('month', published)::DATE AS month FROM documents
WHERE sender IN ($one, $other) AND kind IN ('meeting', 'call', 'statement', 'other', 'speech')
  AND list_contains($organs, source)
GROUP BY month, sender HAVING count(DISTINCT published) >= $days
ORDER BY month
"""

# Every text of either power that reassures a third state, read-out or not.
REASSURED = """
SELECT d.sender, t.state, d.event_date AS day, min(d.id) AS id, min(d.url) AS url,
  string_agg(DISTINCT t.code, ', ') AS codes
FROM (SELECT document_id, code, holder, unnest(targets) AS state FROM matches
      WHERE list_contains($codes, code) AND NOT negated) t
JOIN documents d ON d.id = t.document_id
WHERE d.sender IN ($one, $other) AND t.holder IN (d.sender, 'both')
  AND list_contains($within, t.state)
GROUP BY d.sender, t.state, d.event_date, d.id ORDER BY day
"""

VOTES = """
SELECT v.start_date AS day, v.item, v.sender AS state, v.value AS vote,
  o.value AS one, p.value AS other
FROM records v
JOIN records o ON o.item = v.item AND o.start_date = v.start_date AND o.kind = 'vote'
  AND o.source = v.source AND o.sender = $one
JOIN records p ON p.item = v.item AND p.start_date = v.start_date AND p.kind = 'vote'
  AND p.source = v.source AND p.sender = $other
WHERE v.kind = 'vote' AND list_contains($within, v.sender)
"""

# Arms that either power delivered, in a register that is complete for its span: a year without
# a delivery is a zero inside it.
ARMS = """
SELECT sender, target AS state, year(start_date) AS year, sum(value) AS value,
  any_value(url) AS url
FROM records WHERE source = $source AND kind = $kind AND sender IN ($one, $other)
  AND list_contains($within, target)
GROUP BY ALL
"""
ARMS_SPAN = """
SELECT min(year(start_date)) AS first, max(year(start_date)) AS last FROM records
WHERE source = $source AND kind = $kind
"""
