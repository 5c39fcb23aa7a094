-- Counts the sessions in each place, and the stored bytes.
--
-- ARGV    none
-- Result  ready, parked, later, returned, claimed, dead, bytes
function Functions.counts(args)
  return { org.seq, 'OK', tonumber(org.ready), tonumber(org.parked), tonumber(org.later),
    tonumber(org.returned), tonumber(org.claimed), tonumber(org.dead),
    tonumber(org.bytes) }
end
