-- The order of waiting work.

-- The scores of two priorities differ by this (rules/queues.lua).
local ONE_PRIORITY = 10000000000000

-- Gives waiting work another score, and moves it if it contends.
local function set_score(s, score)
  if s.place == 'LATER' then
    s.score = score
    return
  end
  Buckets.check(Buckets.kind_of(s), s)
  Pages.check('parked:' .. s.project)
  local plan = Issues.decide(s, 'enter', score .. '\31' .. s.id)
  Buckets.take_out(s)
  s.score = score
  Places.enter(s, plan)
end

-- Gives waiting work another priority, or moves it to the front.
--
-- Arguments  2 session  3 priority, or '' for the front  4 ... audit line (rules/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)
function Functions.reorder(args)
  local session, priority = args[2], args[3]
  local s, refusal = Sessions.read(session, true)
  if not s then
    return { org.seq, refusal }
  elseif not Sessions.waits(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local fields = Sessions.fields_of(s)
  Audit.check(args)
  local front = priority == '' and math.max(org.front + 1, now)
  local score = format('%016d', front and ONE_PRIORITY - front or priority * ONE_PRIORITY + s.queued)
  if front or priority ~= s.priority or score ~= s.score then
    set_score(s, score)
    s.updated = NOW
    if front then
      org.front = format('%d', front)
      Timelines.event(s, 'FRONTED')
    else
      s.priority = priority
      Timelines.event(s, 'REPRIORITISED', '', priority)
    end
    Sessions.write(s)
  end
  Audit.commit(args)
  return { org.seq, 'OK', Waiting.reply(s, fields) }
end
