local BAND = 10000000000000

-- Gives waiting work another priority, or moves it to the front.
--
-- ARGV    2 session  3 priority, or '' for the front  4 ... audit line (lib/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)
function Functions.reorder(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  if not Sessions.waits(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local fields = Sessions.fields_of(s)
  Audit.check(args)
  local priority, front = args[3], nil
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
      Buckets.check(Buckets.kind_of(s), s)
      Step.expect('zset', AREA .. 'parked:' .. s.project)
      plan = Issues.decide(s, 'enter', score .. '\31' .. s.id)
    end

    if plan then
      Buckets.take_out(s)
      s.score = score
      Places.enter(s, plan)
    end
    s.score, s.priority, s.updated = score, priority, NOW
    if front then
      org.front = format('%d', front)
      Timelines.event(s, 'FRONTED')
    else
      Timelines.event(s, 'REPRIORITISED', '', priority)
    end
    Sessions.write(s)
  end
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', Sessions.reply(s, fields, Waiting.position_of(s)) }
end
