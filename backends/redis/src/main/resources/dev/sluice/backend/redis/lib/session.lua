-- Sessions.
--
--   {org}:s:<id>   string: the state, a line of a fixed shape (below)
--   {org}:p:<id>   string: <content hash> US <issue id> US <issue identifier> LF <item>; never
--                  changes, never read in Lua
--   {org}:f:<id>   hash: merged fields of its reports
--
-- A line that doesn't match the pattern is a damaged record. RS (byte 30) parts what never changes
-- from what does, US (byte 31) its fields.

-- project, set of required capabilities, score, priority, queued at, created at
local FIXED = '^([^\31]+)\31(%d+)\31(%d+)\31(%d)\31(%d+)\31(%d+)$'

-- place, state, owner, token, accept by, attempts, nacks, updated at, claimed at, started at,
-- ended at, release by, lost by, lost token, nacked by, return until, id of its stop message,
-- number of unacknowledged messages, whether it has fields
local SESSION = '^([^\30]+)\30(%u+)\31(%u+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31'
  .. '(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31]*)\31(%d+)\31([^\31]*)\31(%d+)\31([%d-]*)\31(%d+)\31([01])$'

local POSSIBLE = ' READY:PENDING RETURNED:PENDING CLAIMED:CLAIMED CLAIMED:RUNNING '
  .. 'CLAIMED:FINALIZING CLAIMED:STOPPED ENDED:COMPLETED ENDED:FAILED ENDED:STOPPED '

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
  s.fixed, s.place, s.state, s.owner, s.token, s.accept_by, s.attempts, s.nacks, s.updated, s.claimed,
    s.started, s.ended, s.release_by, s.lost_by, s.lost_token, s.nacked_by, s.return_until, s.stop,
    s.unacked, s.has_fields = match(line, SESSION)
  if not s.fixed then
    return nil, 'DAMAGED'
  end
  s.project, s.set, s.score, s.priority, s.queued, s.created = match(s.fixed, FIXED)
  if not s.project or not string.find(POSSIBLE, ' ' .. s.place .. ':' .. s.state .. ' ', 1, true) then
    return nil, 'DAMAGED'
  end
  return s
end

local function session_line(s)
  return s.fixed .. '\30' .. table.concat({
    s.place, s.state, s.owner, s.token, s.accept_by, s.attempts, s.nacks, s.updated, s.claimed,
    s.started, s.ended, s.release_by, s.lost_by, s.lost_token, s.nacked_by, s.return_until, s.stop,
    s.unacked, s.has_fields }, '\31')
end

-- What follows the fixed part in the line of new work.
local function waiting_part()
  return table.concat({
    'READY', 'PENDING', '', 0, 0, 0, 0, now, 0, 0, 0, 0, '', 0, '', 0, '', 0, 0 }, '\31')
end

-- The line of waiting work once it is claimed, made of the parts that stay.
local function claimed_line(fixed, worker, claim, accept_by, attempts, nacks, unacked)
  return fixed .. '\30' .. table.concat({
    'CLAIMED', 'CLAIMED', worker, claim, accept_by, attempts, nacks, now, now,
    0, 0, 0, '', 0, '', 0, '', unacked, 0 }, '\31')
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
