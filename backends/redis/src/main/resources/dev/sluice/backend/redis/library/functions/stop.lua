-- Stops a session: ends waiting work, tells the worker of a claimed session, which keeps its slot for the grace, and
-- discards a dead letter.
--
-- ARGV    2 session  3 content of the stop message  4 allowed places, each between blanks  5 ... audit line
--         (lib/audit.lua)
-- Result  id of its stop message or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)
function Functions.stop(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  if not find(args[4], ' ' .. s.place .. ' ', 1, true) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local was = string.lower(s.place)
  local fields = Sessions.fields_of(s)
  Audit.check(args)
  if Sessions.waits(s) then
    local plan = Endings.decide(s, 'ended')

    s.state, s.ended = 'STOPPED', NOW
    Timelines.event(s, 'ENDED', '', s.state)
    Endings.finish(s, nil, plan, 'ENDED')
    Sessions.write(s)
  elseif s.place == 'DEAD' then
    Step.expect('zset', AREA .. 'dead')
    Step.expect('zset', AREA .. 'dead:' .. s.project)
    Step.expect('zset', AREA .. 'ended')
    Sets.refs_of(s.set, s.project)
    local p = Queues.of(s.project)

    Timelines.event(s, 'DISCARDED')
    s.place, s.ended, s.updated = 'ENDED', NOW, NOW
    call('ZREM', AREA .. 'dead', s.id)
    call('ZREM', AREA .. 'dead:' .. s.project, s.id)
    call('ZADD', AREA .. 'ended', NOW, s.id)
    Queues.count(p, 'DEAD', -1)
    Sets.change_refs(s.set, s.project, -1)
    Sessions.write(s)
  elseif s.place == 'CLAIMED' and s.state ~= 'STOPPED' then
    local w = Workers.read(s.owner)
    Claims.check_slot(s, s.owner)
    Inbox.check(s)
    Step.expect('zset', AREA .. 'graces')

    Timelines.event(s, 'STOPPING', s.owner)
    Sessions.settle_accept(s)
    s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
    s.release_by = format('%d', now + Rules.STOP_GRACE_MS)
    call('ZADD', AREA .. 'graces', s.release_by, s.id)
    s.stop = Inbox.post(s, w, 'urgent', args[3], false)
    Sessions.write(s)
    if w then
      Workers.write(w)
    end
  end
  Audit.write(args, was)
  Step.commit()
  return { org.seq, 'OK', s.stop, Sessions.reply(s, fields, 0) }
end
