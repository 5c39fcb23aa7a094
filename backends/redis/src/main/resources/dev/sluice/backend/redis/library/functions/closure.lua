-- Finds the closure of the org.
--
-- Arguments  none
-- Result  now; if there is one, its id, purpose, since, until or 0, the rest (rules/closures.lua)
function Functions.closure(args)
  local c = Closures.standing()
  if not c then
    return { org.seq, 'OK', NOW }
  end
  return { org.seq, 'OK', NOW, c.id, c.purpose, c.since, c.till, c.rest }
end
