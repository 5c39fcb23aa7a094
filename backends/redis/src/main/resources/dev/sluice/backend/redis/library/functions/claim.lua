-- The claim of a session by its name.

local function takes_project(w, project)
  local takes = call('HGET', w.key, 'takes') or Step.damaged(w.key)
  return Workers.takes_project(takes, project)
end

local function has_capabilities(capabilities, set_id)
  return find(' ' .. Workers.sets_within(capabilities) .. ' ', ' ' .. set_id .. ' ', 1, true)
end

local function is_available(w)
  Pages.check('returns:' .. w.id)
  local _, nacked = Workers.own_returns(w.id)
  return Workers.may_take(w.draining, w.drained, w.retired, w.quarantined) and nacked < Rules.MAX_RETURNS
end

-- Returns why the worker may not take ready or returned work, or nil.
local function denial_of_work(s, w)
  if Nackers.kept_from(s, w.id) then
    return 'NACKED'
  elseif not takes_project(w, s.project) then
    return 'PROJECT'
  end
  local capabilities = call('HGET', w.key, 'capabilities') or Step.damaged(w.key)
  if not has_capabilities(capabilities, s.set) then
    return 'CAPABILITY'
  elseif s.repository ~= '' and not Workers.takes_repository(capabilities, sub(s.repository, 2)) then
    return 'REPOSITORY'
  elseif not Queues.of(s.project).open then
    return 'CLOSED'
  elseif not is_available(w) then
    return 'UNAVAILABLE'
  elseif Workers.free_slots(w, Workers.inherited(w, call('HGET', w.key, 'inherits'))) <= 0 then
    return 'FULL'
  end
  return nil
end

-- Returns why the worker may not claim the session, '' if it has claimed it before, or nil.
local function denial_of(s, w)
  if Sessions.over(s) or Sessions.in_grace(s) then
    return 'ENDED'
  elseif s.place == 'CLAIMED' then
    return s.owner == w.id and '' or 'CLAIMED'
  elseif s.place == 'LATER' or s.place == 'PARKED' then
    return s.place
  end
  return denial_of_work(s, w)
end

-- Claims a session by name.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''
-- Result  reason of the denial or '', session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id)
function Functions.claim(args)
  local session, worker, credential = unpack(args, 2, 4)
  local s, refusal = Sessions.read(session, true)
  if not s then
    return { org.seq, refusal }
  end
  local w = Workers.known(worker, credential)
  if not w then
    return { org.seq, 'UNKNOWN_WORKER', worker }
  end
  local denial, fields, plan = denial_of(s, w), Sessions.fields_of(s), nil
  if not denial then
    Claims.check_slot(s, w.id)
    plan = Places.decide_leave(s, 'claim')
  end

  Workers.sign_of_life(w)
  if plan then
    Claims.take(s, w, plan, false)
    Timelines.event(s, 'CLAIMED', w.id)
    fields = {}
  end
  Claims.commit(s, w, plan ~= nil)
  return { org.seq, 'OK', denial or '', Waiting.reply(s, fields) }
end
