"""The queries of `talleyrand.trade`: fixed statements, every value bound as a parameter."""

# Every flow between two states: who sells, and who reports it ("" where the base reconciles both).
FLOWS = """
SELECT id, source, kind, item, start_date, end_date, value, unit, vintage, url,
  note LIKE '%implausible%' AS doubtful,
  CASE WHEN kind LIKE 'imports%' THEN target ELSE sender END AS seller,
  CASE WHEN source = 'itpd' THEN '' ELSE sender END AS reporter
FROM records
WHERE source IN ('china_customs', 'us_census', 'eurostat', 'china_partners', 'imf_trade', 'itpd',
    'un_comtrade')
  AND (item IN ('goods', 'all') OR source = 'imf_trade')
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
ORDER BY source, start_date, end_date, id
"""

# A state's trade with each partner by year, in the sources that have all its partners.
PARTNERS = """
SELECT source, year, partner, sum(value) AS value FROM (
  SELECT source, year(start_date) AS year, target AS partner, value FROM records
    WHERE source IN ('us_census', 'imf_trade') AND sender = $state AND note NOT LIKE '%implausible%'
  UNION ALL
  SELECT source, year(start_date), CASE WHEN sender = $state THEN target ELSE sender END, value
    FROM records WHERE source = 'itpd' AND $state IN (sender, target)
  UNION ALL
  SELECT source, year(start_date), CASE WHEN sender = $state THEN target ELSE sender END, value
    FROM records
    WHERE source = 'oecd_icio' AND sender <> target AND $state IN (sender, target)
) GROUP BY ALL
"""

PRODUCTS = """
SELECT sender AS reporter, kind, item, sum(value) AS value, min(url) AS url FROM records
WHERE source = 'eurostat' AND start_date >= $first AND end_date <= $last
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
GROUP BY ALL ORDER BY reporter, kind, item
"""

INDUSTRIES = """
SELECT sender AS seller, item, value, year(start_date) AS year, url FROM records
WHERE source = 'oecd_icio'
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
ORDER BY seller, value DESC
"""
