-- Renews the lease of a worker and stores what it reports. In the snake-case dialect, a count that covers its active
-- set accepts all its claims. Two heartbeats that count too few sessions return the claims that it did not accept.
--
-- ARGV    2 worker  3 credential of the caller or ''  4 active count  5 capacity or ''  6 draining: 0, 1 or ''
--         7 quarantined sessions or ''  8 1 if projects are given, else 0  9 projects  10 projects it takes
--         11 1 if the worker counted its sessions for it, else 0  12 1 if it lists them, else 0
--         13 1 if repositories are given, else 0  14 repositories, as among capabilities  15 ... ids of listed sessions,
--         and the call
-- Result  number of waiting items, a verdict on each listed session: K to keep, A to adopt, R to reap it
-- Refuses UNKNOWN_WORKER
function Functions.heartbeat(args)
  local w = Workers.known(args[2], args[3])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  local known = call('HMGET', w.key, 'capacity', 'quarantined', 'short')
  local lists = args[12] == '1'
  if known[3] or lists then
    -- Other heartbeats may be carried out twice.
    local first = RepeatedCalls.answer_to(call('HGET', w.key, 'call'))
    if first then
      return first
    end
  end
  local verdicts = ''
  local counted, active = args[11] == '1' and not lists, args[4] - w.active
  local broken, short, settle_claims = {}, nil, nil
  if w.active ~= '0' and (active >= 0 and w.dialect == 'SNAKE_CASE' or active < 0 and counted) then
    local claims, awaiting = {}, {}
    for _, id in ipairs(Workers.active_set(w)) do
      local s = Sessions.read(id)
      if not s then
        broken[#broken + 1] = id
      elseif s.place == 'CLAIMED' and s.owner == w.id then
        claims[#claims + 1] = s
        awaiting[#awaiting + 1] = s.accept_by ~= '0' and s or nil
      end
    end
    local accepted = #claims - #awaiting
    if active >= 0 then
      settle_claims = function()
        for _, s in ipairs(claims) do
          Workers.note_accept(w, s.claimed)
          if s.accept_by ~= '0' then
            Sessions.settle_accept(s)
            Sessions.write(s)
          end
        end
      end
    elseif awaiting[1] and args[4] - accepted <= 0 then
      -- HeldSessions.count
      short = NOW .. ' ' .. accepted
      local since, before = match(known[3] or '', '^(%d+) (%-?%d+)$')
      if since and before + 0 == accepted then
        local lost = {}
        for _, s in ipairs(awaiting) do
          if s.claimed - since < 0 and Step.passes(Endings.decide_return, s, 'lost') then
            lost[#lost + 1] = s.id
          end
        end
        if #lost == #awaiting then
          short = nil
        end
        table.sort(lost, Pages.bytes_before)
        local excused, heard = Expiry.excuses()
        local detail = '2 heartbeats counted ' .. args[4] .. ' of ' .. w.active .. ' sessions'
        settle_claims = function()
          for _, id in ipairs(lost) do
            Expiry.lose_accept(Sessions.read(id), w, excused, heard, detail)
          end
        end
      end
    end
  end

  local set = { 'active_count', args[4] }
  local function add(...)
    for _, value in ipairs({ ... }) do
      set[#set + 1] = value
    end
  end
  -- True if a list of names, empty for all, has one that another list lacks.
  local function more(names, others)
    if others == '' or names == '' then
      return others ~= ''
    end
    local known = {}
    for name in string.gmatch(others, '[^\30]+') do
      known[name] = true
    end
    for name in string.gmatch(names, '[^\30]+') do
      if not known[name] then
        return true
      end
    end
    return false
  end
  local more_bytes = 0
  if args[8] == '1' then
    local before = call('HGET', w.key, 'projects') or Step.damaged(w.key)
    if before ~= args[9] then
      -- Registration.takesMore
      if args[9] ~= Rules.NO_PROJECTS and (before == Rules.NO_PROJECTS or more(args[9], before)) then
        Step.hint('S', w.id)
      end
      more_bytes = #args[9] - #before
      add('projects', args[9], 'takes', args[10])
    end
  end
  if args[13] == '1' then
    local before = call('HGET', w.key, 'capabilities') or Step.damaged(w.key)
    -- Repositories.replaced, takeMore
    local kept, had = {}, {}
    for name in string.gmatch(before, '[^\30]+') do
      local list = sub(name, 1, 1) == '\127' and had or kept
      list[#list + 1] = name
    end
    kept[#kept + 1] = args[14] ~= '' and args[14] or nil
    local after = table.concat(kept, '\30')
    if before ~= after then
      if more(args[14], table.concat(had, '\30')) then
        Step.hint('S', w.id)
      end
      more_bytes = more_bytes + #after - #before
      add('capabilities', after)
    end
  end
  if more_bytes ~= 0 then
    Step.count_bytes(more_bytes)
    add('bytes', format('%d', math.max(0, (call('HGET', w.key, 'bytes') or 0) + more_bytes)))
  end

  Workers.sign_of_life(w)
  if args[5] ~= '' or args[7] ~= '' then
    local capacity = args[5] ~= '' and args[5] or known[1] or w.capacity
    local quarantined = args[7] ~= '' and args[7] or known[2] or '0'
    local slots = format('%d', math.max(0, capacity - quarantined))
    if slots - w.capacity > 0 then
      Step.hint('S', w.id)
    end
    w.capacity = slots
    if quarantined ~= '0' then
      local n = #set
      set[n + 1], set[n + 2], set[n + 3], set[n + 4] = 'capacity', capacity, 'quarantined', quarantined
    elseif known[2] then
      w.gone = { 'capacity', 'quarantined' }
    end
  end
  if short then
    local n = #set
    set[n + 1], set[n + 2] = 'short', short
  elseif known[3] and counted then
    w.gone[#w.gone + 1] = 'short'
  end
  w.set = set
  if args[6] ~= '' then
    if w.draining ~= args[6] then
      Step.hint('S', w.id)
    end
    w.draining = args[6]
  end
  if settle_claims then
    settle_claims()
  end
  if lists then
    -- HeldSessions.settle
    local mine, listed = {}, {}
    for _, id in ipairs(Workers.active_set(w)) do
      mine[id] = true
    end
    local about = call('HMGET', w.key, 'before', 'machine', 'unlisted')
    local machine = about[2]
    local function names(list, id)
      return find('\30' .. (list or '') .. '\30', '\30' .. id .. '\30', 1, true)
    end
    -- Returns a retired worker of the same machine and credential, or nil.
    local function replaced(id)
      local old = machine and Workers.read(id)
      return old and old.retired == '1' and call('HGET', old.key, 'machine') == machine and old or nil
    end
    local function verdict(id)
      local s, refusal = Sessions.read(id)
      if not s then
        return refusal == 'DAMAGED' and mine[id] and 'K' or 'R'
      elseif s.place == 'CLAIMED' and s.owner == w.id and not Sessions.in_grace(s) then
        if s.accept_by ~= '0' then
          Sessions.settle_accept(s)
          Workers.note_accept(w, s.claimed)
          Sessions.write(s)
        end
        return 'K'
      elseif s.place == 'CLAIMED' and not Sessions.in_grace(s) then
        local old = replaced(s.owner)
        if not old then
          return 'R'
        end
        Claims.check_slot(s, old.id)
        Claims.check_slot(s, w.id)
        Claims.hand_over(s, old, w)
        Timelines.event(s, 'TRANSFERRED', w.id, old.id)
      elseif s.lost_by ~= '' and Claims.lost_it(s, s.lost_by, '0')
        and (s.lost_by == w.id or names(about[1], s.lost_by) or replaced(s.lost_by)) then
        local from = s.lost_by
        Claims.check_slot(s, w.id)
        Claims.take(s, w, Places.decide_leave(s, 'claim'), true)
        if from == w.id then
          Timelines.event(s, 'REATTACHED', w.id)
        else
          Timelines.event(s, 'TRANSFERRED', w.id, from)
        end
      else
        return 'R'
      end
      Sessions.write(s)
      return 'A'
    end
    local unknown = {}
    for i = 15, #args do
      local id, found = args[i], 'R'
      listed[id] = true
      if not Step.passes(function() found = verdict(id) end) then
        found = mine[id] and 'K' or 'R'
      end
      verdicts = verdicts .. found
      if found == 'R' and #unknown < Rules.MAX_UNKNOWN and not mine[id] then
        unknown[#unknown + 1] = id
      end
    end
    local missing, unlisted, not_held, lost = {}, {}, {}, {}
    for id in pairs(mine) do
      missing[#missing + 1] = not listed[id] and id or nil
    end
    table.sort(missing, Pages.bytes_before)
    local since = match(known[3] or '0', '^%d+')
    for _, id in ipairs(missing) do
      local again = names(about[3], id)
      local s = again and Sessions.read(id)
      if s and s.accept_by ~= '0' and s.claimed - since < 0 and Step.passes(Endings.decide_return, s, 'lost') then
        lost[#lost + 1] = id
      elseif #unlisted < Rules.MAX_HELD then
        unlisted[#unlisted + 1] = id
        not_held[#not_held + 1] = again and id or nil
      end
    end
    if lost[1] then
      local excused, heard = Expiry.excuses()
      for _, id in ipairs(lost) do
        Expiry.lose_accept(Sessions.read(id), w, excused, heard, '2 heartbeats did not list it')
      end
    end
    local function note(field, value)
      if value ~= '' then
        local n = #w.set
        w.set[n + 1], w.set[n + 2] = field, value
      else
        w.gone[#w.gone + 1] = field
      end
    end
    note('unlisted', table.concat(unlisted, '\30'))
    note('not_held', table.concat(not_held, '\30'))
    note('unknown_held', table.concat(unknown, '\30'))
    note('short', unlisted[1] and NOW .. ' -1' or '')
  end
  local waiting = org.ready + org.parked + org.later + org.returned
  if short or lists then
    local n = #w.set
    w.set[n + 1], w.set[n + 2] = 'call', RepeatedCalls.remembered({ format('%d', org.seq + 1), 'OK', waiting, verdicts })
  end
  Workers.write(w)
  if #broken > 0 then
    Step.note_damage(broken)
  end
  Step.commit()
  return { org.seq, 'OK', waiting, verdicts }
end
