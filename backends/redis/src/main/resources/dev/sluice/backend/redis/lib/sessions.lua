-- Sessions as tables, and where they stand; lib/session.lua has the layout.

-- The session of that id, with its content if `whole`; or nil and the refusal.
local function read_session(id, whole)
  -- MGET answers nil for a key of another type too.
  local key = AREA .. 's:' .. id
  local pair = call('MGET', key, whole and AREA .. 'p:' .. id or key)
  local line, content = pair[1], pair[2]
  if not line then
    if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 then
      return nil, 'UNKNOWN_SESSION'
    end
    return nil, 'DAMAGED'
  end
  local s = parse_session(id, line, content)
  if s and whole and not content then
    if call('EXISTS', AREA .. 'p:' .. id) == 1 then
      return nil, 'DAMAGED'
    end
    -- The item is missing; who polls it gives the session up.
    s.content = '\31\31\n'
  end
  return s, not s and 'DAMAGED' or nil
end

local function write_session(s)
  if s.place ~= s.known_place or s.state ~= s.known_state then
    hint('C', s.id)
    s.known_place, s.known_state = s.place, s.state
  end
  s.line = session_line(s)
  call('SET', AREA .. 's:' .. s.id, s.line)
end

local function waits(s)
  return s.place == 'READY' or s.place == 'PARKED' or s.place == 'RETURNED' or s.place == 'LATER'
end

local function over(s)
  return s.place == 'ENDED' or s.place == 'DEAD'
end

local function in_grace(s)
  return s.place == 'CLAIMED' and s.state == 'STOPPED'
end

-- A claim need no longer be accepted: it was, or is over. A sweep may have met it: lib/slots.lua.
local function settle_accept(s)
  if s.accept_by ~= '0' then
    if s.claimed + SHORTEST_ACCEPT_MS <= now then
      redis.pcall('ZREM', AREA .. 'accepts', s.id)
    end
    s.accept_by = '0'
  end
end
