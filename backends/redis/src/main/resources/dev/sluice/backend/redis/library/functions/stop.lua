-- The stop of a session.

-- Ends waiting work.
local function end_waiting(s)
  local plan = Endings.decide(s, 'ended')
  s.state, s.ended = 'STOPPED', NOW
  Timelines.event(s, 'ENDED', '', s.state)
  Endings.finish(s, nil, plan, 'ENDED')
end

-- Discards a dead letter.
local function discard(s)
  Pages.check('dead', 'dead:' .. s.project, 'ended')
  Sets.refs_of(s.set, s.project)
  Queues.of(s.project)

  Timelines.event(s, 'DISCARDED')
  s.place, s.ended, s.updated = 'ENDED', NOW, NOW
  Retention.unlist_dead(s)
  Endings.list(s)
  Sets.change_refs(s.set, s.project, -1)
end

-- Tells the worker of a claimed session, which keeps its slot for the grace. `message`: content of the stop message.
-- Returns the worker, or nil.
local function stop_claimed(s, message)
  local w = Workers.read(s.owner)
  Claims.check_slot(s, s.owner)
  Inbox.check(s)
  Pages.check('graces')

  Timelines.event(s, 'STOPPING', s.owner)
  Sessions.settle_accept(s)
  s.state, s.ended, s.updated = 'STOPPED', NOW, NOW
  s.release_by = format('%d', now + Rules.STOP_GRACE_MS)
  call('ZADD', AREA .. 'graces', s.release_by, s.id)
  s.stop = Inbox.post(s, w, 'urgent', message, false)
  return w
end

-- Stops a session: ends waiting work, tells the worker of a claimed session, and discards a dead letter.
--
-- Arguments  2 session  3 content of the stop message  4 allowed places, each between blanks  5 ... audit line
--            (rules/audit.lua)
-- Result  id of its stop message or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state)
function Functions.stop(args)
  local session, message, places = unpack(args, 2, 4)
  local s, refusal = Sessions.read(session, true)
  if not s then
    return { org.seq, refusal }
  elseif not find(places, ' ' .. s.place .. ' ', 1, true) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local was, fields = string.lower(s.place), Sessions.fields_of(s)
  local w
  Audit.check(args)
  if Sessions.waits(s) then
    end_waiting(s)
  elseif s.place == 'DEAD' then
    discard(s)
  elseif s.place == 'CLAIMED' and s.state ~= 'STOPPED' then
    w = stop_claimed(s, message)
  end
  Audit.write(args, was)
  Claims.commit(s, w, true)
  return { org.seq, 'OK', s.stop, Sessions.reply(s, fields, 0) }
end
