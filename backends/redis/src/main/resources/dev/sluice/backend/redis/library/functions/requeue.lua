-- The return of a session to the queue by an operator.

-- Decides that a dead or ended session waits again. Returns a plan and, for an ended one, that of its capability set;
-- or nil and the refusal.
local function decide_over(s)
  local ended, set = s.place == 'ENDED', nil
  if ended and call('EXISTS', AREA .. 'p:' .. s.id) == 0 then
    -- Its required capabilities were lost with its item.
    return nil, 'DAMAGED'
  elseif Waiting.is_full() then
    return nil, 'QUEUE_FULL'
  elseif Queues.is_one_too_many(Queues.of(s.project)) then
    return nil, 'TOO_MANY_PROJECTS'
  end
  if ended then
    Pages.check('ended')
    local capabilities = match(s.content, '^%d+\31[^\31\n]*\31[^\31\n]*\31([^\31\n]*)\31')
    set = Sets.decide(capabilities or Step.damaged(AREA .. 'p:' .. s.id), s.project)
    if not set then
      return nil, 'TOO_MANY_CAPABILITY_SETS'
    end
    s.set = set.id
  else
    Pages.check('dead', 'dead:' .. s.project)
  end
  return Places.decide_wait(s), set
end

-- Makes a dead or ended session wait as after its enqueue.
local function begin_again(s, plan, set)
  if set then
    call('ZREM', AREA .. 'ended', s.id)
    Sets.use(set)
  else
    Retention.unlist_dead(s)
  end
  s.state, s.owner, s.dead, s.updated = 'PENDING', '', '', NOW
  s.attempts, s.nacks, s.started, s.claimed, s.last_sign, s.ended, s.cost = '0', '0', '0', '0', '0', '0', '0'
  s.stop_told, s.tools, s.attempt, s.nackers = '0', '', '', ''
  if s.has_fields == '1' then
    call('UNLINK', AREA .. 'f:' .. s.id)
    s.has_fields = '0'
  end
  Places.begin_wait(s, plan)
end

-- Requeues a session for an operator.
--
-- Arguments  2 session  3 allowed places, each between blanks  4 ... audit line (rules/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), QUEUE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS
function Functions.requeue(args)
  local session, places = args[2], args[3]
  local s, refusal = Sessions.read(session, true)
  if not s then
    return { org.seq, refusal }
  elseif not find(places, ' ' .. s.place .. ' ', 1, true) or Sessions.waits(s) or Sessions.in_grace(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local was, owner = s.place, s.owner
  Audit.check(args)
  if s.deadline ~= '0' and s.deadline + 0 <= now then
    s.deadline = '0'
  end
  local plan, fields, w, set
  if was == 'CLAIMED' then
    w, fields = Workers.read(owner), Sessions.fields_of(s)
    plan = Endings.decide_return(s, 'left')
  else
    fields = {}
    plan, set = decide_over(s)
    if not plan then
      return { org.seq, set }
    end
  end

  if was == 'CLAIMED' then
    Timelines.event(s, 'REQUEUED', owner)
    Endings.give_back(s, w, plan)
  else
    Timelines.event(s, 'REQUEUED')
    begin_again(s, plan, set)
  end
  Audit.write(args, string.lower(was))
  Claims.commit(s, w, true)
  return { org.seq, 'OK', Waiting.reply(s, fields) }
end
