-- Sets the stored time to the clock, and then brings forward all that is due later than one time-out from now, a step
-- at a time. Each step may be repeated.
--
-- ARGV    2 '' to set the time, else the next step  3 ... audit line of the first step (lib/audit.lua)
-- Result  time that was stored, time now, next step or '' after the last
function Functions.set_time(args)
  local WAS = NOW
  NOW, now = CLOCK, CLOCK + 0

  -- Entries of a step, and how many of them the next step looks at again, since entries move up when others go.
  local STEP, AGAIN = 500, 100

  -- Returns the earlier of a time and one time-out from now.
  local function at_most(time, timeout)
    return time + 0 > now + timeout and format('%d', now + timeout) or time
  end

  local function limit_worker(id)
    local w = Workers.read(id)
    if w then
      w.seen, w.quarantined = at_most(w.seen, 0), at_most(w.quarantined, Rules.LONGEST_QUARANTINE_MS)
      w.judged = w.judged ~= '' and at_most(w.judged, 0) or ''
      local times = call('HMGET', w.key, 'polled', 'offered_by')
      if times[1] then
        w.set = { 'polled', at_most(times[1], 0) }
      end
      if times[2] then
        local node, alone = match(times[2], '^([^\31]*)\31(%d+)$')
        call('HSET', w.key, 'offered_by', node .. '\31' .. at_most(alone, 0))
      end
      -- The next poll finds out which messages are readable.
      local mail = call('ZRANGE', AREA .. 'mail:' .. id, 0, -1)
      for _, session in ipairs(mail) do
        call('ZADD', AREA .. 'mail:' .. id, 0, session)
      end
      w.mail = mail[1] and '0' or w.mail
      if w.silent == '1' then
        call('ZADD', AREA .. 'silent', w.seen, id)
      else
        call('ZADD', AREA .. 'leases', w.seen + Rules.LEASE_MS, id)
      end
      Workers.write(w)
    end
  end

  local function limited_nackers(s)
    local list = Nackers.of(s)
    for _, nacker in ipairs(list) do
      nacker[3] = at_most(nacker[3], nacker[4] ~= '' and Rules.LONGEST_NACK_BACKOFF_MS or Nackers.back_off_ms(nacker[2]))
    end
    return list
  end

  local function limit_claim(id)
    local s = Sessions.read(id)
    if not s or s.place ~= 'CLAIMED' then
      return
    end
    local claimed = at_most(s.claimed, 0)
    if s.accept_by ~= '0' then
      s.accept_by = format('%d', claimed + s.accept_by - s.claimed)
      if call('ZSCORE', AREA .. 'accepts', id) then
        call('ZADD', AREA .. 'accepts', s.accept_by, id)
      end
    end
    s.claimed, s.last_sign = claimed, at_most(s.last_sign, 0)
    Nackers.write(s, limited_nackers(s))
    call('ZADD', AREA .. 'claimed', claimed, id)
    call('ZADD', AREA .. 'claimed:' .. s.project, claimed, id)
    if s.release_by ~= '0' then
      s.release_by = at_most(s.release_by, Rules.STOP_GRACE_MS)
      call('ZADD', AREA .. 'graces', s.release_by, id)
    end
    Sessions.write(s)
  end

  local function limit_messages(member)
    local offered = AREA .. 'offered:' .. (match(member, '^[^\31]*\31(.*)$') or '')
    for _, id in ipairs(call('ZRANGEBYSCORE', offered, '(' .. format('%d', now + Rules.VISIBILITY_MS), '+inf')) do
      call('ZADD', offered, format('%d', now + Rules.VISIBILITY_MS), id)
    end
  end

  -- Back-offs and offers of jobs. Callers set the other times.
  local function limit_due(member, at)
    local kind, name = match(member, '^([36])\31(.*)$')
    if kind == '6' then
      local limit = at_most(at, Rules.VISIBILITY_MS)
      if limit ~= at then
        Due.schedule(limit, kind, name)
      end
    elseif kind then
      local s = Sessions.read(name)
      if s and Sessions.waits(s) then
        Nackers.begin_returns(s, limited_nackers(s))
        Sessions.write(s)
      end
    end
  end

  local PHASES = {
    { 'workers', limit_worker }, { 'claimed', limit_claim }, { 'lane:urgent', limit_messages },
    { 'lane:normal', limit_messages }, { 'due', limit_due },
  }

  local next_step
  if args[2] == '' then
    Audit.check(args)
    local judged = match(call('HGET', ORG, 'sweep') or '0 0 0', '^%d+ %d+ (%d+)$') or '0'
    Step.set_field('sweep', NOW .. ' ' .. NOW .. ' ' .. at_most(judged, -Rules.SHORTEST_ACCEPT_MS))
    Step.set_field('nodes', NOW)
    Audit.write(args, format('%d', WAS - now))
    next_step = '1 0'
  else
    local phase, from = match(args[2], '^([1-5]) (%d+)$')
    local name, limit = PHASES[phase + 0][1], PHASES[phase + 0][2]
    local found = call('ZRANGE', AREA .. name, from, from + STEP - 1, 'WITHSCORES')
    local broken = {}
    for i = 1, #found, 2 do
      if not Step.passes(limit, found[i], found[i + 1]) then
        broken[#broken + 1] = (phase == '1' and 'worker\31' or '') .. found[i]
      end
    end
    if #broken > 0 then
      Step.note_damage(broken)
    end
    if #found == 2 * STEP then
      next_step = phase .. ' ' .. format('%d', from + STEP - AGAIN)
    else
      next_step = phase == '5' and '' or format('%d 0', phase + 1)
    end
  end
  Step.commit(args[2] ~= '')
  return { org.seq, 'OK', WAS + 0, now, next_step }
end
