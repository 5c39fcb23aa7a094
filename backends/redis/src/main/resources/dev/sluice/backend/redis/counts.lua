-- How many sessions stand in each place, and how many bytes are stored.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''
-- Result  seq, 'OK', ready, parked, later, returned, claimed, dead, bytes
--
-- USES org

return { org.seq, 'OK', tonumber(org.ready), tonumber(org.parked), tonumber(org.later),
  tonumber(org.returned), tonumber(org.claimed), tonumber(org.dead),
  tonumber(org.bytes) }
