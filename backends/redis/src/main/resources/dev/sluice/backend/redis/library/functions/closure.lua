-- Finds the closure of the org.
--
-- ARGV    none
-- Result  now; if there is one, its id, purpose, since, until or 0, the rest (lib/closure.lua)
function Functions.closure(args)
  local found = Closures.standing()
  if not found then
    return { org.seq, 'OK', NOW }
  end
  return { org.seq, 'OK', NOW, found.id, found.purpose, found.since, found.till, found.rest }
end
