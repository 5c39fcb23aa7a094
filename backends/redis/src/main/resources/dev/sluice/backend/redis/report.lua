-- Applies a status report of a session's owner.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 reported state
--         7 its effect in each state: STATE:TRANSITION, separated by blanks  8 1 if it is terminal, else 0
--         9 1 if it releases a stopped session, else 0  10 cost or -1  11 detail of a late result
--         12 id and 13 hash of its attempt, or '', ''  14 ... fields: name, value, ...
-- Result  transition, 1 if re-attached, else 0, 1 if it repeats the latest attempt, else 0, session
-- Refuses UNKNOWN_SESSION, DAMAGED, CONFLICT (id of its attempt), NOT_OWNER (owner or '')

local FIELDS = 14
local terminal, late_detail = ARGV[8] == '1', ARGV[11]

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w, may = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  -- INSERT
  if may and w and terminal and not told_late(s, w.id, late_detail) then
    event(s, 'LATE_RESULT', w.id, late_detail)
    write_session(s)
    commit()
  end
  return not_owner(s)
end
local attempt = ARGV[12] ~= '' and ARGV[12] .. '\29' .. ARGV[13]
local repeated = attempt == s.attempt
if attempt and not repeated and match(s.attempt, '^[^\29]*') == ARGV[12] then
  return { org.seq, 'CONFLICT', ARGV[12] }
end

-- The effects of the report.
local transition = match(ARGV[7], (as == 'LOST' and 'CLAIMED' or s.state) .. ':(%u+)')
local advances = transition == 'ADVANCE'
local counts = advances or transition == 'MERGE'
local merges = counts and #ARGV >= FIELDS
local ends = advances and terminal
local releases = in_grace(s) and ARGV[9] == '1'
local late = transition == 'CONFLICT' and (releases or not told_late(s, ARGV[3], late_detail))

local fields = fields_of(s)
local reattach
if as == 'LOST' then
  -- INSERT
  reattach = decide_reattach(s, w)
end
local finish
if releases then
  -- INSERT
  finish = decide_release(s, w)
elseif ends then
  -- INSERT
  local plan = decide_end(s, 'ended')
  finish = function()
    event(s, 'ENDED', s.owner, s.state)
    -- A re-attachment has changed the place that the plan was for.
    end_session(s, w, reattach and decide_end(s, 'ended') or plan, 'ENDED')
  end
end
if merges then
  expect('hash', AREA .. 'f:' .. s.id)
end

if finish then
  write_though_full()
end
act(s, as, w, reattach)
if counts then
  s.updated = NOW
  s.attempt = attempt or s.attempt
  if ARGV[10] ~= '-1' and ARGV[10] ~= s.cost then
    if s.place == 'CLAIMED' then
      -- INSERT
      count_of('m', ARGV[10] - s.cost, s, w)
    end
    s.cost = ARGV[10]
  end
end
if advances then
  s.state, s.nackers = ARGV[6], ''
  if s.state == 'RUNNING' and s.started == '0' then
    s.started = NOW
    event(s, 'STARTED', s.owner)
  end
  if ends then
    s.ended = NOW
  end
end
if merges then
  -- INSERT
  merge_fields(s, fields, FIELDS)
end
if finish then
  finish()
end
if late then
  event(s, 'LATE_RESULT', ARGV[3], late_detail)
end
commit_act(s, w, as ~= 'LAST' or late)
return { org.seq, 'OK', transition, as == 'LOST' and 1 or 0, repeated and 1 or 0, session_reply(s, fields, 0) }
