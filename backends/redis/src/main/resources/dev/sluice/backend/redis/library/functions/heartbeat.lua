-- Index of the first listed session among the arguments.
local FIRST_LISTED = 16

-- A heartbeat in its state:
--   w, count         the worker, and how many active sessions it counts
--   reported         '<time> <accepted claims, or -1>' of the last heartbeat that counted or listed too few, or nil
--   short            the same of this one, or nil
--   accepted         claims that it accepts
--   lost, detail     claims that it has lost, and why; claims handed out up to `excused`, or after `heard`, are no no-shows
--   broken           names of damaged records
--
-- If it lists its sessions:
--   mine, listed     sets of its claims before this heartbeat, and of what it lists
--   unlisted         as in its record
--   verdicts         the answer
--   replaced         the workers that it has replaced, of those that this heartbeat has met
--   unknown          listed sessions that aren't its claims

-- Decides which unaccepted claims are lost, since two heartbeats counted so few sessions: HeldSessions.count.
local function decide_short(h, accepted, awaiting)
  h.short = NOW .. ' ' .. accepted
  local since, before = match(h.reported or '', '^(%d+) (%-?%d+)$')
  if not since or before + 0 ~= accepted then
    return
  end
  local lost = {}
  for _, s in ipairs(awaiting) do
    if s.claimed - since < 0 and Step.passes(Endings.decide_return, s, 'lost') then
      lost[#lost + 1] = s.id
    end
  end
  if #lost == #awaiting then
    h.short = nil
  end
  table.sort(lost, Pages.bytes_before)
  h.lost, h.excused, h.heard = lost, Expiry.excuses()
  h.detail = '2 heartbeats counted ' .. h.count .. ' of ' .. h.w.active .. ' sessions'
end

-- Decides what the count says about the worker's claims.
local function decide_counted(h)
  local w, claims, awaiting = h.w, {}, {}
  for _, id in ipairs(Workers.active_set(w)) do
    local s = Sessions.read(id)
    if not s then
      table.insert(h.broken, id)
    elseif s.place == 'CLAIMED' and s.owner == w.id then
      claims[#claims + 1] = s
      awaiting[#awaiting + 1] = s.accept_by ~= '0' and s or nil
    end
  end
  local accepted = #claims - #awaiting
  if h.count - w.active >= 0 then
    h.accepted = claims
  elseif awaiting[1] and h.count - accepted <= 0 then
    decide_short(h, accepted, awaiting)
  end
end

-- True if a list of names, '' for all, has one that another list lacks.
local function has_more(names, others)
  if others == '' or names == '' then
    return others ~= ''
  end
  for name in string.gmatch(names, '[^\30]+') do
    if not Pages.has_name(others, name) then
      return true
    end
  end
  return false
end

-- Replaces the projects of the worker. Returns how many bytes they have grown.
local function set_projects(w, project_list, takes)
  local before = call('HGET', w.key, 'projects') or Step.damaged(w.key)
  if before == project_list then
    return 0
  end
  -- The rule is Projects.takesMore.
  if project_list ~= Rules.NO_PROJECTS and (before == Rules.NO_PROJECTS or has_more(project_list, before)) then
    Step.hint('S', w.id)
  end
  Pages.append(w.set, 'projects', project_list, 'takes', takes)
  return #project_list - #before
end

-- Replaces the repositories among the worker's capabilities: PackedNames, Repositories.takeMore. Returns how many bytes
-- they have grown.
local function set_repositories(w, repositories)
  local before = call('HGET', w.key, 'capabilities') or Step.damaged(w.key)
  local kept, had = {}, {}
  for name in string.gmatch(before, '[^\30]+') do
    table.insert(sub(name, 1, 1) == '\127' and had or kept, name)
  end
  kept[#kept + 1] = repositories ~= '' and repositories or nil
  local after = table.concat(kept, '\30')
  if before == after then
    return 0
  end
  if has_more(repositories, table.concat(had, '\30')) then
    Step.hint('S', w.id)
  end
  Pages.append(w.set, 'capabilities', after)
  return #after - #before
end

-- Sets the worker's slots: its capacity less its quarantined sessions. '' leaves one of them as it is. `known`: both as
-- in its record.
local function set_slots(w, capacity, quarantined, known)
  if capacity == '' and quarantined == '' then
    return
  end
  capacity = capacity ~= '' and capacity or known[1] or w.capacity
  quarantined = quarantined ~= '' and quarantined or known[2] or '0'
  local slots = format('%d', math.max(0, capacity - quarantined))
  if slots - w.capacity > 0 then
    Step.hint('S', w.id)
  end
  w.capacity = slots
  if quarantined ~= '0' then
    Pages.append(w.set, 'capacity', capacity, 'quarantined', quarantined)
  elseif known[2] then
    Pages.append(w.gone, 'capacity', 'quarantined')
  end
end

-- Replaces the worker's accounts. `quota`: '' to leave them as they are, '-' for none. `before`: as in its record, or
-- nil. Returns how many bytes they have grown.
local function set_quota(w, quota, before)
  before = before or ''
  local after = quota == '-' and '' or quota
  if quota == '' or after == before then
    return 0
  elseif after == '' then
    Pages.append(w.gone, 'quota')
  else
    Pages.append(w.set, 'quota', after)
  end
  return #after - #before
end

-- Accepts a claim, unless it was accepted before.
local function accept(s)
  if s.accept_by ~= '0' then
    Sessions.settle_accept(s)
    Sessions.write(s)
  end
end

-- Applies what the count says.
local function settle_counted(h)
  for _, s in ipairs(h.accepted or {}) do
    Workers.note_accept(h.w, s.claimed)
    accept(s)
  end
end

-- Returns lost claims to the queue.
local function lose(h)
  for _, id in ipairs(h.lost or {}) do
    Expiry.lose_accept(Sessions.read(id), h.w, h.excused, h.heard, h.detail)
  end
end

-- Workers.has_replaced. The record of another worker is gone once its last claim has moved, so the heartbeat remembers.
local function has_replaced(h, id)
  h.replaced[id] = h.replaced[id] or Workers.has_replaced(h.w, id)
  return h.replaced[id]
end

-- Claims a session again that this worker has lost, or takes over what a replaced worker has or has lost.
local function adopt(h, s)
  local from = s.place == 'CLAIMED' and s.owner or s.lost_by
  if s.place ~= 'CLAIMED' and (from == '' or not Claims.lost_it(s, from, '0'))
    or from ~= h.w.id and not has_replaced(h, from) then
    return 'R'
  end
  Claims.decide_reattach(s, from == h.w.id and 'LOST' or 'SUCCESSOR', h.w)()
  Sessions.write(s)
  return 'A'
end

-- Returns the verdict on a listed session, and applies it.
local function verdict_on(h, id)
  local s, refusal = Sessions.read(id)
  if not s then
    return refusal == 'DAMAGED' and h.mine[id] and 'K' or 'R'
  elseif Sessions.in_grace(s) then
    return 'R'
  elseif s.place ~= 'CLAIMED' or s.owner ~= h.w.id then
    return adopt(h, s)
  end
  if s.accept_by ~= '0' then
    Workers.note_accept(h.w, s.claimed)
    accept(s)
  end
  return 'K'
end

-- Settles a listed session.
local function settle_listed(h, id)
  local verdict = 'R'
  h.listed[id] = true
  if not Step.passes(function() verdict = verdict_on(h, id) end) then
    verdict = h.mine[id] and 'K' or 'R'
  end
  h.verdicts = h.verdicts .. verdict
  if verdict == 'R' and #h.unknown < Rules.MAX_UNKNOWN and not h.mine[id] then
    table.insert(h.unknown, id)
  end
end

-- Returns the worker's claims that it doesn't list, in order.
local function missing_claims(h)
  local missing = {}
  for id in pairs(h.mine) do
    missing[#missing + 1] = not h.listed[id] and id or nil
  end
  table.sort(missing, Pages.bytes_before)
  return missing
end

-- Sets a list of names in the worker's record, or removes an empty one.
local function set_names(w, field, value)
  if value ~= '' then
    Pages.append(w.set, field, value)
  else
    Pages.append(w.gone, field)
  end
end

-- Settles the claims that the worker doesn't list. Those that two heartbeats did not list, and that are not accepted,
-- are lost.
local function settle_missing(h)
  local unlisted, not_held, lost = {}, {}, {}
  local since = match(h.reported or '0', '^%d+')
  for _, id in ipairs(missing_claims(h)) do
    local again = Pages.has_name(h.unlisted or '', id)
    local s = again and Sessions.read(id)
    if s and s.accept_by ~= '0' and s.claimed - since < 0 and Step.passes(Endings.decide_return, s, 'lost') then
      lost[#lost + 1] = id
    elseif #unlisted < Rules.MAX_HELD then
      unlisted[#unlisted + 1] = id
      not_held[#not_held + 1] = again and id or nil
    end
  end
  if lost[1] then
    h.lost, h.excused, h.heard = lost, Expiry.excuses()
    h.detail = '2 heartbeats did not list it'
    lose(h)
  end
  set_names(h.w, 'unlisted', table.concat(unlisted, '\30'))
  set_names(h.w, 'not_held', table.concat(not_held, '\30'))
  set_names(h.w, 'unknown_held', table.concat(h.unknown, '\30'))
  set_names(h.w, 'short', unlisted[1] and NOW .. ' -1' or '')
end

-- Settles the sessions that the worker lists, the arguments from FIRST_LISTED on: HeldSessions.settle.
local function settle_list(h, args)
  h.mine, h.listed, h.unknown, h.replaced = {}, {}, {}, {}
  for _, id in ipairs(Workers.active_set(h.w)) do
    h.mine[id] = true
  end
  h.unlisted = call('HGET', h.w.key, 'unlisted')
  for i = FIRST_LISTED, #args do
    settle_listed(h, args[i])
  end
  settle_missing(h)
end

-- Sets what the worker reports of itself.
local function set_report(w, args, known)
  local capacity, draining, quarantined, gives_projects, project_list, takes = unpack(args, 5, 10)
  local grown = 0
  w.set = { 'active_count', args[4] }
  if gives_projects == '1' then
    grown = set_projects(w, project_list, takes)
  end
  if args[13] == '1' then
    grown = grown + set_repositories(w, args[14])
  end
  grown = grown + set_quota(w, args[15], known[4])
  if grown ~= 0 then
    Step.count_bytes(grown)
    Pages.append(w.set, 'bytes', format('%d', math.max(0, (call('HGET', w.key, 'bytes') or 0) + grown)))
  end
  Workers.sign_of_life(w)
  set_slots(w, capacity, quarantined, known)
  if draining ~= '' and draining ~= w.draining then
    Step.hint('S', w.id)
    w.draining = draining
  end
end

-- Renews the lease of a worker and stores what it reports. In the snake-case dialect, a count that covers its active
-- set accepts all its claims. Two heartbeats that count too few sessions return the claims that it did not accept.
--
-- Arguments  2 worker  3 credential of the caller or ''  4 active count  5 capacity or ''  6 draining: 0, 1 or ''
--            7 quarantined sessions or ''  8 1 if projects are given, else 0  9 projects  10 projects it takes
--            11 1 if the worker counted its sessions for it, else 0  12 1 if it lists them, else 0
--            13 1 if repositories are given, else 0  14 repositories, as among capabilities  15 accounts; '' leaves them
--            as they are, '-' for none  16 ... ids of listed sessions, and the call
-- Result  number of waiting items; a verdict on each listed session: K to keep, A to adopt, R to reap it; dialect of the
--         worker; 1 if it is drained by an operator, else 0
-- Refuses UNKNOWN_WORKER
function Functions.heartbeat(args)
  local w = Workers.known(args[2], args[3])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  local known = call('HMGET', w.key, 'capacity', 'quarantined', 'short', 'quota')
  local lists = args[12] == '1'
  if known[3] or lists then
    -- Other heartbeats may be carried out twice.
    local first = RepeatedCalls.answer_to(call('HGET', w.key, 'call'))
    if first then
      return first
    end
  end
  local h = { w = w, count = args[4], reported = known[3], broken = {}, verdicts = '' }
  local counted, more = args[11] == '1' and not lists, args[4] - w.active
  if w.active ~= '0' and (more >= 0 and w.dialect == 'SNAKE_CASE' or more < 0 and counted) then
    decide_counted(h)
  end

  set_report(w, args, known)
  if h.short then
    Pages.append(w.set, 'short', h.short)
  elseif known[3] and counted then
    Pages.append(w.gone, 'short')
  end
  settle_counted(h)
  lose(h)
  if lists then
    settle_list(h, args)
  end
  local waiting = Waiting.number_of(org)
  if h.short or lists then
    Pages.append(w.set, 'call', RepeatedCalls.remembered({
      format('%d', org.seq + 1), 'OK', waiting, h.verdicts, w.dialect, w.drained,
    }))
  end
  Workers.write(w)
  if h.broken[1] then
    Step.note_damage(h.broken)
  end
  Step.commit()
  return { org.seq, 'OK', waiting, h.verdicts, w.dialect, w.drained }
end
