-- Whether the latest line is that late result already.
local function told_late(s, worker, detail)
  local latest = s.events == '' and redis.pcall('LINDEX', AREA .. 't:' .. s.id, -1)
  return type(latest) == 'string'
    and match(latest, '^%d+\31%d+\31(.*)$') == 'LATE_RESULT\31' .. worker .. '\31' .. detail
end
