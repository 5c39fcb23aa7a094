-- Gives waiting work another priority, or moves it to the front.
--
-- ARGV    2 session  3 priority, or '' for the front  4 ... audit line (lib/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)

local BAND = 10000000000000

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
if not waits(s) then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
local fields = fields_of(s)
check_audit()
local priority, front = ARGV[3], nil
local score
if priority == '' then
  priority, front = s.priority, math.max(org.front + 1, now)
  score = format('%016d', BAND - front)
else
  score = format('%016d', priority * BAND + s.queued)
end
if front or priority ~= s.priority or score ~= s.score then
  local plan
  if s.place ~= 'LATER' then
    check_bucket(kind_of(s), s)
    expect('zset', AREA .. 'parked:' .. s.project)
    plan = decide_issue(s, 'enter', score .. '\31' .. s.id)
  end

  if plan then
    take_out(s)
    s.score = score
    enter(s, plan)
  end
  s.score, s.priority, s.updated = score, priority, NOW
  if front then
    org.front = format('%d', front)
    event(s, 'FRONTED')
  else
    event(s, 'REPRIORITISED', '', priority)
  end
  write_session(s)
end
audit()
commit()
return { org.seq, 'OK', session_reply(s, fields, position_of(s)) }
