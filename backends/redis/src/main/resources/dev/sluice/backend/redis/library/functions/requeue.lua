-- Requeues a session for an operator.
--
-- ARGV    2 session  3 allowed places, each between blanks  4 ... audit line (lib/audit.lua)
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), QUEUE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS
function Functions.requeue(args)
  local s, refusal = Sessions.read(args[2], true)
  if not s then
    return { org.seq, refusal }
  end
  local was_claimed = s.place == 'CLAIMED'
  if not find(args[3], ' ' .. s.place .. ' ', 1, true) or Sessions.waits(s) or Sessions.in_grace(s) then
    return { org.seq, 'WRONG_STATE', s.place, s.state }
  end
  local was = string.lower(s.place)
  Audit.check(args)
  if s.deadline ~= '0' and s.deadline + 0 <= now then
    s.deadline = '0'
  end
  local plan, fields, w, set
  if was_claimed then
    w, fields = Workers.read(s.owner), Sessions.fields_of(s)
    plan = Endings.decide_return(s, 'left')
  else
    if s.place == 'ENDED' and call('EXISTS', AREA .. 'p:' .. s.id) == 0 then
      -- Its required capabilities were lost with its item.
      return { org.seq, 'DAMAGED' }
    elseif Rules.MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= Rules.MAX_WAITING then
      return { org.seq, 'QUEUE_FULL' }
    elseif Queues.is_one_too_many(Queues.of(s.project)) then
      return { org.seq, 'TOO_MANY_PROJECTS' }
    end
    Step.expect('zset', AREA .. was)
    if s.place == 'ENDED' then
      local required = match(s.content, '^%d+\31[^\31\n]*\31[^\31\n]*\31([^\31\n]*)\31') or Step.damaged(AREA .. 'p:' .. s.id)
      set = Sets.decide(required, s.project)
      if not set then
        return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
      end
      s.set = set.id
    else
      Step.expect('zset', AREA .. 'dead:' .. s.project)
    end
    fields = {}
    plan = Places.decide_wait(s)
  end

  Timelines.event(s, 'REQUEUED', was_claimed and s.owner)
  if was_claimed then
    Endings.give_back(s, w, plan)
  else
    call('ZREM', AREA .. was, s.id)
    if set then
      Sets.use(set)
    else
      call('ZREM', AREA .. 'dead:' .. s.project, s.id)
      Queues.count(Queues.of(s.project), 'DEAD', -1)
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
  Sessions.write(s)
  if w then
    Workers.write(w)
  end
  Audit.write(args, was)
  Step.commit()
  return { org.seq, 'OK', Sessions.reply(s, fields, Waiting.position_of(s)) }
end
