-- Claims a session by name.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''
-- Result  reason of the denial or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id)
function Functions.claim(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local w = Workers.known(args[3], args[4])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER', args[3] }
  end

  local function takes_project()
    local takes = call('HGET', w.key, 'takes') or Step.damaged(w.key)
    return takes == '' or find('\30' .. takes .. '\30', '\30' .. s.project .. '\30', 1, true)
  end

  local function capabilities()
    return call('HGET', w.key, 'capabilities') or Step.damaged(w.key)
  end

  local function has_capabilities()
    return find(' ' .. Workers.sets_within(capabilities()) .. ' ', ' ' .. s.set .. ' ', 1, true)
  end

  local function available()
    Step.expect('zset', AREA .. 'returns:' .. w.id)
    local _, nacked = Workers.own_returns(w.id)
    return Workers.may_take(w.draining, w.drained, w.retired, w.quarantined) and nacked < Rules.MAX_RETURNS
  end

  local function denial()
    if Sessions.over(s) or Sessions.in_grace(s) then
      return 'ENDED'
    elseif s.place == 'CLAIMED' then
      return s.owner == w.id and '' or 'CLAIMED'
    elseif s.place == 'LATER' or s.place == 'PARKED' then
      return s.place
    elseif Nackers.kept_from(s, w.id) then
      return 'NACKED'
    elseif not takes_project() then
      return 'PROJECT'
    elseif not has_capabilities() then
      return 'CAPABILITY'
    elseif s.repository ~= '' and not Workers.takes_repository(capabilities(), sub(s.repository, 2)) then
      return 'REPOSITORY'
    elseif not Queues.of(s.project).open then
      return 'CLOSED'
    elseif not available() then
      return 'UNAVAILABLE'
    elseif w.active - w.capacity >= 0 then
      return 'FULL'
    end
    return nil
  end

  local why = denial()
  local fields = Sessions.fields_of(s)
  local plan
  if not why then
    Claims.check_slot(s, w.id)
    plan = Places.decide_leave(s, 'claim')
  end

  Workers.sign_of_life(w)
  if plan then
    Claims.take(s, w, plan, false)
    Timelines.event(s, 'CLAIMED', w.id)
    fields = {}
    Sessions.write(s)
  end
  Workers.write(w)
  Step.commit()
  return { org.seq, 'OK', why or '', Sessions.reply(s, fields, Sessions.waits(s) and Waiting.position_of(s) or 0) }
end
