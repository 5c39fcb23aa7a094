-- The session that parked work stands behind, '' for other work; and 1 if that one is claimed, else 0.
local function first_of_issue(s)
  local first = s.place == 'PARKED' and call('ZRANGE', AREA .. 'i:' .. s.issue, 0, 0, 'WITHSCORES') or {}
  return first[1] and sub(first[1], 18) or '', first[2] == '-1' and 1 or 0
end
