-- The reductions of event data, for every engine: only joins, CASE, GROUP BY, SUM, COUNT, MIN, MAX.
-- `source` is a layout's selection (events/layouts.py), `actors`, `codes`, `endings` and `domains`
-- are small tables. Scores are whole tenths, so that sums are the same to the last digit anywhere.

-- name: placed
SELECT id, day8, actor1, actor2, code, score10, quad, mentions, url, outlet,
  reverse(split_part(reverse(outlet), '.', 1)) AS ending,
  reverse(split_part(reverse(outlet), '.', 2)) AS label
FROM (
  SELECT id, day8, actor1, actor2, code, score10, quad, mentions, url,
    CASE WHEN url = '' THEN outlet ELSE replace(lower(split_part(url, '/', 3)), 'www.', '') END
      AS outlet
  FROM source
  WHERE actor1 IS NOT NULL AND actor2 IS NOT NULL AND actor1 <> actor2
) AS addressed

-- name: events
SELECT p.id, p.day8, TRY_CAST(substr(p.day8, 1, 6) AS INTEGER) AS month, s.iso3 AS sender,
  t.iso3 AS target, p.actor1, p.actor2, coalesce(c.code, p.code) AS code,
  CAST(coalesce(p.quad, c.quad) AS INTEGER) AS quad,
  CAST(coalesce(p.score10, c.score10) AS INTEGER) AS score10,
  coalesce(p.mentions, 1) AS mentions, coalesce(p.url, '') AS url, coalesce(p.outlet, '') AS outlet,
  coalesce(d.iso3, e.iso3, '') AS outlet_state
FROM placed AS p
JOIN actors AS s ON s.name = p.actor1
JOIN actors AS t ON t.name = p.actor2
LEFT JOIN codes AS c ON c.written = p.code
LEFT JOIN endings AS e ON e.ending = p.ending
LEFT JOIN domains AS d ON d.label = p.label AND d.ending = p.ending
WHERE s.iso3 <> t.iso3 AND coalesce(p.score10, c.score10) IS NOT NULL
  AND length(p.day8) = 8 AND TRY_CAST(p.day8 AS INTEGER) BETWEEN 19000101 AND 20991231
  AND substr(p.day8, 5, 2) BETWEEN '01' AND '12'

-- name: distinct
SELECT MIN(id) AS id, day8, month, sender, target, actor1, actor2, code, quad, score10,
  MAX(mentions) AS mentions, url, outlet, outlet_state, SUM(copies) AS copies
FROM events
GROUP BY day8, month, sender, target, actor1, actor2, code, quad, score10, url, outlet,
  outlet_state, CASE WHEN url = '' THEN id ELSE '' END
ORDER BY sender, target, day8, code, url, id

-- name: series
SELECT sender, target, month,
  CASE WHEN outlet_state = '' THEN 'unknown' WHEN outlet_state = sender THEN 'own'
    WHEN outlet_state = target THEN 'own' ELSE 'outside' END AS press,
  COUNT(*) AS events, SUM(score10) AS score10, SUM(score10 * score10) AS squares100,
  SUM(CASE WHEN quad = 1 THEN 1 ELSE 0 END) AS verbal_cooperation,
  SUM(CASE WHEN quad = 2 THEN 1 ELSE 0 END) AS material_cooperation,
  SUM(CASE WHEN quad = 3 THEN 1 ELSE 0 END) AS verbal_conflict,
  SUM(CASE WHEN quad = 4 THEN 1 ELSE 0 END) AS material_conflict,
  SUM(mentions) AS reports
FROM events
GROUP BY sender, target, month, CASE WHEN outlet_state = '' THEN 'unknown'
  WHEN outlet_state = sender THEN 'own' WHEN outlet_state = target THEN 'own' ELSE 'outside' END

-- name: reports
SELECT r.event, r.day8, TRY_CAST(substr(r.day8, 1, 6) AS INTEGER) AS month, r.outlet,
  coalesce(d.iso3, e.iso3, '') AS outlet_state, r.confidence, r.tone, r.url, r.places
FROM (
  SELECT event, day8, replace(lower(outlet), 'www.', '') AS outlet, confidence, tone, url, places,
    reverse(split_part(reverse(lower(outlet)), '.', 1)) AS ending,
    reverse(split_part(reverse(lower(outlet)), '.', 2)) AS label
  FROM source
) AS r
LEFT JOIN endings AS e ON e.ending = r.ending
LEFT JOIN domains AS d ON d.label = r.label AND d.ending = r.ending
