-- Sessions as tables; lib/line.lua has the layout.

local SESSION = '^([^\31]+)\31(%d+)\31(%d+)\31(%d)\31(%d+)\31(%d+)\30(%u+)\31(%u+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31]*)\31(%d+)\31([^\31]*)\31(%d+)\30(%d+)\31(%d+)\31(%d+)\31([%d-]*)\31([01])$'

local POSSIBLE = ' READY:PENDING RETURNED:PENDING CLAIMED:CLAIMED CLAIMED:RUNNING CLAIMED:FINALIZING CLAIMED:STOPPED ENDED:COMPLETED ENDED:FAILED ENDED:STOPPED '

-- The session of that id, or nil and the refusal.
local function read_session(id)
  -- MGET answers nil for a key of another type too.
  local line = call('MGET', AREA .. 's:' .. id)[1]
  if not line then
    if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) == 0 then
      return nil, 'UNKNOWN_SESSION'
    end
    return nil, 'DAMAGED'
  end
  local s = { id = id }
  s.project, s.set, s.score, s.priority, s.queued, s.created, s.place, s.state, s.owner, s.token,
    s.accept_by, s.updated, s.claimed, s.started, s.ended, s.release_by, s.lost_by, s.lost_token,
    s.nacked_by, s.return_until, s.attempts, s.nacks, s.unacked, s.stop, s.has_fields =
    match(line, SESSION)
  if not s.project or not string.find(POSSIBLE, ' ' .. s.place .. ':' .. s.state .. ' ', 1, true) then
    return nil, 'DAMAGED'
  end
  return s
end

local function session_line(s)
  return table.concat({ s.project, s.set, s.score, s.priority, s.queued, s.created }, '\31')
    .. '\30' .. table.concat({
      s.place, s.state, s.owner, s.token, s.accept_by, s.updated, s.claimed, s.started, s.ended,
      s.release_by, s.lost_by, s.lost_token, s.nacked_by, s.return_until }, '\31')
    .. '\30' .. table.concat({ s.attempts, s.nacks, s.unacked, s.stop, s.has_fields }, '\31')
end

local function write_session(s)
  call('SET', AREA .. 's:' .. s.id, session_line(s))
end

local function waits(s)
  return s.place == 'READY' or s.place == 'RETURNED'
end

local function in_grace(s)
  return s.place == 'CLAIMED' and s.state == 'STOPPED'
end
