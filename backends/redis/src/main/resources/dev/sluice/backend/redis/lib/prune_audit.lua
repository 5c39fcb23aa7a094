-- Audit lines that a sweep deletes: lib/audit.lua has the layout.

-- The line to delete and its actor: the oldest where it is too old, else, where there are too many, the oldest
-- of the actor who has the most. Or nil.
local function surplus_line(surplus)
  local line = call('ZRANGE', AREA .. 'audit', 0, 0)[1]
  if not line then
    return nil
  end
  local at, latest, actor = match(line, '^%d+\31(%d+)%+?%d*%+?(%d*)\31([^\31]*)\31')
  if not at or (latest == '' and at or latest) + AUDIT_MS <= now then
    return line, actor
  elseif surplus <= 0 then
    return nil
  end
  local busiest = call('ZRANGE', AREA .. 'audit-actors', -1, -1)[1]
  local id = busiest and call('ZRANGE', AREA .. 'audit-of:' .. busiest, 0, 0)[1]
  local found = id and call('ZRANGEBYSCORE', AREA .. 'audit', id, id)[1]
  return found or line, found and busiest or actor
end

local function prune_audit()
  local surplus, gone = call('ZCARD', AREA .. 'audit') - MAX_AUDIT, 0
  while gone < DUE_STEP do
    local line, actor = surplus_line(surplus - gone)
    if not line then
      break
    end
    call('ZREM', AREA .. 'audit', line)
    if actor then
      local of = AREA .. 'audit-of:' .. actor
      call('ZREM', of, match(line, '^%d+'))
      local left = call('ZCARD', of)
      if left == 0 then
        call('ZREM', AREA .. 'audit-actors', actor)
      else
        call('ZADD', AREA .. 'audit-actors', left, actor)
      end
    end
    gone = gone + 1
  end
  swept.pruned = swept.pruned + gone
  swept.more = swept.more or gone == DUE_STEP
end
