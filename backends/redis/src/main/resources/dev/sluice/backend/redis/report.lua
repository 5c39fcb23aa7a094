-- A status report of a session's owner.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 reported state
--         7 what it does in each state: STATE:TRANSITION, parted by blanks
--         8 whether it is terminal, 0 or 1  9 whether it lets go of a stopped session, 0 or 1
--         10 cost or -1  11 detail of a late result  12 id and 13 hash of its attempt, or '', ''
--         14 ... fields: name, value, ...
-- Result  seq, 'OK', transition, whether re-attached, whether it repeats the latest attempt, session
--         (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'CONFLICT', id of its attempt; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session sessions event_line event told_late owner reply merge

local FIELDS = 14

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w, may = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  if may and w and ARGV[8] == '1' and not told_late(s, w.id, ARGV[11]) then
    event(s, 'LATE_RESULT', w.id, ARGV[11])
    write_session(s)
    commit()
  end
  return not_owner(s)
end
local attempt = ARGV[12] ~= '' and ARGV[12] .. '\29' .. ARGV[13]
local replay = attempt == s.attempt
if attempt and not replay and match(s.attempt, '^[^\29]*') == ARGV[12] then
  return { org.seq, 'CONFLICT', ARGV[12] }
end
local state = as == 'LOST' and 'CLAIMED' or s.state
local transition = match(ARGV[7], state .. ':(%u+)')
local advances = transition == 'ADVANCE'
local counts = advances or transition == 'MERGE'
local merges = counts and #ARGV >= FIELDS
local releases = in_grace(s) and ARGV[9] == '1'
local ends = advances and ARGV[8] == '1'

local fields = fields_of(s)
local plan, way
if as == 'LOST' or (ends or releases) and s.issue ~= '' then
  -- INSERT order bucket project issue queue slots token taking refs ending
  way = {
    check_slot = check_slot, decide_leave = decide_leave, take = take, decide_end = decide_end,
    end_session = end_session, release = release,
  }
elseif ends or releases then
  -- Most ends need less: Redis makes the functions of a script anew at each run.
  -- INSERT bucket project slots refs ending
  way = { decide_end = decide_end, end_session = end_session, release = release }
end
if as == 'LOST' then
  way.check_slot(s, w.id)
  plan = way.decide_leave(s, 'claim')
  if ends then
    way.decide_end(s, 'ended')
  end
elseif way then
  plan = way.decide_end(s, 'ended')
end
if merges then
  expect('hash', AREA .. 'f:' .. s.id)
end
local late = transition == 'CONFLICT' and (releases or not told_late(s, ARGV[3], ARGV[11]))

act(s, as, w, as == 'LOST' and way.take, plan)
if counts then
  s.updated = NOW
  s.attempt = attempt or s.attempt
  if ARGV[10] ~= '-1' then
    s.cost = ARGV[10]
  end
end
if advances then
  s.state = ARGV[6]
  if s.state == 'RUNNING' and s.started == '0' then
    s.started = NOW
    event(s, 'STARTED', s.owner)
  end
  if ends then
    s.ended = NOW
  end
end
if merges then
  merge_fields(s, fields, FIELDS)
end
if releases then
  way.release(s, w, plan)
elseif ends then
  event(s, 'ENDED', s.owner, s.state)
  -- A claim that came back in this very step leaves it anew.
  way.end_session(s, w, as == 'LOST' and way.decide_end(s, 'ended') or plan, 'ENDED')
end
if late then
  event(s, 'LATE_RESULT', ARGV[3], ARGV[11])
end
if as ~= 'LAST' or late then
  write_session(s)
end
if w then
  write_worker(w)
end
if w or late or as ~= 'LAST' then
  commit()
end
return { org.seq, 'OK', transition, as == 'LOST' and 1 or 0, replay and 1 or 0, session_reply(s, fields, 0) }
