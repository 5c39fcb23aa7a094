-- What a poll that claims needs; lib/owner.lua re-attaches claims.

-- A poll passes over so many damaged records, then it stops.
local MAX_BROKEN = 64

-- The parts of a waiting session's line, see lib/line.lua, that a claim keeps or goes by.
local WHEN = '^%d\31%d+\31%d+\30'
local KEPT = '^%d+\31%d+\31(%d+)\31\31([01])$'

-- A new token of a claim: larger than all before, and telling the time.
local function next_token()
  local next, last = now * 1024, org.token + 0
  if last >= next then
    next = last + 1
  end
  org.token = format('%d', next)
  return org.token
end

-- Whether a key is of that type, or isn't there.
local function is(kind, name)
  local found = call('TYPE', name).ok
  return found == kind or found == 'none'
end
