-- The layout of a session. Its line is read and written here and, where a poll claims it, in lib/session_claim.lua;
-- Java reads it in SessionLine.
--
--   {org}:s:<id>   string: <what a claim keeps> RS <what it replaces> RS <what else it keeps>
--       project US set of required capabilities US score, 16 digits US issue, empty if it is the
--         session's own id and no other session was ever of it (lib/issue.lua) US priority
--         US queued at US created at US sequence number of its enqueue US not before US deadline
--         US its other names, parted by the byte 29
--       place US state US owner US token US accept by US updated at US claimed at US started at
--         US ended at US release by US last sign US cost US lost by US nacked by US return until
--         US 1 if a refresh told of its stop, else 0 US why it is dead
--         US tools it has used: name of the latest, when, how often, parted by the byte 29, or none
--         US latest attempt of a report: id and hash, parted by the byte 29, or none
--       attempts US nacks US unacknowledged messages US id of its stop message
--         US 1 if it has fields, else 0 US 1 if some of its messages are told (lib/ending.lua), else 0
--         US id of its latest activity
--       RS and the latest lines of its timeline (lib/event_line.lua)
--   {org}:p:<id>   string: <content hash> US <issue identifier> US <required capabilities> LF <item>;
--                  never changes, and what is behind LF no script looks into
--   {org}:n:<name> string: the session that has that other name
--   {org}:f:<id>   hash: merged fields of its reports
--   {org}:t:<id>   list: its timeline (lib/event_line.lua)
--   {org}:a:<id>   list: its activities: id US time US type US body
--
-- A line of another shape is a damaged record.

-- The session of that line, or nil. Two patterns, since one has at most 32 captures.
local function parse_session(id, line, content)
  local project, set_id, score, issue, priority, queued, created, created_seq, not_before, deadline,
    names, rest = match(line,
    '^([^\31]+)\31(%d+)\31(%d+)\31([^\31\30]*)\31(%d)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31\30]*)\30()')
  if not project then
    return nil
  end
  local place, state, owner, token, accept_by, updated, claimed, started, ended, release_by,
    last_sign, cost, lost_by, nacked_by, return_until, stop_told, dead, tools, attempt, attempts,
    nacks, unacked, stop, has_fields, told, activities, events = match(line,
    '^(%u+)\31(%u+)\31([^\31]*)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31(%d+)\31([^\31]*)\31([^\31]*)\31(%d+)\31([01])\31([%u_]*)\31([^\31]*)\31([^\31\30]*)\30(%d+)\31(%d+)\31(%d+)\31([%d-]*)\31([01])\31([01])\31(%d+)\30([^\30]*)$',
    rest)
  if not place or not find(' READY:PENDING PARKED:PENDING LATER:PENDING RETURNED:PENDING CLAIMED:CLAIMED CLAIMED:RUNNING CLAIMED:FINALIZING CLAIMED:STOPPED DEAD:FAILED ENDED:COMPLETED ENDED:FAILED ENDED:STOPPED ',
    ' ' .. place .. ':' .. state .. ' ', 1, true) then
    return nil
  end
  return {
    id = id, content = content, line = line, project = project, set = set_id, score = score,
    issue = issue, priority = priority, queued = queued, created = created,
    created_seq = created_seq, not_before = not_before, deadline = deadline, names = names, place = place,
    state = state, owner = owner, token = token, accept_by = accept_by, updated = updated,
    claimed = claimed, started = started, ended = ended, release_by = release_by,
    last_sign = last_sign, cost = cost, lost_by = lost_by, nacked_by = nacked_by,
    return_until = return_until, stop_told = stop_told, dead = dead, tools = tools, attempt = attempt,
    attempts = attempts, nacks = nacks, unacked = unacked, stop = stop, has_fields = has_fields,
    told = told, activities = activities, events = events,
    -- As others know it.
    known_place = place, known_state = state,
  }
end

local function session_line(s)
  return s.project .. '\31' .. s.set .. '\31' .. s.score .. '\31' .. s.issue .. '\31' .. s.priority
    .. '\31' .. s.queued .. '\31' .. s.created .. '\31' .. s.created_seq .. '\31' .. s.not_before
    .. '\31' .. s.deadline .. '\31' .. s.names .. '\30' .. s.place .. '\31' .. s.state .. '\31' .. s.owner .. '\31'
    .. s.token .. '\31' .. s.accept_by .. '\31' .. s.updated .. '\31' .. s.claimed .. '\31'
    .. s.started .. '\31' .. s.ended .. '\31' .. s.release_by .. '\31' .. s.last_sign .. '\31'
    .. s.cost .. '\31' .. s.lost_by .. '\31' .. s.nacked_by .. '\31' .. s.return_until .. '\31'
    .. s.stop_told .. '\31' .. s.dead .. '\31' .. s.tools .. '\31' .. s.attempt .. '\30'
    .. s.attempts .. '\31' .. s.nacks .. '\31' .. s.unacked .. '\31' .. s.stop .. '\31'
    .. s.has_fields .. '\31' .. s.told .. '\31' .. s.activities
    .. '\30' .. s.events
end
