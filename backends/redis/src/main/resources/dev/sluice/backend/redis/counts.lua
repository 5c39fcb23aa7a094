-- How many sessions stand in each place.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''
-- Result  seq, 'OK', ready, returned, claimed
--
-- USES org

return { org.seq, 'OK', tonumber(org.ready), tonumber(org.returned), tonumber(org.claimed) }
