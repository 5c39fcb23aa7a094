-- Sessions as tables; lib/line.lua has the layout.

local SESSION = '^([^\31]+)\31(%d+)\31(%d+)\31(%d)\31(%d+)\31(%d+)\30(%u+)\31(%u+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31]*)\31(%d+)\31([^\31]*)\31(%d+)\30(%d+)\31(%d+)\31(%d+)\31([%d-]*)\31([01])$'

local POSSIBLE = ' READY:PENDING RETURNED:PENDING CLAIMED:CLAIMED CLAIMED:RUNNING CLAIMED:FINALIZING CLAIMED:STOPPED ENDED:COMPLETED ENDED:FAILED ENDED:STOPPED '

-- The session of that id, with what never changes of it if `whole`; or nil and the refusal.
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
  local project, set_id, score, priority, queued, created, place, state, owner, token, accept_by,
    updated, claimed, started, ended, release_by, lost_by, lost_token, nacked_by, return_until,
    attempts, nacks, unacked, stop, has_fields = match(line, SESSION)
  if not project or not find(POSSIBLE, ' ' .. place .. ':' .. state .. ' ', 1, true)
    or whole and not content then
    return nil, 'DAMAGED'
  end
  return {
    id = id, content = content, line = line, project = project, set = set_id, score = score,
    priority = priority, queued = queued, created = created, place = place, state = state,
    owner = owner, token = token, accept_by = accept_by, updated = updated, claimed = claimed,
    started = started, ended = ended, release_by = release_by, lost_by = lost_by,
    lost_token = lost_token, nacked_by = nacked_by, return_until = return_until,
    attempts = attempts, nacks = nacks, unacked = unacked, stop = stop, has_fields = has_fields,
  }
end

local function session_line(s)
  return s.project .. '\31' .. s.set .. '\31' .. s.score .. '\31' .. s.priority .. '\31' .. s.queued
    .. '\31' .. s.created .. '\30' .. s.place .. '\31' .. s.state .. '\31' .. s.owner .. '\31'
    .. s.token .. '\31' .. s.accept_by .. '\31' .. s.updated .. '\31' .. s.claimed .. '\31'
    .. s.started .. '\31' .. s.ended .. '\31' .. s.release_by .. '\31' .. s.lost_by .. '\31'
    .. s.lost_token .. '\31' .. s.nacked_by .. '\31' .. s.return_until .. '\30' .. s.attempts .. '\31'
    .. s.nacks .. '\31' .. s.unacked .. '\31' .. s.stop .. '\31' .. s.has_fields
end

local function write_session(s)
  s.line = session_line(s)
  call('SET', AREA .. 's:' .. s.id, s.line)
end

local function waits(s)
  return s.place == 'READY' or s.place == 'RETURNED'
end

local function in_grace(s)
  return s.place == 'CLAIMED' and s.state == 'STOPPED'
end
