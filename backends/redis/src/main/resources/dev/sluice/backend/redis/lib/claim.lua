-- What a poll that claims needs; others that claim use the token alone.

-- A poll passes over so many damaged records, then it stops.
local MAX_BROKEN = 64

-- Parts of a waiting session's line, see lib/session.lua: what stands behind its score, and what a claim
-- keeps.
local WHEN = '^([^\31\30]*)\31%d\31(%d+)\31%d+\31%d+\31%d+\31(%d+)\31[^\31\30]*\30'
local KEPT = '^%d+\31%d+\31(%d+)\31\31([01])\31[01]\31%d+\30([^\30]*)$'

-- Whether a key is of that type, or isn't there.
local function is(kind, name)
  local found = call('TYPE', name).ok
  return found == kind or found == 'none'
end

-- A new token of a claim: larger than all before, and telling the time.
local function next_token()
  local next, last = now * 1024, org.token + 0
  if last >= next then
    next = last + 1
  end
  org.token = format('%d', next)
  return org.token
end
